"""What the browser of a returning reader asks for: the reading list, and what is new."""

from __future__ import annotations

import json
from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.pages.placeholder import EMPTY
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give reading.md, and days.json: how many papers each edition has, the newest first."""
    yield templates.page("reading.md", "pages/reading.md.j2", digest=digest, empty=EMPTY)
    counts = {edition.day.isoformat(): len(edition.papers) for edition in digest.editions}
    yield Page("days.json", (json.dumps(counts, separators=(",", ":")) + "\n").encode())

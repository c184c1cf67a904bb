"""days.json: how many papers each edition has, from which a script shows what is new."""

from __future__ import annotations

import json
from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield days.json, the newest edition first."""
    counts = {edition.day.isoformat(): len(edition.papers) for edition in digest.editions}
    text = json.dumps(counts, separators=(",", ":")) + "\n"
    yield renderer.file("days.json", lambda: text, text)


OUTPUT = Output("edition-counts", pages)

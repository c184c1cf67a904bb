"""Where the papers come from, when, and how many."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give about.md, with the account of every document."""
    yield templates.page("about.md", "pages/about.md.j2", digest=digest, totals=digest.totals)

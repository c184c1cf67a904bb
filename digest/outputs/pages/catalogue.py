"""papers/: every paper by its title, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.paging import growing

PER_PAGE = 200
"""Titles on one page: more than cards, because each is a line at most."""


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield papers.md and papers/2.md, …: those with older papers do not change any more."""
    for part in growing(digest.papers, "papers/", PER_PAGE):
        count = len(digest.papers) if part.number == 1 else None
        yield renderer.page(part.path, digest=digest, part=part, count=count)


OUTPUT = Output("catalogue", pages, "pages/catalogue.md.j2", feeds="papers")

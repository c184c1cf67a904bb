"""papers/: every paper by its title, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.paging import slices

PER_PAGE = 200
"""Titles on one page: more than cards, because each is a line at most."""


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield papers.md and papers/2.md, …"""
    for part in slices(digest.papers, "papers/", PER_PAGE):
        yield renderer.page(part.path, digest=digest, part=part)


OUTPUT = Output("catalogue", pages, "pages/catalogue.md.j2", feeds="papers")

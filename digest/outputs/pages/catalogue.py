"""papers/: every paper by its title, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.pages.paging import slices
from digest.outputs.rendering.templates import Templates

SIZE = 200
"""Titles on one page: no more than a line each."""


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give papers.md and papers/2.md, …"""
    for part in slices(digest.papers, "papers/", SIZE):
        yield templates.page(part.path, "pages/catalogue.md.j2", digest=digest, part=part)

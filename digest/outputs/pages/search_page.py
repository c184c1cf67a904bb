"""The page that searches; the index it searches is made from the finished site."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.pages.marks import labels
from digest.outputs.pages.placeholder import EMPTY
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give search.md."""
    yield templates.page(
        "search.md",
        "pages/search.md.j2",
        digest=digest,
        empty=EMPTY,
        labels=labels(digest.topics),
    )

"""The page that searches; the index it searches is made from the finished site."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.blank import EMPTY
from digest.outputs.labels import labels
from digest.press.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give search.md."""
    yield templates.page(
        "search.md",
        "pages/search.md.j2",
        digest=digest,
        empty=EMPTY,
        labels=labels(digest.topics),
    )

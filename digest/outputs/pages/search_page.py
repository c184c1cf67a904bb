"""The search page; the index it searches is made from the finished site."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.placeholder import EMPTY
from digest.outputs.pages.topic_labels import labels


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield search.md."""
    yield renderer.page("search.md", digest=digest, empty=EMPTY, labels=labels(digest.topics))


OUTPUT = Output(
    "search",
    pages,
    "pages/search.md.j2",
    styles=("search",),
    modules=("search", "engine", "card"),
)

"""The reading list, which a script fills in from what the browser keeps."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.placeholder import EMPTY


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield reading.md."""
    yield renderer.page("reading.md", digest=digest, empty=EMPTY)


OUTPUT = Output(
    "reading", pages, "pages/reading.md.j2", modules=("reading", "card"), robots="noindex"
)

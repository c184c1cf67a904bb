"""Pages at former addresses of papers, editions and topics, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield a page for each address that was published once and no longer has a page of its own."""
    for redirect in digest.redirects:
        yield renderer.page(
            redirect.url.rstrip("/") + ".md",
            digest=digest,
            redirect=redirect,
        )


OUTPUT = Output("moved", pages, "pages/moved.md.j2", robots="noindex")

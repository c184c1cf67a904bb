"""The page about the digest: where the papers come from, when, how many, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.origins import origins, refusals
from digest.outputs.output import Output, Renderer


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield about.md, with the account of every source."""
    yield renderer.page(
        "about.md",
        digest=digest,
        totals=digest.totals,
        sources=origins(digest.accounts),
        refusals=refusals(digest.accounts),
    )


OUTPUT = Output("about", pages, "pages/about.md.j2")

"""Pages that keep an address alive whose paper or edition has gone or moved."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give a page for each address that was published once and has none of its own now."""
    for departure in digest.departures:
        yield templates.page(
            departure.url.rstrip("/") + ".md",
            "pages/departure.md.j2",
            digest=digest,
            departure=departure,
        )

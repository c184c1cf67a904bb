"""Pages that keep an address alive whose paper or edition has gone or moved."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give a page for each address that was published once and has none of its own now."""
    for redirect in digest.redirects:
        yield templates.page(
            redirect.url.rstrip("/") + ".md",
            "pages/moved.md.j2",
            digest=digest,
            redirect=redirect,
        )

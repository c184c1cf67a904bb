"""robots.txt: everything may be read, and where the list of pages is (RFC 9309, sitemaps.org).

Without `site_url` that list is empty, for it holds whole addresses; so it is not named.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give robots.txt."""
    place = "" if digest.site.is_preview else f"\nSitemap: {digest.site.url}sitemap.xml\n"
    yield Page("robots.txt", f"User-agent: *\nAllow: /\n{place}".encode())

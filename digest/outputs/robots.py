"""robots.txt: everything may be read, and where the list of pages is (RFC 9309, sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.press.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give robots.txt."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {digest.site.url}sitemap.xml\n"
    yield Page("robots.txt", text.encode())

"""robots.txt: everything may be crawled, and where the sitemap is (RFC 9309, sitemaps.org).

Without `site_url` MkDocs writes an empty sitemap, because it holds absolute
addresses; then it is not mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield robots.txt."""
    sitemap = "" if digest.site.is_preview else f"\nSitemap: {digest.site.url}sitemap.xml\n"
    text = f"User-agent: *\nAllow: /\n{sitemap}"
    yield renderer.file("robots.txt", lambda: text, text)


OUTPUT = Output("robots", pages)

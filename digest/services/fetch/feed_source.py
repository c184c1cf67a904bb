"""Any RSS, Atom or JSON feed: a journal's, a blog's, a saved search's.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287,
https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

from urllib.parse import urlsplit

from digest.services.fetch.source import FetchSource, Inquiry


def is_web_address(query: str) -> bool:
    """Whether this is the address of something on the web, without a password in it."""
    parts = urlsplit(query)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def complain_of_address(query: str) -> str:
    """Return what is expected in place of something that is no address."""
    return "" if is_web_address(query) else "an address (https://www.example.org/feed.xml)"


def path_of(inquiry: Inquiry) -> str:
    """Return the address below its host."""
    parts = urlsplit(inquiry.query)
    return parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")


SOURCE = FetchSource(
    name="feed",
    label="feed",
    about="the address of an RSS, Atom or JSON feed",
    example="https://www.nature.com/nature.rss",
    quiet=30,
    content="any",
    suffix=".xml",
    complaint=complain_of_address,
    first=path_of,
)

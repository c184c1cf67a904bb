"""The Content-Security-Policy of a page, as strict as the page allows.

Text of papers is not trusted. It is escaped wherever it is shown; should that ever
fail, a browser still runs no script that was not in the page when it was built,
and sends no request to another host (W3C, Content Security Policy 3).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import unescape

_NAME = "Content-Security-Policy"
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.S | re.I)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.I)
"""Has to be in the first 1024 bytes, so the policy comes after it (HTML, 4.2.5.4)."""
_HEAD = re.compile(r"<head>", re.I)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.S | re.I)
_STYLE_ATTRIBUTE = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""", re.I)
_DATA = ("application/json", "application/ld+json")
"""Types of script elements that are not run."""


def protect(html: str, *, serving: bool = False) -> str:
    """Return a page with its policy before anything that it loads.

    A page that has a policy already keeps it, so that an editor's own template can
    allow more. While `mkdocs serve` runs, every inline script is allowed, because
    it adds one to each page it sends.

    >>> print(protect('<head><script>run()</script></head>'))  # doctest: +ELLIPSIS
    <head><meta http-equiv="Content-Security-Policy" content="... 'sha256-...' ...
    """
    place = _CHARSET.search(html) or _HEAD.search(html)
    if place is None or f'http-equiv="{_NAME}"' in html:
        return html
    meta = f'<meta http-equiv="{_NAME}" content="{policy(html, serving=serving)}">'
    return html[: place.end()] + meta + html[place.end() :]


def policy(html: str, *, serving: bool = False) -> str:
    """Return the policy of a page: its own host, and its inline scripts and styles by their hashes.

    Generated pages have neither, but hand-written ones may: the columns of a
    Markdown table are aligned by styles.

    'wasm-unsafe-eval' is for Pagefind, which is WebAssembly; it does not allow
    scripts from strings. Images may be `data:`, as Material's icons in style
    sheets are.
    """
    inline = ["'unsafe-inline'"] if serving else _hashes(_scripts(html))
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *inline])
    styles = _hashes(_styles(html))
    style = " ".join(["style-src 'self'", "'unsafe-hashes'", *styles])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            *([style] if styles else []),
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _scripts(html: str) -> Iterator[str]:
    """Yield the inline scripts that a browser runs."""
    for attributes, text in _SCRIPT.findall(html):
        if " src=" not in attributes and not any(kind in attributes for kind in _DATA):
            yield text


def _styles(html: str) -> Iterator[str]:
    """Yield the content of style elements and style attributes."""
    yield from _STYLE.findall(html)
    for double_quoted, single_quoted in _STYLE_ATTRIBUTE.findall(html):
        yield unescape(double_quoted or single_quoted)


def _hashes(texts: Iterable[str]) -> list[str]:
    """Return the SHA-256 of each text, as written in a policy."""
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in sorted(set(texts))
    ]

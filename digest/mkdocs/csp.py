"""What a page may load and run: a Content-Security-Policy, as strict as the page allows.

Papers come from strangers. Their text is escaped wherever it is shown; should
that ever fail, a browser still runs no script that was not in the page when it
was built, and asks no other host for anything (W3C, Content Security Policy 3).
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
"""Has to stand among the first 1024 bytes, so the policy comes after it (HTML, 4.2.5.4)."""
_HEAD = re.compile(r"<head>", re.I)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.S | re.I)
_STYLED = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""", re.I)
_DATA = ("application/json", "application/ld+json")


def protect(html: str, *, serving: bool = False) -> str:
    """Give back a page with its policy before anything that it loads.

    A page that has a policy already keeps it: that is how a template of one's
    own allows more. While `mkdocs serve` runs, every inline script is allowed,
    for it adds one to each page it sends.

    >>> print(protect('<head><script>run()</script></head>'))  # doctest: +ELLIPSIS
    <head><meta http-equiv="Content-Security-Policy" content="... 'sha256-...' ...
    """
    place = _CHARSET.search(html) or _HEAD.search(html)
    if place is None or f'http-equiv="{_NAME}"' in html:
        return html
    meta = f'<meta http-equiv="{_NAME}" content="{policy(html, serving=serving)}">'
    return html[: place.end()] + meta + html[place.end() :]


def policy(html: str, *, serving: bool = False) -> str:
    """The policy of a page: its own host, the scripts and styles in it by their sums, nothing else.

    None of our pages has either, but a page somebody writes by hand may: the
    columns of a Markdown table are aligned by styles.

    'wasm-unsafe-eval' is for Pagefind, which is WebAssembly; it does not allow
    a script to be made from text. Images in style sheets may be `data:`, as
    Material's icons are.
    """
    inline = ["'unsafe-inline'"] if serving else _sums(_scripts(html))
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *inline])
    styles = _sums(_styles(html))
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
    for attributes, text in _SCRIPT.findall(html):
        if " src=" not in attributes and not any(kind in attributes for kind in _DATA):
            yield text


def _styles(html: str) -> Iterator[str]:
    """What style elements and style attributes say."""
    yield from _STYLE.findall(html)
    for one, other in _STYLED.findall(html):
        yield unescape(one or other)


def _sums(texts: Iterable[str]) -> list[str]:
    """The SHA-256 of each text, as a policy names it."""
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in sorted(set(texts))
    ]

"""The Content-Security-Policy of a page, as strict as the page allows.

Text of papers is not trusted. It is escaped wherever it is shown; should that ever
fail, a browser still runs no script that does not stand in a template, and sends no
request to another host (W3C, Content Security Policy 3). What may run is read from
the templates before any page is made: a page cannot give leave to what it holds.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_NAME = "Content-Security-Policy"
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.S | re.I)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.I)
"""Has to be in the first 1024 bytes, so the policy comes after it (HTML, 4.2.5.4)."""
_HEAD = re.compile(r"<head>", re.I)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.S | re.I)
_STYLE_ATTRIBUTE = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""", re.I)
_DATA = ("application/json", "application/ld+json")
"""Types of script elements that are not run."""


_TAG = re.compile(r"\{\{.*?\}\}", re.S)
"""What a template prints."""
_PRINTED = r"[\w./:~%-]*"
"""What may be printed into a script: an address or a number, nothing that could end a string."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What templates bring along that a page may hold."""

    scripts: tuple[re.Pattern[str], ...] = ()
    """The inline scripts, each with room for the addresses that its template prints."""
    has_policy: bool = False
    """Whether a template of the editor's brings a policy of its own, which then holds."""

    def allows(self, script: str) -> bool:
        """Return whether an inline script stands in a template."""
        return any(shipped.fullmatch(script) for shipped in self.scripts)


def shipped(folders: Iterable[Path]) -> Shipped:
    """Return what the templates in folders bring along; those that cannot be read bring nothing.

    A script with a statement of Jinja (`{% %}`) inside belongs in a file of its own and
    is not allowed.
    """
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in _templates(folders)]
    scripts = {script for text in texts for script in _scripts(text) if "{%" not in script}
    return Shipped(
        tuple(re.compile(_pattern(script), re.S) for script in sorted(scripts)),
        any(f'http-equiv="{_NAME}"' in text for text in texts),
    )


def _templates(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the templates of pages; Material's hidden folder holds ten thousand icons."""
    for folder in dict.fromkeys(folders):
        for place, inside, names in os.walk(folder):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            yield from (Path(place, name) for name in names if name.endswith((".html", ".md.j2")))


def _pattern(script: str) -> str:
    """Return a pattern of what a template may make of a script."""
    return _PRINTED.join(re.escape(part) for part in _TAG.split(script))


def protect(html: str, templates: Shipped, *, serving: bool = False) -> str:
    """Return a page with its policy before anything that it loads.

    A page keeps the policy that a template of the editor's gives it, which can allow
    more. While `mkdocs serve` runs, every inline script is allowed, because it adds
    one to each page it sends.

    >>> print(protect("<head><script>run()</script></head>", Shipped()))  # doctest: +ELLIPSIS
    <head><meta http-equiv="Content-Security-Policy" content="... 'wasm-unsafe-eval'; ...
    """
    place = _CHARSET.search(html) or _HEAD.search(html)
    if place is None or (templates.has_policy and f'http-equiv="{_NAME}"' in html):
        return html
    meta = f'<meta http-equiv="{_NAME}" content="{policy(html, templates, serving=serving)}">'
    return html[: place.end()] + meta + html[place.end() :]


def policy(html: str, templates: Shipped, *, serving: bool = False) -> str:
    """Return the policy of a page: its own host, shipped inline scripts, and its styles.

    Styles are allowed by what stands in the page: the columns of a Markdown table are
    aligned by them, and they load nothing from elsewhere.

    'wasm-unsafe-eval' is for Pagefind, which is WebAssembly; it does not allow
    scripts from strings. Images may be `data:`, as Material's icons in style
    sheets are.
    """
    allowed = filter(templates.allows, _scripts(html))
    inline = ["'unsafe-inline'"] if serving else _hashes(allowed)
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


def blocked(html: str, templates: Shipped) -> list[str]:
    """Return the inline scripts of a page that its policy does not let run."""
    return [script for script in _scripts(html) if script.strip() and not templates.allows(script)]


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

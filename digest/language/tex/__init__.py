"""Titles and abstracts with TeX and tags, written as Unicode or as HTML with MathML.

`plain` and `to_html` take the same steps: tags and entities are read, addresses and
formulas are replaced by one private-use character each, the prose is read, and the
held parts are put back, as Unicode in one and as MathML in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from digest.language.tex import dollars, escaped, flat, maths, running_text, tags, typography

__all__ = ["plain", "to_html"]

_FIRST, _LAST = 0xE000, 0xF8FF
_HELD = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_PASSES = 8
_INVISIBLE = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200e\u202a-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff\ufffe\uffff\ue000-\uf8ff"
)
"""Control characters, soft hyphens, text directions, and the private-use characters used here."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_UNWANTED = re.compile(f"[{_INVISIBLE}\ufb00-\ufb04]")
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s{}$<>\"\\]+|www\.[^\s{}$<>\"\\]+"
    r"|(?<![\w@.-])[\w.-]{1,64}\.[a-z]{2,10}/[^\s{}$<>\"\\]+"
    r"|\b10\.\d{4,9}/[^\s{}$<>\"\\]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
)
_PATH = re.compile(r"://|\.[a-z]{2,10}/|10\.\d{4,9}/")
_MATHS = re.compile(r"(?<![\\A-Za-z])[A-Za-z](?![A-Za-z])|[_^=<>]|\\(?:frac|sqrt|sum|int|prod)\b")
"""What shows a formula between dollars; `$\\sim$10` and `$5\\%$` are only text."""


def plain(text: str) -> str:
    """Return a title or an abstract as plain Unicode text, as its author meant it.

    It is idempotent, and a text with words never becomes empty.

    >>> plain(r"``Deep'' nets gain $p \\leq 0.01$ over na\\"{\\i}ve ones, 25\\% in $\\mathcal{O}(n^{2})$")
    '“Deep” nets gain p ≤ 0.01 over naïve ones, 25% in O(n²)'
    """
    was, now = "", text
    for _ in range(_PASSES):
        was, now = now, _plain(now)
        if now == was:
            return now
    return now


def to_html(text: str) -> str:
    """Return the same text as safe HTML, its formulas as MathML with their TeX beside them.

    >>> to_html("a < b & <script>")
    'a &lt; b &amp; &lt;script&gt;'
    """
    held = _HeldParts()
    prose = _read(held, text)
    return _HELD.sub(held.html, escape(" ".join(prose.split()))).strip()


def _plain(text: str) -> str:
    held = _HeldParts()
    read = _HELD.sub(held.plain, _read(held, text))
    return " ".join(read.split()) or " ".join(text.split())


@dataclass
class _HeldParts:
    """The parts of a text that are set aside while the prose is read."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    """Each part, and whether it is a formula."""

    def hold(self, text: str, formula: bool) -> str:
        """Set a part aside and return the character that replaces it."""
        if len(self.parts) > _LAST - _FIRST:
            return text
        self.parts.append((text, formula))
        return chr(_FIRST + len(self.parts) - 1)

    def plain(self, found: re.Match[str]) -> str:
        """Return the part that a character replaces, as Unicode."""
        text, formula = self.parts[ord(found[0]) - _FIRST]
        return maths.linear(text) if formula else text

    def html(self, found: re.Match[str]) -> str:
        """Return the part that a character replaces, as HTML."""
        text, formula = self.parts[ord(found[0]) - _FIRST]
        if not formula:
            return escape(text)
        read = maths.linear(text)
        alone = text[0] in "_^" and read[:1] not in ("_", "^")
        return maths.mathml(text) if _MATHS.search(text) and not alone else escape(read)


def _read(held: _HeldParts, text: str) -> str:
    """Return the text as Unicode, with the parts set aside."""
    if not (text.isascii() and text.isprintable()):
        text = _UNWANTED.sub(lambda found: _LIGATURES.get(ord(found[0]), ""), text)
    text = escaped.read(text)
    if "<" in text or "&" in text:
        text = tags.read(text)
    if "@" in text or "www." in text or ("/" in text and _PATH.search(text)):
        text = _ADDRESS.sub(lambda found: held.hold(found[0], formula=False), text)
    if "$" in text or "\\" in text:
        text = dollars.hold(text, lambda tex: held.hold(tex, formula=True))
    damaged = flat.is_damaged(text)
    text = flat.mend(text)
    if "\\" in text or "{" in text or "}" in text:
        text = running_text.read(text, damaged, any(formula for _, formula in held.parts))
        text = flat.mend(text)
    return typography.mend(text)

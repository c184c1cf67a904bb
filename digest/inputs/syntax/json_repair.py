"""JSON as people leave it, read as far as it goes.

    {title: 'Memory Networks', "abstract": "We call it a "memory" …",}   // to read

Single quotes and none, quotation marks inside texts, lost and surplus commas,
comments, raw line ends, Python's True and None, and an end that is missing. Every character is
looked at a bounded number of times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BLANK = re.compile(r"(?:[\s,;]+|//[^\n]*|/\*[^*]*\*/|#[^\n]*)+")
_WORD = re.compile(r"[^\s,:{}\[\]\"']+")
_AFTER = r"\s*(?:[}\]]|$|,\s*(?:[\"'“{\[\]},]|-?\d|[A-Za-z_]\w{0,40}\s*:|(?:true|false|null|None|True|False|nan|NaN)\b|//|#|$)|[\"'][\w -]{1,40}[\"']\s*:|(?://|#)[^\n]{0,200}\n)"
"""What follows the mark that ends a value: any other is part of the text."""
_CLOSING = {
    '"': re.compile(rf"[\"”](?={_AFTER})|\\.", re.S),
    "'": re.compile(rf"'(?={_AFTER})|\\.", re.S),
}
_CLOSING_KEY = {
    '"': re.compile(r"[\"”](?=\s*(?:[,:}\]]|$))|\\.", re.S),
    "'": re.compile(r"'(?=\s*(?:[,:}\]]|$))|\\.", re.S),
}
_PLAIN: dict[str, Any] = {"true": True, "false": False, "null": None, "none": None, "nan": None}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_ESCAPED = {"n": "\n", "t": " ", "r": "\n", "b": "", "f": " "}

DEEPEST = 40
"""Objects within objects; what lies deeper is left out."""


def parse(text: str, at: int = 0, end: int | None = None) -> tuple[Any, int]:
    """Give the value that begins at a place of a text, and where it ends.

    >>> parse("{title: 'A', \\"abstract\\": \\"We call it a \\"memory\\" and")[0]
    {'title': 'A', 'abstract': 'We call it a "memory" and'}
    """
    reader = _Reader(text, at, len(text) if end is None else end)
    return reader.value(0), reader.at


class _Reader:
    """A place in a text."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text, self.at, self.end = text, at, end

    def sign(self) -> str:
        """The next character that means something; nothing at the end."""
        if match := _BLANK.match(self.text, self.at, self.end):
            self.at = match.end()
        return self.text[self.at] if self.at < self.end else ""

    def value(self, depth: int) -> Any:
        sign = self.sign()
        if sign in ("{", "["):
            self.at += 1
            if depth > DEEPEST:
                self.at = self.end
                return None
            return self.members(depth) if sign == "{" else self.items(depth)
        if sign in ('"', "'"):
            return self.string(sign)
        if match := _WORD.match(self.text, self.at, self.end):
            self.at = match.end()
            return _number(match.group())
        self.at += bool(sign)  # a bracket or a colon that belongs nowhere
        return None

    def members(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (sign := self.sign()) and sign != "}":
            if sign == "]":
                return found  # the brace before it is lost
            key = self.string(sign, _CLOSING_KEY) if sign in "\"'" else self.value(depth + 1)
            if self.sign() == ":":
                self.at += 1
                found[str(key)] = self.value(depth + 1)
        self.at += bool(sign)
        return found

    def items(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while (sign := self.sign()) and sign != "]":
            if sign == "}":
                return found  # the bracket before it is lost
            found.append(self.value(depth + 1))
        self.at += bool(sign)
        return found

    def string(self, quote: str, closing: Mapping[str, re.Pattern[str]] = _CLOSING) -> str:
        start = self.at + 1
        for match in closing[quote].finditer(self.text, start, self.end):
            if not match.group().startswith("\\"):
                self.at = match.end()
                return _unescaped(self.text[start : match.start()])
        self.at = self.end  # it does not end: what closes the object after it is no part of it
        return _unescaped(self.text[start : self.end].rstrip("\"'}],; \n"))


def _character(escaped: str) -> str:
    """What stands behind a backslash; a letter that JSON does not know begins a TeX command."""
    if len(escaped) == 5:
        return chr(int(escaped[1:], 16))
    return (
        f"\\{escaped}"
        if escaped.isalpha() and escaped not in _ESCAPED
        else _ESCAPED.get(escaped, escaped)
    )


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return (
        _ESCAPE.sub(lambda m: _ESCAPED.get(m[1]) or _character(m[1]), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _number(word: str) -> Any:
    if word.lower() in _PLAIN:
        return _PLAIN[word.lower()]
    try:
        return json.loads(word)
    except ValueError:
        return word

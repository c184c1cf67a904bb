"""A lenient parser of damaged JSON.

    {title: 'Memory Networks', "abstract": "We call it a "memory" …",}   // to read

It accepts single quotes and none, quotation marks inside strings, missing and surplus
commas, comments, raw line ends, Python's True and None, and a missing end. Every
character is examined a bounded number of times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BLANK = re.compile(r"(?:[\s,;]+|//[^\n]*|/\*[^*]*\*/|#[^\n]*)+")
_WORD = re.compile(r"[^\s,:{}\[\]\"']+")
_AFTER = r"\s*(?:[}\]]|$|,\s*(?:[\"'“{\[\]},]|-?\d|[A-Za-z_]\w{0,40}\s*:|(?:true|false|null|None|True|False|nan|NaN)\b|//|#|$)|[\"'][\w -]{1,40}[\"']\s*:|(?://|#)[^\n]{0,200}\n)"
"""What follows the quotation mark that ends a value; any other is part of the string."""
_CLOSING = {
    '"': re.compile(rf"[\"”](?={_AFTER})|\\.", re.S),
    "'": re.compile(rf"'(?={_AFTER})|\\.", re.S),
}
_CLOSING_KEY = {
    '"': re.compile(r"[\"”](?=\s*(?:[,:}\]]|$))|\\.", re.S),
    "'": re.compile(r"'(?=\s*(?:[,:}\]]|$))|\\.", re.S),
}
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "none": None, "nan": None}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_ESCAPED = {"n": "\n", "t": " ", "r": "\n", "b": "", "f": " "}

DEEPEST = 40
"""Maximum nesting of values; deeper ones are dropped."""


def parse(text: str, at: int = 0, end: int | None = None) -> tuple[Any, int]:
    """Return the value that begins at a position of a text, and the position after it.

    >>> parse("{title: 'A', \\"abstract\\": \\"We call it a \\"memory\\" and")[0]
    {'title': 'A', 'abstract': 'We call it a "memory" and'}
    """
    reader = _Reader(text, at, len(text) if end is None else end)
    return reader.value(0), reader.at


class _Reader:
    """A position in a text that ends at `end`."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text, self.at, self.end = text, at, end

    def peek(self) -> str:
        """Skip blanks and return the next character; empty at the end."""
        if match := _BLANK.match(self.text, self.at, self.end):
            self.at = match.end()
        return self.text[self.at] if self.at < self.end else ""

    def value(self, depth: int) -> Any:
        """Read a value of any kind; None where there is none."""
        opening = self.peek()
        if opening in ("{", "["):
            self.at += 1
            if depth > DEEPEST:
                self.at = self.end
                return None
            return self.members(depth) if opening == "{" else self.items(depth)
        if opening in ('"', "'"):
            return self.string(opening)
        if match := _WORD.match(self.text, self.at, self.end):
            self.at = match.end()
            return _literal(match.group())
        self.at += bool(opening)  # a stray bracket or colon
        return None

    def members(self, depth: int) -> dict[str, Any]:
        """Read the members of an object after its opening brace."""
        found: dict[str, Any] = {}
        while (mark := self.peek()) and mark != "}":
            if mark == "]":
                return found  # the brace before it is missing
            key = self.string(mark, _CLOSING_KEY) if mark in "\"'" else self.value(depth + 1)
            if self.peek() == ":":
                self.at += 1
                found[str(key)] = self.value(depth + 1)
        self.at += bool(mark)
        return found

    def items(self, depth: int) -> list[Any]:
        """Read the items of a list after its opening bracket."""
        found: list[Any] = []
        while (mark := self.peek()) and mark != "]":
            if mark == "}":
                return found  # the bracket before it is missing
            found.append(self.value(depth + 1))
        self.at += bool(mark)
        return found

    def string(self, quote: str, closing: Mapping[str, re.Pattern[str]] = _CLOSING) -> str:
        """Read a string from its opening quotation mark to the closing one, or to the end."""
        start = self.at + 1
        for match in closing[quote].finditer(self.text, start, self.end):
            if not match.group().startswith("\\"):
                self.at = match.end()
                return _unescaped(self.text[start : match.start()])
        self.at = self.end  # without the brackets that close what is around the string
        return _unescaped(self.text[start : self.end].rstrip("\"'}],; \n"))


def _character(escaped: str) -> str:
    """Return the character of an escape; other letters after a backslash begin TeX commands."""
    if len(escaped) == 5:
        return chr(int(escaped[1:], 16))
    return (
        f"\\{escaped}"
        if escaped.isalpha() and escaped not in _ESCAPED
        else _ESCAPED.get(escaped, escaped)
    )


def _unescaped(text: str) -> str:
    """Return a string with its escapes replaced."""
    if "\\" not in text:
        return text
    return (
        _ESCAPE.sub(lambda m: _ESCAPED.get(m[1]) or _character(m[1]), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _literal(word: str) -> Any:
    """Return the number or constant that a word stands for; any other word as a string."""
    if word.lower() in _CONSTANTS:
        return _CONSTANTS[word.lower()]
    try:
        return json.loads(word)
    except ValueError:
        return word

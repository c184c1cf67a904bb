"""Where the entries of a document begin and end, to separate them from other content.

A JSON value ends with its closing bracket, an XML tree with the end tag of its root, a
tagged record with its last tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

LONGEST = 400
"""Maximum lines of an entry of tagged lines."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How an entry of one kind begins and ends."""

    name: str
    begins: str
    """The pattern of its first line."""
    end: Callable[[DocumentText, int], int]
    """Takes its first line (from 0); returns the line after its last, the first if it has no
    end."""
    sure: bool = True
    """Whether nothing else looks like it."""
    alone: bool = False
    """Whether every entry is a document of its own."""


@dataclass(slots=True)
class DocumentText:
    """The lines of a document, and how much of it may still be searched for an end."""

    whole: str
    kinds: Sequence[Extent]
    """The kinds of entries; of two that match a line, the first wins."""
    lines: Sequence[str] = field(init=False)
    starts: Sequence[int] = field(init=False)
    """The offset of each line."""
    budget: int = field(init=False)
    """Characters that may still be searched, so that unclosed entries cost no quadratic time."""
    _begins: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compute lines, offsets and patterns."""
        self.lines = self.whole.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.budget = 4 * len(self.whole) + 1000
        self._begins = _alternatives(tuple(kind.begins for kind in self.kinds))

    def kind(self, at: int) -> Extent | None:
        """Return the kind of entry that may begin at a line (from 0); None if there is none."""
        match = self._begins.match(self.lines[at][:400])
        return self.kinds[int((match.lastgroup or "k0")[1:])] if match else None

    def opens(self, at: int) -> bool:
        """Whether an entry of any kind begins at a line and has an end."""
        kind = self.kind(at)
        return bool(kind and kind.end(self, at) > at)

    def line_after(self, at: int, offset: int) -> int:
        """Return the line after the one with an offset, which is not before line `at`."""
        while self.starts[at + 1] <= offset:
            at += 1
        return at + 1


@cache
def _alternatives(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<k{at}>{pattern})" for at, pattern in enumerate(patterns)) or r"(?!)"
    )


# --- brackets and tags -----------------------------------------------------------------

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.S)
_VALUE = re.compile(
    r'\s{0,20}(?:\[\s{0,200}){0,3}(?:\{\s{0,200}(?:"(?:[^"\\\n]|\\.){0,200}"\s{0,20}:|\})|"(?:[^"\\\n]|\\.){0,5000}"\s{0,20}[,\]])'
)
"""The beginning of an object, or of a list of objects or strings."""


def _is_whole(line: str) -> bool:
    """Whether a line is a JSON value."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def end_of_json(text: DocumentText, at: int) -> int:
    """Return the line after a JSON value."""
    line = text.lines[at].strip().rstrip(",")
    if line.startswith("{") and line.endswith("}") and _is_whole(line):
        return at + 1
    depth, start = 0, text.starts[at]
    if text.budget < 0 or not _VALUE.match(text.whole, start):
        return at
    for token in _TOKENS.finditer(text.whole, start):
        mark = token.group()
        depth += (mark in "{[") - (mark in "}]")
        if depth <= 0 and mark in "}]":
            text.budget -= token.end() - start
            return text.line_after(at, token.end() - 1)
    text.budget -= len(text.whole) - start
    return next_sure(text, at, "json")


_ROOT = re.compile(r"<([A-Za-z_][\w:.-]{0,80})(?=[\s/>])")
_INLINE_ELEMENTS = frozenset((
    *("a", "abbr", "article", "aside", "b", "blockquote", "br", "center", "code", "dd", "del", "details", "div", "dl"),
    *("dt", "em", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "i", "img", "input"),
    *("ins", "kbd", "li", "link", "main", "mark", "meta", "nav", "ol", "p", "picture", "pre", "q", "s", "script", "section"),
    *("small", "source", "span", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "th", "tr"),
    *("tt", "u", "ul", "var", "video"),
))  # fmt: skip
"""Elements of HTML used inside text, which begin no document."""


def end_of_xml(text: DocumentText, at: int) -> int:
    """Return the line after an XML tree or a web page."""
    start = text.starts[at]
    root = _ROOT.search(text.whole, start, start + 5000)
    if not root or text.budget < 0:
        return at
    name = root[1]
    if re.match(r"\s*<!DOCTYPE NETSCAPE-Bookmark", text.whole[start : start + 60]):
        name = "DL"
    if name.lower() in _INLINE_ELEMENTS and name != "DL":
        return at
    depth = 0
    tags = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]{{0,5000}}>", re.I)
    for tag in tags.finditer(text.whole, start):
        depth += 0 if tag.group().endswith("/>") else -1 if tag[1] else 1
        if depth <= 0:
            text.budget -= tag.end() - start
            return text.line_after(at, tag.end() - 1)
    text.budget -= len(text.whole) - start
    return next_sure(text, at, "xml")


def next_sure(text: DocumentText, at: int, name: str) -> int:
    """Return the line at which another kind of entry surely begins, or the number of lines."""
    for number in range(at + 1, len(text.lines)):
        kind = text.kind(number)
        if kind and kind.sure and kind.name not in (name, "json", "xml", "table"):
            return number
    return len(text.lines)


# --- lines with a pattern --------------------------------------------------------------


def upto(pattern: str) -> Callable[[DocumentText, int], int]:
    """Return the `end` of entries that end with the first line of a pattern."""
    last = re.compile(pattern)

    def end(text: DocumentText, at: int) -> int:
        some = range(at + 1, min(len(text.lines), at + LONGEST))
        return next((number + 1 for number in some if last.match(text.lines[number])), at)

    return end


def as_long_as(pattern: str, least: int = 3) -> Callable[[DocumentText, int], int]:
    """Return the `end` of entries of at least `least` lines that all match a pattern."""
    more = re.compile(pattern)

    def end(text: DocumentText, at: int) -> int:
        number = at + 1
        while number < len(text.lines) and more.match(text.lines[number]):
            other = text.kind(number)
            if other and other.sure and other.end is not end and other.end(text, number) > number:
                break
            number += 1
        while not text.lines[number - 1].strip():
            number -= 1
        return number if number >= at + least else at

    return end

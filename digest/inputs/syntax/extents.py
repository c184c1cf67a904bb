"""Where the entries of a document begin and end, so that what is above or below them is seen.

A JSON value closes its brackets, an XML tree its root, a tagged record has its last tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

LONGEST = 400
"""Lines an entry of tagged lines may have."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How an entry of one kind begins and ends."""

    name: str
    begins: str
    """The form of its first line."""
    end: Callable[[Text, int], int]
    """The line after its last, of the line it begins at; the same line where it is none."""
    sure: bool = True
    """Whether nothing else is written like that."""
    alone: bool = False
    """Whether every entry is a document, whatever comes after it."""


@dataclass(slots=True)
class Text:
    """The lines of a document, and how much of it has been looked through for an end."""

    whole: str
    kinds: Sequence[Extent]
    """What begins an entry; of two that a line begins, the first."""
    lines: Sequence[str] = field(init=False)
    starts: Sequence[int] = field(init=False)
    budget: int = field(init=False)
    """Letters that may still be looked through: what never closes is not looked through for every line."""
    _begins: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find where the lines begin."""
        self.lines = self.whole.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.budget = 4 * len(self.whole) + 1000
        self._begins = _either(tuple(kind.begins for kind in self.kinds))

    def kind(self, at: int) -> Extent | None:
        """Return what a line begins."""
        match = self._begins.match(self.lines[at][:400])
        return self.kinds[int((match.lastgroup or "k0")[1:])] if match else None

    def opens(self, at: int) -> bool:
        """Whether an entry of any kind begins at a line, and ends somewhere."""
        kind = self.kind(at)
        return bool(kind and kind.end(self, at) > at)

    def line_after(self, at: int, offset: int) -> int:
        """Return the line below the one with a letter of the document, which is not above `at`."""
        while self.starts[at + 1] <= offset:
            at += 1
        return at + 1


@cache
def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<k{at}>{pattern})" for at, pattern in enumerate(patterns)) or r"(?!)"
    )


# --- what closes -----------------------------------------------------------------------

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.S)
_VALUE = re.compile(
    r'\s{0,20}(?:\[\s{0,200}){0,3}(?:\{\s{0,200}(?:"(?:[^"\\\n]|\\.){0,200}"\s{0,20}:|\})|"(?:[^"\\\n]|\\.){0,5000}"\s{0,20}[,\]])'
)
"""A list of objects or of strings, or an object."""


def _is_whole(line: str) -> bool:
    """Whether a line is a JSON value by itself."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def brackets(text: Text, at: int) -> int:
    """The end of a JSON value."""
    line = text.lines[at].strip().rstrip(",")
    if line.startswith("{") and line.endswith("}") and _is_whole(line):
        return at + 1
    depth, start = 0, text.starts[at]
    if text.budget < 0 or not _VALUE.match(text.whole, start):
        return at
    for token in _TOKENS.finditer(text.whole, start):
        sign = token.group()
        depth += (sign in "{[") - (sign in "}]")
        if depth <= 0 and sign in "}]":
            text.budget -= token.end() - start
            return text.line_after(at, token.end() - 1)
    text.budget -= len(text.whole) - start
    return next_sure(text, at, "json")


_ROOT = re.compile(r"<([A-Za-z_][\w:.-]{0,80})(?=[\s/>])")
_FLOW = frozenset((
    *("a", "abbr", "article", "aside", "b", "blockquote", "br", "center", "code", "dd", "del", "details", "div", "dl"),
    *("dt", "em", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "i", "img", "input"),
    *("ins", "kbd", "li", "link", "main", "mark", "meta", "nav", "ol", "p", "picture", "pre", "q", "s", "script", "section"),
    *("small", "source", "span", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "th", "tr"),
    *("tt", "u", "ul", "var", "video"),
))  # fmt: skip
"""Elements of HTML that people write into text."""


def tree(text: Text, at: int) -> int:
    """The end of an XML tree, or of a web page."""
    start = text.starts[at]
    root = _ROOT.search(text.whole, start, start + 5000)
    if not root or text.budget < 0:
        return at
    name = root[1]
    if re.match(r"\s*<!DOCTYPE NETSCAPE-Bookmark", text.whole[start : start + 60]):
        name = "DL"
    if name.lower() in _FLOW and name != "DL":
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


def next_sure(text: Text, at: int, name: str) -> int:
    """The end of what is damaged: where something else surely begins, or the document ends."""
    for number in range(at + 1, len(text.lines)):
        kind = text.kind(number)
        if kind and kind.sure and kind.name not in (name, "json", "xml", "table"):
            return number
    return len(text.lines)


# --- lines of one form -----------------------------------------------------------------


def upto(pattern: str) -> Callable[[Text, int], int]:
    """An entry ends with the first line of this form."""
    last = re.compile(pattern)

    def end(text: Text, at: int) -> int:
        some = range(at + 1, min(len(text.lines), at + LONGEST))
        return next((number + 1 for number in some if last.match(text.lines[number])), at)

    return end


def as_long_as(pattern: str, least: int = 3) -> Callable[[Text, int], int]:
    """An entry goes on as long as lines have this form."""
    more = re.compile(pattern)

    def end(text: Text, at: int) -> int:
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

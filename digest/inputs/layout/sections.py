"""A document made of several that were put one below the other.

What is structured says where it begins and ends: a JSON value closes its brackets,
an XML tree its root, a tagged record has its last tag, a table its columns. What is
between runs of such lines is a document of its own.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from digest.inputs.layout import labels
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import WIDEST
from digest.inputs.layout.prose import prose
from digest.inputs.syntax import crosswalk
from digest.inputs.syntax.extents import Extent, Text

LEAST = 200
"""Letters that a paper needs."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of lines that are one document: from its first line up to, and without, its end."""

    first: int
    end: int
    kind: str = ""
    """What its lines are made of; empty for text."""
    sure: bool = False
    """Whether nothing else is written like that."""


def sections(whole: str, kinds: Sequence[Extent]) -> list[Section]:
    """Take a text apart where one kind of document ends and another begins; one section where it is one.

    >>> from digest.inputs.syntax.extents import upto
    >>> ris, said = "TY  - JOUR\\nER  -\\n", "We count bees. They are many. " * 9 + "\\n"
    >>> kinds = [Extent("ris", "TY  -", upto("ER  -"))]
    >>> [(part.first, part.kind) for part in sections(ris + said + ris, kinds)]
    [(0, 'ris'), (2, ''), (3, 'ris')]
    """
    text = Text(whole, kinds)
    found: list[Section] = []
    for kind, start, end in _entries(text):
        above = found[-1].end if found else 0
        if found and _goes_on(text, found[-1], kind, start) and not _told(text.lines[above:start]):
            found[-1] = Section(found[-1].first, end, kind.name, kind.sure)
        else:
            first = start if kind.sure else _back(text.lines, start, above)
            found.append(Section(first, end, kind.name, kind.sure))
    return list(_filled(found, text.lines)) if found else [Section(0, len(text.lines))]


_KEY = re.compile(r'\s*\{\s*"[^"]{1,80}"')


def _goes_on(text: Text, section: Section, kind: Extent, start: int) -> bool:
    """Whether an entry belongs to the document above it; a JSON value does where both are rows of one list."""
    if section.kind != kind.name or not kind.alone:
        return section.kind == kind.name
    if kind.name == "mail":
        return text.lines[start].startswith("From ")  # a folder of mails is one document
    if kind.name != "json":
        return False
    last = text.lines[section.end - 1]
    here, above = _KEY.match(text.lines[start]), _KEY.match(last)
    alike = bool(here and above and here[0] == above[0])
    # An answer of an API is one line as well, and holds a list of its own.
    many = section.end - section.first > 1 or not re.search(r"\[\s*\{", last)
    return alike and (many or _is_row(last))


def _is_row(line: str) -> bool:
    """Whether a line is an object that tells of one paper itself."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(given, dict):
        return False
    return bool(
        {crosswalk.field(key) for key in crosswalk.unwrapped(given)} & {"title", "abstract"}
    )


TRIED = 8
"""Blank lines at which a text is cut for a try."""

SECOND = 3
"""Of the change of all looks together not the greatest alone is tried, but so many."""

APART = 6
"""Lines between two cuts that are tried."""


def halves(whole: str) -> list[tuple[Section, Section]]:
    """Return the ways to cut a text in two that change the looks of its lines most.

    Looks are how long lines are, where they end, how many are paragraphs, blank, or set in: two
    pasted texts were seldom wrapped alike, and wrapping is undone for a document as a whole.
    Whether it is two, what is read of the halves has to tell.
    """
    lines = whole.split("\n")
    ends = [at for at in range(1, len(lines) - 1) if not lines[at].strip()]
    ends = [at for at in ends if lines[at - 1].strip()]  # of several blank lines the first
    sides = _Sides(lines)
    changes = {at: change for at in ends if (change := sides.changes(at))}
    looks = list(zip(*changes.values(), strict=True))
    found: dict[int, None] = {}
    for place in range(SECOND):
        for look in looks:
            ranked = sorted(zip(look, changes, strict=True), reverse=True)
            apart = (at for _, at in ranked if all(abs(at - other) > APART for other in found))
            found |= dict.fromkeys(islice(apart, 0 if place and look is not looks[0] else 1))
    if len(changes) <= TRIED:  # hardly a blank line is in it but this
        found |= dict.fromkeys(changes)
    return [(Section(0, at), Section(at + 1, len(lines))) for at in [*found][:TRIED]]


class _Sides:
    """The looks of what is above and below each line."""

    def __init__(self, lines: Sequence[str]) -> None:
        short = _short(lines)
        told = (
            (not line.strip(), min(len(line), WIDEST), line[:2] == "  ", len(line) > WIDEST, brief)
            for line, brief in zip(lines, short, strict=True)
        )
        self._sums = [(0, 0, 0, 0, 0), *zip(*map(accumulate, zip(*told, strict=True)), strict=True)]
        # A line beyond the widest is a paragraph, and ends nowhere.
        widths = [0 if len(line) > WIDEST else len(line) for line in lines]
        self._above = list(accumulate(widths, max, initial=0))
        self._below = list(accumulate(reversed(widths), max, initial=0))[::-1]

    def changes(self, at: int) -> tuple[float, ...]:
        """How much each look changes at a line, all together first; empty where a side is too short."""
        above, below = self._looks(0, at), self._looks(at + 1, len(self._sums) - 1)
        if not above or not below:
            return ()
        length, blank, inset, whole, brief = (
            abs(one - other) for one, other in zip(above, below, strict=True)
        )
        margin = abs(self._above[at] - self._below[at + 1]) / WIDEST
        every = length + 4 * blank + inset
        small = length / 100  # of two cuts that change a look as much, that with longer lines
        found = (every, whole + small, margin + small, blank + small, brief + small, length)
        # Few lines differ from the others more by chance, by the root of their number.
        sure = math.sqrt(at * (len(self._sums) - at)) / len(self._sums)
        return tuple(sure * change for change in found)

    def _looks(self, first: int, last: int) -> tuple[float, ...]:
        blank, size, inset, whole, brief = (
            b - a for a, b in zip(self._sums[first], self._sums[last], strict=True)
        )
        told = last - first - blank
        if told < 2 or size < LEAST:
            return ()
        gaps = blank + 1
        return math.log(size / told), gaps / told, inset / told, whole / told, brief / gaps


def _short(lines: Sequence[str]) -> list[bool]:
    """Which lines begin a paragraph that is no longer than a title."""
    told = [False] * len(lines)
    start = size = 0
    for at, line in enumerate([*lines, ""]):
        if line.strip():
            size += len(line)
        else:
            if 0 < size < LEAST:
                told[start] = True
            start, size = at + 1, 0
    return told


def _filled(found: Sequence[Section], lines: Sequence[str]) -> Iterator[Section]:
    """Put what stands between the sections beside them, where it says enough to be a document."""
    at = 0
    for section in (*found, Section(len(lines), len(lines))):
        if _told(lines[at : section.first]):
            yield Section(at, section.first)
        if section.first < section.end:
            yield section
        at = section.end


def _told(lines: Sequence[str]) -> bool:
    """Whether lines say enough to be a title and an abstract."""
    return sum(map(_says, lines)) >= LEAST


def _says(line: str) -> int:
    """The letters of a line that may tell of a paper, addresses left out."""
    text = _ADDRESS.sub("", line)
    told = len(text) > 50 and text.count(" ") > 6
    return len(text) if told and not furniture(line) and not labels.is_rule(line) else 0


_ADDRESS = re.compile(r"\S{0,10}//\S+")


def _back(lines: Sequence[str], start: int, least: int) -> int:
    """Take the headings right above a section to it: short lines without a sentence."""
    at = start
    while at > max(least, start - 12) and (not lines[at - 1].strip() or _heads(lines[at - 1])):
        at -= 1
    while least < at < start and lines[at - 1].strip() and lines[at].strip():
        at += 1  # the last row of what is above
    return at


_HEADS = re.compile(
    r"(?:new|cross|replacement)(?:[- ]lists?| submissions)?\b.{0,80}|showing .{0,100}|total of \d.{0,60}"
    r"|authors and titles for .{0,80}|-{20,}|submissions to:.{0,60}|received from .{0,80}", re.I
)  # fmt: skip


def _heads(line: str) -> bool:
    return bool(_HEADS.fullmatch(line.strip())) or prose(line) < -6


def _entries(text: Text) -> Iterator[tuple[Extent, int, int]]:
    """The entries that say what they are: kind, first line, end."""
    at = 0
    while at < len(text.lines):
        kind = text.kind(at)
        end = kind.end(text, at) if kind else at
        if kind and end > at:
            yield kind, at, end
        at = max(end, at + 1)

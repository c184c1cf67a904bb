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

from digest.inputs.layout import labels
from digest.inputs.layout.furniture import furniture
from digest.inputs.layout.lines import WIDEST
from digest.inputs.layout.prose import prose
from digest.inputs.syntax import fields
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
    return list(_filled(found, text.lines)) if found else _halves(text.lines)


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
    return bool({fields.field(key) for key in fields.unwrapped(given)} & {"title", "abstract"})


CHANGE = 0.5
"""How much the looks of lines change where one text ends and another begins."""


def _halves(lines: Sequence[str]) -> list[Section]:
    """Take a text apart at the blank line around which its lines look most unlike, if they do.

    Looks are how long lines are, how many are blank, and how many are set in: two pasted texts
    were seldom wrapped alike, and wrapping is undone for a document as a whole.
    """
    sums = [(0.0, 0.0, 0.0)]
    for line in lines:
        blank, size = not line.strip(), min(len(line), WIDEST)  # a longer line is not wrapped
        before = sums[-1]
        sums.append((before[0] + blank, before[1] + size, before[2] + (line[:2] == "  ")))
    ends = [at for at in range(1, len(lines) - 1) if not lines[at].strip()]
    best = max(ends, key=lambda at: _unlike(sums, at), default=0)
    if not best or _unlike(sums, best) < CHANGE:
        return [Section(0, len(lines))]
    return [Section(0, best), Section(best + 1, len(lines))]


def _unlike(sums: Sequence[tuple[float, float, float]], at: int) -> float:
    """How unlike the lines above and below a line are; 0 where one side is too short to tell."""
    sides = []
    for first, last in ((0, at), (at + 1, len(sums) - 1)):
        blank, size, inset = (b - a for a, b in zip(sums[first], sums[last], strict=True))
        told = last - first - blank
        if told < 6 or size < 3 * LEAST:
            return 0.0
        sides.append((math.log(size / told), (blank + 1) / told, inset / told))
    (long, blank, inset), (other_long, other_blank, other_inset) = sides
    return abs(long - other_long) + 4 * abs(blank - other_blank) + abs(inset - other_inset)


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

"""Segmentation of a document that consists of several, one below the other.

Structured data has a visible beginning and end: a JSON value closes its brackets, an
XML tree its root, a tagged record has its last tag, a table its columns. The text
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
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import WIDEST
from digest.inputs.layout.prose import prose_score
from digest.inputs.syntax import field_names
from digest.inputs.syntax.extents import DocumentText, Extent

FEWEST_CHARACTERS = 200
"""The fewest characters of a title and an abstract."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of lines that are one document: from `first` up to, and without, `end`, from 0."""

    first: int
    end: int
    kind: str = ""
    """The name of its extent; empty for text."""
    sure: bool = False
    """Whether no other text looks like that."""


def segments(whole: str, kinds: Sequence[Extent]) -> list[Segment]:
    """Split a text where one kind of document ends and another begins.

    >>> from digest.inputs.syntax.extents import upto
    >>> ris, prose = "TY  - JOUR\\nER  -\\n", "We count bees. They are many. " * 9 + "\\n"
    >>> kinds = [Extent("ris", "TY  -", upto("ER  -"))]
    >>> [(part.first, part.kind) for part in segments(ris + prose + ris, kinds)]
    [(0, 'ris'), (2, ''), (3, 'ris')]
    """
    text = DocumentText(whole, kinds)
    found: list[Segment] = []
    for kind, start, end in _structured_entries(text):
        above = found[-1].end if found else 0
        if (
            found
            and _continues(text, found[-1], kind, start)
            and not _has_enough_text(text.lines[above:start])
        ):
            found[-1] = Segment(found[-1].first, end, kind.name, kind.sure)
        else:
            first = start if kind.sure else _first_heading(text.lines, start, above)
            found.append(Segment(first, end, kind.name, kind.sure))
    return list(_with_text_between(found, text.lines)) if found else [Segment(0, len(text.lines))]


_KEY = re.compile(r'\s*\{\s*"[^"]{1,80}"')
"""A JSON object and its first key, at the beginning of a line."""


def _continues(text: DocumentText, segment: Segment, kind: Extent, start: int) -> bool:
    """Return whether an entry belongs to the document above it.

    A JSON value does if both are rows of one list, a mail if both are in one mbox file.
    """
    if segment.kind != kind.name or not kind.alone:
        return segment.kind == kind.name
    if kind.name == "mail":
        return text.lines[start].startswith("From ")  # an mbox file is one document
    if kind.name != "json":
        return False
    last = text.lines[segment.end - 1]
    here, above = _KEY.match(text.lines[start]), _KEY.match(last)
    alike = bool(here and above and here[0] == above[0])
    # The response of an API is one line as well, but contains a list of its own.
    many = segment.end - segment.first > 1 or not re.search(r"\[\s*\{", last)
    return alike and (many or _is_row(last))


def _is_row(line: str) -> bool:
    """Return whether a line is a JSON object with a title or an abstract."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(given, dict):
        return False
    return bool(
        {field_names.field(key) for key in field_names.unwrap(given)} & {"title", "abstract"}
    )


MOST_SPLITS = 8
"""The most blank lines at which a split is tried."""

BY_ALL_FEATURES = 3
"""Splits tried by the change of all features together; by each other feature it is one."""

APART = 6
"""The fewest lines between two splits that are tried."""


def halves(whole: str) -> list[tuple[Segment, Segment]]:
    """Return the ways to split a text in two at which the layout of its lines changes most.

    Features of the layout are the length of lines, their margin, and the shares of
    paragraphs, blank lines and indented lines: two pasted texts were seldom wrapped
    alike, and wrapping is undone for a document as a whole. Whether there are two
    documents is decided by what is read from the halves.
    """
    lines = whole.split("\n")
    ends = [at for at in range(1, len(lines) - 1) if not lines[at].strip()]
    ends = [at for at in ends if lines[at - 1].strip()]  # the first of several blank lines
    sides = _LayoutFeatures(lines)
    changes = {at: change for at in ends if (change := sides.changes(at))}
    features = list(zip(*changes.values(), strict=True))
    found: dict[int, None] = {}
    for place in range(BY_ALL_FEATURES):
        for feature in features:
            ranked = sorted(zip(feature, changes, strict=True), reverse=True)
            apart = (at for _, at in ranked if all(abs(at - other) > APART for other in found))
            found |= dict.fromkeys(islice(apart, 0 if place and feature is not features[0] else 1))
    if len(changes) <= MOST_SPLITS:  # few blank lines: all are tried
        found |= dict.fromkeys(changes)
    return [(Segment(0, at), Segment(at + 1, len(lines))) for at in [*found][:MOST_SPLITS]]


class _LayoutFeatures:
    """The layout features of the text above and below each line."""

    def __init__(self, lines: Sequence[str]) -> None:
        short = _begins_short_paragraph(lines)
        rows = (
            (not line.strip(), min(len(line), WIDEST), line[:2] == "  ", len(line) > WIDEST, brief)
            for line, brief in zip(lines, short, strict=True)
        )
        self._sums = [(0, 0, 0, 0, 0), *zip(*map(accumulate, zip(*rows, strict=True)), strict=True)]
        # A line longer than the widest margin is a paragraph, and shows no margin.
        widths = [0 if len(line) > WIDEST else len(line) for line in lines]
        self._above = list(accumulate(widths, max, initial=0))
        self._below = list(accumulate(reversed(widths), max, initial=0))[::-1]

    def changes(self, at: int) -> tuple[float, ...]:
        """Return how much each feature changes at a line, first all together.

        Empty if one side is too short for a paper.
        """
        above, below = self._features(0, at), self._features(at + 1, len(self._sums) - 1)
        if not above or not below:
            return ()
        length, blank, inset, whole, brief = (
            abs(one - other) for one, other in zip(above, below, strict=True)
        )
        margin = abs(self._above[at] - self._below[at + 1]) / WIDEST
        every = length + 4 * blank + inset
        small = length / 100  # a tie is won by the split that changes the length of lines more
        found = (every, whole + small, margin + small, blank + small, brief + small, length)
        # A few lines differ from the rest by chance, by the square root of their number.
        sure = math.sqrt(at * (len(self._sums) - at)) / len(self._sums)
        return tuple(sure * change for change in found)

    def _features(self, first: int, last: int) -> tuple[float, ...]:
        blank, size, inset, whole, brief = (
            b - a for a, b in zip(self._sums[first], self._sums[last], strict=True)
        )
        filled = last - first - blank
        if filled < 2 or size < FEWEST_CHARACTERS:
            return ()
        gaps = blank + 1
        return math.log(size / filled), gaps / filled, inset / filled, whole / filled, brief / gaps


def _begins_short_paragraph(lines: Sequence[str]) -> list[bool]:
    """Return for every line whether it begins a paragraph no longer than a title."""
    begins = [False] * len(lines)
    start = size = 0
    for at, line in enumerate([*lines, ""]):
        if line.strip():
            size += len(line)
        else:
            if 0 < size < FEWEST_CHARACTERS:
                begins[start] = True
            start, size = at + 1, 0
    return begins


def _with_text_between(found: Sequence[Segment], lines: Sequence[str]) -> Iterator[Segment]:
    """Add the text between the segments, if it is long enough for a paper."""
    at = 0
    for segment in (*found, Segment(len(lines), len(lines))):
        if _has_enough_text(lines[at : segment.first]):
            yield Segment(at, segment.first)
        if segment.first < segment.end:
            yield segment
        at = segment.end


def _has_enough_text(lines: Sequence[str]) -> bool:
    """Return whether lines have enough text for a title and an abstract."""
    return sum(map(_text_size, lines)) >= FEWEST_CHARACTERS


def _text_size(line: str) -> int:
    """Count the characters of a line that may be an abstract's, without addresses."""
    text = _ADDRESS.sub("", line)
    counts = len(text) > 50 and text.count(" ") > 6
    return len(text) if counts and not boilerplate_kind(line) and not labels.is_rule(line) else 0


_ADDRESS = re.compile(r"\S{0,10}//\S+")


def _first_heading(lines: Sequence[str], start: int, least: int) -> int:
    """Return the first of the headings right above a segment: short lines without a sentence."""
    at = start
    while at > max(least, start - 12) and (not lines[at - 1].strip() or _is_heading(lines[at - 1])):
        at -= 1
    while least < at < start and lines[at - 1].strip() and lines[at].strip():
        at += 1  # not the last paragraph of the text above
    return at


_LISTING_HEADING = re.compile(
    r"(?:new|cross|replacement)(?:[- ]lists?| submissions)?\b.{0,80}|showing .{0,100}|total of \d.{0,60}"
    r"|authors and titles for .{0,80}|-{20,}|submissions to:.{0,60}|received from .{0,80}", re.I
)  # fmt: skip
"""Headings of arXiv's listings and mails."""


def _is_heading(line: str) -> bool:
    return bool(_LISTING_HEADING.fullmatch(line.strip())) or prose_score(line) < -6


def _structured_entries(text: DocumentText) -> Iterator[tuple[Extent, int, int]]:
    """Yield the structured entries: their kind, first line and end."""
    at = 0
    while at < len(text.lines):
        kind = text.kind(at)
        end = kind.end(text, at) if kind else at
        if kind and end > at:
            yield kind, at, end
        at = max(end, at + 1)

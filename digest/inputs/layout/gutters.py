"""Two columns of a page that were extracted line by line, put into reading order.

    Long documents make attention expensive,      Sparse attention has a long
    because every query looks at every key.       history. Block patterns miss

Text left of a gutter is read before the text right of it; a line across the gutter is
read after both columns above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3
"""The fewest lines with words on both sides of a gutter."""

DEPTH = 3
"""Levels of recursion: gutters are also sought beside gutters that were found."""

_GAP = re.compile(r"(?<=\S)\s{2,200}(?=\S)")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a page, including its leading spaces, and its number."""

    number: int
    text: str


def in_reading_order(lines: Sequence[NumberedLine], depth: int = DEPTH) -> list[NumberedLine]:
    """Return the lines of a page in reading order, one column after the other.

    >>> rows = (
    ...     "Looms are old.  Cards came",
    ...     "They weave and  later, so",
    ...     "they count.     did we.",
    ... )
    >>> lines = [NumberedLine(number, row) for number, row in enumerate(rows, 1)]
    >>> [line.text for line in in_reading_order(lines)][2:4]
    ['they count.', 'Cards came']
    """
    at = _gutter([line.text for line in lines]) if depth else 0
    if not at:
        return list(lines)
    out: list[NumberedLine] = []
    left: list[NumberedLine] = []
    right: list[NumberedLine] = []
    whole: list[NumberedLine] = []
    for line in lines:
        parts = _sides(line.text, at)
        if parts is None:
            out += [*in_reading_order(left, depth - 1), *right]
            left, right = [], []
            whole.append(line)
            continue
        out += in_reading_order(whole, depth - 1)
        whole = []
        left.append(NumberedLine(line.number, parts[0]))
        right.append(NumberedLine(line.number, parts[1]))
    return [*out, *in_reading_order(whole, depth - 1), *in_reading_order(left, depth - 1), *right]


def _gutter(rows: Sequence[str]) -> int:
    """Return the character column at which most right-hand lines begin; 0 if there is no gutter."""
    starts = Counter(gap.end() for row in rows for gap in _GAP.finditer(row[:400]))
    # Justified lines have wide spaces too, but not all at one column.
    found = [
        (sum(starts[at + n] for n in (-1, 0, 1)), at)
        for at in starts
        if sum(_has_sides(row, at) for row in rows) >= FEWEST
    ]
    if not found:
        return 0
    count, at = max(found, key=lambda pair: (pair[0], -pair[1]))
    across = sum(_sides(row, at) is None for row in rows)
    filled = sum(bool(row.strip()) for row in rows)
    return at if count >= FEWEST and count > 0.2 * filled - across else 0


def _has_sides(row: str, at: int) -> bool:
    parts = _sides(row, at)
    return bool(parts and _WORD.search(parts[0]) and _WORD.search(parts[1]))


def _sides(row: str, at: int) -> tuple[str, str] | None:
    """Return the two sides of a line; None if it goes across the gutter."""
    if len(row) <= at - 2:
        return row.rstrip(), ""
    for start in (at, at - 1, at + 1):
        if row[start - 2 : start].isspace() and len(row[start - 2 : start]) == 2:
            return row[:start].rstrip(), row[start:].strip()
    return None

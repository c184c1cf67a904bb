"""Columns of a page that a program has copied line by line, taken apart.

    Long documents make attention expensive,      Sparse attention has a long
    because every query looks at every key.       history. Block patterns miss

What stands left of a gutter is read before what stands right of it; a line that
goes across has both columns above it before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 3
"""Lines that a gutter has on both sides, at least."""

DEPTH = 3
"""Gutters that are looked for within what another left whole."""

_GAP = re.compile(r"(?<=\S)\s{2,200}(?=\S)")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, with the blanks before it."""

    number: int
    text: str


def columns(lines: Sequence[Line], depth: int = DEPTH) -> list[Line]:
    """Return the lines of a page in the order they are read, a column after the other.

    >>> rows = ["Looms are old.   Cards came", "They weave and   later, and so", "they count.      did we."]
    >>> [line.text for line in columns([Line(n, row) for n, row in enumerate(rows)])][2:4]
    ['they count.', 'Cards came']
    """
    at = _gutter([line.text for line in lines]) if depth else 0
    if not at:
        return list(lines)
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    whole: list[Line] = []
    for line in lines:
        parts = _parted(line.text, at)
        if parts is None:
            out += [*columns(left, depth - 1), *right]
            left, right = [], []
            whole.append(line)
            continue
        out += columns(whole, depth - 1)
        whole = []
        left.append(Line(line.number, parts[0]))
        right.append(Line(line.number, parts[1]))
    return [*out, *columns(whole, depth - 1), *columns(left, depth - 1), *right]


def _gutter(rows: Sequence[str]) -> int:
    """The column that most right-hand lines begin at; 0 where lines have no two sides."""
    starts = Counter(gap.end() for row in rows for gap in _GAP.finditer(row[:400]))
    # A justified line has wide blanks as well, but never at one column.
    found = [
        (sum(starts[at + n] for n in (-1, 0, 1)), at)
        for at in starts
        if sum(_has_sides(row, at) for row in rows) >= LEAST
    ]
    if not found:
        return 0
    count, at = max(found, key=lambda pair: (pair[0], -pair[1]))
    across = sum(_parted(row, at) is None for row in rows)
    return (
        at
        if count >= LEAST and count > 0.2 * sum(bool(row.strip()) for row in rows) - across
        else 0
    )


def _has_sides(row: str, at: int) -> bool:
    parts = _parted(row, at)
    return bool(parts and _WORD.search(parts[0]) and _WORD.search(parts[1]))


def _parted(row: str, at: int) -> tuple[str, str] | None:
    """The two sides of a line; None for one that goes across the gutter."""
    if len(row) <= at - 2:
        return row.rstrip(), ""
    for start in (at, at - 1, at + 1):
        if row[start - 2 : start].isspace() and len(row[start - 2 : start]) == 2:
            return row[:start].rstrip(), row[start:].strip()
    return None

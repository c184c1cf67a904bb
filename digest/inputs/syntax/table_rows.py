"""Lines of a table taken apart into cells, also where quotation marks are lost or unescaped."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the lines they stand on."""

    line: int
    cells: tuple[str, ...]
    raw: str


def rows(text: str, separator: str, width: int) -> Iterator[Row]:
    """Go through the rows of a table that should have so many cells; damage stays within its row.

    RFC 4180 where that gives rows of the right width, else line by line.
    """
    lines = text.split("\n")
    strict = list(_strict(lines, separator))
    if all(len(row.cells) == width for row in strict):
        yield from strict
        return
    loose = [cells(line, separator, width) if line.strip() else [] for line in lines]
    if sum(len(found) == width for found in loose) < 0.9 * sum(map(bool, loose)):
        yield from strict
        return
    for number, (line, found) in enumerate(zip(lines, loose, strict=True), 1):
        if found:
            yield Row(number, tuple(found), line)


def _strict(lines: Sequence[str], separator: str) -> Iterator[Row]:
    """Give the rows that a reader of tables sees; one it cannot read has no cells."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    last = 0
    while True:
        start = last + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        last = reader.line_num
        if row is None or any(map(str.strip, row)):
            yield Row(start, tuple(row or ()), "\n".join(lines[start - 1 : last]))


def cells(line: str, separator: str, width: int) -> list[str]:
    """Take one line apart: a quotation mark ends a cell only before a separator or the end.

    Separators that a blank follows are commas of a sentence where there are too many.

    >>> cells('A,"We call it the "best", by far",x', ",", 3)
    ['A', 'We call it the "best", by far', 'x']
    >>> cells("Bees, Ants and Us,We count bees, ants and us.", ",", 2)
    ['Bees, Ants and Us', 'We count bees, ants and us.']
    """
    quoted = _quoted(line, separator)
    if len(quoted) <= width or re.search(rf'(?:^|{re.escape(separator)})"', line):
        return quoted
    tight = re.split(rf"{re.escape(separator)}(?!\s)", line)
    if len(tight) > width and max(tight[width - 1 :], key=len) == max(tight, key=len):
        tight[width - 1 :] = [separator.join(tight[width - 1 :])]  # the last cell is the text
    return tight if len(tight) == width else quoted


def _quoted(line: str, separator: str) -> list[str]:
    """Take a line apart at the separators outside quoted cells."""
    found: list[str] = []
    mark = re.escape(separator)
    closing = re.compile(rf'"(?={mark}(?:\s{{0,9}}"|\S|$)|\s*$)')  # no comma of a sentence
    at = 0
    while at <= len(line):
        if line[at : at + 1] == '"':
            end = closing.search(line, at + 1)
            stop = end.start() if end else len(line)
            found.append(line[at + 1 : stop].replace('""', '"').strip())
            after = line.find(separator, stop + 1 if end else stop)
            at = after + 1 if after >= 0 else len(line) + 1
        else:
            stop = line.find(separator, at)
            stop = stop if stop >= 0 else len(line)
            found.append(line[at:stop].strip())
            at = stop + 1
    return found

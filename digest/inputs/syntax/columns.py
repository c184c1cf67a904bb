"""What the columns of a table hold, where no line of names says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from digest.inputs.layout.prose import prose
from digest.inputs.syntax import date_parsing
from digest.papers import ids

SAMPLE = 60
"""Rows that are looked at."""


def guess(rows: Sequence[Sequence[str]]) -> list[str]:
    """Name the columns of a table by their cells; none where no column holds abstracts or titles.

    >>> long = "We prove that it holds. The bound is tight, and the proof is short. " * 4
    >>> guess([["2503.01234", "Memory Networks", long]] * 3)
    ['arxiv', 'title', 'abstract']
    """
    columns = list(zip(*rows[:SAMPLE], strict=True))
    names = [_plain(column) for column in columns]
    free = [at for at, name in enumerate(names) if not name]
    lean = {at: median(map(prose, columns[at])) for at in free}
    abstract = max(free, key=lambda at: (lean[at], -at), default=None)
    if abstract is None or lean[abstract] <= 0:
        return []
    names[abstract] = "abstract"
    titles = [at for at in free if lean[at] < 0 and median(map(len, columns[at])) > 12]
    if not titles:
        return []
    title = max(titles, key=lambda at: (_distinct(columns[at]), -abs(at - abstract)))
    names[title] = "title"
    names = [
        name or ("authors" if _people(columns[at]) else f"column {at + 1}")
        for at, name in enumerate(names)
    ]
    return names


def _plain(column: Sequence[str]) -> str:
    """What a column is whose cells have a form of their own."""
    cells = [cell.strip() for cell in column if cell.strip()]
    if not cells:
        return "empty"
    tests = (
        ("url", lambda cell: bool(re.match(r"(?:https?:)?//\S+$", cell))),
        ("arxiv", lambda cell: len(cell) < 30 and " " not in cell and ids.arxiv(cell) is not None),
        ("doi", lambda cell: " " not in cell and ids.doi(cell) is not None),
        ("number", lambda cell: bool(re.fullmatch(r"[\d.,#-]{1,12}", cell))),
        ("date", lambda cell: len(cell) < 40 and date_parsing.parse(cell) is not None),
    )
    return next((name for name, test in tests if sum(map(test, cells)) > 0.8 * len(cells)), "")


def _distinct(column: Sequence[str]) -> float:
    """The share of cells that stand once, as titles do and the names of journals do not."""
    return len(set(column)) / len(column)


def _people(column: Sequence[str]) -> bool:
    """Whether most cells are lists of names: short pieces in capitals between commas or semicolons."""
    named = (re.fullmatch(r"(?:[\w.'’-]+[ ,;&]*){1,400}", cell[:3000]) for cell in column)
    small = (re.search(r"\b(?!and\b|de\b|van\b|von\b|der\b)[a-z]{2,}\b", cell) for cell in column)
    return sum(bool(n and not s) for n, s in zip(named, small, strict=True)) > 0.7 * len(column)

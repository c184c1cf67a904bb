"""The contents of the columns of a table without a header row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from digest.inputs.layout.prose import prose_score
from digest.inputs.syntax import date_parsing
from digest.papers import ids

SAMPLE = 60
"""Rows that are examined."""


def guess(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return names for the columns of a table; none unless one holds titles and one abstracts.

    >>> long = "We prove that it holds. The bound is tight, and the proof is short. " * 4
    >>> guess([["2503.01234", "Memory Networks", long]] * 3)
    ['arxiv', 'title', 'abstract']
    """
    columns = list(zip(*rows[:SAMPLE], strict=True))
    names = [_name_by_form(column) for column in columns]
    free = [at for at, name in enumerate(names) if not name]
    scores = {at: median(map(prose_score, columns[at])) for at in free}
    abstract = max(free, key=lambda at: (scores[at], -at), default=None)
    if abstract is None or scores[abstract] <= 0:
        return []
    names[abstract] = "abstract"
    titles = [at for at in free if scores[at] < 0 and median(map(len, columns[at])) > 12]
    if not titles:
        return []
    title = max(titles, key=lambda at: (_distinct(columns[at]), -abs(at - abstract)))
    names[title] = "title"
    names = [
        name or ("authors" if _is_people(columns[at]) else f"column {at + 1}")
        for at, name in enumerate(names)
    ]
    return names


def _name_by_form(column: Sequence[str]) -> str:
    """Return the name of a column by the form of its cells; empty for any other."""
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
    """Return the share of distinct cells: high for titles, low for names of journals."""
    return len(set(column)) / len(column)


def _is_people(column: Sequence[str]) -> bool:
    """Whether most cells are lists of names: short capitalised pieces between separators."""
    named = (re.fullmatch(r"(?:[\w.'’-]+[ ,;&]*){1,400}", cell[:3000]) for cell in column)
    small = (re.search(r"\b(?!and\b|de\b|van\b|von\b|der\b)[a-z]{2,}\b", cell) for cell in column)
    return sum(bool(n and not s) for n, s in zip(named, small, strict=True)) > 0.7 * len(column)

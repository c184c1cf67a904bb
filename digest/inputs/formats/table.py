"""CSV and TSV, with a line of column names or without.

title,authors,abstract,url
Memory Networks,"Weston, J.; Chopra, S.",We describe …,https://arxiv.org/abs/1410.3916

RFC 4180, and what people make of it
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from digest.inputs import pieces
from digest.inputs.syntax import columns, fields, rows
from digest.models import Guess, Reading, Seed

NAME = "table"
LABEL = "table of papers"

_WANTED = ("title", "abstract", "summary", "article title", "document title", "paper title", "name")
_OTHER = frozenset(
    [
        "authors",
        "author",
        "date",
        "year",
        "doi",
        "url",
        "link",
        "id",
        "journal",
        "published",
        "venue",
        "arxiv",
        "pdf",
        "abstract",
        "summary",
        "categories",
        "keywords",
    ]
)


def recognise(seed: Seed) -> Guess:
    """Sure where the first line names columns, or the cells below it tell what they hold."""
    _, names = _header(seed.text)
    if any(name in _WANTED for name in names) and len(names) > 1:
        known = sum(name in _WANTED or name in _OTHER for name in names)
        return Guess(0.9 if known > 1 else 0.6)
    if _headless(pieces.head(seed))[1]:
        return Guess(0.8)
    return Guess(0.0, "a first line with the column 'title' or 'abstract'")


def _header(text: str) -> tuple[str, list[str]]:
    """The separator of the first line and the column names in lower case."""
    first = text[:20_000].lstrip("\n").split("\n", 1)[0]
    separator = max("\t,;" if first.startswith("|") else "\t,;|", key=first.count)
    names = next(csv.reader([first], delimiter=separator), []) if first.count(separator) else []
    return separator, [name.strip().lower().replace("_", " ") for name in names]


def _headless(text: str) -> tuple[str, list[str]]:
    """The separator of a table without names and the columns its cells suggest; none for any other text."""
    lines = [line for line in text.split("\n")[: columns.SAMPLE] if line.strip()]
    for separator in "\t,;":
        if sum(separator in line for line in lines) < 0.9 * len(lines):
            continue
        if separator != "\t" and sum(line.startswith('"') for line in lines) < 0.5 * len(lines):
            continue  # sentences have commas as well
        found = [row.cells for row in rows.rows("\n".join(lines), separator, 0)]
        width = max((len(cells) for cells in found), key=[len(c) for c in found].count, default=0)
        whole = [cells for cells in found if len(cells) == width]
        if width > 1 + (separator == "\t") and len(whole) > max(1, 0.8 * len(found)):
            return separator, columns.guess(whole)
    return "", []


def read(seed: Seed) -> Reading:
    """Read row by row; one with neither title nor abstract is refused."""
    csv.field_size_limit(2_000_000)
    return pieces.reading(seed, NAME, _finds(seed))


def _finds(seed: Seed) -> Iterator[pieces.Find]:
    separator, names = _header(seed.text)
    if not any(name in _WANTED for name in names):
        separator, names = _headless(pieces.head(seed)) if len(names) > 1 else (separator, names)
    for row in rows.rows(seed.text, separator, len(names)):
        if not row.cells:
            yield pieces.refuse(
                seed, row.line, "expected a row of the table, found damage", row.raw
            )
        elif [cell.strip().lower().replace("_", " ") for cell in row.cells] != names:
            yield _find(seed, row, names)


def _find(seed: Seed, row: rows.Row, names: list[str]) -> pieces.Find:
    cells = zip(names, row.cells, strict=False)
    given = {name: cell.strip() for name, cell in cells if cell.strip()}
    given.update({name.replace(" ", "_"): cell for name, cell in given.items()})
    if made := fields.record(seed, row.line, given):
        return made
    message = (
        f"expected a title or an abstract in this row, found {pieces.quote(' | '.join(row.cells))}"
    )
    return pieces.refuse(seed, row.line, f"{message} — the paper is left out", row.raw)

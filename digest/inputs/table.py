"""CSV and TSV with a line of column names.

title,authors,abstract,url
Memory Networks,"Weston, J.; Chopra, S.",We describe …,https://arxiv.org/abs/1410.3916
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from digest.inputs import fields, pieces
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
    """Sure where the first line names columns, one of them title or abstract."""
    _, names = _header(seed.text)
    if not any(name in _WANTED for name in names) or len(names) < 2:
        return Guess(0.0, "a first line with the column 'title' or 'abstract'")
    known = sum(name in _WANTED or name in _OTHER for name in names)
    return Guess(0.9 if known > 1 else 0.6)


def _header(text: str) -> tuple[str, list[str]]:
    """The separator of the first line and the column names in lower case."""
    first = text[:20_000].lstrip("\n").split("\n", 1)[0]
    separator = max("\t,;" if first.startswith("|") else "\t,;|", key=first.count)
    names = next(csv.reader([first], delimiter=separator), []) if first.count(separator) else []
    return separator, [name.strip().lower().replace("_", " ") for name in names]


def read(seed: Seed) -> Reading:
    """Read row by row; one with neither title nor abstract is refused."""
    csv.field_size_limit(2_000_000)
    return pieces.reading(seed, NAME, recognise(seed).confidence, _finds(seed))


def _finds(seed: Seed) -> Iterator[pieces.Find]:
    separator, names = _header(seed.text)
    lines = seed.text.split("\n")
    rows = csv.reader((line + "\n" for line in lines), delimiter=separator)
    line = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield pieces.refuse(
                seed, rows.line_num, f"expected a row of the table, found damage ({error})"
            )
            line = rows.line_num
            continue
        start, line = line + 1, rows.line_num
        if any(row) and [cell.strip().lower().replace("_", " ") for cell in row] != names:
            yield _find(seed, start, names, row, lines[start - 1 : line])


def _find(seed: Seed, line: int, names: list[str], row: list[str], raw: list[str]) -> pieces.Find:
    given = {name: cell.strip() for name, cell in zip(names, row, strict=False) if cell.strip()}
    given.update({name.replace(" ", "_"): cell for name, cell in given.items()})
    if made := fields.record(seed, line, given):
        return made
    message = f"expected a title or an abstract in this row, found {pieces.quote(' | '.join(row))}"
    return pieces.refuse(seed, line, f"{message} — the paper is left out", "\n".join(raw))

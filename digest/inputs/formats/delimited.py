"""CSV and TSV, with or without a header.

title,authors,abstract,url
Memory Networks,"Weston, J.; Chopra, S.",We describe …,https://arxiv.org/abs/1410.3916

The header may follow a preamble of the export, its names are those of any source
(`syntax.crosswalk`), and a table may be transposed, with one field per row:

"Title","Memory Networks"
"Author names","Weston J.","Chopra S."

RFC 4180, and deviations seen in practice; https://support.clarivate.com (field tags)
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.inputs import findings
from digest.inputs.document import HEAD
from digest.inputs.format import Format
from digest.inputs.syntax import columns, crosswalk, field_names, table_rows
from digest.inputs.syntax.extents import DocumentText, Extent
from digest.models import Guess, Reading, Seed

NAME = "table"

ABOVE = 20
"""Lines of preamble above the header, at most."""

_TAGS: Mapping[str, str] = {
    "TI": "title", "AB": "abstract", "AF": "author full names", "AU": "authors", "SO": "journal", "DI": "doi",
    "PY": "year", "PM": "pmid", "EA": "online date", "DE": "author keywords",
    "DT": "document type", "VL": "volume", "IS": "issue", "BP": "start page", "EP": "end page", "AR": "article number",
    "PU": "publisher", "SN": "issn", "EI": "eissn", "BN": "isbn",
}  # fmt: skip
"""The column names of the Web of Science."""

_PRIVATE = frozenset(
    map(
        field_names.normalize_key,
        [
            "note",
            "notes",
            "my notes",
            "personal notes",
            "highlight",
            "highlights",
            "annotation",
            "annotations",
            "my rating",
            "rating",
            "read",
            "read?",
            "status",
            "attachments",
            "file attachments",
            "link attachments",
            "manual tags",
            "automatic tags",
            "folder",
            "favorite",
            "priority",
            "assigned to",
            "my comments",
            "read status",
            "progress",
        ],
    )
)
"""Columns with private notes."""


@dataclass(frozen=True, slots=True)
class _Header:
    """The separator and the column names of a table."""

    separator: str
    names: tuple[str, ...]
    line: int = 0
    """1-based line of the header; 0 if the names were guessed from the cells."""


def recognise(seed: Seed) -> Guess:
    """Sure if a line names the columns of papers, or the cells show what they contain."""
    found = _find_header(seed.text)
    if found and found.line:
        return Guess(0.9)
    if found or _transposed_separator(seed.text):
        return Guess(0.8)
    return Guess(0.0, "a line with the columns 'title' and 'abstract', or 'title' and 'authors'")


def _find_header(text: str) -> _Header | None:
    """Return the header, or the names that the cells suggest; None for any other text."""
    head = text[:HEAD]
    for number, line in enumerate(head.split("\n", ABOVE)[:ABOVE], 1):
        separator = max("\t,;" if line.startswith("|") else "\t,;|", key=line.count)
        if line.count(separator) and (names := _parse_header(line, separator)):
            return _Header(separator, names, number)
    separator, guessed = _guess_columns(head)
    return _Header(separator, tuple(guessed)) if guessed else None


def _parse_header(line: str, separator: str) -> tuple[str, ...]:
    """Return the names in a line if they are fields of papers: a title and another; else ()."""
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    if max(map(len, cells), default=0) > 80:
        return ()
    if {"PT", "TI", "SO"} <= set(cells):
        cells = [_TAGS.get(cell, cell) for cell in cells]
    fields = {field_names.field(cell) for cell in cells}
    weak = {cell.lower() for cell in cells} & {"name", "headline"} and "title" not in map(
        field_names.normalize_key, cells
    )
    wanted = {"abstract", "authors", "doi", "arxiv", "pmid", "venue"}
    rich = fields & ({"authors", "doi", "arxiv", "pmid"} if weak else {*wanted, "date"})
    linked = any(field_names.normalize_key(cell) in ("url", "link", "id") for cell in cells)
    if ("title" in fields and (rich or (linked and not weak))) or (
        "abstract" in fields and fields & wanted - {"abstract"}
    ):
        return tuple(cells)
    return ()


def _guess_columns(text: str) -> tuple[str, list[str]]:
    """Return the separator of a table without a header, and the columns that its cells suggest."""
    lines = [line for line in text.split("\n")[: columns.SAMPLE] if line.strip()]
    for separator in "\t,;":
        if sum(separator in line for line in lines) < 0.9 * len(lines):
            continue
        if separator != "\t" and sum(line.startswith('"') for line in lines) < 0.5 * len(lines):
            continue  # prose has commas, too
        found = [row.cells for row in table_rows.rows("\n".join(lines), separator, 0)]
        width = max((len(cells) for cells in found), key=[len(c) for c in found].count, default=0)
        whole = [cells for cells in found if len(cells) == width]
        if width > 1 + (separator == "\t") and len(whole) > max(1, 0.8 * len(found)):
            return separator, columns.guess(whole)
    return "", []


def read(seed: Seed) -> Reading:
    """Read row by row; one with neither title nor abstract is refused."""
    csv.field_size_limit(2_000_000)
    found = _find_header(seed.text)
    if found is None and (separator := _transposed_separator(seed.text)):
        return findings.reading(seed, NAME, _read_transposed_rows(seed, separator))
    return findings.reading(seed, NAME, _read_entries(seed, found or _Header(",", ())))


def _read_entries(seed: Seed, header: _Header) -> Iterator[findings.Finding]:
    lines = seed.text.split("\n")
    below = "\n".join([""] * header.line + lines[header.line :])
    private = [name for name in header.names if field_names.normalize_key(name) in _PRIVATE]
    if private:
        left_out = ", ".join(private)
        yield findings.remark(
            seed, header.line or 1, f"left out what people keep for themselves: {left_out}"
        )
    for row in table_rows.rows(below, header.separator, len(header.names)):
        if not row.cells:
            yield findings.refuse(
                seed, row.line, "expected a row of the table, found damage", row.raw
            )
        elif tuple(cell.strip() for cell in row.cells) != header.names:
            yield _read_entry(seed, row, header.names)


def _read_entry(seed: Seed, row: table_rows.TableRow, names: Sequence[str]) -> findings.Finding:
    given: dict[str, str] = {}
    for name, cell in zip(names, row.cells, strict=False):
        if cell.strip() and field_names.normalize_key(name) not in _PRIVATE:
            for key in (field_names.innermost(name), name):
                given.setdefault(key, cell.strip())
    if made := crosswalk.record(seed, row.line, given):
        return made
    found = findings.quote(" | ".join(row.cells))
    message = f"expected a title or an abstract in this row, found {found}"
    return findings.refuse(seed, row.line, f"{message} — the paper is left out", row.raw)


# --- transposed tables -----------------------------------------------------------------


def _transposed_separator(text: str) -> str:
    """Return the separator of a table whose rows begin with a field name; '' for any other text."""
    lines = [line for line in text[:20_000].split("\n")[:60] if line.strip()]
    for separator in ",;\t":
        named = [
            line.split(separator, 1)[0].strip().strip('"') for line in lines if separator in line
        ]
        fields = [found for name in named if len(name) < 50 and (found := field_names.field(name))]
        if {"title", "abstract"} <= set(fields) and len(named) > 0.8 * len(lines):
            return separator if len(fields) >= 0.4 * len(lines) else ""
    return ""


def _read_transposed_rows(seed: Seed, separator: str) -> Iterator[findings.Finding]:
    """Yield the records of a transposed table; each title begins a new one."""
    given: dict[str, str] = {}
    line = 1
    for row in table_rows.rows(seed.text, separator, 0):
        name, *cells = row.cells or ("",)
        if field_names.field(name) == "title" and given:
            yield _read_transposed(seed, line, given)
            given, line = {}, row.line
        if value := "; ".join(cell.strip() for cell in cells if cell.strip()):
            given.setdefault(name.strip(), value)
    if given:
        yield _read_transposed(seed, line, given)


def _read_transposed(seed: Seed, line: int, given: Mapping[str, str]) -> findings.Finding:
    if made := crosswalk.record(seed, line, given):
        return made
    found = findings.quote(", ".join(given))
    return findings.refuse(seed, line, f"expected a title or an abstract, found {found}")


def _end(text: DocumentText, at: int) -> int:
    """Return the line after a table: rows of as many cells as names; a cell may span lines."""
    head = text.lines[at]
    separator = max("\t,;", key=head.count)
    names = next(csv.reader([head], delimiter=separator), [])
    fields = {field_names.field(name) for name in names}
    if len(names) < 3 or not fields & {"title", "abstract"} or len(fields - {None}) < 2:
        return at
    some = iter(text.lines[at + 1 :])
    rows, end = csv.reader(some, delimiter=separator), at + 1
    try:
        for row in rows:
            if not 0.6 * len(names) <= len(row) <= len(names) + 1:
                break
            end = at + 1 + rows.line_num
    except csv.Error:
        pass
    return end if end > at + 1 else at


_EXTENTS = (
    Extent("table", r"(?:[^\t\n]{0,200}\t){2}|(?:\"?[\w /().#-]{1,60}\"?[,;]){2}", _end, alone=True),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "table of papers",
    "table",
    recognise,
    read,
    extents=_EXTENTS,
    about="CSV and TSV, with a line of column names or without, quotation marks lost or not",
    example="title,authors,abstract,date",
)

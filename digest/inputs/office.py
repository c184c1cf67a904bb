"""Documents of offices as text: Word, spreadsheets, PDF, RTF, by libraries of the extra `office`.

Without the extra they are refused by name. A spreadsheet becomes a table of commas, a
Word document lines with its tables row by row, a PDF the text of its pages.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from digest.errors import SeedError

LIMIT = 160_000_000
"""Bytes that an archive may hold once it is unpacked."""

ROWS = 200_000
"""Rows of a spreadsheet that are read."""

PAGES = 500
"""Pages of a PDF that are read."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document that is no text."""

    name: str
    """As a message has it."""
    advice: str
    """What a person may do without the extra."""
    text: Callable[[bytes], str]


def kind(data: bytes) -> Kind | None:
    """Return what kind of office document bytes are, by their beginning; None for all else."""
    if data.startswith(b"%PDF"):
        return PDF
    if data.startswith(b"{\\rtf"):
        return RTF
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if any(name.startswith("word/") for name in names):
        return WORD
    if any(name.startswith("xl/") for name in names):
        return SHEET
    if "mimetype" in names and "content.xml" in names:
        mime = data[30:120]  # OpenDocument stores it first and unpacked
        return SHEET if b"spreadsheet" in mime else None
    return None


def text(name: str, data: bytes, found: Kind) -> str:
    """Return the text of a document; raise SeedError where the extra is missing, or it is damaged."""
    try:
        if data.startswith(b"PK"):
            _bounded(data)
        return found.text(data)
    except ImportError as error:
        message = (
            f"expected text, found {found.name} — {found.advice}, or install `paper-digest[office]`"
        )
        raise SeedError(name, message) from error
    except Exception as error:  # what a library raises for damage is its own affair
        message = f"expected {found.name}, found damage ({str(error)[:100]}) — {found.advice}"
        raise SeedError(name, message) from error


def _bounded(data: bytes) -> None:
    size = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if size > LIMIT:
        raise ValueError(f"{size:,} bytes once it is unpacked")


def _word(data: bytes) -> str:
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    lines: list[str] = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Paragraph):
            lines.append(part.text)
        elif isinstance(part, Table):
            rows = [[cell.text for cell in row.cells] for row in part.rows]
            lines += ["", _table(rows), ""]
    return "\n".join(lines)


def _sheet(data: bytes) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = (book.get_sheet_by_name(name).to_python(nrows=ROWS) for name in book.sheet_names)
    return "\n\n".join(_table(rows) for rows in sheets if rows)


def _pages(data: bytes) -> str:
    import pypdf

    return "\f\n".join(_page_texts(pypdf.PdfReader(io.BytesIO(data)).pages))


def _page_texts(pages: Sequence[object]) -> Iterator[str]:
    size = 0
    for page in pages[:PAGES]:
        made: str = page.extract_text()  # type: ignore[attr-defined]
        size += len(made)
        if size > LIMIT:
            raise ValueError(f"{size:,} letters")
        yield made


def _rich(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(data.decode("latin-1"), errors="replace"))


def _table(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().rstrip("\n")


def _plain(cell: object) -> str:
    """A cell as people would write it: a year is no fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


PDF = Kind("a PDF", "copy its text into a document", _pages)
RTF = Kind("an RTF document", "save it as plain text", _rich)
WORD = Kind("a Word document", "save it as plain text", _word)
SHEET = Kind("a spreadsheet", "save it as CSV", _sheet)

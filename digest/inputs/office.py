"""Office documents as text: Word, spreadsheets, PDF, RTF, by libraries of the extra `office`.

Without the extra they are refused by kind. A spreadsheet becomes CSV, a Word document
its lines and tables, a PDF the text of its pages.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from digest.errors import SeedError

LIMIT = 160_000_000
"""Maximum bytes of an unpacked archive."""

ROWS = 200_000
"""Maximum rows of a sheet that are read."""

PAGES = 500
"""Maximum pages of a PDF that are read."""


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of office document."""

    name: str
    """The kind with its article, for messages."""
    advice: str
    """What the user can do without the extra."""
    text: Callable[[bytes], str]
    """Returns the text of a document; raises what its library raises."""


def kind(data: bytes) -> OfficeKind | None:
    """Return the kind of an office document by its content; None for any other document."""
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


def text(name: str, data: bytes, found: OfficeKind) -> str:
    """Return the text of a document.

    Raises `SeedError` if the extra is not installed or the document is damaged.
    """
    try:
        if data.startswith(b"PK"):
            _check_size(data)
        return found.text(data)
    except ImportError as error:
        message = (
            f"expected text, found {found.name} — {found.advice}, or install `paper-digest[office]`"
        )
        raise SeedError(name, message) from error
    except Exception as error:  # libraries raise anything for damage
        message = f"expected {found.name}, found damage ({str(error)[:100]}) — {found.advice}"
        raise SeedError(name, message) from error


def _check_size(data: bytes) -> None:
    """Raise `ValueError` if an archive is too large once unpacked."""
    size = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if size > LIMIT:
        raise ValueError(f"{size:,} bytes once it is unpacked")


def _word_text(data: bytes) -> str:
    """Return the paragraphs of a Word document, its tables as CSV."""
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    lines: list[str] = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Paragraph):
            lines.append(part.text)
        elif isinstance(part, Table):
            rows = [[cell.text for cell in row.cells] for row in part.rows]
            lines += ["", _csv(rows), ""]
    return "\n".join(lines)


def _sheet_text(data: bytes) -> str:
    """Return the sheets of a spreadsheet as CSV."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = (book.get_sheet_by_name(name).to_python(nrows=ROWS) for name in book.sheet_names)
    return "\n\n".join(_csv(rows) for rows in sheets if rows)


def _pdf_text(data: bytes) -> str:
    """Return the text of the pages of a PDF, form feeds between them."""
    import pypdf

    return "\f\n".join(_page_texts(pypdf.PdfReader(io.BytesIO(data)).pages))


def _page_texts(pages: Sequence[object]) -> Iterator[str]:
    """Yield the text of each page; raise `ValueError` if it is too much."""
    size = 0
    for page in pages[:PAGES]:
        made: str = page.extract_text()  # type: ignore[attr-defined]
        size += len(made)
        if size > LIMIT:
            raise ValueError(f"{size:,} letters")
        yield made


def _rtf_text(data: bytes) -> str:
    """Return the text of an RTF document."""
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(data.decode("latin-1"), errors="replace"))


def _csv(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().rstrip("\n")


def _cell(cell: object) -> str:
    """Return a cell as it is shown: a year has no fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


PDF = OfficeKind("a PDF", "copy its text into a document", _pdf_text)
RTF = OfficeKind("an RTF document", "save it as plain text", _rtf_text)
WORD = OfficeKind("a Word document", "save it as plain text", _word_text)
SHEET = OfficeKind("a spreadsheet", "save it as CSV", _sheet_text)

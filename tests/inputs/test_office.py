"""Word, spreadsheets, PDF and RTF: read with the extra `office`, refused by name without it."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest

from digest import inputs
from digest.errors import SeedError
from digest.inputs.decoding import decode
from tests.conftest import COMET, YEAST

ROWS = [["Title", "Authors", "Year", "Abstract"],
        ["A comet in pieces", "Lovelace, Ada", 2023, COMET],
        ["Why yeast grows old", "Boole, George", 2022, YEAST]]  # fmt: skip


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def word() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for text in ("A comet in pieces", COMET, "Why yeast grows old", YEAST):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    pytest.importorskip("python_calamine")
    rows = "".join(
        "<row>" + "".join(
            f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if isinstance(cell, str) else f"<c><v>{cell}</v></c>"
            for cell in row
        ) + "</row>"
        for row in ROWS
    )  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped({
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Papers" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    })  # fmt: skip


def open_document() -> bytes:
    pytest.importorskip("python_calamine")
    cells = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>' for cell in row
        ) + "</table:table-row>"
        for row in ROWS
    )  # fmt: skip
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>',
        "content.xml": f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="P">{cells}</table:table></office:spreadsheet></office:body></office:document-content>',
    })  # fmt: skip


def pdf() -> bytes:
    """A page of one column, as a typesetter makes it."""
    pytest.importorskip("pypdf")
    words, lines = COMET.split(), []
    while words:
        lines.append(" ".join(words[:11]))
        words = words[11:]
    text = ["A comet in pieces", "Ada Lovelace, Charles Babbage", "Abstract", *lines, "1 Introduction", "Comets are old."]  # fmt: skip
    drawn = "BT /F1 10 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in text) + " ET"
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
             f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out.encode("latin-1")


def rich() -> bytes:
    pytest.importorskip("striprtf")
    lines = ("A comet in pieces", COMET, "Why yeast grows old", YEAST)
    body = "\\par\n".join(line.replace("'", "\\'27") for line in lines)
    return ("{\\rtf1\\ansi{\\fonttbl\\f0 Times;}\\f0\\fs24 " + body + "\\par}").encode("latin-1")


@pytest.mark.parametrize("write", [word, excel, open_document, rich])
def test_papers_of_office_documents_are_read(write: Callable[[], bytes]) -> None:
    """Titles and abstracts come back, whatever program they were written in."""
    records = inputs.read(decode("papers", write())).records
    assert [(r.title, r.abstract) for r in records] == [
        ("A comet in pieces", COMET),
        ("Why yeast grows old", YEAST),
    ]


def test_a_pdf_is_the_paper_on_its_first_page() -> None:
    (record,) = inputs.read(decode("paper.pdf", pdf())).records
    assert (record.title, record.abstract) == ("A comet in pieces", COMET)
    assert record.authors == ("Ada Lovelace", "Charles Babbage")


@pytest.mark.parametrize(
    ("data", "module", "said"),
    [
        (b"%PDF-1.7 x", "pypdf", "a PDF — copy its text"),
        (b"{\\rtf1 x}", "striprtf.striprtf", "an RTF document — save it as plain text"),
        (zipped({"word/document.xml": "<x/>"}), "docx", "a Word document — save it as plain text"),
        (zipped({"xl/workbook.xml": "<x/>"}), "python_calamine", "a spreadsheet — save it as CSV"),
    ],
    ids=["pdf", "rtf", "word", "sheet"],
)
def test_without_the_extra_they_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, data: bytes, module: str, said: str
) -> None:
    """The message says what to do, and what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SeedError, match=said) as refused:
        decode("a", data)
    assert "paper-digest[office]" in refused.value.message


def test_a_damaged_office_document_is_a_message() -> None:
    pytest.importorskip("docx")
    with pytest.raises(SeedError, match="expected a Word document, found damage"):
        decode("a.docx", zipped({"word/document.xml": "<x/>"}))

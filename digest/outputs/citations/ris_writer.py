"""Writing RIS as specified: a tag of two letters, two blanks, a hyphen, CR and LF."""

from __future__ import annotations

from collections.abc import Iterator

from digest.language.dates import parts
from digest.models import Paper, Site
from digest.outputs.citations.citation_format import CitationFormat
from digest.outputs.citations.name_parts import split_name
from digest.outputs.citations.references import (
    address,
    arxiv_number,
    citation_key,
    issued,
    note,
    one_line,
    published_as,
)
from digest.papers.publication_types import RIS as REFERENCE_TYPES


def _lines(paper: Paper, site: Site) -> Iterator[str]:
    when, publication = issued(paper), published_as(paper)
    first, _, last = publication.pages.partition("-")
    fields: list[tuple[str, str]] = [
        ("TY", REFERENCE_TYPES.get(publication.kind, "GEN")),
        ("ID", citation_key(paper)),
        ("TI", paper.title),
        *(("AU", split_name(author).sorted) for author in paper.authors),
        ("T2", publication.container),
        ("VL", publication.volume),
        ("IS", publication.issue),
        ("SP", first),
        ("EP", last),
        ("PB", publication.publisher),
        *(("SN", number) for number in (*publication.isbn.split(), *publication.issn.split())),
        ("M3", publication.genre),
        ("PY", str(when[0]) if when else ""),
        ("DA", _slashed(when)),
        ("DO", paper.identifiers.get("doi", "")),
        ("M1", arxiv_number(paper)),
        ("UR", address(paper, site)),
        ("Y2", _slashed(parts(paper.date))),
        ("AB", paper.abstract),
        *(("KW", phrase) for phrase in paper.keyphrases),
        ("N1", note(paper)),
    ]
    yield from (f"{tag}  - {one_line(value)}\r\n" for tag, value in fields if value)
    yield "ER  - \r\n"


def _slashed(when: tuple[int, ...]) -> str:
    """Return a date with a slash after each part, even after those not known."""
    padded = [f"{part:02}" for part in when] + [""] * (4 - len(when))
    return "/".join(padded) if when else ""


RIS = CitationFormat("ris", lambda paper, site: "".join(_lines(paper, site)), "\r\n".join)

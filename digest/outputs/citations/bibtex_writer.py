"""Writing BibTeX as biber and current BibTeX read it: UTF-8, capitals kept by double braces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from digest.language.dates import to_text
from digest.models import Paper, Publication, Site
from digest.outputs.citations.citation_format import CitationFormat
from digest.outputs.citations.name_parts import split_name
from digest.outputs.citations.references import (
    address,
    citation_key,
    issued,
    note,
    one_line,
    published_as,
)
from digest.papers.publication_types import BIBTEX as ENTRY_TYPES
from digest.papers.publication_types import THESIS, EntryType

OTHERS = "others"
"""What BibTeX takes for the rest of a long list of names."""

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "#$%&_"}
    | {
        "\\": "\\textbackslash{}",
        "{": "\\{",
        "}": "\\}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VERBATIM = frozenset({"url", "doi", "eprint", "urldate", "year"})
"""Fields that BibTeX styles and biblatex read literally."""


def bibtex(
    papers: Iterable[Paper], site: Site, abstracts: bool = True, most: int | None = None
) -> str:
    """Return papers as BibTeX, with at most `most` authors, or all."""
    return "\n".join(_entry(_shortened(paper, most), site, abstracts) for paper in papers)


def _shortened(paper: Paper, most: int | None) -> Paper:
    """Return a paper with its first authors, and `OTHERS` for the rest."""
    first = paper.authors[:most]
    return paper if first == paper.authors else replace(paper, authors=(*first, OTHERS))


def _entry(paper: Paper, site: Site, abstracts: bool) -> str:
    fields = _fields(paper, site) | ({"abstract": paper.abstract} if abstracts else {})
    lines = [
        f"  {name:<13} = {{{_encoded(value) if name in _VERBATIM else _tex(name, value)}}},\n"
        for name, value in fields.items()
        if value
    ]
    when = issued(paper)
    if len(when) > 1:
        lines.append(f"  {'month':<13} = {_MONTHS[when[1] - 1]},\n")
    return f"@{_entry_type(published_as(paper))}{{{citation_key(paper)},\n{''.join(lines)}}}\n"


def _entry_type(publication: Publication) -> str:
    if publication.kind == THESIS and publication.genre.startswith(("Master", "Bachelor")):
        return "mastersthesis"
    return ENTRY_TYPES.get(publication.kind, EntryType("misc")).type


def _fields(paper: Paper, site: Site) -> dict[str, str]:
    arxiv, when = paper.identifiers.get("arxiv", ""), issued(paper)
    publication = published_as(paper)
    names = ENTRY_TYPES.get(publication.kind, EntryType("misc"))
    genre = publication.genre if publication.genre not in ("PhD thesis", "Master's thesis") else ""
    return {
        "title": paper.title,
        "author": "\n".join(paper.authors),
        names.container: publication.container,
        "volume": publication.volume,
        "number": publication.issue,
        "pages": publication.pages.replace("-", "--"),
        names.publisher: publication.publisher,
        "isbn": publication.isbn,
        "issn": publication.issn,
        "type": genre,  # the entry types of these two theses say it already
        "year": str(when[0]) if when else "",
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "doi": paper.identifiers.get("doi", ""),
        "url": address(paper, site),
        "urldate": to_text(paper.date),
        "keywords": ", ".join(paper.keyphrases),
        "note": note(paper),
    }


def _tex(name: str, value: str) -> str:
    if name == "author":
        return " and ".join(_author(author) for author in value.split("\n"))
    text = one_line(value).translate(_TEX)
    return f"{{{text}}}" if name == "title" else text


def _author(author: str) -> str:
    """Return a name in BibTeX's order; a group's in braces, so that it stays whole."""
    if author == OTHERS:
        return author
    name = split_name(author)
    if not name.given:
        return f"{{{name.family.translate(_TEX)}}}"
    parts = [name.family, name.suffix, name.given]
    return ", ".join(_braced(part.translate(_TEX)) for part in parts if part)


def _braced(part: str) -> str:
    """Return a part of a name, in braces if BibTeX would end the name within it."""
    return f"{{{part}}}" if re.search(r"\band\b|,", part) else part


def _encoded(address: str) -> str:
    """Return an address with percent-encoding for what would end a field."""
    return "".join(f"%{ord(char):02X}" if char in '{}\\" ' else char for char in address)


BIBTEX = CitationFormat("bib", partial(_entry, abstracts=True), "\n".join)

"""Papers for reference managers and programs: BibTeX, RIS, CSL-JSON, JSON Lines.

All say the same of a paper, and only what is known: the day a digest found a
paper is not the day it came out, so it is given as the day of access, and a
headline of ours is marked as no title of the paper's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from digest.language.dates import parts, to_text
from digest.language.text import slug
from digest.models import Digest, Page, Paper, Publication, Site
from digest.outputs.citations import name_parts
from digest.outputs.rendering.templates import Templates
from digest.papers import ids
from digest.papers.publication_types import (
    ARTICLE,
    BIBTEX,
    CONFERENCE,
    PREPRINT,
    REPORT,
    THESIS,
    Entry,
)
from digest.papers.publication_types import RIS as RIS_TYPES

OURS = "The title is a headline of the digest, written from the abstract"
WITHDRAWN = "Withdrawn by its authors"
OTHERS = "others"
"""What BibTeX takes for the rest of a long list of names."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write papers: one by one, then together, for a paper is in many files."""

    ending: str
    """Of its files."""
    entry: Callable[[Paper, Site], str]
    together: Callable[[Iterable[str]], str]

    def write(self, papers: Iterable[Paper], site: Site) -> str:
        """Write papers as the file that holds them all."""
        return self.together(self.entry(paper, site) for paper in papers)


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give papers.* for everything, each day and each topic, and cite.* for each paper."""
    lists: dict[str, tuple[Paper, ...]] = {"": digest.papers}
    lists |= {edition.url: edition.papers for edition in digest.editions}
    lists |= {topic.url: topic.papers for topic in digest.topics}
    for form in (*FORMS, JSONLINES):
        entries = {paper.id: form.entry(paper, digest.site) for paper in digest.papers}
        for url, papers in lists.items():
            text = form.together(entries[paper.id] for paper in papers)
            yield Page(f"{url}papers.{form.ending}", text.encode())
        if form in FORMS:
            for paper in digest.papers:
                text = form.together([entries[paper.id]])
                yield Page(f"{paper.url}cite.{form.ending}", text.encode())


# --- what is known of a paper ------------------------------------------------------------------


def key(paper: Paper) -> str:
    """Name a paper in a bibliography: readable, permanent, and no other paper's.

    Letters, digits and hyphens only: every BibTeX program takes those.
    """
    who = slug(name_parts.from_text(paper.authors[0]).family, 20) if paper.authors else "paper"
    return f"{who}-{paper.id}"


def address(paper: Paper, site: Site) -> str:
    """Where the paper itself is, or else its page in the digest."""
    given = (link.url for link in paper.links if link.kind == "paper")
    return ids.place(paper.identifiers) or next(given, f"{site.url}{paper.url}")


def issued(paper: Paper) -> tuple[int, ...]:
    """When the paper came out, as far as anything tells: (year, month, day), or less of it.

    An arXiv identifier since April 2007 begins with its year and month
    (https://info.arxiv.org/help/arxiv_identifier.html).
    """
    if paper.published:
        return parts(paper.published)
    found = re.match(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}", paper.identifiers.get("arxiv", ""))
    return (2000 + int(found[1]), int(found[2])) if found else ()


def published_as(paper: Paper) -> Publication:
    """What a paper was published as; of one whose kind nobody tells, as far as its venue does.

    >>> from datetime import date
    >>> paper = Paper("a", date(2025, 3, 11), "A", "seed", "", venue="Proceedings of B")
    >>> published_as(paper)
    Publication(kind='paper-conference', container='Proceedings of B')
    """
    told, venue = paper.publication, paper.venue or ""
    container = told.container or (venue if venue != told.publisher else "")
    guessed = CONFERENCE if _MEETINGS.search(container) else ARTICLE if container else PREPRINT
    return replace(told, container=container, kind=told.kind or guessed)


_MEETINGS = re.compile(r"\b(?:proceedings|proc\.|conference|workshop|symposium)", re.I)


def line(paper: Paper) -> str:
    """Where a paper came out, on one line: journal, volume(issue), pages, publisher, year.

    >>> told = Publication("article-journal", container="J. Shores", volume="18", issue="2", pages="107-118")
    >>> from datetime import date
    >>> line(Paper("a", date(2025, 3, 11), "A", "seed", "", publication=told))
    'J. Shores 18(2), 107–118'
    """
    told = published_as(paper)
    issue = f"({told.issue})" if told.issue and told.volume else told.issue
    where = " ".join(filter(None, (told.container, f"{told.volume}{issue}")))
    by = told.publisher if told.kind not in (ARTICLE, PREPRINT) or not where else ""
    if not (where or by):
        return ""
    when = str(issued(paper)[0]) if issued(paper) else ""
    return ", ".join(filter(None, (told.genre, where, told.pages.replace("-", "–"), by, when)))


def _note(paper: Paper) -> str:
    """What whoever cites a paper has to know."""
    notes = [WITHDRAWN] * paper.withdrawn + [OURS] * (paper.title_from == "headline")
    return ". ".join(notes)


# --- BibTeX ------------------------------------------------------------------------------------

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
"""Fields that BibTeX styles and biblatex read letter by letter."""


def bibtex(
    papers: Iterable[Paper], site: Site, abstracts: bool = True, most: int | None = None
) -> str:
    """Write BibTeX as biber and today's BibTeX read it: UTF-8, capitals kept by double braces.

    `most` authors are named, and that there are others.
    """
    return "\n".join(_entry(_shortened(paper, most), site, abstracts) for paper in papers)


def _shortened(paper: Paper, most: int | None) -> Paper:
    """The paper with its first authors, the rest as BibTeX knows them."""
    first = paper.authors[:most]
    return paper if first == paper.authors else replace(paper, authors=(*first, OTHERS))


def _entry(paper: Paper, site: Site, abstracts: bool) -> str:
    fields = _bibtex_fields(paper, site) | ({"abstract": paper.abstract} if abstracts else {})
    lines = [
        f"  {name:<13} = {{{_plain(value) if name in _VERBATIM else _tex(name, value)}}},\n"
        for name, value in fields.items()
        if value
    ]
    when = issued(paper)
    if len(when) > 1:
        lines.append(f"  {'month':<13} = {_MONTHS[when[1] - 1]},\n")
    return f"@{_entry_type(published_as(paper))}{{{key(paper)},\n{''.join(lines)}}}\n"


def _entry_type(told: Publication) -> str:
    if told.kind == THESIS and told.genre.startswith(("Master", "Bachelor")):
        return "mastersthesis"
    return BIBTEX.get(told.kind, Entry("misc")).type


def _bibtex_fields(paper: Paper, site: Site) -> dict[str, str]:
    arxiv, when = paper.identifiers.get("arxiv", ""), issued(paper)
    told = published_as(paper)
    names = BIBTEX.get(told.kind, Entry("misc"))
    return {
        "title": paper.title,
        "author": "\n".join(paper.authors),
        names.container: told.container,
        "volume": told.volume,
        "number": told.issue,
        "pages": told.pages.replace("-", "--"),
        names.publisher: told.publisher,
        "isbn": told.isbn,
        "issn": told.issn,
        "type": told.genre if told.genre not in ("PhD thesis", "Master's thesis") else "",
        "year": str(when[0]) if when else "",
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "doi": paper.identifiers.get("doi", ""),
        "url": address(paper, site),
        "urldate": to_text(paper.date),
        "keywords": ", ".join(paper.keyphrases),
        "note": _note(paper),
    }


def _tex(name: str, value: str) -> str:
    if name == "author":
        return " and ".join(_author(author) for author in value.split("\n"))
    text = _one_line(value).translate(_TEX)
    return f"{{{text}}}" if name == "title" else text


def _author(author: str) -> str:
    """A name as BibTeX cuts it: a group in braces, so that it stays whole."""
    if author == OTHERS:
        return author
    name = name_parts.from_text(author)
    if not name.given:
        return f"{{{name.family.translate(_TEX)}}}"
    parts = [name.family, name.suffix, name.given]
    return ", ".join(_guarded(part.translate(_TEX)) for part in parts if part)


def _guarded(part: str) -> str:
    """Braces around what BibTeX would take for the end of a name."""
    return f"{{{part}}}" if re.search(r"\band\b|,", part) else part


def _plain(address: str) -> str:
    """An address without what would end a field; percent signs stand for it."""
    return "".join(f"%{ord(char):02X}" if char in '{}\\" ' else char for char in address)


# --- RIS ---------------------------------------------------------------------------------------


def ris(papers: Iterable[Paper], site: Site) -> str:
    """Write RIS as its specification has it: two letters, two blanks, a hyphen, CR and LF."""
    return RIS.write(papers, site)


def _ris_lines(paper: Paper, site: Site) -> Iterator[str]:
    when, told = issued(paper), published_as(paper)
    first, _, last = told.pages.partition("-")
    fields: list[tuple[str, str]] = [
        ("TY", RIS_TYPES.get(told.kind, "GEN")),
        ("ID", key(paper)),
        ("TI", paper.title),
        *(("AU", name_parts.from_text(author).sorted) for author in paper.authors),
        ("T2", told.container),
        ("VL", told.volume),
        ("IS", told.issue),
        ("SP", first),
        ("EP", last),
        ("PB", told.publisher),
        *(("SN", number) for number in (*told.isbn.split(), *told.issn.split())),
        ("M3", told.genre),
        ("PY", str(when[0]) if when else ""),
        ("DA", _slashed(when)),
        ("DO", paper.identifiers.get("doi", "")),
        ("M1", _arxiv(paper)),
        ("UR", address(paper, site)),
        ("Y2", _slashed(parts(paper.date))),
        ("AB", paper.abstract),
        *(("KW", phrase) for phrase in paper.keyphrases),
        ("N1", _note(paper)),
    ]
    yield from (f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value)
    yield "ER  - \r\n"


def _slashed(when: tuple[int, ...]) -> str:
    """A date as RIS has it, with a slash for each part that is not known."""
    padded = [f"{part:02}" for part in when] + [""] * (4 - len(when))
    return "/".join(padded) if when else ""


def _arxiv(paper: Paper) -> str:
    return f"arXiv:{paper.identifiers['arxiv']}" if "arxiv" in paper.identifiers else ""


# --- CSL-JSON and JSON Lines -------------------------------------------------------------------


def csl(papers: Iterable[Paper], site: Site) -> str:
    """Write CSL-JSON, a list of items as the schema of citeproc has them."""
    return CSL.write(papers, site)


def _item(paper: Paper, site: Site) -> dict[str, Any]:
    when, told = issued(paper), published_as(paper)
    numbered = told.kind in (REPORT, "patent", "standard")
    found = {
        "id": key(paper),
        "type": told.kind,
        "genre": told.genre,
        "title": paper.title,
        "author": [_csl_name(name_parts.from_text(author)) for author in paper.authors],
        "container-title": told.container,
        "volume": told.volume,
        "issue": "" if numbered else told.issue,
        "page": told.pages,
        "publisher": told.publisher,
        "ISBN": told.isbn,
        "ISSN": told.issn,
        "issued": {"date-parts": [list(when)]} if when else None,
        "accessed": {"date-parts": [list(parts(paper.date))]},
        "DOI": paper.identifiers.get("doi"),
        "number": (told.issue if numbered else "") or _arxiv(paper),
        "URL": address(paper, site),
        "abstract": paper.abstract,
        "keyword": ", ".join(paper.keyphrases),
        "note": _note(paper),
    }
    return {name: value for name, value in found.items() if value}


def _csl_name(name: name_parts.Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | (
        {"suffix": name.suffix} if name.suffix else {}
    )


def to_json(paper: Paper) -> dict[str, Any]:
    """A paper as `digest papers --json` gives it."""
    return {
        "id": paper.id,
        "url": paper.url,
        "date": paper.date.isoformat(),
        "title": paper.title,
        "title_from": paper.title_from,
        "abstract": paper.abstract,
        "tldr": paper.tldr,
        "authors": list(paper.authors),
        "identifiers": dict(paper.identifiers),
        "links": [{"url": link.url, "kind": link.kind} for link in paper.links],
        "keyphrases": list(paper.keyphrases),
        "topics": [assignment.topic for assignment in paper.topics],
        "related": [neighbour.id for neighbour in paper.related],
        "sources": [
            {
                "seed": source.seed,
                "line": source.line,
                "format": source.format,
                "position": source.position,
            }
            for source in paper.sources
        ],
    }


def published(paper: Paper) -> dict[str, Any]:
    """A paper as readers get it: sources by the names they know, and what its page says besides."""
    return to_json(paper) | {
        "sources": sorted({source.name for source in paper.sources}),
        "published": to_text(paper.published) if paper.published else None,
        "revised": to_text(paper.revised) if paper.revised else None,
        "withdrawn": paper.withdrawn,
        "venue": paper.venue,
        "publication": paper.publication.told(),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


RIS = Form("ris", lambda paper, site: "".join(_ris_lines(paper, site)), "\r\n".join)
CSL = Form(
    "csl.json",
    lambda paper, site: _json(_item(paper, site)),
    lambda entries: "[" + ",\n".join(entries) + "]\n",
)
FORMS = (Form("bib", partial(_entry, abstracts=True), "\n".join), RIS, CSL)
"""What reference managers read."""
JSONLINES = Form("jsonl", lambda paper, _: _json(published(paper)) + "\n", "".join)
"""What programs like: one JSON object a line."""

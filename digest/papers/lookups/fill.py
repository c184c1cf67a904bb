"""Stored answers fill what no document says of a paper; what one says is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.models import Link, Paper, Record
from digest.papers.lookups.lookup_file import Answer, alike, by_band, of_papers, sketched
from digest.papers.similarity import REWRITTEN, titles_likeness

CORE = frozenset({"title", "abstract", "authors", "link"})
"""What every paper should have; the papers without are looked up. An abstract is wanted only for
a paper of which documents know no more than an identifier: theirs may not be passed on."""


def filled(papers: Sequence[Paper], answers: Sequence[Answer]) -> list[Paper]:
    """Give the papers with what the answers about them add."""
    if not answers:
        return list(papers)
    found = of_papers(papers, answers)
    return [fill(paper, own) for paper, own in zip(papers, found, strict=True)]


def lent(records: Sequence[Record], answers: Iterable[Answer]) -> list[Record]:
    """Give the records with titles and identifiers of the answers about their very text.

    This is for finding out which records tell of one paper, and for nothing
    else: a document that names a paper meets one that only has its abstract.
    """
    places = by_band(answer for answer in answers if answer.found)
    return [_lent(record, places) for record in records] if places else list(records)


def _lent(record: Record, places: Mapping[object, list[Answer]]) -> Record:
    for answer in alike(sketched(record.abstract or record.title or ""), places, 1.0):
        if not _contradicts(record, answer):
            record = replace(
                record,
                title=record.title or answer.title or None,
                identifiers={**answer.identifiers, **record.identifiers},
            )
    return record


def fill(paper: Paper, answers: Iterable[Answer]) -> Paper:
    """Give the paper with what the answers add; the first that says a thing is believed."""
    for answer in answers:
        if answer.found and not _contradicts(paper, answer):
            paper = _with(paper, answer)
    return paper


def missing(paper: Paper) -> frozenset[str]:
    """Name what is not known of a paper."""
    has = {
        "title": bool(paper.title),
        "abstract": bool(paper.abstract) or paper.title_from not in ("identifier", "index"),
        "authors": bool(paper.authors),
        "link": bool(paper.identifiers) or any(link.kind == "paper" for link in paper.links),
        "date": paper.published is not None,
        "arxiv": "arxiv" in paper.identifiers,
        "doi": "doi" in paper.identifiers,
        "venue": bool(paper.venue),
        "code": any(link.kind == "code" for link in paper.links),
    }
    return frozenset(name for name, is_known in has.items() if not is_known)


def _contradicts(told: Paper | Record, answer: Answer) -> bool:
    """Whether documents say that this is another paper; they may have come to say so since."""
    mine, its = told.identifiers.get("arxiv"), answer.identifiers.get("arxiv")
    titles = titles_likeness(told.title, answer.title)
    return bool(mine and its and mine != its) or (titles is not None and titles < REWRITTEN)


def _with(paper: Paper, answer: Answer) -> Paper:
    named = bool(paper.title)
    return replace(
        paper,
        title=paper.title or answer.title,
        title_from="index" if answer.title and not named else paper.title_from,
        abstract=paper.abstract or answer.abstract,
        authors=paper.authors or answer.authors,
        published=paper.published or answer.date,
        identifiers={**answer.identifiers, **paper.identifiers},
        venue=paper.venue or answer.venue,
        links=_links(paper, answer),
    )


def _links(paper: Paper, answer: Answer) -> tuple[Link, ...]:
    """The paper's links, and those of kinds it has none of."""
    kinds = {link.kind for link in paper.links}
    known = {_plain(link.url) for link in paper.links}
    new = [
        link
        for link in answer.links
        if link.kind not in kinds
        and _plain(link.url) not in known
        and not (link.kind == "paper" and (paper.identifiers or answer.identifiers))
    ]
    return (*paper.links, *new)


def _plain(url: str) -> str:
    return url.lower().partition("://")[2].removeprefix("www.").rstrip("/")

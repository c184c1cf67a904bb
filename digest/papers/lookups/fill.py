"""Filling: lookups add what no document says of a paper, and never overwrite what one says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from digest.models import Link, Paper, Record
from digest.papers.lookups.lookup_file import (
    Lookup,
    find_similar,
    group_by_band,
    match_papers,
)
from digest.papers.minhash import of_record
from digest.papers.similarity import REWRITTEN, title_similarity

PaperField = Literal[
    "title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue", "code"
]
"""What an index may provide."""

CORE_FIELDS: frozenset[PaperField] = frozenset({"title", "abstract", "authors", "link"})
"""What every paper should have; papers without are looked up. An abstract is wanted only for a
paper known by no more than an identifier, since abstracts of indexes may not be redistributed."""


def fill_papers(papers: Sequence[Paper], lookups: Sequence[Lookup]) -> list[Paper]:
    """Return the papers, each with what its lookups add."""
    if not lookups:
        return list(papers)
    found = match_papers(papers, lookups)
    return [fill_paper(paper, own) for paper, own in zip(papers, found, strict=True)]


def complete_records(records: Sequence[Record], lookups: Iterable[Lookup]) -> list[Record]:
    """Return the records with the titles and identifiers of lookups of exactly their text.

    Use them only to group records by paper: so a document that names a paper is
    matched with one that has only its abstract.
    """
    places = group_by_band(lookup for lookup in lookups if lookup.found)
    return [_complete_record(record, places) for record in records] if places else list(records)


def _complete_record(record: Record, places: Mapping[object, list[Lookup]]) -> Record:
    for lookup in find_similar(of_record(record), places, 1.0):
        if not _contradicts(record, lookup):
            record = replace(
                record,
                title=record.title or lookup.title or None,
                identifiers={**lookup.identifiers, **record.identifiers},
            )
    return record


def fill_paper(paper: Paper, lookups: Iterable[Lookup]) -> Paper:
    """Return the paper with what the lookups add; the first to give a field wins."""
    for lookup in lookups:
        if lookup.found and not _contradicts(paper, lookup):
            paper = _merge(paper, lookup)
    return paper


def missing_fields(paper: Paper) -> frozenset[PaperField]:
    """Return the fields of a paper that are not known."""
    known: dict[PaperField, bool] = {
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
    return frozenset(name for name, is_known in known.items() if not is_known)


def _contradicts(paper: Paper | Record, lookup: Lookup) -> bool:
    """Return whether a lookup is of another paper; documents may have changed since."""
    mine, its = paper.identifiers.get("arxiv"), lookup.identifiers.get("arxiv")
    titles = title_similarity(paper.title, lookup.title)
    return bool(mine and its and mine != its) or (titles is not None and titles < REWRITTEN)


def _merge(paper: Paper, lookup: Lookup) -> Paper:
    named = bool(paper.title)
    return replace(
        paper,
        title=paper.title or lookup.title,
        title_from="index" if lookup.title and not named else paper.title_from,
        abstract=paper.abstract or lookup.abstract,
        authors=paper.authors or lookup.authors,
        published=paper.published or lookup.date,
        identifiers={**lookup.identifiers, **paper.identifiers},
        venue=paper.venue or lookup.venue,
        links=_links(paper, lookup),
    )


def _links(paper: Paper, lookup: Lookup) -> tuple[Link, ...]:
    """Return the paper's links, and the lookup's of kinds that the paper lacks."""
    kinds = {link.kind for link in paper.links}
    known = {_url_key(link.url) for link in paper.links}
    new = [
        link
        for link in lookup.links
        if link.kind not in kinds
        and _url_key(link.url) not in known
        and not (link.kind == "paper" and (paper.identifiers or lookup.identifiers))
    ]
    return (*paper.links, *new)


def _url_key(url: str) -> str:
    return url.lower().partition("://")[2].removeprefix("www.").rstrip("/")

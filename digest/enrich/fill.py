"""Stored answers fill what no document says of a paper; what one says is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.enrich.store import Answer, of_papers
from digest.models import Link, Paper

CORE = frozenset({"title", "authors", "link"})
"""What every paper should have; the papers without are looked up."""


def filled(papers: Sequence[Paper], answers: Sequence[Answer]) -> list[Paper]:
    """Give the papers with what the answers about them add."""
    if not answers:
        return list(papers)
    found = of_papers(papers, answers)
    return [fill(paper, own) for paper, own in zip(papers, found, strict=True)]


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
        "authors": bool(paper.authors),
        "link": bool(paper.identifiers) or any(link.kind == "paper" for link in paper.links),
        "date": paper.published is not None,
        "arxiv": "arxiv" in paper.identifiers,
        "doi": "doi" in paper.identifiers,
        "venue": bool(paper.venue),
        "code": any(link.kind == "code" for link in paper.links),
    }
    return frozenset(name for name, is_known in has.items() if not is_known)


def _contradicts(paper: Paper, answer: Answer) -> bool:
    """Whether the documents have come to say that this is another paper since."""
    mine, its = paper.identifiers.get("arxiv"), answer.identifiers.get("arxiv")
    return bool(mine and its and mine != its)


def _with(paper: Paper, answer: Answer) -> Paper:
    named = bool(paper.title)
    return replace(
        paper,
        title=paper.title or answer.title,
        title_from="index" if answer.title and not named else paper.title_from,
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

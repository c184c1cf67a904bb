"""Neighbours: the papers that speak of the same things, and what both speak of.

Papers are compared by the words and pairs of words they share, each weighing
the more the fewer papers have it (TF-IDF, cosine). A term that very many papers
have says little and costs most, so such terms are left out: the work grows
about linearly with the number of papers. Among the nearest, those of the same
topics come first.

What costs most depends on one paper alone, the words of its text, and is kept
by content (`grams`). What depends on all, the weights, who is nearest (`space`)
and what two papers share (`shared`), is worked out anew every time, in columns.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace

from digest.models import Neighbour, Paper
from digest.store import Cache, key, version
from digest.understand.related.ngrams import read
from digest.understand.related.shared_phrases import Phrases
from digest.understand.related.tfidf import Space

__all__ = ["neighbours"]


def neighbours(papers: Sequence[Paper], count: int = 6, cache: Cache | None = None) -> list[Paper]:
    """Give back the papers, each with its nearest others: id, likeness, and the phrases both have.

    Equal scores are ordered by id; the order of the papers does not matter, nor
    does what the cache has from an earlier run.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    if len(ordered) < 2 or count < 1:
        return [replace(paper, related=()) for paper in papers]
    cache = cache or Cache.none()
    sources = [_source(paper) for paper in ordered]
    space = Space(
        ordered,
        [_read(source, cache) for source in sources],
        [_read("; ".join(sorted(paper.keyphrases)), cache) for paper in ordered],
        [len(source) - len(paper.abstract) for source, paper in zip(sources, ordered, strict=True)],
    )
    phrases = Phrases(space, sources)
    related: list[list[Neighbour]] = [[] for _ in ordered]
    for rows, others, scores in space.nearest(count):
        near = zip(rows.tolist(), others.tolist(), scores.tolist(), strict=True)
        for (row, other, score), both in zip(near, phrases.shared(rows, others), strict=True):
            related[row].append(Neighbour(ordered[other].id, round(score, 4), both))
    found = {paper.id: tuple(near) for paper, near in zip(ordered, related, strict=True)}
    return [replace(paper, related=found[paper.id]) for paper in papers]


def _source(paper: Paper) -> str:
    """Give back the text of a paper, without a title that we wrote from the abstract."""
    title = "" if paper.is_untitled else paper.title
    return f"{title}.\n{paper.abstract}" if title else paper.abstract


def _read(text: str, cache: Cache) -> bytes:
    """Give back the words of a text as numbers, from the cache where they are there."""
    name = key(version(), text)
    kept = cache.get(name)
    if kept is None:
        found = read(text)
        cache.put(name, b64encode(found).decode("ascii"))
        return found
    return b64decode(kept)

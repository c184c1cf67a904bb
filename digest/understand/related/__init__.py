"""Related papers: those most similar to a paper, and the phrases that both have.

Papers are compared by the words and pairs of words they share, which weigh more
the fewer papers have them (TF-IDF, cosine). A term that very many papers have
means little and costs most, so such terms are ignored: the work grows about
linearly with the number of papers. Among the nearest, those of the same topics
come first.

What costs most depends on one paper alone, the words of its text, and is cached by
content (`ngrams`). What depends on all papers, the weights and the nearest (`tfidf`)
and the shared phrases (`shared_phrases`), is computed in every build, in arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.models import Neighbour, Paper
from digest.store import Cache, key, version
from digest.understand import reference
from digest.understand.related.ngrams import read_words
from digest.understand.related.shared_phrases import SharedPhrases
from digest.understand.related.tfidf import Space

__all__ = ["neighbours"]


def neighbours(papers: Sequence[Paper], count: int = 6, cache: Cache | None = None) -> list[Paper]:
    """Return the papers, each with up to `count` related ones: id, similarity, shared phrases.

    Of equal scores the older paper comes first, then by id; the result does not depend
    on the order of the papers or on the cache.
    """
    ordered = reference.by_age(papers)
    if len(ordered) < 2 or count < 1:
        return [replace(paper, related=()) for paper in papers]
    cache = cache or Cache.none()
    sources = [_source(paper) for paper in ordered]
    space = Space(
        ordered,
        [_read(source, cache) for source in sources],
        [_read("; ".join(sorted(paper.keyphrases)), cache) for paper in ordered],
        [len(source) - len(paper.abstract) for source, paper in zip(sources, ordered, strict=True)],
        reference.counted(ordered),
    )
    phrases = SharedPhrases(space, sources)
    related: list[list[Neighbour]] = [[] for _ in ordered]
    for rows, others, scores in space.nearest(count):
        near = zip(rows.tolist(), others.tolist(), scores.tolist(), strict=True)
        for (row, other, score), both in zip(near, phrases.shared(rows, others), strict=True):
            related[row].append(Neighbour(ordered[other].id, round(score, 4), both))
    found = {paper.id: tuple(near) for paper, near in zip(ordered, related, strict=True)}
    return [replace(paper, related=found[paper.id]) for paper in papers]


def _source(paper: Paper) -> str:
    """Return the text of a paper, without a title that is a headline made from the abstract."""
    title = "" if paper.is_untitled else paper.title
    return f"{title}.\n{paper.abstract}" if title else paper.abstract


def _read(text: str, cache: Cache) -> bytes:
    """Return the words of a text as an array, from the cache if they are there."""
    name = key(version(), text)
    kept = cache.get(name)
    if kept is None:
        kept = read_words(text)
        cache.put(name, kept)
    return bytes(kept)

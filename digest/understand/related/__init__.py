"""Related papers: those most similar to a paper, and the phrases that both have.

Papers are compared by the words and pairs of words they share, which weigh more
the fewer papers have them (TF-IDF, cosine). A term that very many papers have
means little and costs most, so such terms are ignored: the work grows about
linearly with the number of papers. Among the nearest, those of the same topics
come first.

Two results are cached by content: the words of a text (`ngrams`), and what is related
to a block of papers, which depends on no paper that is newer than they are and is not
counted (`reference`). The weights and the nearest (`tfidf`) and the shared phrases
(`shared_phrases`) of the other blocks are computed in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np

from digest.models import Neighbour, Paper
from digest.store import Cache, key, version
from digest.understand import reference
from digest.understand.related.ngrams import read_words
from digest.understand.related.shared_phrases import SharedPhrases
from digest.understand.related.tfidf import BLOCK, Space, limits

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
    texts = Texts(ordered, cache)
    keys = {start: key(version(), str(count), str(start), each) for start, each in _states(texts)}
    blocks = {start: cache.get(each) for start, each in keys.items()}
    missing = [start for start, block in blocks.items() if block is None]
    if missing:
        blocks |= _compared(texts, count, missing)
        for start in missing:
            cache.put(keys[start], blocks[start])
    related = [near for start in sorted(blocks) for near in blocks[start]]
    found = {
        paper.id: tuple(Neighbour(id, score, tuple(both)) for id, score, both in near)
        for paper, near in zip(ordered, related, strict=True)
    }
    return [replace(paper, related=found[paper.id]) for paper in papers]


class Texts:
    """The texts by which papers are compared, in the order of the papers."""

    def __init__(self, papers: Sequence[Paper], cache: Cache) -> None:
        """Take the texts of papers; `cache` has their words."""
        self.papers = papers
        self.sources = [_source(paper) for paper in papers]
        self.counted = reference.counted(papers)
        self._keyphrases = ["; ".join(sorted(paper.keyphrases)) for paper in papers]
        self._cache = cache
        self.names = [
            (key(version(), source), key(version(), keyphrases))
            for source, keyphrases in zip(self.sources, self._keyphrases, strict=True)
        ]
        """The keys of the words of each paper's text and of its keyphrases."""
        cache.keep(name for names in self.names for name in names)

    def space(self) -> Space:
        """Return the papers as vectors, for which the words of all of them are loaded."""
        both = list(zip(self.sources, self._keyphrases, self.names, strict=True))
        return Space(
            self.papers,
            [self._words(source, name) for source, _, (name, _) in both],
            [self._words(keyphrases, name) for _, keyphrases, (_, name) in both],
            [
                len(each) - len(paper.abstract)
                for each, paper in zip(self.sources, self.papers, strict=True)
            ],
            self.counted,
        )

    def _words(self, text: str, name: str) -> bytes:
        """Return the words of a text as an array, from the cache if they are there."""
        kept = self._cache.get(name)
        if kept is None:
            kept = read_words(text)
            self._cache.put(name, kept)
        return bytes(kept)


def _compared(texts: Texts, count: int, starts: Sequence[int]) -> dict[int, Any]:
    """Return, for each block of papers, what is related to each: id, similarity, shared phrases."""
    space = texts.space()
    phrases = SharedPhrases(space, texts.sources)
    blocks: dict[int, Any] = {}
    for start, (rows, others, scores) in zip(starts, space.nearest(count, starts), strict=True):
        block: list[list[Any]] = [[] for _ in texts.papers[start : start + BLOCK]]
        near = zip(rows.tolist(), others.tolist(), scores.tolist(), strict=True)
        for (row, other, score), both in zip(near, phrases.shared(rows, others), strict=True):
            block[row - start].append((texts.papers[other].id, round(score, 4), both))
        blocks[start] = block
    return blocks


def _states(texts: Texts) -> Iterator[tuple[int, str]]:
    """Yield where each block begins, with a checksum of all papers that it may depend on."""
    counted = np.array(texts.counted, bool)
    ends = limits(texts.papers, counted).tolist()
    state, done = blake2b(str(counted.sum()).encode()), 0
    for start in range(0, len(texts.papers), BLOCK):
        end = max(ends[start : start + BLOCK])
        for paper, names in zip(texts.papers[done:end], texts.names[done:end], strict=True):
            seen = (paper.id, paper.date.isoformat(), len(paper.abstract), *names, paper.topics)
            state.update(repr(seen).encode("utf-8", "surrogatepass"))
        done = end
        yield start, state.hexdigest()


def _source(paper: Paper) -> str:
    """Return the text of a paper, without a title that is a headline made from the abstract."""
    title = "" if paper.is_untitled else paper.title
    return f"{title}.\n{paper.abstract}" if title else paper.abstract

"""Neighbours: the papers that speak of the same things, and what both speak of.

Papers are compared by the words and pairs of words they share, each weighing
the more the fewer papers have it (TF-IDF, cosine). A term that very many papers
have says little and costs most, so such terms are left out: the work grows
about linearly with the number of papers. Among the nearest, those of the same
topics come first.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from digest.models import Neighbour, Paper
from digest.words import HEAD, Word, carries, terms, words

__all__ = ["neighbours"]

TITLE, KEYPHRASE = 2.0, 1.0
"""What a mention in a title or the keyphrases counts, beside one in the abstract."""
CAP = 300
"""A term that more papers than this have is not looked at: it bounds the work per paper."""
SAME = 0.2
"""What the likeness of two papers' topics counts, beside the likeness of their words."""
POOL = 60
"""How many of the nearest by words are compared by topics too."""
BLOCK = 1000
"""Papers compared at a time: it bounds the memory."""
SHARED = 4
"""Phrases shown per neighbour."""

_Numbers = npt.NDArray[np.float64]


def neighbours(papers: Sequence[Paper], count: int = 6) -> list[Paper]:
    """Give back the papers, each with its nearest others: id, likeness, and the phrases both have.

    Equal scores are ordered by id; the order of the papers does not matter.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    if len(ordered) < 2 or count < 1:
        return [replace(paper, related=()) for paper in papers]
    space = _Space.of(ordered)
    found = {ordered[row].id: near for row, near in space.nearest(count)}
    return [replace(paper, related=found[paper.id]) for paper in papers]


# --- papers as rows ------------------------------------------------------------------------


class _Terms:
    """The terms of all papers, gathered as numbers: each paper is read once.

    A word is numbered as it is met; a pair of words is the two numbers in one.
    """

    def __init__(self) -> None:
        """Begin without a paper."""
        self._numbers: dict[str, int] = {}
        self._keys, self._papers, self._worths = array("q"), array("i"), array("f")
        self.forms: list[str] = []

    def read(self, paper: Paper) -> None:
        """Take in the words and pairs of a paper, and how its text reads when folded."""
        row = len(self.forms)
        found = words(_source(paper))
        self.forms.append(f" {' '.join([word.form for word in found])} ")
        title = 0 if paper.title_from == "headline" else len(words(paper.title))
        self._add(row, found[:title], TITLE)
        self._add(row, found[title:], 1.0)
        for keyphrase in paper.keyphrases:
            self._add(row, words(keyphrase), KEYPHRASE)

    def _add(self, row: int, found: Sequence[Word], worth: float) -> None:
        before, end = 0, -2
        for word in found:
            if not (carries(word.form) or word.bound):
                before = 0
                continue
            number = self._numbers.setdefault(word.form, len(self._numbers) + 1)
            telling = carries(word.form)
            keys = [number] if telling and word.form not in HEAD else []
            if before and telling and word.start - end <= 1:
                keys.append(before << 32 | number)
            before = number if word.bound or word.form not in HEAD else 0
            end = word.end
            self._keys.extend(keys)
            self._papers.extend([row] * len(keys))
            self._worths.extend([worth] * len(keys))

    def weighed(self) -> tuple[list[str], sparse.csr_matrix]:
        """Give back the terms that two papers share, and the papers as rows of weights."""
        keys, places = np.unique(np.array(self._keys), return_inverse=True)
        papers, shape = len(self.forms), (len(self.forms), max(1, len(keys)))
        entries = (np.array(self._worths), (np.array(self._papers), places.astype(np.int32)))
        counts = sparse.coo_matrix(entries, shape).tocsr()
        frequency = np.bincount(counts.indices, minlength=shape[1])
        kept = np.flatnonzero((frequency >= 2) & (frequency <= CAP))
        rarity = np.log(1 + papers / frequency[kept]).astype(np.float32)
        rows = counts[:, kept].log1p() @ sparse.diags(rarity)
        names = ["", *self._numbers]
        spelt = [
            f"{names[key >> 32]} {names[key & 0xFFFFFFFF]}".strip() for key in keys[kept].tolist()
        ]
        return spelt, _unit(rows)


@dataclass(frozen=True, slots=True)
class _Space:
    """The papers as rows of unit length over the terms that at least two of them share."""

    papers: Sequence[Paper]
    forms: Sequence[str]
    """The words of each paper as they are compared, between spaces."""
    terms: Sequence[str]
    rows: sparse.csr_matrix
    topics: sparse.csr_matrix

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> _Space:
        """Read and weigh the papers (TF-IDF, damped in the count: Salton & Buckley 1988)."""
        read = _Terms()
        for paper in papers:
            read.read(paper)
        spelt, rows = read.weighed()
        return cls(papers, read.forms, spelt, rows, _topics(papers))

    def nearest(self, count: int) -> Iterator[tuple[int, tuple[Neighbour, ...]]]:
        """Give back each paper's row with its nearest others."""
        turned = self.rows.T.tocsr()
        for start in range(0, len(self.papers), BLOCK):
            block = (self.rows[start : start + BLOCK] @ turned).tocsr()
            for place in range(block.shape[0]):
                row = start + place
                span = slice(block.indptr[place], block.indptr[place + 1])
                pool, scores = _best(block.indices[span], block.data[span], row, POOL + count)
                near = _best(pool, scores + SAME * self._alike(row, pool), row, count)
                yield row, self._neighbours(row, *near)

    def _alike(self, row: int, pool: npt.NDArray[np.int32]) -> _Numbers:
        """Give back how alike the topics of one paper are to those of others, from 0 to 1."""
        return np.asarray((self.topics[pool] @ self.topics[row].T).toarray()).ravel()

    def _neighbours(
        self, row: int, others: npt.NDArray[np.int32], scores: _Numbers
    ) -> tuple[Neighbour, ...]:
        """Give back the neighbours with the phrases shared, written as the paper has them."""
        paper = self.papers[row]
        places = _Places.of(paper)
        return tuple(
            Neighbour(self.papers[other].id, round(score, 4), self._shared(row, other, places))
            for other, score in zip(others.tolist(), scores.tolist(), strict=True)
        )

    def _shared(self, row: int, other: int, places: _Places) -> tuple[str, ...]:
        """Give back the phrases two papers share, the one that weighs most first."""
        weights, others = _sparse_row(self.rows, row), _sparse_row(self.rows, other)
        both = [(-weights[term] * others[term], term) for term in weights.keys() & others.keys()]
        ranked = (self.terms[term] for _, term in sorted(both))
        known = self.forms[other]
        spans = [places.widen(term, known) for term in ranked if places.tells(term)]
        return tuple(places.text(span) for span in places.outermost(spans)[:SHARED])


@dataclass(frozen=True, slots=True)
class _Places:
    """One text of a paper, word by word, for showing what it shares with others."""

    source: str
    found: Sequence[Word]
    first: Mapping[str, tuple[int, int]]
    """Where each term first stands: its first word and the one after its last."""
    subjects: str
    """The words of the title and the keyphrases, between spaces."""

    @classmethod
    def of(cls, paper: Paper) -> _Places:
        """Read a paper; nothing else is read when it is compared with others."""
        source = _source(paper)
        found = words(source)
        first: dict[str, tuple[int, int]] = {}
        for term, start, end in terms(found):
            first.setdefault(term, (start, end))
        named = [paper.title] * (paper.title_from != "headline") + list(paper.keyphrases)
        subjects = " ".join(word.form for text in named for word in words(text))
        return cls(source, found, first, f" {subjects} ")

    def tells(self, term: str) -> bool:
        """Say whether a term tells a reader something: a pair, or a word from title or keyphrases."""
        return term in self.first and (" " in term or f" {term} " in self.subjects)

    def widen(self, term: str, known: str) -> tuple[int, int]:
        """Give back where a term stands, with the words around it that the other paper has too."""
        start, end = self.first[term]
        while start > 0 and self._joins(start - 1, start, end, known):
            start -= 1
        while end < len(self.found) and self._joins(end, start, end, known):
            end += 1
        return start, end

    def _joins(self, more: int, start: int, end: int, known: str) -> bool:
        """Say whether one more word belongs to the phrase, here and in the other paper."""
        low, high = min(more, start), max(more + 1, end)
        left, right = (more, more + 1) if more < start else (more - 1, more)
        near = self.found[right].start - self.found[left].end <= 1
        run = " ".join(word.form for word in self.found[low:high])
        return near and high - low <= 4 and carries(self.found[more].form) and f" {run} " in known

    def outermost(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Leave out phrases whose words all stand in another one."""
        kept: list[tuple[tuple[int, int], frozenset[str]]] = []
        for start, end in spans:
            forms = frozenset(word.form for word in self.found[start:end])
            if not any(forms <= other for _, other in kept):
                kept = [(span, other) for span, other in kept if not other < forms]
                kept.append(((start, end), forms))
        return [span for span, _ in kept]

    def text(self, place: tuple[int, int]) -> str:
        """Give back the words of a place as they are written."""
        start, end = place
        return self.source[self.found[start].start : self.found[end - 1].end]


def _source(paper: Paper) -> str:
    """Give back the text in which shared phrases are looked for."""
    title = "" if paper.title_from == "headline" else paper.title + ".\n"
    return title + paper.abstract


def _topics(papers: Sequence[Paper]) -> sparse.csr_matrix:
    """Give back the papers' topics as rows of unit length; a rare topic weighs more."""
    frequency = Counter(place.topic for paper in papers for place in paper.topics)
    number = {topic: column for column, topic in enumerate(sorted(frequency))}
    rows, columns, values = list[int](), list[int](), list[float]()
    for row, paper in enumerate(papers):
        for place in paper.topics:
            rows.append(row)
            columns.append(number[place.topic])
            rarity = math.log(1 + len(papers) / frequency[place.topic])
            values.append(math.sqrt(max(0.0, place.score)) * rarity)
    return _unit(sparse.csr_matrix((values, (rows, columns)), (len(papers), max(1, len(number)))))


def _unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """Give back the rows at length 1; an empty row stays empty."""
    rows = rows.tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-12)).dot(rows).tocsr().astype(np.float32)


def _sparse_row(matrix: sparse.csr_matrix, row: int) -> dict[int, float]:
    """Give back the values of a row by column."""
    span = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return dict(zip(matrix.indices[span].tolist(), matrix.data[span].tolist(), strict=True))


def _best(
    places: npt.NDArray[np.int32], scores: _Numbers, row: int, count: int
) -> tuple[npt.NDArray[np.int32], _Numbers]:
    """Give back the highest scores and their places, without `row`; ties by place."""
    rounded = np.round(scores.astype(np.float64), 5)  # beyond, the order of adding up would show
    others = places != row
    places, rounded = places[others], rounded[others]
    if len(places) > 4 * count:
        likely = rounded >= np.partition(rounded, len(rounded) - count)[len(rounded) - count]
        places, rounded = places[likely], rounded[likely]
    order = np.lexsort((places, -rounded))[:count]
    return places[order], rounded[order]

"""Neighbours: the papers that speak of the same things, and what both speak of.

Papers are compared by the words and pairs of words they share, weighted by how
rare each is among all papers (TF-IDF, cosine). A term that very many papers
have says little and costs most, so such terms are left out: the work grows
about linearly with the number of papers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from digest.models import Neighbour, Paper
from digest.words import terms

__all__ = ["neighbours"]

TITLE, HEADLINE, KEYPHRASE = 2.0, 0.0, 1.0
"""What a mention in a title, a written headline or the keyphrases counts, beside one in the abstract."""
PAIR = 1.5
"""What a pair of words weighs beside a single word."""
CAP = 400
"""A term that more papers than this have (or a tenth of them) is not looked at."""
BLOCK = 2000
"""Papers compared at a time: bounds the memory."""
SHARED = 4
"""Phrases shown per neighbour."""


def neighbours(papers: Sequence[Paper], count: int = 6) -> list[Paper]:
    """Give back the papers, each with its nearest others: id, cosine, and the phrases both have.

    Equal scores are ordered by id; the order of the papers does not matter.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    if len(ordered) < 2 or count < 1:
        return [replace(paper, related=()) for paper in papers]
    space = _Space.of(ordered)
    found = {ordered[row].id: near for row, near in space.nearest(count)}
    return [replace(paper, related=found.get(paper.id, ())) for paper in papers]


# --- terms -------------------------------------------------------------------------------


def _terms(paper: Paper) -> tuple[Counter[str], dict[str, str]]:
    """Give back the terms of a paper with their counts, and how each is first written."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    title = HEADLINE if paper.title_from == "headline" else TITLE
    parts = [(paper.title, title), (paper.abstract, 1.0)]
    parts += [(keyphrase, KEYPHRASE) for keyphrase in paper.keyphrases]
    for text, worth in parts:
        for term, start, end in terms(text):
            counts[term] += worth  # type: ignore[assignment]
            written.setdefault(term, text[start:end])
    return counts, written


@dataclass(frozen=True, slots=True)
class _Space:
    """The papers as rows of unit length over the terms that at least two of them share."""

    papers: Sequence[Paper]
    terms: Sequence[str]
    rows: sparse.csr_matrix

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> _Space:
        """Weigh the terms of the papers."""
        frequency: Counter[str] = Counter()
        for paper in papers:
            frequency.update(_terms(paper)[0].keys())
        cap = max(2, min(CAP, len(papers) // 10)) if len(papers) > 20 else len(papers)
        kept = sorted(term for term, papers_with in frequency.items() if 2 <= papers_with <= cap)
        number = {term: place for place, term in enumerate(kept)}
        indptr, indices, values = [0], list[int](), list[float]()
        for paper in papers:
            counts, _ = _terms(paper)
            for term in sorted(counts.keys() & number.keys()):
                indices.append(number[term])
                values.append(_weight(term, counts[term], frequency[term], len(papers)))
            indptr.append(len(indices))
        shape = (len(papers), max(1, len(kept)))
        matrix = sparse.csr_matrix(
            (np.array(values, np.float32), np.array(indices, np.int32), np.array(indptr)), shape
        )
        return cls(papers, kept, _unit(matrix))

    def nearest(self, count: int) -> Iterator[tuple[int, tuple[Neighbour, ...]]]:
        """Give back each paper's row with its nearest others."""
        turned = self.rows.T.tocsr()
        for start in range(0, len(self.papers), BLOCK):
            block = (self.rows[start : start + BLOCK] @ turned).tocsr()
            for place in range(block.shape[0]):
                row = start + place
                span = slice(block.indptr[place], block.indptr[place + 1])
                near = _best(block.indices[span], block.data[span], row, count)
                yield row, tuple(self._neighbour(row, other, score) for other, score in near)

    def _neighbour(self, row: int, other: int, score: float) -> Neighbour:
        """Give back one neighbour with the phrases it shares, the weightiest first."""
        both = self.rows[row].multiply(self.rows[other]).tocsr()
        ranked = sorted(zip(-both.data, both.indices, strict=True))
        phrases = _outermost(self.terms[index] for _, index in ranked)
        _, written = _terms(self.papers[row])
        shared = tuple(written.get(term, term) for term in phrases[:SHARED])
        return Neighbour(self.papers[other].id, round(score, 4), shared)


def _weight(term: str, count: float, papers_with: int, papers: int) -> float:
    """Give back the TF-IDF of a term, damped in the count (Salton & Buckley 1988)."""
    worth = PAIR if " " in term else 1.0
    return worth * math.log1p(count) * math.log(1 + papers / papers_with)


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Give back the rows at length 1; an empty row stays empty."""
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return sparse.diags(scale).dot(matrix).tocsr()


def _best(indices: np.ndarray, scores: np.ndarray, row: int, count: int) -> list[tuple[int, float]]:
    """Give back the `count` highest scores but the row's own, ties by place."""
    rounded = np.round(scores.astype(np.float64), 6)
    order = np.lexsort((indices, -rounded))[: count + 1]
    found = [(int(indices[place]), float(rounded[place])) for place in order]
    return [(other, score) for other, score in found if other != row and score > 0][:count]


def _outermost(terms: Iterable[str]) -> list[str]:
    """Leave out terms that stand inside a better or longer one already there."""
    kept: list[str] = []
    for term in terms:
        if not any(f" {term} " in f" {other} " for other in kept):
            kept = [other for other in kept if f" {other} " not in f" {term} "] + [term]
    return kept

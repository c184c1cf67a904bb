"""A table of topics found in the papers themselves, and kept from build to build.

It is a table like a written one, so that the same rule applies and an editor can
change it. Later papers are sorted into the topics that exist; topics are added only
as the digest grows or if papers fit nowhere. So hardly any paper moves because
others arrive, and addresses are permanent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from digest.models import Paper
from digest.store import Cache
from digest.understand.topics import assign
from digest.understand.topics.naming import Corpus, rows_of
from digest.understand.topics.table import Table, TopicRow

__all__ = ["discover", "vectors", "wanted"]

LEAST, MOST = 8, 60
"""The number of topics of a digest."""
REST = 0.08
"""The share of papers without a topic above which topics are added."""
LEAST_POINTS, DOUBTFUL = 6.0, 0.05
"""A paper with fewer points is in no topic, which is better than a wrong one; but at most this
share of the papers in which the topics are found."""
MOVED = 0.02
"""The largest share of papers that may change their first topic when topics are added."""
DIMENSIONS = 50
"""Of latent semantic analysis (Deerwester et al. 1990): few are better for small corpora."""

_Numbers = npt.NDArray[np.float64]
_Groups = npt.NDArray[np.int64]


def discover(
    papers: Sequence[Paper], remembered: Table | None = None, cache: Cache | None = None
) -> Table:
    """Return a table of topics for these papers, the same for the same papers in any order.

    `remembered` is the table of the last build: its rows stay as they are, and
    rows are added only if the digest has grown or papers fit nowhere, and only
    as many as move hardly any paper. `cache` keeps the topics that papers have in it.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    if remembered is None or not remembered.rows:
        return Table(_with_least(_rows(ordered, wanted(len(ordered)), ()), ordered, cache))
    return _grown(ordered, remembered, cache)


def wanted(papers: int) -> int:
    """Return how many topics suit so many papers.

    >>> [wanted(papers) for papers in (30, 400, 2000, 9000)]
    [8, 20, 45, 60]
    """
    return min(MOST, max(LEAST, round(math.pow(papers, 0.5))))


def _with_least(
    rows: Sequence[TopicRow], papers: Sequence[Paper], cache: Cache | None
) -> tuple[TopicRow, ...]:
    """Return the rows with the points that a paper needs, so that few papers have fewer."""
    assigned = assign(papers, Table(tuple(rows)), cache)
    points = sorted(sum(place.score for place in paper.topics[:1]) for paper in assigned)
    some = points[int(DOUBTFUL * len(points))] if points else 0.0
    least = math.floor(min(LEAST_POINTS, some) * 2) / 2
    return tuple(replace(row, least=least) for row in rows)


# --- growing ---------------------------------------------------------------------------------


def _grown(papers: Sequence[Paper], table: Table, cache: Cache | None) -> Table:
    """Return the table with rows added for papers that fit badly, as far as few papers move."""
    before = _firsts(papers, table, cache)
    rest = before.count("")
    more = max(
        min(wanted(len(papers)), len(papers) // 4) - len(table.rows),
        math.ceil(len(table.rows) * rest / len(papers)) if rest > REST * len(papers) else 0,
    )
    rows = _rows(_misfits(papers, table, more, cache), more, table.rows, papers) if more > 0 else ()
    least = max(row.least for row in table.rows)
    rows = tuple(replace(row, least=least) for row in rows[: MOST - len(table.rows)])
    while rows:
        larger = replace(table, rows=table.rows + rows)
        after = _firsts(papers, larger)
        moved = sum(bool(old) and old != new for old, new in zip(before, after, strict=True))
        if moved <= MOVED * len(papers):
            return larger
        rows = rows[: len(rows) // 2]
    return table


def _firsts(papers: Sequence[Paper], table: Table, cache: Cache | None = None) -> list[str]:
    """Return the first topic of each paper, '' for none."""
    return [paper.topics[0].topic if paper.topics else "" for paper in assign(papers, table, cache)]


def _misfits(papers: Sequence[Paper], table: Table, more: int, cache: Cache | None) -> list[Paper]:
    """Return the papers that fit worst, enough of them for so many topics."""
    assigned = assign(papers, table, cache)
    score = {paper.id: sum(place.score for place in paper.topics[:1]) for paper in assigned}
    share = (more + 1) / (len(table.rows) + more + 1)
    number = max(sum(value == 0 for value in score.values()), round(share * len(papers)))
    worst = sorted(papers, key=lambda paper: (score[paper.id], paper.id))[:number]
    return sorted(worst, key=lambda paper: paper.id)


def _rows(
    papers: Sequence[Paper], count: int, others: Sequence[TopicRow], among: Sequence[Paper] = ()
) -> tuple[TopicRow, ...]:
    """Return rows for these papers, at addresses that other rows do not have.

    `among` are all papers of the digest, from which the phrases distinguish these.
    """
    if len(papers) < 3 or count < 1:
        return ()
    corpus = Corpus.of(among or papers)
    ids = {paper.id for paper in papers}
    places = np.array([place for place, paper in enumerate(among or papers) if paper.id in ids])
    groups = np.full(len(among or papers), -1)
    groups[places] = _group(vectors(corpus)[places], min(count, len(papers) // 2))
    return rows_of(corpus, groups, others)


# --- groups ----------------------------------------------------------------------------------


def vectors(corpus: Corpus) -> _Numbers:
    """Return the papers as unit vectors (papers × `DIMENSIONS`): TF-IDF, reduced by LSA."""
    papers = len(corpus.counts)
    high = max(4.0, 0.5 * papers)
    kept = sorted(
        term
        for term, number in corpus.frequency.items()
        if max(2, papers // 2000) <= number <= high and term.count(" ") < 2
    )
    number = {term: place for place, term in enumerate(kept)}
    rarity = [math.log(papers / corpus.frequency[term]) for term in kept]
    columns, values, ends = list[int](), list[float](), [0]
    for count in corpus.counts:
        own = sorted([(number[term], times) for term, times in count.items() if term in number])
        columns += [column for column, _ in own]
        values += [math.log1p(times) * rarity[column] for column, times in own]
        ends.append(len(columns))
    matrix = sparse.csr_matrix((values, columns, ends), (papers, max(2, len(kept))))
    return _unit(_reduce(sparse.csr_matrix(sparse.diags(1 / _lengths(matrix)) @ matrix)))


def _lengths(matrix: sparse.csr_matrix) -> _Numbers:
    """Return the length of each row, never 0."""
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    return np.asarray(np.sqrt(np.maximum(squares, 1e-24)))


def _reduce(matrix: sparse.csr_matrix) -> _Numbers:
    """Return the rows in few dimensions, by a randomized SVD (Halko et al. 2011) with a fixed seed.

    ARPACK restarts at random if papers are very similar, and would find other
    topics in every run; rounding removes the noise that would break ties.
    """
    size = min(DIMENSIONS, min(matrix.shape) - 1)
    if size < 2 or matrix.nnz == 0:
        return np.asarray(matrix.toarray(), np.float64)
    wide = min(size + 10, min(matrix.shape))
    basis = matrix @ np.random.default_rng(0).standard_normal((matrix.shape[1], wide))
    for _ in range(7):
        basis = matrix @ (matrix.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, strength, _ = np.linalg.svd(np.asarray((matrix.T @ basis).T), full_matrices=False)
    return np.asarray(np.round((basis @ left * strength)[:, :size], 6), np.float64)


def _unit(rows: _Numbers) -> _Numbers:
    """Return the rows scaled to length 1."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))


def _group(vectors: _Numbers, count: int, tries: int = 8) -> _Groups:
    """Return the group of each vector: spherical k-means, the best of several fixed starts."""
    best, found = -math.inf, np.zeros(len(vectors), np.int64)
    for seed in range(tries):
        groups, score = _settle(vectors, _starts(vectors, count, np.random.default_rng(seed)))
        if score > best + 1e-9:
            best, found = score, groups
    return found


def _settle(vectors: _Numbers, centres: _Numbers) -> tuple[_Groups, float]:
    """Return the groups around these centres once they are stable, and their total similarity."""
    groups = np.full(len(vectors), -1)
    for _ in range(60):
        near = vectors @ centres.T
        chosen = near.argmax(axis=1)
        if (chosen == groups).all():
            break
        groups = chosen
        member = sparse.csr_matrix(
            (np.ones(len(groups)), (groups, np.arange(len(groups)))),
            (len(centres), len(groups)),
        )
        sums = np.asarray(member @ vectors)
        empty = np.linalg.norm(sums, axis=1) < 1e-12
        centres = np.where(empty[:, None], centres, _unit(sums))
    return groups, round(float(near.max(axis=1).sum()), 6)


def _starts(vectors: _Numbers, count: int, chance: np.random.Generator) -> _Numbers:
    """Return initial centres that are far apart (k-means++, Arthur & Vassilvitskii 2007)."""
    chosen = [int(chance.integers(len(vectors)))]
    far = np.full(len(vectors), np.inf)
    for _ in range(1, count):
        far = np.minimum(far, np.maximum(0.0, 1 - vectors @ vectors[chosen[-1]]))
        total = float(far.sum())
        chosen.append(int(chance.choice(len(vectors), p=far / total if total > 0 else None)))
    return vectors[chosen].copy()

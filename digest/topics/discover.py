"""Topics nobody wrote down: a table found in the papers themselves, and kept.

What is found is a table like a written one, so that the same rule sorts papers
into it and a person can edit it. Once found it is remembered: later papers are
sorted into the topics that are there, and a new topic is added only for papers
that fit nowhere. So no paper moves because others arrived, and addresses last.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from digest.models import Paper
from digest.text import slug
from digest.topics import assign
from digest.topics.table import Row, Table
from digest.words import terms, words

__all__ = ["discover"]

LEAST, MOST = 8, 60
"""How many topics a digest has."""
FEWEST = 30
"""Papers below which no topic can be told from chance; they then have none."""
REST = 0.1
"""The share of papers without a topic above which topics are added."""


def discover(papers: Sequence[Paper], remembered: Table | None = None) -> Table:
    """Give back a table of topics for these papers, the same for the same papers in any order.

    `remembered` is the table of last time: its rows stay as they are, and rows
    are added only when more than a tenth of the papers fit nowhere.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    table = remembered or Table()
    if not table.rows and len(ordered) < FEWEST:
        return table
    if not table.rows:
        return Table(_rows(ordered, _wanted(len(ordered)), ()))
    left = [paper for paper in assign(ordered, table) if not paper.topics]
    room = MOST - len(table.rows)
    if len(left) <= REST * len(ordered) or len(left) < 5 or room < 1:
        return table
    count = min(room, max(1, round(len(left) / len(ordered) * len(table.rows))))
    return replace(table, rows=table.rows + _rows(left, count, table.rows))


def _wanted(papers: int) -> int:
    """Give back how many topics suit so many papers: 8 for 30, 14 for 400, 60 for 9,000."""
    return min(MOST, max(LEAST, round(math.pow(papers, 0.45))))


# --- groups ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The terms of the papers: who has which, and how each is written."""

    counts: list[dict[str, float]]
    frequency: Counter[str]
    written: Mapping[str, str]

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> _Corpus:
        """Read the papers; a title counts twice, a keyphrase once more."""
        frequency: Counter[str] = Counter()
        surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        counts = []
        for paper in papers:
            count: dict[str, float] = {}
            title = 0.0 if paper.title_from == "headline" else 2.0
            parts = [(paper.title, title), (paper.abstract, 1.0)]
            for text, worth in parts + [(phrase, 1.0) for phrase in paper.keyphrases]:
                found = words(text)
                for term, first, end in terms(found, 3):
                    count[term] = count.get(term, 0.0) + worth
                    surfaces[term][text[found[first].start : found[end - 1].end]] += 1
            frequency.update(count.keys())
            counts.append(count)
        common = {term for term, number in frequency.items() if number > 1}
        written = {term: _usual(surfaces[term]) for term in common}
        return cls(counts, frequency, written)


def _usual(surfaces: Counter[str]) -> str:
    """Give back how a term is written most often, not counting case at the start."""
    lower = Counter[str]()
    for surface, number in surfaces.items():
        lower[surface if any(c.isupper() for c in surface[1:].split()[0]) else surface.lower()] += (
            number
        )
    return min(lower, key=lambda surface: (-lower[surface], surface))


def _vectors(corpus: _Corpus, dimensions: int = 100) -> np.ndarray:
    """Give back the papers as short unit vectors: TF-IDF, then latent semantic analysis."""
    papers = len(corpus.counts)
    high = max(4, 0.25 * papers)
    kept = sorted(
        term
        for term, number in corpus.frequency.items()
        if max(2, papers // 2000) <= number <= high and term.count(" ") < 2
    )
    number = {term: place for place, term in enumerate(kept)}
    rows, columns, values = list[int](), list[int](), list[float]()
    for row, count in enumerate(corpus.counts):
        for term in count.keys() & number.keys():
            rows.append(row)
            columns.append(number[term])
            idf = math.log(papers / corpus.frequency[term])
            values.append(math.log1p(count[term]) * idf)
    matrix = sparse.csr_matrix((values, (rows, columns)), (papers, max(1, len(kept))))
    matrix = _unit_rows(matrix)
    size = min(dimensions, min(matrix.shape) - 1)
    start = np.ones(min(matrix.shape))
    left, strength, _ = svds(matrix, k=size, v0=start)
    dense = left * strength
    return np.asarray(dense / np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-12))


def _unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-12)).dot(matrix).tocsr()


def _group(vectors: np.ndarray, count: int, tries: int = 8) -> np.ndarray:
    """Give back the group of each vector: spherical k-means, the best of several fixed starts."""
    best, found = -1.0, np.zeros(len(vectors), np.int64)
    for seed in range(tries):
        centres = _starts(vectors, count, np.random.default_rng(seed))
        for _ in range(50):
            near = vectors @ centres.T
            groups = near.argmax(axis=1)
            sums = np.zeros_like(centres)
            np.add.at(sums, groups, vectors)
            lengths = np.linalg.norm(sums, axis=1, keepdims=True)
            moved = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
            if np.allclose(moved, centres, atol=1e-6):
                break
            centres = moved
        score = float(near.max(axis=1).sum())
        if score > best + 1e-9:
            best, found = score, groups
    return found


def _starts(vectors: np.ndarray, count: int, chance: np.random.Generator) -> np.ndarray:
    """Give back vectors that lie apart (k-means++, Arthur & Vassilvitskii 2007)."""
    chosen = [int(chance.integers(len(vectors)))]
    far = np.full(len(vectors), np.inf)
    for _ in range(1, count):
        far = np.minimum(far, np.maximum(0.0, 1 - vectors @ vectors[chosen[-1]]))
        total = far.sum()
        share = far / total if total > 0 else None
        chosen.append(int(chance.choice(len(vectors), p=share)))
    return vectors[chosen].copy()


# --- rows --------------------------------------------------------------------------------------


def _rows(papers: Sequence[Paper], count: int, others: Sequence[Row]) -> tuple[Row, ...]:
    """Give back rows for these papers, whose addresses differ from those of other rows."""
    if len(papers) < 3:
        return ()
    corpus = _Corpus.of(papers)
    groups = _group(_vectors(corpus), min(count, len(papers) // 2))
    taken = {row.slug for row in others} | {slug(old) for row in others for old in row.was}
    rows: list[Row] = []
    sizes = Counter(groups.tolist())
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        row = _row(corpus, np.flatnonzero(groups == group), taken)
        if row:
            taken.add(row.slug)
            rows.append(row)
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _row(corpus: _Corpus, members: np.ndarray, taken: set[str]) -> Row | None:
    """Give back the row of one group: its phrases by how much they tell, and its name."""
    inside: Counter[str] = Counter()
    for member in members.tolist():
        inside.update(corpus.counts[member].keys())
    odds = _odds(corpus, inside, len(members))
    ranked = sorted(odds, key=lambda term: (-odds[term] * inside[term] ** 0.7, term))
    names = [
        term
        for term in _names(corpus, ranked, inside, len(members))
        if slug(_title(corpus.written[term])) not in taken
    ]
    if not names:
        return None
    name = _title(corpus.written[names[0]])
    phrases = tuple((corpus.written[term], _weight(odds[term])) for term in ranked[:60])
    about = [corpus.written[term] for term in _apart(ranked) if term != names[0]][:6]
    return Row(name, slug(name), _sentence(about), phrases)


def _odds(corpus: _Corpus, inside: Counter[str], members: int) -> dict[str, float]:
    """Give back the terms that tell a group from the rest, with the log-odds."""
    papers = len(corpus.counts)
    found = {}
    for term, number in inside.items():
        if number < 2 or number < 0.02 * members:
            continue
        outside = corpus.frequency[term] - number
        share = (number + 0.1) / (members + 1)
        odds = math.log(share / ((outside + 0.5) / (papers - members + 1)))
        if odds > 0.7:
            found[term] = odds
    return found


def _weight(odds: float) -> float:
    """Give back a weight between a hint (0.5) and a name (4), in halves."""
    return min(4.0, max(0.5, round(odds * 2) / 2))


def _names(corpus: _Corpus, ranked: Sequence[str], inside: Counter[str], members: int) -> list[str]:
    """Give back the terms that could name the group, the best first."""

    def fit(term: str) -> float:
        precise = inside[term] / corpus.frequency[term]
        recall = inside[term] / members
        return precise * math.pow(recall, 0.6) * (1.0 if " " in term else 0.5)

    return sorted(ranked[:80], key=lambda term: (-fit(term), term))


def _apart(ranked: Iterable[str]) -> list[str]:
    """Leave out terms that share a word with a better one."""
    kept: list[str] = []
    for term in ranked:
        if not any(set(term.split()) & set(other.split()) for other in kept):
            kept.append(term)
    return kept


def _title(text: str) -> str:
    """Give back a phrase with a capital first letter."""
    return text[:1].upper() + text[1:]


def _sentence(phrases: Sequence[str]) -> str:
    """Give back a description made of phrases."""
    return _title(", ".join(phrases)) + "." if phrases else ""

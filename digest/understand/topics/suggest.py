"""Rows that a table may be missing: what papers speak of that it does not know; ready to paste.

A row begins with a phrase that papers share and the table does not know. It
counts for more the worse those papers fit the table, and the more they are of
one kind: what papers of every kind say is no section. Phrases that are rising
come after, whether or not their papers fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.models import Paper
from digest.understand.topics import assign
from digest.understand.topics.discover import vectors
from digest.understand.topics.match import Matcher, matcher
from digest.understand.topics.naming import Corpus, nameable, row_named
from digest.understand.topics.table import Row, Table

__all__ = ["suggest"]

MOST, RISING = 12, 6
"""How many rows are proposed for what is missing, and for what is rising."""
FEW = 5
"""So many papers at least make a row."""
WELL = 5.0
"""Points of a first topic from which on a paper fits; twice the points, half the need of a row."""
NEED = 0.003
"""The need of a row, as a share of the papers, below which none is proposed."""
KIND = 0.14
"""The mean likeness of papers, from -1 to 1, from which on they are of one kind."""
SAME = 0.4
"""The share of papers, or twice the likeness, from which on two phrases make one row."""
RECENT = 0.2
"""The share of the papers, by date, in which a phrase must be rising."""

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase that a row could be named by, and the papers that have it."""

    term: str
    members: frozenset[int]
    centre: _Numbers
    need: float


def suggest(papers: Sequence[Paper], table: Table) -> list[Row]:
    """Give back rows the table may be missing, as `table.dump` writes them, the most needed first."""
    ordered = sorted(papers, key=lambda paper: paper.id)
    if len(ordered) < FEW:
        return []
    corpus = Corpus.of(ordered)
    phrases = list(_unknown(ordered, corpus, table))
    least = max(1.0, NEED * len(ordered))
    missing = sorted(
        (phrase for phrase in phrases if phrase.need >= least),
        key=lambda phrase: (-phrase.need, phrase.term),
    )
    chosen = _apart(missing, [], MOST)
    chosen = _apart(_rising(phrases, ordered), chosen, len(chosen) + RISING)
    rows = [row_named(corpus, sorted(each.members), each.term) for each in chosen]
    return [row for row in rows if table.find(row.name) is None]


def _unknown(papers: Sequence[Paper], corpus: Corpus, table: Table) -> Iterator[_Phrase]:
    """Give back the phrases that papers of one kind share and the table does not know."""
    known, places = matcher(table), dict[str, list[int]]()
    terms = [term for term in nameable(corpus, FEW) if not _knows(known, corpus.written(term))]
    for term in terms:
        places[term] = []
    for place, count in enumerate(corpus.counts):
        for term in count.keys() & places.keys():
            places[term].append(place)
    space = vectors(corpus)
    common = space.mean(axis=0)
    needs = _needs(papers, table)
    for term in terms:
        members = places[term]
        total = space[members].sum(axis=0)
        kind = (float(total @ total) - len(members)) / (len(members) * (len(members) - 1))
        kind -= float(common @ common)
        if kind >= KIND:
            need = float(needs[members].sum()) * kind
            yield _Phrase(term, frozenset(members), total / np.linalg.norm(total), round(need, 6))


def _knows(known: Matcher, phrase: str) -> bool:
    """Say whether a table has a phrase, be it as a hint or an exclusion, or one within it that names a topic."""
    hits = list(known.find(phrase))
    whole = bool(hits) and hits[0].start == 0 and hits[-1].end == len(phrase)
    weights = [max(entry.weight for entry in hit.entries) for hit in hits]
    alone = whole and len(hits) == 1
    return alone or any(weight >= 3 for weight in weights) or (whole and min(weights) >= 2)


def _needs(papers: Sequence[Paper], table: Table) -> _Numbers:
    """Give back for each paper, from 0 to 1, how badly it fits."""
    points = (sum(place.score for place in paper.topics[:1]) for paper in assign(papers, table))
    return np.array([min(1.0, WELL / max(WELL, score)) for score in points])


def _apart(phrases: Sequence[_Phrase], chosen: Sequence[_Phrase], most: int) -> list[_Phrase]:
    """Give back the first phrases, those chosen before among them, that tell of different papers."""
    apart = list(chosen)
    for phrase in phrases:
        if len(apart) >= most:
            break
        if not any(_alike(phrase, other) for other in apart):
            apart.append(phrase)
    return apart


def _alike(left: _Phrase, right: _Phrase) -> bool:
    """Say whether two phrases would make rows of the same papers."""
    both = len(left.members & right.members) / min(len(left.members), len(right.members))
    words = set(left.term.split()) & set(right.term.split())
    return both >= SAME or float(left.centre @ right.centre) >= 2 * SAME or len(words) > 1


def _rising(phrases: Sequence[_Phrase], papers: Sequence[Paper]) -> list[_Phrase]:
    """Give back the phrases that the latest papers have far oftener than those before."""
    by_day = sorted(range(len(papers)), key=lambda place: (papers[place].date, papers[place].id))
    latest = set(by_day[round(len(by_day) * (1 - RECENT)) :])
    if papers[by_day[0]].date == papers[by_day[-1]].date:
        return []
    rates: dict[str, float] = {}
    for phrase in phrases:
        new = len(phrase.members & latest)
        expected = (len(phrase.members) - new + 1) * RECENT / (1 - RECENT)
        if new >= FEW and new > 3 * expected:
            rates[phrase.term] = new / expected
    rising = [phrase for phrase in phrases if phrase.term in rates]
    return sorted(rising, key=lambda phrase: (-rates[phrase.term], phrase.term))

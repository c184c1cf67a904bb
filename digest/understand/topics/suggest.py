"""Suggestions of rows for a table of topics, ready to paste.

A suggestion is a phrase that several papers share and the table does not have. It
ranks higher the worse those papers fit the table, and the more similar they are:
what papers of all kinds say is no topic. Phrases that are rising come after, whether
or not their papers fit.
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
from digest.understand.topics.table import Table, TopicRow

__all__ = ["suggest"]

MOST, RISING = 12, 6
"""The most rows suggested for what is missing, and for what is rising."""
FEW = 5
"""The fewest papers of a row."""
WELL = 5.0
"""Points from which a paper fits its topic; with more it needs a row less, with twice as many
half."""
NEED = 0.003
"""The need of a row, as a share of the papers, below which none is suggested."""
KIND = 0.14
"""The mean cosine similarity from which papers are of one kind, beyond that of all papers."""
SAME = 0.4
"""The share of papers, or half the cosine similarity, from which two phrases make one row."""
RECENT = 0.2
"""The share of the papers, by date, in which a phrase must be rising."""

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _SuggestedPhrase:
    """A phrase that could name a row, and the papers that have it."""

    term: str
    members: frozenset[int]
    centre: _Numbers
    """The unit vector of the papers' mean."""
    need: float
    """The sum of how badly the papers fit, times how similar they are."""


def suggest(papers: Sequence[Paper], table: Table) -> list[TopicRow]:
    """Return rows that the table may be missing, the most needed first."""
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
    chosen = _distinct(missing, [], MOST)
    chosen = _distinct(_rising(phrases, ordered), chosen, len(chosen) + RISING)
    rows = [row_named(corpus, sorted(each.members), each.term) for each in chosen]
    return [row for row in rows if table.find(row.name) is None]


def _unknown(papers: Sequence[Paper], corpus: Corpus, table: Table) -> Iterator[_SuggestedPhrase]:
    """Yield the phrases that papers of one kind share and the table does not have."""
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
            yield _SuggestedPhrase(
                term, frozenset(members), total / np.linalg.norm(total), round(need, 6)
            )


def _knows(known: Matcher, phrase: str) -> bool:
    """Return whether a table has a phrase, even as a hint or an exclusion, or a strong part of
    it."""
    hits = list(known.find(phrase))
    whole = bool(hits) and hits[0].start == 0 and hits[-1].end == len(phrase)
    weights = [max(entry.weight for entry in hit.entries) for hit in hits]
    alone = whole and len(hits) == 1
    return alone or any(weight >= 3 for weight in weights) or (whole and min(weights) >= 2)


def _needs(papers: Sequence[Paper], table: Table) -> _Numbers:
    """Return how badly each paper fits, from 0 to 1."""
    points = (sum(place.score for place in paper.topics[:1]) for paper in assign(papers, table))
    return np.array([min(1.0, WELL / max(WELL, score)) for score in points])


def _distinct(
    phrases: Sequence[_SuggestedPhrase], chosen: Sequence[_SuggestedPhrase], most: int
) -> list[_SuggestedPhrase]:
    """Return the chosen phrases and the first others that have other papers, at most `most`."""
    distinct = list(chosen)
    for phrase in phrases:
        if len(distinct) >= most:
            break
        if not any(_overlap(phrase, other) for other in distinct):
            distinct.append(phrase)
    return distinct


def _overlap(left: _SuggestedPhrase, right: _SuggestedPhrase) -> bool:
    """Return whether two phrases would make rows of the same papers."""
    both = len(left.members & right.members) / min(len(left.members), len(right.members))
    words = set(left.term.split()) & set(right.term.split())
    return both >= SAME or float(left.centre @ right.centre) >= 2 * SAME or len(words) > 1


def _rising(phrases: Sequence[_SuggestedPhrase], papers: Sequence[Paper]) -> list[_SuggestedPhrase]:
    """Return the phrases that the latest papers have far more often than earlier ones."""
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

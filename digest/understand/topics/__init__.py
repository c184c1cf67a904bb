"""The rule by which papers get their topics, from a table of phrases.

Every phrase of the table that occurs in a paper adds points to its topic: its
weight times the weight of the place. The topic with the most points comes first;
others follow if they have enough. Nothing else counts, so the reason for a topic
is always words of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from digest.language.sentences import sentences
from digest.models import Assignment, Paper
from digest.store import Cache, key, version
from digest.understand.topics.match import Matcher, TablePhrase, matcher
from digest.understand.topics.table import Table, TopicRow, load

__all__ = ["PhraseScore", "Score", "Table", "TopicRow", "assign", "explain", "load"]

MOST = 4
"""Topics of a paper: one primary and up to three more."""


class PhraseScore(NamedTuple):
    """The points that one phrase of the table adds to a topic."""

    phrase: str
    """As the table has it."""
    weight: float
    written: tuple[str, ...]
    """As the paper has it, each form once."""
    points: float


class Score(NamedTuple):
    """The points of a paper for one topic, and the phrases they come from, the best first."""

    topic: str
    points: float
    parts: tuple[PhraseScore, ...]
    chosen: bool = False
    """Whether the paper is in the topic."""


# --- places ------------------------------------------------------------------------------

TITLE, HEADLINE, KEYPHRASE = 3.5, 0.4, 0.3
FIRST, CLAIM, PLAIN = 1.2, 1.2, 1.0
"""Weights of places; the last three are the first sentence, one with a claim, and any other."""
MORE = 0.75
"""Each further phrase of a topic counts this much less than the one before it."""
AGAIN = 0.4
"""Each further mention of a phrase counts this much less than the one before it."""

_CLAIM = re.compile(
    r"\b(?:we (?:also |then |further |first )?(?:propose|present|introduce|develop|study|investigate|show"
    r"|describe|analy[sz]e|explore|address|consider|demonstrate|design|provide|examine|revisit|review|survey)"
    r"|(?:this|our|the present) (?:paper|work|article|study|survey|thesis|chapter|letter|review|approach|method)"
    r"|in this (?:paper|work|article|study|survey|thesis|chapter|letter))\b",
    re.IGNORECASE,
)


_Texts = Iterable[tuple[str, float]]
"""Texts, and the weight of a phrase in each."""
_Mention = tuple[int, float, str]
"""A phrase found: its number in the table, the weight of its place, and how it is written."""


def _prose(paper: Paper) -> Iterator[tuple[str, float]]:
    """Yield the title and the sentences of a paper."""
    yield paper.title, HEADLINE if paper.is_untitled else TITLE
    for number, sentence in enumerate(sentences(paper.abstract)):
        weight = CLAIM if _CLAIM.search(sentence) else PLAIN
        yield sentence, max(weight, FIRST) if number == 0 else weight


def _keyphrases(paper: Paper) -> Iterator[tuple[str, float]]:
    """Yield the keyphrases of a paper; sorted, because their order depends on other papers."""
    for keyphrase in sorted(paper.keyphrases):
        yield keyphrase, KEYPHRASE


def _mentions(texts: _Texts, known: Matcher) -> list[_Mention]:
    """Return the phrases of a table in texts, in order, without those that must not count."""
    return [
        (entry.number, weight, text[hit.start : hit.end])
        for text, weight in texts
        for hit in known.find(text)
        for entry in hit.entries
        if entry.weight
    ]


# --- scores ------------------------------------------------------------------------------


def _scores(mentions: Iterable[_Mention], known: Matcher) -> list[Score]:
    """Return every topic of which a phrase was found, the one with the most points first."""
    entries = known.entries
    places: dict[int, list[tuple[float, str]]] = {}
    for number, weight, written in mentions:
        places.setdefault(number, []).append((weight, written))
    rows: dict[int, list[PhraseScore]] = {}
    for number, found in places.items():
        rows.setdefault(entries[number].row, []).append(_phrase_score(entries[number], found))
    scores = [_score(known.table.rows[place], parts) for place, parts in sorted(rows.items())]
    return sorted(scores, key=lambda score: -score.points)


def _phrase_score(entry: TablePhrase, found: Sequence[tuple[float, str]]) -> PhraseScore:
    """Return the points of one phrase: its best place counts in full, each further one less."""
    weights = sorted([weight for weight, _ in found], reverse=True)
    points = entry.weight * sum([weight * AGAIN**place for place, weight in enumerate(weights)])
    written = tuple(dict.fromkeys([text for _, text in found]))
    return PhraseScore(entry.phrase, entry.weight, written, points)


def _score(row: TopicRow, parts: Iterable[PhraseScore]) -> Score:
    """Return the sum of the points of a topic's phrases, each further one counting less."""
    best = tuple(sorted(parts, key=lambda part: (-part.points, part.phrase)))
    points = sum([part.points * MORE**place for place, part in enumerate(best)])
    return Score(row.name, round(points, 4), best)


# --- choice ------------------------------------------------------------------------------

SHARE, PLENTY, ENOUGH = 0.5, 10.0, 3.0
"""A further topic needs this share of the first topic's points; `PLENTY` is always enough, and
less than `ENOUGH` never."""
SURE = 2.0
"""A further topic needs a phrase of at least this weight: hints alone make none."""
LEAST = 1.5
"""A paper with fewer points than this is in no topic."""


def _choose(scores: Sequence[Score], rows: Mapping[str, TopicRow]) -> list[Score]:
    """Return the topics that a paper is in, the primary one first; `rows` are those by name."""
    fits = [score for score in scores if score.points >= max(LEAST, rows[score.topic].least)]
    if not fits:
        return []
    first = max(fits, key=lambda score: score.points * rows[score.topic].first)
    enough = max(ENOUGH, min(SHARE * first.points, PLENTY))
    more = [
        score
        for score in fits
        if score is not first
        and score.points >= enough
        and any(part.weight >= SURE for part in score.parts)
    ]
    return [first, *more[: MOST - 1]]


def explain(paper: Paper, table: Table) -> list[Score]:
    """Return every topic for which a paper has points, those it is in first."""
    known = matcher(table)
    scores = _scores(
        [*_mentions(_prose(paper), known), *_mentions(_keyphrases(paper), known)], known
    )
    chosen = _choose(scores, _by_name(table))
    rest = [score for score in scores if score not in chosen]
    return [score._replace(chosen=True) for score in chosen] + rest


def assign(papers: Sequence[Paper], table: Table, cache: Cache | None = None) -> list[Paper]:
    """Return the papers with their topics: the primary one, and up to three more, each with why.

    The topics of a paper depend on that paper and the table alone, so those
    that the cache has from an earlier run are the same.
    """
    rule = _Rule(table, cache or Cache.none())
    return [replace(paper, topics=rule.topics(paper)) for paper in papers]


def _by_name(table: Table) -> dict[str, TopicRow]:
    return {row.name: row for row in table.rows}


class _Rule:
    """The rule with one table, and what a cache has of its results."""

    def __init__(self, table: Table, cache: Cache) -> None:
        """Take a table and a cache."""
        self._known, self._rows, self._cache = matcher(table), _by_name(table), cache
        self._key = key(version(), repr(table))

    def topics(self, paper: Paper) -> tuple[Assignment, ...]:
        """Return the topics of a paper.

        What was found in its title and abstract is kept too: new papers change the
        keyphrases of many others a little, and then only the keyphrases are read again.
        """
        prose = key(self._known.key, paper.title, paper.title_from, paper.abstract)
        name = key(self._key, prose, *sorted(paper.keyphrases))
        self._cache.keep([prose])
        kept = self._cache.get(name)
        if kept is None:
            found = [*self._prose(paper, prose), *_mentions(_keyphrases(paper), self._known)]
            chosen = map(_assignment, _choose(_scores(found, self._known), self._rows))
            kept = [(each.topic, each.score, each.why) for each in chosen]
            self._cache.put(name, kept)
        return tuple(Assignment(topic, points, tuple(why)) for topic, points, why in kept)

    def _prose(self, paper: Paper, name: str) -> Sequence[_Mention]:
        """Return the phrases in the title and the abstract of a paper, from the cache if there."""
        kept: Sequence[_Mention] | None = self._cache.get(name)
        if kept is None:
            kept = _mentions(_prose(paper), self._known)
            self._cache.put(name, kept)
        return kept


def _assignment(score: Score) -> Assignment:
    """Return a topic with the phrases that put the paper there, each once, the weightiest first."""
    why: dict[str, str] = {}
    for part in score.parts:
        for text in part.written[:1]:
            why.setdefault(text.casefold(), text)
    return Assignment(score.topic, score.points, tuple(why.values())[:5])

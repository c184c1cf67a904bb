"""The rule: which topics a paper has, from a table of phrases.

Every phrase of the table that stands in a paper adds to its topic: its weight,
times what its place is worth. The topic with most comes first; others follow
where they have enough of their own. Nothing else is looked at, so the reason
for a topic is always the words that stand in the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.language.text import sentences
from digest.models import Assignment, Paper
from digest.store import Cache, key, version
from digest.understand.topics.match import Entry, Matcher, matcher
from digest.understand.topics.table import Row, Table, load

__all__ = ["Part", "Row", "Score", "Table", "assign", "explain", "load"]

MOST = 4
"""Topics of a paper: one primary and up to three more."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one phrase of the table brought to a topic."""

    phrase: str
    """As the table has it."""
    weight: float
    written: tuple[str, ...]
    """As the paper has it, each way once."""
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    """What a paper has for one topic, and from which phrases, the best first."""

    topic: str
    points: float
    parts: tuple[Part, ...]
    chosen: bool = False
    """Whether the paper is in the topic."""


# --- places ------------------------------------------------------------------------------

TITLE, HEADLINE, KEYPHRASE = 3.5, 0.4, 0.3
FIRST, CLAIM, PLAIN = 1.2, 1.2, 1.0
MORE = 0.75
"""What each further phrase of a topic is worth, of its points."""
AGAIN = 0.4
"""What each further mention of a phrase is worth, of the one before it."""

_CLAIM = re.compile(
    r"\b(?:we (?:also |then |further |first )?(?:propose|present|introduce|develop|study|investigate|show"
    r"|describe|analy[sz]e|explore|address|consider|demonstrate|design|provide|examine|revisit|review|survey)"
    r"|(?:this|our|the present) (?:paper|work|article|study|survey|thesis|chapter|letter|review|approach|method)"
    r"|in this (?:paper|work|article|study|survey|thesis|chapter|letter))\b",
    re.IGNORECASE,
)


_Texts = Iterable[tuple[str, float]]
"""Texts, and what a phrase in each is worth."""
_Find = tuple[int, float, str]
"""A phrase found: its number in the table, what its place is worth, and how it is written."""


def _told(paper: Paper) -> Iterator[tuple[str, float]]:
    """Give back the texts of a paper."""
    yield paper.title, HEADLINE if paper.is_untitled else TITLE
    for number, sentence in enumerate(sentences(paper.abstract)):
        worth = CLAIM if _CLAIM.search(sentence) else PLAIN
        yield sentence, max(worth, FIRST) if number == 0 else worth


def _named(paper: Paper) -> Iterator[tuple[str, float]]:
    """Give back the keyphrases of a paper; their order, which others may change, says nothing."""
    for keyphrase in sorted(paper.keyphrases):
        yield keyphrase, KEYPHRASE


def _finds(texts: _Texts, known: Matcher) -> list[_Find]:
    """Give back the phrases of a table in texts, in order; what must not count is left out."""
    return [
        (entry.number, worth, text[hit.start : hit.end])
        for text, worth in texts
        for hit in known.find(text)
        for entry in hit.entries
        if entry.weight
    ]


# --- scores ------------------------------------------------------------------------------


def _scores(finds: Iterable[_Find], known: Matcher) -> list[Score]:
    """Give back every topic of which something was found, the most first."""
    entries = known.entries
    places: dict[int, list[tuple[float, str]]] = {}
    for number, worth, written in finds:
        places.setdefault(number, []).append((worth, written))
    rows: dict[int, list[Part]] = {}
    for number, found in places.items():
        rows.setdefault(entries[number].row, []).append(_part(entries[number], found))
    scores = [_score(known.table.rows[place], parts) for place, parts in sorted(rows.items())]
    return sorted(scores, key=lambda score: -score.points)


def _part(entry: Entry, found: Sequence[tuple[float, str]]) -> Part:
    """Give back what one phrase brings: its best place in full, each further one half as much."""
    worths = sorted((worth for worth, _ in found), reverse=True)
    points = entry.weight * sum(worth * AGAIN**place for place, worth in enumerate(worths))
    return Part(entry.phrase, entry.weight, tuple(dict.fromkeys(text for _, text in found)), points)


def _score(row: Row, parts: Iterable[Part]) -> Score:
    """Add up what the phrases of one topic bring, each further one a little less."""
    best = tuple(sorted(parts, key=lambda part: (-part.points, part.phrase)))
    points = sum(part.points * MORE**place for place, part in enumerate(best))
    return Score(row.name, round(points, 4), best)


# --- choice ------------------------------------------------------------------------------

SHARE, PLENTY, ENOUGH = 0.5, 10.0, 3.0
"""A further topic needs half of the first topic's points; ten are always plenty, three never less."""
SURE = 2.0
"""A further topic needs a phrase of at least this weight: hints alone make none."""
LEAST = 1.5
"""With fewer points nothing fits."""


def _choose(scores: Sequence[Score], table: Table) -> list[Score]:
    """Give back the topics a paper is in, the primary one first."""
    least = {row.name: max(LEAST, row.least) for row in table.rows}
    fits = [score for score in scores if score.points >= least[score.topic]]
    if not fits:
        return []
    worth = {row.name: row.first for row in table.rows}
    first = max(fits, key=lambda score: score.points * worth[score.topic])
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
    """Give back every topic of which a paper has something: those it is in first, with the sums."""
    known = matcher(table)
    scores = _scores([*_finds(_told(paper), known), *_finds(_named(paper), known)], known)
    chosen = _choose(scores, table)
    rest = [score for score in scores if score not in chosen]
    return [replace(score, chosen=True) for score in chosen] + rest


def assign(papers: Sequence[Paper], table: Table, cache: Cache | None = None) -> list[Paper]:
    """Give back the papers with their topics: the primary first, up to three more, each with why.

    A paper's topics depend on that paper and the table alone, so those the
    cache has from an earlier run are the same.
    """
    cache = cache or Cache.none()
    known, mark = matcher(table), key(version(), repr(table))
    return [replace(paper, topics=_topics(paper, known, mark, cache)) for paper in papers]


def _topics(paper: Paper, known: Matcher, mark: str, cache: Cache) -> tuple[Assignment, ...]:
    """Give back the topics of a paper; what was found in its texts is kept beside them.

    When papers come, the keyphrases of many others change a little: then
    nothing but the keyphrases is read again.
    """
    name = key(mark, paper.title, paper.title_from, paper.abstract)
    kept, keyphrases = cache.get(name), sorted(paper.keyphrases)
    if kept and kept["keyphrases"] == keyphrases:
        return tuple(Assignment(topic, points, tuple(why)) for topic, points, why in kept["topics"])
    told = kept["told"] if kept else _finds(_told(paper), known)
    found = [*told, *_finds(_named(paper), known)]
    chosen = tuple(map(_assignment, _choose(_scores(found, known), known.table)))
    topics = [(each.topic, each.score, each.why) for each in chosen]
    cache.put(name, {"told": told, "keyphrases": keyphrases, "topics": topics})
    return chosen


def _assignment(score: Score) -> Assignment:
    """Give back a topic with the words that put the paper there, each once, the weightiest first."""
    why: dict[str, str] = {}
    for part in score.parts:
        for text in part.written[:1]:
            why.setdefault(text.casefold(), text)
    return Assignment(score.topic, score.points, tuple(why.values())[:5])

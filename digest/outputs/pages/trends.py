"""How topics move from edition to edition: what rises, what falls, what to draw."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from digest.models import Digest, Paper

SHOWN = 20
"""Editions a small chart shows."""

RECENT = 5
"""The newest editions, whose papers are compared with those of the editions before."""

SURPRISE = 2.0
"""Standard deviations (of a count by chance, Poisson) a topic must be off to be said to move."""

FEW = 3
"""Papers a topic needs in the newest editions to be said to rise."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A topic's papers in the newest editions."""

    counts: tuple[int, ...]
    """Papers an edition, the oldest first; at most `SHOWN`."""
    recent: int
    """Papers in the `RECENT` newest editions."""
    expected: float
    """What `recent` would be, had the topic kept its share of all papers; 0 while nobody can say."""

    @property
    def surprise(self) -> float:
        """How far `recent` is from `expected`, in standard deviations."""
        return (self.recent - self.expected) / math.sqrt(max(self.expected, 1))

    @property
    def direction(self) -> str:
        """'rising', 'falling', or '' where chance would do as well."""
        if not self.expected:
            return ""
        if self.surprise >= SURPRISE and self.recent >= FEW:
            return "rising"
        return "falling" if self.surprise <= -SURPRISE else ""


def trends(digest: Digest) -> dict[str, Trend]:
    """Give every topic's course over the newest editions, by its name.

    A topic rises when it has more of the newest papers than its share of the
    editions before leads one to expect; with fewer than two editions before,
    nothing moves.
    """
    editions = digest.editions[: max(SHOWN, 5 * RECENT)]
    counts = [_of_topics(edition.papers) for edition in editions]
    recent, before = counts[:RECENT], counts[RECENT:]
    read = sum(len(edition.papers) for edition in editions[:RECENT])
    read_before = sum(len(edition.papers) for edition in editions[RECENT:])
    share = read / read_before if len(before) > 1 else 0.0
    return {
        topic.name: Trend(
            counts=tuple(count[topic.name] for count in reversed(counts[:SHOWN])),
            recent=sum(count[topic.name] for count in recent),
            expected=sum(count[topic.name] for count in before) * share,
        )
        for topic in digest.topics
    }


def _of_topics(papers: Iterable[Paper]) -> Counter[str]:
    return Counter(assignment.topic for paper in papers for assignment in paper.topics)

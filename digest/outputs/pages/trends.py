"""Trends: how the number of papers of each topic changes from edition to edition."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from digest.models import Digest, Paper

SHOWN = 20
"""Editions in a sparkline."""

RECENT = 5
"""The newest editions, whose papers are compared with those of earlier editions."""

SURPRISE = 2.0
"""Standard deviations of a Poisson count from which a difference is called a trend."""

MIN_RECENT = 3
"""Papers a topic needs in the newest editions to be called rising."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The number of a topic's papers in the newest editions."""

    counts: tuple[int, ...]
    """Papers in each edition, the oldest first; at most `SHOWN`."""
    recent: int
    """Papers in the `RECENT` newest editions."""
    expected: float
    """What `recent` would be if the topic had kept its share of all papers; 0 if unknown."""

    @property
    def surprise(self) -> float:
        """The difference of `recent` from `expected`, in standard deviations."""
        return (self.recent - self.expected) / math.sqrt(max(self.expected, 1))

    @property
    def direction(self) -> str:
        """'rising', 'falling', or '' if chance may explain the difference."""
        if not self.expected:
            return ""
        if self.surprise >= SURPRISE and self.recent >= MIN_RECENT:
            return "rising"
        return "falling" if self.surprise <= -SURPRISE else ""


def trends(digest: Digest) -> dict[str, Trend]:
    """Return the trend of every topic, by its name.

    A topic rises if it has more of the newest papers than its share of earlier
    editions predicts; with fewer than two earlier editions no topic rises or falls.
    """
    editions = digest.editions[: max(SHOWN, 5 * RECENT)]
    counts = [_count_topics(edition.papers) for edition in editions]
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


def _count_topics(papers: Iterable[Paper]) -> Counter[str]:
    return Counter(assignment.topic for paper in papers for assignment in paper.topics)

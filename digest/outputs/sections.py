"""An edition's papers under the names of their topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from digest.models import Paper

OTHER = "Other papers"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the papers under it, in the order they came."""

    topic: str
    papers: tuple[Paper, ...]


def sections(papers: Iterable[Paper]) -> tuple[Section, ...]:
    """Put each paper under its primary topic: the largest first, those without a topic last."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        found[paper.topics[0].topic if paper.topics else OTHER].append(paper)
    ordered = sorted(found, key=lambda topic: (topic == OTHER, -len(found[topic]), topic))
    return tuple(Section(topic, tuple(found[topic])) for topic in ordered)

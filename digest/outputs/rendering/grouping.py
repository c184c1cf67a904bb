"""An edition's papers under the names of their topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.language.text import slug
from digest.models import Paper

OTHER = "Other papers"

FEW = 4
"""Papers that a shortened section keeps at least."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the papers under it, in the order they came."""

    topic: str
    papers: tuple[Paper, ...]

    @property
    def anchor(self) -> str:
        """Its name within a page."""
        return slug(self.topic)


def sections(papers: Iterable[Paper]) -> tuple[Section, ...]:
    """Put each paper under its primary topic: the largest first, those without a topic last."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        found[paper.topics[0].topic if paper.topics else OTHER].append(paper)
    ordered = sorted(found, key=lambda topic: (topic == OTHER, -len(found[topic]), topic))
    return tuple(Section(topic, tuple(found[topic])) for topic in ordered)


def excerpt(every: Sequence[Section], most: int) -> tuple[Section, ...]:
    """Shorten long sections, so that together they have at most `most` papers.

    All keep their first papers, and the small ones stay whole; where even
    `FEW` papers a section are too many, the smallest sections are left out.
    """
    share = max((len(section.papers) for section in every), default=0)
    while share > FEW and sum(min(len(section.papers), share) for section in every) > most:
        share -= 1
    shown, left = [], most
    for section in every:
        papers = section.papers[: min(share, left)]
        left -= len(papers)
        if papers:
            shown.append(replace(section, papers=papers))
    return tuple(shown)

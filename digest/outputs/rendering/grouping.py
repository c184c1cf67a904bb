"""Grouping an edition's papers by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.language.strings import slug
from digest.models import Paper

OTHER = "Other papers"

MIN_SHOWN = 4
"""Papers that every shortened section keeps."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the papers under it, in their order in the edition."""

    topic: str
    papers: tuple[Paper, ...]

    @property
    def anchor(self) -> str:
        """The `id` of its heading in a page."""
        return slug(self.topic)


def sections(papers: Iterable[Paper]) -> tuple[Section, ...]:
    """Group papers by primary topic: the largest first, papers without a topic last."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        found[paper.topics[0].topic if paper.topics else OTHER].append(paper)
    ordered = sorted(found, key=lambda topic: (topic == OTHER, -len(found[topic]), topic))
    return tuple(Section(topic, tuple(found[topic])) for topic in ordered)


def excerpt(every: Sequence[Section], most: int) -> tuple[Section, ...]:
    """Shorten long sections so that all together have at most `most` papers.

    Each keeps its first papers, and small sections stay whole. If even `MIN_SHOWN`
    papers a section are too many, the smallest sections are left out.
    """
    share = max((len(section.papers) for section in every), default=0)
    while share > MIN_SHOWN and sum(min(len(section.papers), share) for section in every) > most:
        share -= 1
    shown, left = [], most
    for section in every:
        papers = section.papers[: min(share, left)]
        left -= len(papers)
        if papers:
            shown.append(replace(section, papers=papers))
    return tuple(shown)

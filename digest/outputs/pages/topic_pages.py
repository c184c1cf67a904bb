"""All topics, and every single one in pages of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from digest.models import Digest, Page, Paper, Topic
from digest.outputs.pages.marks import labels
from digest.outputs.pages.paging import slices
from digest.outputs.pages.trends import trends
from digest.outputs.rendering.charts import course
from digest.outputs.rendering.templates import Templates
from digest.outputs.social_cards import address_of

NEIGHBOURS = 6
PHRASES = 14


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give topics/index.md and the pages of each topic."""
    marks, moving = labels(digest.topics), trends(digest)
    yield templates.page(
        "topics/index.md",
        "pages/topics.md.j2",
        digest=digest,
        labels=marks,
        trends=moving,
        topics=sorted(digest.topics, key=lambda topic: (-len(topic.papers), topic.name)),
    )
    for topic in digest.topics:
        about: Mapping[str, object] = {
            "digest": digest,
            "labels": marks,
            "topic": topic,
            "preview": address_of(topic),
            "reasons": _reasons(topic),
            "trend": moving[topic.name],
            "course": course(paper.date for paper in topic.papers),
            "neighbours": _neighbours(topic),
            "phrases": phrases(topic.papers),
        }
        for part in slices(topic.papers, topic.url, digest.site.per_page):
            yield templates.page(part.path, "pages/topic.md.j2", part=part, **about)


def phrases(papers: tuple[Paper, ...], most: int = PHRASES) -> list[str]:
    """What several papers speak of, the most frequent first."""
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for paper in papers:
        for phrase in paper.keyphrases:
            spelling.setdefault(phrase.casefold(), phrase)
        counts.update({phrase.casefold() for phrase in paper.keyphrases})
    shared = [phrase for phrase, count in counts.items() if count > 1]
    return [spelling[key] for key in sorted(shared, key=lambda key: (-counts[key], key))[:most]]


def _reasons(topic: Topic) -> dict[str, tuple[str, ...]]:
    """The words that put each paper here, by the paper's id."""
    return {
        paper.id: assignment.why
        for paper in topic.papers
        for assignment in paper.topics
        if assignment.topic == topic.name
    }


def _neighbours(topic: Topic) -> list[tuple[str, int]]:
    """The topics that its papers are in too, those with most papers first."""
    counts = Counter(
        assignment.topic
        for paper in topic.papers
        for assignment in paper.topics
        if assignment.topic != topic.name
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:NEIGHBOURS]

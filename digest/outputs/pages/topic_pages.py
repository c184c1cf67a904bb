"""topics/<slug>/: the papers of one topic, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from digest.models import Digest, Page, Paper, Topic
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.paging import slices
from digest.outputs.pages.topic_labels import labels
from digest.outputs.pages.trends import trends
from digest.outputs.rendering.charts import timeline
from digest.outputs.social_cards import picture_path

MAX_NEIGHBOURS = 6
MAX_PHRASES = 14


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield the pages of each topic."""
    by_name, by_topic = labels(digest.topics), trends(digest)
    for topic in digest.topics:
        context: Mapping[str, object] = {
            "digest": digest,
            "labels": by_name,
            "topic": topic,
            "preview": picture_path(topic),
            "reasons": _reasons(topic),
            "trend": by_topic[topic.name],
            "course": timeline(paper.date for paper in topic.papers),
            "neighbours": _neighbours(topic),
            "phrases": phrases(topic.papers),
        }
        for part in slices(topic.papers, topic.url, digest.site.per_page):
            yield renderer.page(part.path, part=part, **context)


def phrases(papers: tuple[Paper, ...], most: int = MAX_PHRASES) -> list[str]:
    """Return the keyphrases that several papers share, the most frequent first."""
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for paper in papers:
        for phrase in paper.keyphrases:
            spelling.setdefault(phrase.casefold(), phrase)
        counts.update({phrase.casefold() for phrase in paper.keyphrases})
    shared = [phrase for phrase, count in counts.items() if count > 1]
    return [spelling[key] for key in sorted(shared, key=lambda key: (-counts[key], key))[:most]]


def _reasons(topic: Topic) -> dict[str, tuple[str, ...]]:
    """Return the words that put each paper into the topic, by the paper's id."""
    return {
        paper.id: assignment.why
        for paper in topic.papers
        for assignment in paper.topics
        if assignment.topic == topic.name
    }


def _neighbours(topic: Topic) -> list[tuple[str, int]]:
    """Return the topics it shares papers with, as (name, papers in both), the most papers first."""
    counts = Counter(
        assignment.topic
        for paper in topic.papers
        for assignment in paper.topics
        if assignment.topic != topic.name
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_NEIGHBOURS]


OUTPUT = Output("topic", pages, "pages/topic.md.j2", feeds="own")

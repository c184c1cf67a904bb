"""topics/<slug>/: the papers of one topic, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from digest.models import Digest, Page, Paper, Topic
from digest.outputs.citations import MOST_OF_TOPIC
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.paging import growing
from digest.outputs.pages.topic_labels import labels
from digest.outputs.pages.trends import trends
from digest.outputs.rendering.charts import timeline
from digest.outputs.social_cards import picture_path

MAX_NEIGHBOURS = 6
MAX_PHRASES = 14


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield the pages of each topic; only the first speaks of the topic as a whole."""
    by_name, by_topic = labels(digest.topics), trends(digest)
    for topic in digest.topics:
        for part in growing(topic.papers, topic.url, digest.site.per_page):
            is_first = part.number == 1
            yield renderer.page(
                part.path,
                partial(_details, topic) if is_first else None,
                digest=digest,
                labels=by_name,
                part=part,
                topic=topic if is_first else replace(topic, papers=()),
                preview=picture_path(topic),
                reasons=_reasons(topic.name, part.papers),
                trend=by_topic[topic.name] if is_first else None,
                listed=MOST_OF_TOPIC if len(topic.papers) > MOST_OF_TOPIC else None,
            )


def _details(topic: Topic) -> dict[str, Any]:
    """Return what is said of a topic as a whole."""
    return {
        "course": timeline(paper.date for paper in topic.papers),
        "neighbours": _neighbours(topic),
        "phrases": phrases(topic.papers),
    }


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


def _reasons(topic: str, papers: Iterable[Paper]) -> dict[str, tuple[str, ...]]:
    """Return the words that put each paper into the topic, by the paper's id."""
    return {
        paper.id: assignment.why
        for paper in papers
        for assignment in paper.topics
        if assignment.topic == topic
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

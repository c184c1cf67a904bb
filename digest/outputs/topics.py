"""All topics, and every single one in pages of its own."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.paging import slices
from digest.outputs.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give topics/index.md and the pages of each topic."""
    yield templates.page("topics/index.md", "pages/topics.md.j2", digest=digest)
    for topic in digest.topics:
        reasons = {
            paper.id: assignment.why
            for paper in topic.papers
            for assignment in paper.topics
            if assignment.topic == topic.name
        }
        for part in slices(topic.papers, topic.url, digest.site.per_page):
            yield templates.page(
                part.path,
                "pages/topic.md.j2",
                digest=digest,
                topic=topic,
                part=part,
                reasons=reasons,
            )

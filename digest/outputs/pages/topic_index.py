"""topics/: all topics."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.topic_labels import labels
from digest.outputs.pages.trends import trends


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield topics/index.md, the largest topic first."""
    yield renderer.page(
        "topics/index.md",
        digest=digest,
        labels=labels(digest.topics),
        trends=trends(digest),
        topics=sorted(digest.topics, key=lambda topic: (-len(topic.papers), topic.name)),
    )


OUTPUT = Output("topics", pages, "pages/topics.md.j2")

"""Weeks and months: their editions at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.calendars import Period, months, weeks, with_neighbours
from digest.outputs.pages.topic_labels import labels

MAX_TOPICS = 12
"""Topics listed for a period; the rest are too small to characterise it."""

FIRST = {"week": 6, "month": 3}
"""Papers shown of each edition: its first ones."""


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield a page for each week and each month that has an edition."""
    by_name = labels(digest.topics)
    for every in (weeks(digest.editions), months(digest.editions)):
        for period, earlier, later in with_neighbours(every):
            yield renderer.page(
                f"{period.url.rstrip('/')}.md",
                digest=digest,
                labels=by_name,
                period=period,
                earlier=earlier,
                later=later,
                topics=_topics(period),
                first=FIRST[period.kind],
            )


def _topics(period: Period) -> list[tuple[str, int]]:
    """Return (topic, number of its papers in the period), the largest topic first."""
    counts = Counter(
        assignment.topic
        for edition in period.editions
        for paper in edition.papers
        for assignment in paper.topics
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_TOPICS]


OUTPUT = Output("period", pages, "pages/period.md.j2", feeds="papers")

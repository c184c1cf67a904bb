"""Weeks and months: their editions at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.pages.calendars import Period, beside, months, weeks
from digest.outputs.pages.marks import labels
from digest.outputs.rendering.templates import Templates

TOPICS = 12
"""Topics a period names; the rest are too small to say much of it."""

FIRST = {"week": 6, "month": 3}
"""Papers shown of each edition: its first ones."""


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give a page for each week and each month that has an edition."""
    marks = labels(digest.topics)
    for every in (weeks(digest.editions), months(digest.editions)):
        for period, earlier, later in beside(every):
            yield templates.page(
                f"{period.url.rstrip('/')}.md",
                "pages/period.md.j2",
                digest=digest,
                labels=marks,
                period=period,
                earlier=earlier,
                later=later,
                topics=_topics(period),
                first=FIRST[period.kind],
            )


def _topics(period: Period) -> list[tuple[str, int]]:
    """Topics with their papers in the period, the largest first."""
    counts = Counter(
        assignment.topic
        for edition in period.editions
        for paper in edition.papers
        for assignment in paper.topics
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:TOPICS]

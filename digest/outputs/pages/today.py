"""The front page: the newest edition."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from digest.models import Digest, Edition, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.day_pages import places
from digest.outputs.pages.topic_labels import labels
from digest.outputs.pages.trends import Trend, trends
from digest.outputs.rendering.grouping import excerpt, sections

LEADS = 3
"""Papers shown before all sections: one large, the others beside it."""

USUAL = 20
"""Editions before the newest whose median is the usual number of papers."""


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield index.md."""
    edition = digest.editions[0] if digest.editions else None
    papers = edition.papers if edition else ()
    leads = papers[:LEADS] if len(papers) > 5 else papers[:1]
    shown = excerpt(sections(papers[len(leads) :]), digest.site.per_page)
    by_topic = trends(digest)
    yield renderer.page(
        "index.md",
        digest=digest,
        labels=labels(digest.topics),
        edition=edition,
        before=digest.editions[1] if len(digest.editions) > 1 else None,
        usual=_usual(digest.editions),
        leads=leads,
        sections=shown,
        places=places(edition, digest.site.per_page) if edition else (),
        trends=by_topic,
        rising=_rising(by_topic),
        more=len(papers) - len(leads) - sum(len(section.papers) for section in shown),
    )


def _usual(editions: tuple[Edition, ...]) -> int | None:
    """Return the usual number of papers if the newest edition has at most a third of it."""
    before = [len(edition.papers) for edition in editions[1 : USUAL + 1]]
    if len(before) < 5:
        return None
    usual = int(median(before))
    return usual if 3 * len(editions[0].papers) <= usual else None


def _rising(by_topic: dict[str, Trend], most: int = 4) -> list[tuple[str, Trend]]:
    """Return the rising topics, the most surprising first."""
    rising = [(name, trend) for name, trend in by_topic.items() if trend.direction == "rising"]
    return sorted(rising, key=lambda pair: -pair[1].surprise)[:most]


OUTPUT = Output("today", pages, "pages/today.md.j2", feeds="papers")

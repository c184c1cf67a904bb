"""The front page: the newest edition."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from digest.models import Digest, Edition, Page
from digest.outputs.pages.days import places
from digest.outputs.pages.marks import labels
from digest.outputs.pages.trends import Trend, trends
from digest.outputs.rendering.grouping import excerpt, sections
from digest.outputs.rendering.templates import Templates

LEADS = 3
"""Papers shown before all sections: one large, the others beside it."""

USUAL = 20
"""Editions before the newest that tell how many papers are usual."""


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give index.md."""
    edition = digest.editions[0] if digest.editions else None
    papers = edition.papers if edition else ()
    leads = papers[:LEADS] if len(papers) > 5 else papers[:1]
    shown = excerpt(sections(papers[len(leads) :]), digest.site.per_page)
    moving = trends(digest)
    yield templates.page(
        "index.md",
        "pages/today.md.j2",
        digest=digest,
        labels=labels(digest.topics),
        edition=edition,
        before=digest.editions[1] if len(digest.editions) > 1 else None,
        usual=_usual(digest.editions),
        leads=leads,
        sections=shown,
        places=places(edition, digest.site.per_page) if edition else (),
        trends=moving,
        rising=_rising(moving),
        more=len(papers) - len(leads) - sum(len(section.papers) for section in shown),
    )


def _usual(editions: tuple[Edition, ...]) -> int | None:
    """How many papers an edition has as a rule, where the newest has far fewer."""
    before = [len(edition.papers) for edition in editions[1 : USUAL + 1]]
    if len(before) < 5:
        return None
    usual = int(median(before))
    return usual if 3 * len(editions[0].papers) <= usual else None


def _rising(moving: dict[str, Trend], most: int = 4) -> list[tuple[str, Trend]]:
    """The topics that rise, the most surprising first."""
    rising = [(name, trend) for name, trend in moving.items() if trend.direction == "rising"]
    return sorted(rising, key=lambda pair: -pair[1].surprise)[:most]

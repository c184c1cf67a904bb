"""All editions, and every single one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from digest.models import Digest, Edition, Page
from digest.outputs.paging import slices
from digest.outputs.sections import sections
from digest.outputs.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give days/index.md and a page, or several, for each edition."""
    yield templates.page(
        "days/index.md", "pages/days.md.j2", digest=digest, months=_months(digest.editions)
    )
    for place, edition in enumerate(digest.editions):
        later = digest.editions[place - 1] if place else None
        earlier = digest.editions[place + 1] if place + 1 < len(digest.editions) else None
        # a page shows whole sections, so the papers are cut in the order of their sections
        ordered = [paper for section in sections(edition.papers) for paper in section.papers]
        for part in slices(ordered, edition.url, digest.site.per_page):
            yield templates.page(
                part.path,
                "pages/day.md.j2",
                digest=digest,
                edition=edition,
                part=part,
                sections=sections(part.papers),
                later=later,
                earlier=earlier,
            )


def _months(editions: Sequence[Edition]) -> list[tuple[str, list[Edition]]]:
    """Editions by month, as 'March 2025', the newest first."""
    months: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        months[f"{edition.day:%B %Y}"].append(edition)
    return list(months.items())

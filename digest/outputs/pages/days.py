"""All editions, and every single one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.models import Digest, Edition, Page, Paper
from digest.outputs.pages.calendars import month_url, months, week_url
from digest.outputs.pages.marks import labels
from digest.outputs.pages.paging import Slice, slices
from digest.outputs.rendering.grouping import Section, sections
from digest.outputs.rendering.templates import Templates
from digest.outputs.social_cards import address_of

TABLES = 24
"""Months the archive shows as tables; the older ones are links."""

LATEST = 10
"""Editions the archive tells of in words."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section of an edition begins, and how many papers it has in all."""

    topic: str
    count: int
    url: str


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give days/index.md and a page, or several, for each edition."""
    every = months(digest.editions)
    yield templates.page(
        "days/index.md",
        "pages/days.md.j2",
        digest=digest,
        months=every[:TABLES],
        older=every[TABLES:],
        latest=digest.editions[:LATEST],
    )
    marks = labels(digest.topics)
    for place, edition in enumerate(digest.editions):
        found = places(edition, digest.site.per_page)
        for part in _slices(edition, digest.site.per_page):
            yield templates.page(
                part.path,
                "pages/day.md.j2",
                digest=digest,
                labels=marks,
                edition=edition,
                preview=address_of(edition),
                part=part,
                sections=sections_of(part.papers, found),
                places=found,
                later=digest.editions[place - 1] if place else None,
                earlier=digest.editions[place + 1] if place + 1 < len(digest.editions) else None,
                week=week_url(edition.day),
                month=month_url(edition.day),
            )


def places(edition: Edition, per_page: int) -> tuple[Place, ...]:
    """Say on which page of an edition each of its sections begins, in their order."""
    begins: dict[str, str] = {}
    for part in _slices(edition, per_page):
        for section in sections(part.papers):
            begins.setdefault(section.topic, f"{part.url}#{section.anchor}")
    return tuple(
        Place(section.topic, len(section.papers), begins[section.topic])
        for section in sections(edition.papers)
    )


def sections_of(papers: tuple[Paper, ...], found: tuple[Place, ...]) -> tuple[Section, ...]:
    """Put the papers of one page under their topics, in the order of the whole edition."""
    here = {section.topic: section for section in sections(papers)}
    return tuple(here[place.topic] for place in found if place.topic in here)


def _slices(edition: Edition, per_page: int) -> Iterator[Slice]:
    """Cut an edition into pages, in the order of its sections, so that a page shows whole ones."""
    ordered = [paper for section in sections(edition.papers) for paper in section.papers]
    return slices(ordered, edition.url, per_page)

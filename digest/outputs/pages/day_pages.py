"""days/<day>/: one edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from digest.models import Digest, Edition, Page, Paper
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.calendars import month_url, week_url
from digest.outputs.pages.paging import Slice, slices
from digest.outputs.pages.topic_labels import labels
from digest.outputs.rendering.grouping import Section, sections
from digest.outputs.social_cards import picture_path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section of an edition begins, and how many papers it has in all."""

    topic: str
    count: int
    url: str


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield the page of each edition, or its pages if it is long."""
    by_name = labels(digest.topics)
    for number, edition in enumerate(digest.editions):
        for part in _slices(edition, digest.site.per_page):
            yield renderer.page(
                part.path,
                partial(_sections, part.papers, edition, digest.site.per_page),
                digest=digest,
                labels=by_name,
                edition=edition,
                preview=picture_path(edition),
                part=part,
                later=digest.editions[number - 1] if number else None,
                earlier=digest.editions[number + 1] if number + 1 < len(digest.editions) else None,
                week=week_url(edition.day),
                month=month_url(edition.day),
            )


def _sections(papers: tuple[Paper, ...], edition: Edition, per_page: int) -> dict[str, Any]:
    """Return the sections of one page, and the places of all sections of its edition."""
    found = places(edition, per_page)
    return {"sections": sections_of(papers, found), "places": found}


def places(edition: Edition, per_page: int) -> tuple[Place, ...]:
    """Return where each section of an edition begins, in the order of the sections."""
    begins: dict[str, str] = {}
    for part in _slices(edition, per_page):
        for section in sections(part.papers):
            begins.setdefault(section.topic, f"{part.url}#{section.anchor}")
    return tuple(
        Place(section.topic, len(section.papers), begins[section.topic])
        for section in sections(edition.papers)
    )


def sections_of(papers: tuple[Paper, ...], found: tuple[Place, ...]) -> tuple[Section, ...]:
    """Group the papers of one page by topic, in the order of the whole edition."""
    here = {section.topic: section for section in sections(papers)}
    return tuple(here[place.topic] for place in found if place.topic in here)


def _slices(edition: Edition, per_page: int) -> Iterator[Slice]:
    """Cut an edition into pages, its papers in the order of its sections."""
    ordered = [paper for section in sections(edition.papers) for paper in section.papers]
    return slices(ordered, edition.url, per_page)


OUTPUT = Output("day", pages, "pages/day.md.j2", feeds="papers")

"""The picture that other sites show for a link to the digest, an edition or a topic."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from digest.language.sentences import shorten
from digest.language.strings import counted
from digest.models import Digest, Edition, Page, Paper, Site, Topic
from digest.outputs.output import Output, Renderer
from digest.outputs.rendering.filters import long_day, sources, weekday
from digest.outputs.rendering.grouping import sections
from digest.outputs.rendering.pictures import can_draw

FILE = "preview.png"
HEADING_WIDTH = 28
"""Characters on one line of a heading."""
LINE_WIDTH = 62
"""Characters on one of the smaller lines."""
MAX_LINES = 4


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield a picture of the digest, one of each edition, and one of each topic."""
    yield renderer.picture(FILE, partial(_of_digest, digest))
    for edition in digest.editions:
        yield renderer.picture(picture_path(edition), partial(_of_edition, digest.site, edition))
    for topic in digest.topics:
        if picture_path(topic) != FILE:
            known = _known(digest, topic.papers)
            details = partial(_of_topic, digest.site, topic.name, known)
            yield renderer.picture(picture_path(topic), details)


def _of_digest(digest: Digest) -> dict[str, Any]:
    newest = digest.editions[:1]
    counts = [counted(len(digest.papers), "paper"), counted(len(digest.topics), "topic")]
    topics = sorted(digest.topics, key=lambda topic: (-len(topic.papers), topic.name))
    return _drawable(
        masthead=digest.site.description,
        facts=" · ".join([*counts, *(f"newest {long_day(edition.day)}" for edition in newest)]),
        heading=digest.site.name,
        lines=[f"{topic.name} · {len(topic.papers)}" for topic in topics if topic.papers],
    )


def _of_edition(site: Site, edition: Edition) -> dict[str, Any]:
    return _drawable(
        masthead=site.name,
        facts=f"{weekday(edition.day)} · {_counts(edition.papers)}",
        heading=long_day(edition.day),
        lines=[f"{section.topic} · {len(section.papers)}" for section in sections(edition.papers)],
    )


def _of_topic(site: Site, topic: str, papers: Sequence[Paper]) -> dict[str, Any]:
    return _drawable(
        masthead=site.name,
        facts=f"Topic · {_counts(papers)}",
        heading=topic,
        lines=[paper.title for paper in papers],
    )


def _known(digest: Digest, papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return the papers up to the month of the newest edition, or all if there is no earlier one.

    Other sites keep a picture for weeks, and drawing one takes as long as ten pages: it
    shows how a topic was at the beginning of the month.
    """
    begin = digest.editions[0].day.replace(day=1) if digest.editions else digest.today
    return [paper for paper in papers if paper.date < begin] or papers


def picture_path(subject: Edition | Topic) -> str:
    """Return the path of an edition's or topic's picture; the digest's if no font has its name."""
    if isinstance(subject, Topic) and not can_draw(subject.name):
        return FILE
    return subject.url + FILE


def _drawable(masthead: str, facts: str, heading: str, lines: Sequence[str]) -> dict[str, Any]:
    """Return what the fonts can draw; the rest is left out."""
    wrapped = textwrap.wrap(heading, HEADING_WIDTH, max_lines=2, placeholder=" …")
    drawn = islice(filter(can_draw, lines), MAX_LINES)
    return {
        "masthead": shorten(masthead, 48) if can_draw(masthead) else "",
        "facts": facts,
        "heading": wrapped if can_draw(heading) else [],
        "lines": [shorten(line, LINE_WIDTH) for line in drawn],
    }


def _counts(papers: Sequence[Paper]) -> str:
    """Return how many papers there are, and from how many sources."""
    return f"{counted(len(papers), 'paper')} from {counted(sources(papers), 'source')}"


OUTPUT = Output("social-cards", pages, "pictures/preview.svg.j2")

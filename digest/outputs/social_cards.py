"""The picture that other sites show where somebody links to the digest, a day or a topic."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from digest.language.text import shorten
from digest.models import Digest, Edition, Page, Paper, Topic
from digest.outputs.rendering.filters import counted, long_day, sources, weekday
from digest.outputs.rendering.grouping import sections
from digest.outputs.rendering.pictures import can_write
from digest.outputs.rendering.templates import Templates

FILE = "preview.png"
LINE = 28
"""Letters of a heading on one line."""
LONG = 62
"""Letters of a smaller line."""
MOST = 4


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give a picture of the digest, one of each edition, and one of each topic."""
    newest = digest.editions[:1]
    sums = [counted(len(digest.papers), "paper"), counted(len(digest.topics), "topic")]
    topics = sorted(digest.topics, key=lambda topic: (-len(topic.papers), topic.name))
    yield _picture(
        templates,
        FILE,
        digest.site.description,
        " · ".join([*sums, *(f"newest {long_day(edition.day)}" for edition in newest)]),
        digest.site.name,
        [f"{topic.name} · {len(topic.papers)}" for topic in topics if topic.papers],
    )
    for edition in digest.editions:
        yield _picture(
            templates,
            address_of(edition),
            digest.site.name,
            f"{weekday(edition.day)} · {_of(edition.papers)}",
            long_day(edition.day),
            [f"{section.topic} · {len(section.papers)}" for section in sections(edition.papers)],
        )
    for topic in digest.topics:
        if address_of(topic) != FILE:
            yield _picture(
                templates,
                address_of(topic),
                digest.site.name,
                f"Topic · {_of(topic.papers)}",
                topic.name,
                [paper.title for paper in topic.papers],
            )


def address_of(about: Edition | Topic) -> str:
    """Say where the picture of a day or a topic is: the digest's own where the name cannot be drawn."""
    if isinstance(about, Topic) and not can_write(about.name):
        return FILE
    return about.url + FILE


def _picture(
    templates: Templates, path: str, masthead: str, facts: str, heading: str, lines: Sequence[str]
) -> Page:
    """Draw what can be written; the rest is left out."""
    return templates.picture(
        path,
        "pictures/preview.svg.j2",
        masthead=shorten(masthead, 48) if can_write(masthead) else "",
        facts=facts,
        heading=textwrap.wrap(heading, LINE, max_lines=2, placeholder=" …")
        if can_write(heading)
        else [],
        lines=[shorten(line, LONG) for line in lines if can_write(line)][:MOST],
    )


def _of(papers: Sequence[Paper]) -> str:
    """How many papers, and from how many sources."""
    return f"{counted(len(papers), 'paper')} from {counted(sources(papers), 'source')}"

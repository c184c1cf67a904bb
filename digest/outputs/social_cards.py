"""The picture that other sites show for a link to the digest, an edition or a topic."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from digest.language.sentences import shorten
from digest.language.strings import counted
from digest.models import Digest, Edition, Page, Paper, Topic
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
    newest = digest.editions[:1]
    counts = [counted(len(digest.papers), "paper"), counted(len(digest.topics), "topic")]
    topics = sorted(digest.topics, key=lambda topic: (-len(topic.papers), topic.name))
    yield _picture(
        renderer,
        FILE,
        digest.site.description,
        " · ".join([*counts, *(f"newest {long_day(edition.day)}" for edition in newest)]),
        digest.site.name,
        [f"{topic.name} · {len(topic.papers)}" for topic in topics if topic.papers],
    )
    for edition in digest.editions:
        yield _picture(
            renderer,
            picture_path(edition),
            digest.site.name,
            f"{weekday(edition.day)} · {_counts(edition.papers)}",
            long_day(edition.day),
            [f"{section.topic} · {len(section.papers)}" for section in sections(edition.papers)],
        )
    for topic in digest.topics:
        if picture_path(topic) != FILE:
            yield _picture(
                renderer,
                picture_path(topic),
                digest.site.name,
                f"Topic · {_counts(topic.papers)}",
                topic.name,
                [paper.title for paper in topic.papers],
            )


def picture_path(subject: Edition | Topic) -> str:
    """Return the path of an edition's or topic's picture; the digest's if no font has its name."""
    if isinstance(subject, Topic) and not can_draw(subject.name):
        return FILE
    return subject.url + FILE


def _picture(
    renderer: Renderer, path: str, masthead: str, facts: str, heading: str, lines: Sequence[str]
) -> Page:
    """Draw what the fonts can draw; the rest is left out."""
    return renderer.picture(
        path,
        masthead=shorten(masthead, 48) if can_draw(masthead) else "",
        facts=facts,
        heading=textwrap.wrap(heading, HEADING_WIDTH, max_lines=2, placeholder=" …")
        if can_draw(heading)
        else [],
        lines=[shorten(line, LINE_WIDTH) for line in lines if can_draw(line)][:MAX_LINES],
    )


def _counts(papers: Sequence[Paper]) -> str:
    """Return how many papers there are, and from how many sources."""
    return f"{counted(len(papers), 'paper')} from {counted(sources(papers), 'source')}"


OUTPUT = Output("social-cards", pages, "pictures/preview.svg.j2")

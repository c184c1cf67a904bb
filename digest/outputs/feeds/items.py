"""What a feed is made of: one item a day, or one item a paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from markupsafe import escape

from digest.language.text import shorten
from digest.models import Edition, Paper, Site
from digest.outputs.rendering.filters import counted, long_day
from digest.outputs.rendering.grouping import Section, sections
from digest.outputs.rendering.templates import Templates
from digest.papers import ids

TITLE, SUMMARY, ABSTRACT, NAMES, LINKS = 300, 400, 30_000, 60, 20
"""What an item holds at most, in letters, names and links: more than any paper has."""
TOLD, LISTED = 180_000, 120_000
"""Bytes an edition's item gives to papers with their point, and to mere titles after them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a reader sees once, and sees mended when it is mended."""

    id: str
    """A `tag:` URI (RFC 4151) that outlives title, address and domain."""
    url: str
    title: str
    summary: str
    """Plain text."""
    content: str
    """HTML, safe, with absolute addresses only."""
    published: datetime
    updated: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    original: str = ""
    """The paper's own address."""

    @property
    def size(self) -> int:
        """Bytes it takes in any form of feed, at most; in RSS a summary is escaped twice."""
        texts = (self.content, str(escape(self.summary)), self.title, *self.authors, *self.tags)
        return 600 + len(self.original) + 2 * len(self.url) + sum(cost(text) + 45 for text in texts)

    @property
    def mended(self) -> bool:
        """Whether it changed on a later day than it was published."""
        return self.updated.date() > self.published.date()


def tag(site: Site, of: str) -> str:
    """Name something of this digest for ever.

    >>> tag(Site("Optics", feed_id="d1"), "day/2025-03-11")
    'tag:d1.digest.invalid,2026:day/2025-03-11'
    """
    return f"tag:{site.feed_id}.digest.invalid,2026:{of}"


def midnight(day: date) -> datetime:
    """The day's beginning, UTC."""
    return datetime.combine(day, time(), UTC)


def from_paper(paper: Paper, site: Site, templates: Templates) -> Item:
    """Give a paper as an item, its abstract complete."""
    links = [link for link in paper.links if address(link.url)]
    original = _original(paper)
    authors = tuple(shorten(name, 100) for name in paper.authors[:NAMES] if name.strip())
    content = templates.text(
        "feeds/paper.html.j2",
        site=site,
        paper=paper,
        abstract=shorten(paper.abstract, ABSTRACT),
        point=_point(paper),
        original=original,
        links=[(address(link.url), link.kind) for link in links[:LINKS]],
        authors=authors,
        others=len(paper.authors) - len(authors),
    )
    return Item(
        id=(id := tag(site, f"paper/{paper.id}")),
        url=f"{site.url}{paper.url}",
        title=shorten(paper.title, TITLE),
        summary=shorten(paper.tldr or paper.abstract, SUMMARY) or "No source gave an abstract.",
        content=content,
        published=midnight(paper.date),
        updated=_changed(id, paper.date, paper.updated),
        authors=authors,
        tags=tuple(each.topic for each in paper.topics),
        original=original,
    )


def from_edition(edition: Edition, site: Site, templates: Templates) -> Item:
    """Give an edition as an item that holds every paper: their points first, then mere titles.

    A very large edition ends with the count of what is left, and the way there.
    """
    told = fitting(edition.papers, TOLD, lambda paper: 500 + _told_size(paper))
    rest = edition.papers[len(told) :]
    listed = fitting(rest, LISTED, lambda paper: 250 + cost(shorten(paper.title, TITLE)))
    counts = sections(edition.papers)
    content = templates.text(
        "feeds/edition.html.j2",
        site=site,
        edition=edition,
        sections=sections(told),
        listed=listed,
        more=len(rest) - len(listed),
    )
    newest = max((paper.updated or paper.date for paper in edition.papers), default=edition.day)
    return Item(
        id=(id := tag(site, f"day/{edition.day.isoformat()}")),
        url=f"{site.url}{edition.url}",
        title=f"{long_day(edition.day)}: {counted(len(edition.papers), 'paper')}",
        summary=_at_a_glance(edition, counts),
        content=content,
        published=midnight(edition.day),
        updated=_changed(id, edition.day, newest),
        tags=tuple(section.topic for section in counts[:20]),
    )


def fitting(
    papers: Sequence[Paper], budget: int, size: Callable[[Paper], int]
) -> tuple[Paper, ...]:
    """Give the first papers, as many as the budget allows."""
    for number, paper in enumerate(papers):
        budget -= size(paper)
        if budget < 0:
            return tuple(papers[:number])
    return tuple(papers)


def cost(text: str) -> int:
    """Bytes a text takes as escaped HTML inside XML.

    >>> cost("a < b")
    8
    """
    return len(escape(text).encode("utf-8", "replace"))


def address(url: str) -> str:
    """Give a web address in ASCII (RFC 3986), or nothing for what is no web address.

    >>> address("https://example.org/é?q=a b"), address("javascript:alert(1)")
    ('https://example.org/%C3%A9?q=a%20b', '')
    """
    if not url.lower().startswith(("https://", "http://")) or len(url) > 2000:
        return ""
    return quote(url.encode("utf-8", "replace"), safe="%/:?#[]@!$&'()*+,;=-._~")


def _changed(id: str, published: date, updated: date | None) -> datetime:
    """The day of the last change, with a moment in its first minute that only this item has.

    Validators object to two entries with the same `atom:updated`, and readers
    that sort by it would shuffle them; so the moment is made of the id.
    """
    moment = int.from_bytes(hashlib.sha256(id.encode()).digest()[:6]) % 60_000_000
    return midnight(max(published, updated or published)) + timedelta(microseconds=moment)


def _original(paper: Paper) -> str:
    """The paper's own address, where an identifier or a link tells it."""
    given = (link.url for link in paper.links if link.kind == "paper")
    return address(ids.place(paper.identifiers) or next(given, ""))


def _point(paper: Paper) -> str:
    """The sentence that says what the paper contributes, unless it is all there is."""
    return "" if paper.tldr == paper.abstract else shorten(paper.tldr, SUMMARY)


def _told_size(paper: Paper) -> int:
    """What a paper with its point takes in an edition, escaped twice: as HTML, then as XML."""
    texts = (shorten(paper.title, TITLE), shorten(paper.tldr, SUMMARY), " ".join(paper.authors[:3]))
    return sum(cost(str(escape(text))) for text in texts)


def _at_a_glance(edition: Edition, counts: Iterable[Section]) -> str:
    """An edition in one line: how many papers, of what."""
    parts = [f"{section.topic} ({len(section.papers)})" for section in counts]
    shown = ", ".join(parts[:6]) + (" and more" if len(parts) > 6 else "")
    return f"{counted(len(edition.papers), 'paper')}: {shown}"

"""The items of feeds: one for each day, or one for each paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from markupsafe import escape

from digest.language.sentences import shorten
from digest.language.strings import counted
from digest.models import Edition, Paper, Site
from digest.outputs.output import Renderer
from digest.outputs.rendering.filters import long_day
from digest.outputs.rendering.grouping import Section, sections
from digest.outputs.rendering.templates import Templates
from digest.papers import ids
from digest.store import version

MAX_TITLE, MAX_SUMMARY, MAX_ABSTRACT = 300, 400, 30_000
"""Characters in an item; an abstract has fewer."""
MAX_NAMES, MAX_LINKS = 60, 20
"""Authors and links in an item."""
FULL_BYTES, LISTED_BYTES = 180_000, 120_000
"""For papers with their contribution in an edition's item, and then for titles alone."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, which readers show once and update when it changes."""

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
        """An upper bound of its bytes in any format; in RSS a summary is escaped twice."""
        texts = (self.content, str(escape(self.summary)), self.title, *self.authors, *self.tags)
        return 600 + len(self.original) + 2 * len(self.url) + sum(cost(text) + 45 for text in texts)

    @property
    def mended(self) -> bool:
        """Whether it changed on a later day than it was published."""
        return self.updated.date() > self.published.date()


@dataclass(frozen=True, slots=True)
class Entry:
    """What decides in which document of a feed an item is."""

    id: str
    published: datetime
    updated: datetime
    size: int
    """`Item.size`, in bytes."""
    subject: Paper | Edition


class Items:
    """The items of a build, each made once, and only for a document that is written."""

    def __init__(self, renderer: Renderer, site: Site) -> None:
        """Make items with the renderer's templates; it keeps their sizes for the next build."""
        self._renderer = renderer
        self._site = site
        self._items: dict[str, Item] = {}
        self._entries: dict[str, Entry] = {}

    def entry(self, subject: Paper | Edition) -> Entry:
        """Return the entry of a paper or an edition.

        Raises `RenderError` if its size is not known and its template fails.
        """
        id = _id(subject, self._site)
        if id not in self._entries:
            self._entries[id] = Entry(id, *_days(subject, id), self._size(subject), subject)
        return self._entries[id]

    def item(self, subject: Paper | Edition) -> Item:
        """Return the item of a paper or an edition. Raises `RenderError` if its template fails."""
        id = _id(subject, self._site)
        if id not in self._items:
            templates = self._renderer.templates
            self._items[id] = (
                from_edition(subject, self._site, templates)
                if isinstance(subject, Edition)
                else from_paper(subject, self._site, templates)
            )
        return self._items[id]

    def _size(self, subject: Paper | Edition) -> int:
        used = self._renderer.templates.dependencies(template(subject))
        key = self._renderer.keys.of(version(), used, self._site, subject)
        size = self._renderer.kept.get(key)
        if not isinstance(size, int):
            size = self.item(subject).size
            self._renderer.kept.put(key, size)
        return size


def template(subject: Paper | Edition) -> str:
    """Return the template of the content of an item."""
    return f"feeds/{'edition' if isinstance(subject, Edition) else 'paper'}.html.j2"


def tag(site: Site, of: str) -> str:
    """Return the permanent id of something in this digest.

    >>> tag(Site("Optics", feed_id="d1"), "day/2025-03-11")
    'tag:d1.digest.invalid,2026:day/2025-03-11'
    """
    return f"tag:{site.feed_id}.digest.invalid,2026:{of}"


def midnight(day: date) -> datetime:
    """Return the beginning of a day, UTC."""
    return datetime.combine(day, time(), UTC)


def _id(subject: Paper | Edition, site: Site) -> str:
    if isinstance(subject, Edition):
        return tag(site, f"day/{subject.day.isoformat()}")
    return tag(site, f"paper/{subject.id}")


def _days(subject: Paper | Edition, id: str) -> tuple[datetime, datetime]:
    """Return when an item was published and when it last changed."""
    if isinstance(subject, Paper):
        return midnight(subject.date), _changed(id, subject.date, subject.updated)
    newest = max((paper.updated or paper.date for paper in subject.papers), default=subject.day)
    return midnight(subject.day), _changed(id, subject.day, newest)


def from_paper(paper: Paper, site: Site, templates: Templates) -> Item:
    """Return a paper as an item, with its whole abstract."""
    links = [link for link in paper.links if address(link.url)]
    original = _original(paper)
    authors = tuple(shorten(name, 100) for name in paper.authors[:MAX_NAMES] if name.strip())
    content = templates.text(
        template(paper),
        site=site,
        paper=paper,
        abstract=shorten(paper.abstract, MAX_ABSTRACT),
        point=_contribution(paper),
        original=original,
        links=[(address(link.url), link.kind) for link in links[:MAX_LINKS]],
        authors=authors,
        others=len(paper.authors) - len(authors),
    )
    id = _id(paper, site)
    published, updated = _days(paper, id)
    return Item(
        id=id,
        url=f"{site.url}{paper.url}",
        title=shorten(paper.title, MAX_TITLE),
        summary=shorten(paper.tldr or paper.abstract, MAX_SUMMARY) or "No source gave an abstract.",
        content=content,
        published=published,
        updated=updated,
        authors=authors,
        tags=tuple(each.topic for each in paper.topics),
        original=original,
    )


def from_edition(edition: Edition, site: Site, templates: Templates) -> Item:
    """Return an edition as an item: papers with their contributions, then titles alone.

    For a very large edition it ends with the number of the remaining papers and a link.
    """
    full = fitting(edition.papers, FULL_BYTES, lambda paper: 500 + _size(paper))
    rest = edition.papers[len(full) :]
    listed = fitting(rest, LISTED_BYTES, lambda paper: 250 + cost(shorten(paper.title, MAX_TITLE)))
    counts = sections(edition.papers)
    content = templates.text(
        template(edition),
        site=site,
        edition=edition,
        sections=sections(full),
        listed=listed,
        more=len(rest) - len(listed),
    )
    id = _id(edition, site)
    published, updated = _days(edition, id)
    return Item(
        id=id,
        url=f"{site.url}{edition.url}",
        title=f"{long_day(edition.day)}: {counted(len(edition.papers), 'paper')}",
        summary=_one_line(edition, counts),
        content=content,
        published=published,
        updated=updated,
        tags=tuple(section.topic for section in counts[:20]),
    )


def fitting(
    papers: Sequence[Paper], budget: int, size: Callable[[Paper], int]
) -> tuple[Paper, ...]:
    """Return the first papers whose sizes together are at most the budget."""
    for number, paper in enumerate(papers):
        budget -= size(paper)
        if budget < 0:
            return tuple(papers[:number])
    return tuple(papers)


def cost(text: str) -> int:
    """Return the number of bytes of a text, escaped for HTML or XML.

    >>> cost("a < b")
    8
    """
    return len(escape(text).encode("utf-8", "replace"))


def address(url: str) -> str:
    """Return a web address in ASCII (RFC 3986), or '' for anything else.

    >>> address("https://example.org/é?q=a b"), address("javascript:alert(1)")
    ('https://example.org/%C3%A9?q=a%20b', '')
    """
    if not url.lower().startswith(("https://", "http://")) or len(url) > 2000:
        return ""
    return quote(url.encode("utf-8", "replace"), safe="%/:?#[]@!$&'()*+,;=-._~")


def _changed(id: str, published: date, updated: date | None) -> datetime:
    """Return the day of the last change, with a time in its first minute that is the item's own.

    Validators object to two entries with the same `atom:updated`, and readers
    that sort by it would shuffle them; so the time is derived from the id.
    """
    microseconds = int.from_bytes(hashlib.sha256(id.encode()).digest()[:6]) % 60_000_000
    return midnight(max(published, updated or published)) + timedelta(microseconds=microseconds)


def _original(paper: Paper) -> str:
    """Return the paper's own address, if an identifier or a link gives it."""
    given = (link.url for link in paper.links if link.kind == "paper")
    return address(ids.primary_address(paper.identifiers) or next(given, ""))


def _contribution(paper: Paper) -> str:
    """Return the sentence with the paper's contribution, unless it is the whole abstract."""
    return "" if paper.tldr == paper.abstract else shorten(paper.tldr, MAX_SUMMARY)


def _size(paper: Paper) -> int:
    """Return the bytes of a paper in an edition's item, escaped twice: as HTML, then as XML."""
    texts = (
        shorten(paper.title, MAX_TITLE),
        shorten(paper.tldr, MAX_SUMMARY),
        " ".join(paper.authors[:3]),
    )
    return sum(cost(str(escape(text))) for text in texts)


def _one_line(edition: Edition, counts: Iterable[Section]) -> str:
    """Return an edition in one line: the number of its papers, and their topics."""
    parts = [f"{section.topic} ({len(section.papers)})" for section in counts]
    shown = ", ".join(parts[:6]) + (" and more" if len(parts) > 6 else "")
    return f"{counted(len(edition.papers), 'paper')}: {shown}"

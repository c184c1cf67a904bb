"""Cutting a feed into documents: the one that readers poll, and archives of what is older.

RFC 5005, section 4: what is older than the subscription document stands in
archive documents, each pointing to the one before. A full archive never gets
another item and never loses one: it is cut from the oldest side, and every
year begins a new one, so that a paper added late moves little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from digest.outputs.feeds.channels import Channel
from digest.outputs.feeds.items import Item, midnight

LIMIT = 500_000
"""Bytes of a document at most: many readers and services stop at half a megabyte."""
FILL = 480_000
"""Bytes of items in it at most, so that its head fits too."""
ARCHIVED = 100
"""Papers in an archive at most."""
RECENT = 200
"""Papers in the subscription document at most."""
BEGINNING = midnight(date(2026, 1, 1))
"""When a feed without items last changed: the date in all our ids."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a feed, in whatever form."""

    channel: Channel
    items: tuple[Item, ...]
    """The newest first."""
    archive: str = ""
    """Its name among the archives, '2025-3'; empty for the one that readers poll."""
    before: str = ""
    """The name of the archive with the items before."""

    @property
    def updated(self) -> datetime:
        """When any of its items last changed."""
        return max((item.updated for item in self.items), default=BEGINNING)

    def folder(self, archive: str) -> str:
        """Where an archive of this feed stands, or the feed itself."""
        return f"{self.channel.folder}archive/{archive}/" if archive else self.channel.folder


def documents(channel: Channel, items: Sequence[Item], most: int | None = None) -> list[Document]:
    """Cut the items of a feed, the newest first: the document to subscribe to, then archives.

    `most` items are in any document, for feeds that do not hold papers.
    """
    oldest = sorted(items, key=lambda item: (item.published, item.id))
    parts = _parts(oldest, most or ARCHIVED)
    last = len(parts[-1]) if parts else 0
    recent = _newest(oldest, last, max(last, most or RECENT))
    shown = set(recent)
    names = _names(parts[:-1])
    return [
        Document(
            channel,
            tuple(item for item in items if item in shown),
            before=names[-1] if names else "",
        ),
        *(
            Document(channel, tuple(reversed(part)), archive=name, before=before)
            for part, name, before in zip(parts, names, ["", *names], strict=False)
        ),
    ]


def _parts(oldest: Iterable[Item], most: int) -> list[list[Item]]:
    """Items in runs that fit an archive; the last run is still open."""
    parts: list[list[Item]] = []
    size = 0
    for item in oldest:
        size += item.size
        last = parts[-1] if parts else []
        if (
            not last
            or len(last) >= most
            or size > FILL
            or last[-1].published.year != item.published.year
        ):
            parts.append([])
            size = item.size
        parts[-1].append(item)
    return parts


def _newest(oldest: Sequence[Item], least: int, most: int) -> list[Item]:
    """The newest items: the open run whole, and more while there is room."""
    newest = oldest[len(oldest) - least :]
    size = sum(item.size for item in newest)
    taken = list(newest)
    for item in reversed(oldest[: len(oldest) - least]):
        size += item.size
        if len(taken) >= most or size > FILL:
            break
        taken.append(item)
    return taken


def _names(parts: Iterable[Sequence[Item]]) -> list[str]:
    """Archives by year, and their number in it."""
    names: list[str] = []
    for part in parts:
        year = part[0].published.year
        number = sum(name.startswith(f"{year}-") for name in names) + 1
        names.append(f"{year}-{number}")
    return names

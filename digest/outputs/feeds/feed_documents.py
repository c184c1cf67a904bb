"""Cutting a feed into documents: the one that readers poll, and archives of older items.

RFC 5005, section 4: items older than those of the subscription document are in
archive documents, each pointing to the previous one. A full archive neither gains
nor loses items: archives are cut from the oldest item on, and every year begins a
new one, so that a paper added late changes few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from digest.outputs.feeds.channels import Channel
from digest.outputs.feeds.items import Entry, midnight

MAX_BYTES = 480_000
"""Of the items in a document: with its head it has less than half a megabyte, where many readers
and services stop."""
MAX_ARCHIVED = 100
"""Papers in an archive."""
MAX_RECENT = 200
"""Papers in the subscription document of all papers."""
MAX_PART = 100
"""Papers in that of a topic or a saved search: those of some weeks, even of a large one."""
EPOCH = midnight(date(2026, 1, 1))
"""When a feed without items last changed: the date in the `tag:` URIs of all items."""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """One file of a feed, whatever its format."""

    channel: Channel
    entries: tuple[Entry, ...]
    """The newest first."""
    archive: str = ""
    """Its name among the archives, such as '2025-3'; empty for the subscription document."""
    before: str = ""
    """The name of the archive with the next older items."""

    @property
    def updated(self) -> datetime:
        """When any of its items last changed."""
        return max((entry.updated for entry in self.entries), default=EPOCH)

    def folder(self, archive: str) -> str:
        """Return the folder of an archive of this feed, or of the feed itself for ''."""
        return f"{self.channel.folder}archive/{archive}/" if archive else self.channel.folder


def cut(channel: Channel, entries: Sequence[Entry], most: int | None = None) -> list[FeedDocument]:
    """Cut the entries of a feed, the newest first, into the subscription document and archives.

    `most` is the limit of items in any document for feeds whose items are not papers. A
    feed of some of the papers has no archives: those of all papers have its older items.
    """
    oldest = sorted(entries, key=lambda entry: (entry.published, entry.id))
    parts = _parts(oldest, most or MAX_ARCHIVED) if channel.has_archives else []
    last = len(parts[-1]) if parts else 0
    room = most or (MAX_RECENT if channel.has_archives else MAX_PART)
    recent = _newest(oldest, last, max(last, room))
    shown = {entry.id for entry in recent}
    names = _names(parts[:-1])
    return [
        FeedDocument(
            channel,
            tuple(entry for entry in entries if entry.id in shown),
            before=names[-1] if names else "",
        ),
        *(
            FeedDocument(channel, tuple(reversed(part)), archive=name, before=before)
            for part, name, before in zip(parts, names, ["", *names], strict=False)
        ),
    ]


def _parts(oldest: Iterable[Entry], most: int) -> list[list[Entry]]:
    """Cut entries into runs that fit an archive; the last run may still grow."""
    parts: list[list[Entry]] = []
    size = 0
    for entry in oldest:
        size += entry.size
        last = parts[-1] if parts else []
        if (
            not last
            or len(last) >= most
            or size > MAX_BYTES
            or last[-1].published.year != entry.published.year
        ):
            parts.append([])
            size = entry.size
        parts[-1].append(entry)
    return parts


def _newest(oldest: Sequence[Entry], least: int, most: int) -> list[Entry]:
    """Return the newest entries: the last `least`, and more up to the limits."""
    newest = oldest[len(oldest) - least :]
    size = sum(entry.size for entry in newest)
    taken = list(newest)
    for entry in reversed(oldest[: len(oldest) - least]):
        size += entry.size
        if len(taken) >= most or size > MAX_BYTES:
            break
        taken.append(entry)
    return taken


def _names(parts: Iterable[Sequence[Entry]]) -> list[str]:
    """Return the names of archives: the year, and a number within it."""
    names: list[str] = []
    for part in parts:
        year = part[0].published.year
        number = sum(name.startswith(f"{year}-") for name in names) + 1
        names.append(f"{year}-{number}")
    return names

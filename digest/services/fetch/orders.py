"""What to fetch: the entries of the option `fetch`, each with its source, ready to be asked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from digest.config import FetchEntry
from digest.errors import ConfigError, UsageError, nearest
from digest.language.strings import slug
from digest.services.fetch.history import Fetched
from digest.services.fetch.source import FetchSource, Inquiry
from digest.services.web import Client

LARGEST = 32_000_000
"""Bytes an answer may have: a page of a thousand papers has three million."""
OVERLAP = timedelta(days=1)
"""The last day that was fetched was perhaps not over."""
FARTHEST = timedelta(days=60)
"""How far back a source is asked that was not fetched for a long time."""


@dataclass(frozen=True, slots=True)
class Order:
    """One entry of the option `fetch`, with its source."""

    entry: FetchEntry
    source: FetchSource
    contact: str = ""

    @property
    def key(self) -> str:
        """What it is known by in the record of what was fetched."""
        return f"{self.source.name} {self.entry.query}"

    @property
    def name(self) -> str:
        """What readers and messages call it."""
        own = f"{self.source.label} {self.entry.query}"
        if self._is_address:
            own = self.entry.query.partition("//")[2].partition("?")[0] or self.entry.query
        return self.entry.name or own[:80].strip(" /")

    @property
    def _is_address(self) -> bool:
        return not self.source.base_url

    @property
    def base(self) -> str:
        """The address that its requests begin with."""
        if self.source.protocol == "imap":
            return f"imaps://{self.entry.query}"
        parts = urlsplit(self.entry.query)
        own = f"{parts.scheme}://{parts.netloc}" if self._is_address else self.source.base_url
        return self.entry.at or own

    def client(self) -> Client:
        """Return a client that identifies the user."""
        source = self.source
        key = os.environ.get(source.key_variable, "") if source.key_variable else ""
        return Client(
            self.name,
            self.base,
            pause=source.pause,
            hosts=() if self.entry.at else source.hosts,
            anywhere=self._is_address,
            contact=self.contact,
            parameters=source.parameters(key, self.contact),
            headers=source.headers(key, self.contact),
            largest=LARGEST,
        )

    def inquiry(self, today: date, last: Fetched | None, since: date | None) -> Inquiry:
        """Return what to ask for: since a day, or the usual days, and what was missed."""
        start = today - timedelta(self.entry.days or self.source.days)
        if last:
            start = min(start, max(last.day - OVERLAP, today - FARTHEST))
        return Inquiry(self.entry.query, since or start, today)


def make_orders(
    entries: Sequence[FetchEntry], sources: Sequence[FetchSource], contact: str, file: Path
) -> list[Order]:
    """Return the orders of the entries in a settings file.

    Raises `ConfigError` for a source that does not exist, naming the nearest, for a
    query that cannot be one, and for one that is there twice.
    """
    known = {source.name: source for source in sources}
    orders: dict[str, Order] = {}
    for entry in entries:
        if entry.kind not in known:
            raise ConfigError(
                file,
                f"option 'fetch' knows no source {entry.kind!r}{nearest(entry.kind, known)}"
                f" (there are {', '.join(known)})",
            )
        order = Order(entry, known[entry.kind], contact)
        if expected := order.source.complaint(entry.query):
            raise ConfigError(
                file, f"option 'fetch': '{entry.kind}' expects {expected}, found {entry.query!r}"
            )
        if order.key in orders:
            raise ConfigError(file, f"option 'fetch' has {order.key!r} twice")
        orders[order.key] = order
    return list(orders.values())


def choose_orders(orders: Sequence[Order], names: Sequence[str]) -> list[Order]:
    """Return the orders of these sources or names; all if there are none.

    Raises `UsageError` for a name that none of them has.
    """
    if not names:
        return list(orders)
    known = [name for order in orders for name in _names(order)]
    for name in names:
        if name not in known:
            raise UsageError(
                f"nothing under `fetch` is called {name!r}{nearest(name, known)}"
                f" (there are {', '.join(dict.fromkeys(known))})"
            )
    return [order for order in orders if set(_names(order)) & set(names)]


def _names(order: Order) -> tuple[str, ...]:
    names = (order.source.name, order.entry.name, order.entry.name and slug(order.entry.name))
    return tuple(dict.fromkeys(filter(None, names)))

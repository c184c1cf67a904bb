"""Where the papers come from, when, and how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.models import Account, Digest, Page, Totals
from digest.outputs.rendering.templates import Templates

SOURCES = 100
"""Sources that have a row of their own; the others share one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The documents that readers know by one name."""

    name: str
    url: str | None
    day: date | None
    """Of the newest of them."""
    documents: int
    totals: Totals


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give about.md, with the account of every source."""
    yield templates.page(
        "about.md",
        "pages/about.md.j2",
        digest=digest,
        totals=digest.totals,
        sources=_origins(digest.accounts),
    )


def _origins(accounts: Iterable[Account]) -> list[Origin]:
    """Add up the documents of each name, the largest first."""
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        groups[account.name].append(account)
    found = [_origin(name, group) for name, group in groups.items()]
    found.sort(key=lambda origin: (-origin.totals.published, origin.name))
    if len(found) <= SOURCES:
        return found
    others = found[SOURCES - 1 :]
    rest = [account for origin in others for account in groups[origin.name]]
    together = replace(_origin(f"{len(others):,} other sources", rest), url=None)
    return [*found[: SOURCES - 1], together]


def _origin(name: str, group: Sequence[Account]) -> Origin:
    return Origin(
        name=name,
        url=next((account.url for account in group if account.url), None),
        day=max((account.day for account in group if account.day), default=None),
        documents=len(group),
        totals=Totals.of(group),
    )

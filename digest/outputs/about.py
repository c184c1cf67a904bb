"""Where the papers come from, when, and how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from digest.models import Account, Digest, Page, Totals
from digest.outputs.templates import Templates


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
    found = [
        Origin(
            name=name,
            url=next((account.url for account in group if account.url), None),
            day=max((account.day for account in group if account.day), default=None),
            documents=len(group),
            totals=Totals.of(group),
        )
        for name, group in groups.items()
    ]
    return sorted(found, key=lambda origin: (-origin.totals.published, origin.name))

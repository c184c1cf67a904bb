"""The page about the digest: where the papers come from, when, and how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.models import Account, Digest, Page, Totals
from digest.outputs.output import Output, Renderer

MAX_ROWS = 100
"""Rows of the table of sources; the smallest sources share the last one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """All documents of one source: those that readers know by the same name."""

    name: str
    url: str | None
    day: date | None
    """The day of the newest of them."""
    documents: int
    totals: Totals


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield about.md, with the account of every source."""
    yield renderer.page(
        "about.md",
        digest=digest,
        totals=digest.totals,
        sources=_origins(digest.accounts),
    )


def _origins(accounts: Iterable[Account]) -> list[Origin]:
    """Return the sums over the documents of each name, the largest source first."""
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        groups[account.name].append(account)
    found = [_origin(name, group) for name, group in groups.items()]
    found.sort(key=lambda origin: (-origin.totals.published, origin.name))
    if len(found) <= MAX_ROWS:
        return found
    others = found[MAX_ROWS - 1 :]
    rest = [account for origin in others for account in groups[origin.name]]
    together = replace(_origin(f"{len(others):,} other sources", rest), url=None)
    return [*found[: MAX_ROWS - 1], together]


def _origin(name: str, group: Sequence[Account]) -> Origin:
    return Origin(
        name=name,
        url=next((account.url for account in group if account.url), None),
        day=max((account.day for account in group if account.day), default=None),
        documents=len(group),
        totals=Totals.of(group),
    )


OUTPUT = Output("about", pages, "pages/about.md.j2")

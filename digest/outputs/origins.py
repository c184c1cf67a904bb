"""What the digest was made from: the sums of each source, and why records were refused.

Readers see the names of sources and the program's own words, never what stands in a
document that was refused: it may be nobody's business.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.models import Account, Totals

MAX_ROWS = 100
"""Sources, and reasons, that are listed; the smallest share the last one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """All documents of one source: those that readers know by the same name."""

    name: str
    url: str | None
    day: date | None
    """The day of the newest of them."""
    documents: int
    totals: Totals


@dataclass(frozen=True, slots=True)
class Refusal:
    """How many records of a source were refused for one reason."""

    source: str
    reason: str
    records: int


def origins(accounts: Iterable[Account]) -> list[Origin]:
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


def refusals(accounts: Iterable[Account]) -> list[Refusal]:
    """Return why records of each source were refused, the most frequent reason first."""
    counts = Counter[tuple[str, str]]()
    for account in accounts:
        for problem in account.problems:
            if problem.refused:
                counts[account.name, reason(problem.message)] += problem.refused
    found = [Refusal(source, why, number) for (source, why), number in counts.items()]
    found.sort(key=lambda each: (-each.records, each.source, each.reason))
    if len(found) <= MAX_ROWS:
        return found
    others = found[MAX_ROWS - 1 :]
    rest = sum(each.records for each in others)
    return [*found[: MAX_ROWS - 1], Refusal("other sources", "other reasons", rest)]


def reason(message: str) -> str:
    """Return the program's own words of a message, without what was found.

    >>> reason("expected an abstract after the title, found 'A Paper' — the paper is left out")
    'expected an abstract after the title'
    >>> reason("'A Paper' is no title")
    'could not be read'
    """
    expected = message.partition(", found")[0].partition(" — ")[0]
    return expected if expected.startswith("expected ") else "could not be read"


def _origin(name: str, group: Sequence[Account]) -> Origin:
    return Origin(
        name=name,
        url=next((account.url for account in group if account.url), None),
        day=max((account.day for account in group if account.day), default=None),
        documents=len(group),
        totals=Totals.of(group),
    )

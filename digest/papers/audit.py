"""What became of every document: nothing is lost in silence, and the sums are checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from digest.errors import AccountError
from digest.models import Account, Problem, Reading, Record


def account(
    readings: Sequence[Reading],
    groups: Sequence[Sequence[Record]],
    days: Mapping[str, date | None],
    remarks: Iterable[Problem],
) -> tuple[Account, ...]:
    """Say what became of each document: read = published + merged + refused.

    `remarks` are problems found after reading, by the document they are about.
    Raises `AccountError` where the sums do not agree: then a paper was lost.
    """
    published = Counter(group[0].seed for group in groups)
    later: dict[str, list[Problem]] = defaultdict(list)
    for remark in remarks:
        later[remark.seed].append(remark)
    accounts = tuple(
        _account(reading, published[reading.seed.name], days, later[reading.seed.name])
        for reading in readings
    )
    kept = sum(len(group) for group in groups)
    told = sum(each.published + each.merged for each in accounts)
    if told != kept or any(each.merged < 0 for each in accounts):
        raise AccountError(
            f"{kept} records became papers, but the documents account for {told} — nothing is"
            " published; please report this with the documents"
        )
    return accounts


def _account(
    reading: Reading, published: int, days: Mapping[str, date | None], remarks: Sequence[Problem]
) -> Account:
    refused = sum(problem.refused for problem in reading.problems)
    problems = sorted(
        (*reading.problems, *remarks), key=lambda problem: (problem.line, problem.message)
    )
    return Account(
        seed=reading.seed.name,
        name=reading.name,
        url=reading.seed.note.url,
        format=reading.format,
        confidence=reading.confidence,
        day=days.get(reading.seed.name),
        read=len(reading.records) + refused,
        published=published,
        merged=len(reading.records) - published,
        refused=refused,
        problems=tuple(problems),
        letters=reading.letters,
    )

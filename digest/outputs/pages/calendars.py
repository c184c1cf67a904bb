"""Editions as a calendar: months of weeks of days, a day coloured by its number of papers."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from digest.models import Edition

PeriodKind = Literal["week", "month"]

LEVELS = 4
"""Colours of days, by the quartile of an edition's number of papers."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a month's table."""

    day: date
    edition: Edition | None = None
    level: int = 0
    """From 1, the quarter of editions with the fewest papers, to 4; 0 without an edition."""


@dataclass(frozen=True, slots=True)
class Week:
    """A row of a month's table; days of the adjacent months are `None`."""

    url: str | None
    """The page of the week, if it has an edition."""
    number: int
    """In its year, by ISO 8601."""
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month that has editions."""

    kind: PeriodKind
    first: date
    """Its first day, with or without an edition."""
    url: str
    editions: tuple[Edition, ...]
    """The newest first."""
    weeks: tuple[Week, ...] = ()
    """The table of a month; empty for a week."""

    @property
    def count(self) -> int:
        """The number of its papers."""
        return sum(len(edition.papers) for edition in self.editions)

    @property
    def title(self) -> str:
        """Its name for readers."""
        if self.kind == "month":
            return f"{self.first:%B %Y}"
        return f"Week of {self.first.day} {self.first:%B %Y}"


def months(editions: Sequence[Edition]) -> tuple[Period, ...]:
    """Return the months that have editions, with their tables, the newest first."""
    counts = sorted(len(edition.papers) for edition in editions)
    return tuple(
        Period("month", first, month_url(first), tuple(group), _table(first, group, counts))
        for first, group in _by_period(editions, "month")
    )


def weeks(editions: Sequence[Edition]) -> tuple[Period, ...]:
    """Return the weeks (Monday to Sunday) that have editions, the newest first."""
    return tuple(
        Period("week", first, week_url(first), tuple(group))
        for first, group in _by_period(editions, "week")
    )


def month_url(day: date) -> str:
    """Return the address of a day's month.

    >>> month_url(date(2025, 3, 11))
    'days/2025-03/'
    """
    return f"days/{day:%Y-%m}/"


def week_url(day: date) -> str:
    """Return the address of a day's week, which ISO 8601 numbers.

    >>> week_url(date(2024, 12, 30))
    'days/2025-w01/'
    """
    year, week, _ = day.isocalendar()
    return f"days/{year}-w{week:02}/"


def with_neighbours(periods: Sequence[Period]) -> list[tuple[Period, Period | None, Period | None]]:
    """Return (period, the one before it in time, the one after it) for each period."""
    padded = [None, *periods, None]
    return [
        (period, earlier, later)
        for (later, period), (_, earlier) in pairwise(pairwise(padded))
        if period
    ]


def _by_period(editions: Sequence[Edition], kind: PeriodKind) -> list[tuple[date, list[Edition]]]:
    """Group editions by the first day of their week or month."""
    groups: dict[date, list[Edition]] = defaultdict(list)
    for edition in editions:
        day = edition.day
        first = (
            day.replace(day=1)
            if kind == "month"
            else date.fromisocalendar(*day.isocalendar()[:2], 1)
        )
        groups[first].append(edition)
    return list(groups.items())


def _table(first: date, editions: Sequence[Edition], counts: Sequence[int]) -> tuple[Week, ...]:
    """Return the weeks of a month; `counts` has the papers of all editions, in order."""
    by_day = {edition.day: edition for edition in editions}
    rows = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return tuple(
        Week(
            url=week_url(row[0]) if any(day in by_day for day in row) else None,
            number=row[0].isocalendar().week,
            cells=tuple(
                _cell(day, by_day.get(day), counts) if day.month == first.month else None
                for day in row
            ),
        )
        for row in rows
    )


def _cell(day: date, edition: Edition | None, counts: Sequence[int]) -> Cell:
    """Return a day with its level, from the edition's rank among all; ties have the middle rank."""
    if edition is None:
        return Cell(day)
    size = len(edition.papers)
    place = (bisect_left(counts, size) + bisect_right(counts, size)) / 2 / len(counts)
    return Cell(day, edition, 1 + min(LEVELS - 1, int(LEVELS * place)))

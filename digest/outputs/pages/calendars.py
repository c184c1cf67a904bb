"""Editions as a calendar: months of weeks of days, each day as warm as it was busy."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from digest.models import Edition

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month's table."""

    day: date
    edition: Edition | None = None
    level: int = 0
    """1 for the quietest quarter of all editions to 4 for the busiest; 0 without edition."""


@dataclass(frozen=True, slots=True)
class Week:
    """A row of a month's table; `None` stands for the days of the months beside it."""

    url: str | None
    """The page of the week, where it has an edition."""
    number: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month that has editions."""

    kind: str
    first: date
    """Its first day, whether or not that has an edition."""
    url: str
    editions: tuple[Edition, ...]
    """The newest first."""
    weeks: tuple[Week, ...] = ()
    """Of a month: its table."""

    @property
    def count(self) -> int:
        """How many papers it has."""
        return sum(len(edition.papers) for edition in self.editions)

    @property
    def title(self) -> str:
        """What readers call it."""
        if self.kind == "month":
            return f"{self.first:%B %Y}"
        return f"Week of {self.first.day} {self.first:%B %Y}"


def months(editions: Sequence[Edition]) -> tuple[Period, ...]:
    """Give the months that have editions, with their tables, the newest first."""
    counts = sorted(len(edition.papers) for edition in editions)
    return tuple(
        Period("month", first, month_url(first), tuple(group), _table(first, group, counts))
        for first, group in _grouped(editions, "month")
    )


def weeks(editions: Sequence[Edition]) -> tuple[Period, ...]:
    """Give the weeks that have editions, Monday to Sunday, the newest first."""
    return tuple(
        Period("week", first, week_url(first), tuple(group))
        for first, group in _grouped(editions, "week")
    )


def month_url(day: date) -> str:
    """The address of a day's month.

    >>> month_url(date(2025, 3, 11))
    'days/2025-03/'
    """
    return f"days/{day:%Y-%m}/"


def week_url(day: date) -> str:
    """The address of a day's week, by its number in ISO 8601.

    >>> week_url(date(2024, 12, 30))
    'days/2025-w01/'
    """
    year, week, _ = day.isocalendar()
    return f"days/{year}-w{week:02}/"


def beside(periods: Sequence[Period]) -> list[tuple[Period, Period | None, Period | None]]:
    """Give each period with the ones before and after it in time."""
    padded = [None, *periods, None]
    return [
        (period, earlier, later)
        for (later, period), (_, earlier) in pairwise(pairwise(padded))
        if period
    ]


def _grouped(editions: Sequence[Edition], kind: str) -> list[tuple[date, list[Edition]]]:
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
    """A day, as warm as its place among all editions; equal ones are equally warm."""
    if edition is None:
        return Cell(day)
    size = len(edition.papers)
    place = (bisect_left(counts, size) + bisect_right(counts, size)) / 2 / len(counts)
    return Cell(day, edition, 1 + min(LEVELS - 1, int(LEVELS * place)))

"""Dates of any precision: a day, a month or a year.

A paper of 2019 did not come out on 1 January. If no day is given, the first one is
used for sorting and in addresses, but the date keeps its precision and never shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self


class Rough(date):
    """A month or a year, which sorts and compares as its first day.

    >>> Rough.of(2019) == date(2019, 1, 1), Rough.of(2019, 3)
    (True, Rough.of(2019, 3))
    """

    _known = 3

    @classmethod
    def of(cls, year: int, month: int | None = None) -> Self:
        """Return a year, or a month of a year; raises `ValueError` if there is no such month."""
        made = cls(year, month or 1, 1)
        made._known = 2 if month else 1
        return made

    @property
    def parts(self) -> tuple[int, ...]:
        """The year and the month, or the year alone."""
        return (self.year, self.month, self.day)[: self._known]

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes a copy of the same precision."""
        return type(self).of, self.parts

    def __repr__(self) -> str:
        """Return the call that makes it."""
        return f"Rough.of({', '.join(map(str, self.parts))})"


def parts(day: date) -> tuple[int, ...]:
    """Return the known parts of a date: (year, month, day), (year, month) or (year,)."""
    return day.parts if isinstance(day, Rough) else (day.year, day.month, day.day)


def to_text(day: date) -> str:
    """Return a date as ISO 8601, with reduced precision if the day or the month is unknown.

    >>> to_text(Rough.of(2019)), to_text(Rough.of(2019, 3)), to_text(date(2019, 3, 11))
    ('2019', '2019-03', '2019-03-11')
    """
    return "-".join([f"{day.year:04}", *(f"{part:02}" for part in parts(day)[1:])])


def from_text(text: str) -> date:
    """Return the date that `to_text` wrote; raises `ValueError` for anything else.

    >>> from_text("2019"), from_text("2019-03-11")
    (Rough.of(2019), datetime.date(2019, 3, 11))
    """
    numbers = text.split("-")
    if len(text) in (4, 7) and text.isascii() and all(map(str.isdigit, numbers)):
        return Rough.of(*map(int, numbers))
    return date.fromisoformat(text)


def earliest(days: Iterable[date]) -> date | None:
    """Return the first of several dates, a day before the month or year it is in; None for none.

    >>> earliest([date(2019, 3, 11), Rough.of(2019), date(2019, 3, 12)])
    datetime.date(2019, 3, 11)
    >>> earliest([date(2020, 3, 11), Rough.of(2019)])
    Rough.of(2019)
    """
    known = sorted(days)
    if not known:
        return None
    first = parts(known[0])
    within = [day for day in known if parts(day)[: len(first)] == first]
    return max(within, key=lambda day: len(parts(day)))

"""Dates as far as they are known: a day, a month or a year.

A paper of 2019 did not come out on 1 January. Where no day is given the first
one stands for it, in order and in addresses, but it says so and is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self


class Rough(date):
    """A month or a year: it sorts and compares as the first day of it.

    >>> Rough.of(2019) == date(2019, 1, 1), Rough.of(2019, 3)
    (True, Rough.of(2019, 3))
    """

    _known = 3

    @classmethod
    def of(cls, year: int, month: int | None = None) -> Self:
        """Make one; raises ValueError for a month that there is not."""
        made = cls(year, month or 1, 1)
        made._known = 2 if month else 1
        return made

    @property
    def parts(self) -> tuple[int, ...]:
        """Year and month, or the year."""
        return (self.year, self.month, self.day)[: self._known]

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy knows no more than the original."""
        return type(self).of, self.parts

    def __repr__(self) -> str:
        """As it is made."""
        return f"Rough.of({', '.join(map(str, self.parts))})"


def parts(day: date) -> tuple[int, ...]:
    """What is known of a date: (year, month, day), (year, month) or (year,)."""
    return day.parts if isinstance(day, Rough) else (day.year, day.month, day.day)


def to_text(day: date) -> str:
    """Write a date as far as it is known (ISO 8601, with reduced precision).

    >>> to_text(Rough.of(2019)), to_text(Rough.of(2019, 3)), to_text(date(2019, 3, 11))
    ('2019', '2019-03', '2019-03-11')
    """
    return "-".join([f"{day.year:04}", *(f"{part:02}" for part in parts(day)[1:])])


def from_text(text: str) -> date:
    """Read what `to_text` wrote; raises ValueError for anything else.

    >>> from_text("2019"), from_text("2019-03-11")
    (Rough.of(2019), datetime.date(2019, 3, 11))
    """
    numbers = text.split("-")
    if len(text) in (4, 7) and text.isascii() and all(map(str.isdigit, numbers)):
        return Rough.of(*map(int, numbers))
    return date.fromisoformat(text)


def earliest(days: Iterable[date]) -> date | None:
    """Give the first of several dates; a day says more than the month or year that it is in.

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

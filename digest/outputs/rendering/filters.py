"""Days, counts and names as readers write them: the filters of the templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from digest.language.dates import parts
from digest.models import Paper


def long_day(day: date) -> str:
    """Write a day as readers do; of a month or year that, and no day.

    >>> from digest.language.dates import Rough
    >>> long_day(date(2025, 3, 1))
    '1 March 2025'
    >>> long_day(Rough.of(2019)), long_day(Rough.of(2019, 3))
    ('2019', 'March 2019')
    """
    return (f"{day.day} {day:%B %Y}", f"{day:%B %Y}", f"{day:%Y}")[3 - len(parts(day))]


def weekday(day: date) -> str:
    """Name the day of the week; a month or a year has none.

    >>> weekday(date(2025, 3, 1))
    'Saturday'
    """
    return f"{day:%A}" if len(parts(day)) == 3 else ""


def weekday_and_day(day: date) -> str:
    """Write a day with its day of the week, where it has one.

    >>> from digest.language.dates import Rough
    >>> weekday_and_day(date(2025, 3, 1)), weekday_and_day(Rough.of(2019))
    ('Saturday, 1 March 2025', '2019')
    """
    return ", ".join(filter(None, (weekday(day), long_day(day))))


def month(day: date) -> str:
    """Name a day's month.

    >>> month(date(2025, 3, 1))
    'March 2025'
    """
    return f"{day:%B %Y}"


def sources(papers: Iterable[Paper]) -> int:
    """Count the sources that tell of papers, by the names readers know."""
    return len({source.name for paper in papers for source in paper.sources})


def rfc822(day: date) -> str:
    """Write a day as RSS 2.0 wants it: RFC 822 with a year of four digits, at midnight UTC.

    >>> rfc822(date(2025, 3, 1))
    'Sat, 01 Mar 2025 00:00:00 +0000'
    """
    return format_datetime(datetime.combine(day, time(), UTC))


def names(authors: tuple[str, ...], most: int = 3) -> str:
    """Name a paper's authors, the rest of a long list counted.

    >>> names(("A. Ada", "B. Boole", "C. Curry", "D. Dijkstra"))
    'A. Ada, B. Boole, C. Curry and 1 more'
    """
    shown = ", ".join(authors[:most])
    return f"{shown} and {len(authors) - most} more" if len(authors) > most else shown


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Count things in words.

    >>> counted(1, "paper"), counted(1300, "paper"), counted(2, "day")
    ('1 paper', '1,300 papers', '2 days')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

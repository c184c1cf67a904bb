"""Days, counts and names as readers write them: the filters of the templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from digest.language.dates import parts
from digest.models import Paper


def long_day(day: date) -> str:
    """Format a day for readers; a month or a year alone if no day is known.

    >>> from digest.language.dates import Rough
    >>> long_day(date(2025, 3, 1))
    '1 March 2025'
    >>> long_day(Rough.of(2019)), long_day(Rough.of(2019, 3))
    ('2019', 'March 2019')
    """
    return (f"{day.day} {day:%B %Y}", f"{day:%B %Y}", f"{day:%Y}")[3 - len(parts(day))]


def weekday(day: date) -> str:
    """Return the name of the day of the week; nothing for a month or a year.

    >>> weekday(date(2025, 3, 1))
    'Saturday'
    """
    return f"{day:%A}" if len(parts(day)) == 3 else ""


def weekday_and_day(day: date) -> str:
    """Format a day with its day of the week, if it has one.

    >>> from digest.language.dates import Rough
    >>> weekday_and_day(date(2025, 3, 1)), weekday_and_day(Rough.of(2019))
    ('Saturday, 1 March 2025', '2019')
    """
    return ", ".join(filter(None, (weekday(day), long_day(day))))


def month(day: date) -> str:
    """Return the month and year of a day.

    >>> month(date(2025, 3, 1))
    'March 2025'
    """
    return f"{day:%B %Y}"


def sources(papers: Iterable[Paper]) -> int:
    """Count the different sources of papers, by the names readers know."""
    return len({source.name for paper in papers for source in paper.sources})


def rfc822(day: date) -> str:
    """Format a day for RSS 2.0: RFC 822 with a four-digit year, at midnight UTC.

    >>> rfc822(date(2025, 3, 1))
    'Sat, 01 Mar 2025 00:00:00 +0000'
    """
    return format_datetime(datetime.combine(day, time(), UTC))


def names(authors: tuple[str, ...], most: int = 3) -> str:
    """Return the first authors by name, and the number of the others.

    >>> names(("A. Ada", "B. Boole", "C. Curry", "D. Dijkstra"))
    'A. Ada, B. Boole, C. Curry and 1 more'
    """
    shown = ", ".join(authors[:most])
    return f"{shown} and {len(authors) - most} more" if len(authors) > most else shown

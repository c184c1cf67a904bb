"""Small charts, drawn while the site is built: SVG without frame, script or style.

They take their colours from the style sheet (`currentColor` and classes), so
that they work in the dark and on paper; every one has a sentence for those who
cannot see it, or stands beside the numbers it shows and is hidden from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

MOST_BARS = 64
"""Bars of a course; more would be hairs on a phone."""


def sparkline(counts: Sequence[int]) -> Markup:
    """Draw counts as columns of the height of a line of text; nothing where there is no course.

    Hidden from screen readers: the number it belongs to stands beside it.

    >>> print(sparkline([1, 0, 4]))
    <svg class="dg-spark" viewBox="0 0 9 14" width="9" height="14" aria-hidden="true"><path d="M0 14v-3.5h2v3.5zM6 14v-14h2v14z"/></svg>
    """
    if len(counts) < 3 or not any(counts):
        return Markup()
    most = max(counts)
    columns = "".join(
        f"M{3 * place} 14v-{_short(14 * count / most)}h2v{_short(14 * count / most)}z"
        for place, count in enumerate(counts)
        if count
    )
    width = 3 * len(counts)
    return Markup(
        '<svg class="dg-spark" viewBox="0 0 {0} 14" width="{0}" height="14"'
        ' aria-hidden="true"><path d="{1}"/></svg>'
    ).format(width, columns)


def bar(count: int, most: int) -> Markup:
    """Draw a count as a bar, `most` being the whole width; the count stands beside it."""
    return Markup(
        '<svg class="dg-size" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="1"/></svg>'
    ).format(_short(max(100 * count / max(most, 1), 1)))


@dataclass(frozen=True, slots=True)
class Course:
    """Papers over time: a chart and what it says."""

    svg: Markup
    unit: str
    """What a column stands for: day, week, month or year."""
    first: date
    last: date
    """The first day of the first and of the last column."""
    most: int
    peak: date
    """The first day of the highest column, the newest of equal ones."""


def course(days: Iterable[date]) -> Course | None:
    """Draw the number of papers over time, a column a day, week, month or year, whatever fits.

    `days` has the day of every paper. Nothing where all are of one or two days.
    """
    counted = Counter(days)
    if len(counted) < 3:
        return None
    for unit in ("day", "week", "month", "year"):
        columns = _columns(counted, unit)
        if len(columns) <= MOST_BARS:
            break
    most = max(columns.values())
    peak = max(day for day, count in columns.items() if count == most)
    path = "".join(
        f"M{4 * place} 48v-{_short(48 * count / most)}h3v{_short(48 * count / most)}z"
        for place, count in enumerate(columns.values())
        if count
    )
    svg = Markup(
        '<svg class="dg-bars" viewBox="0 0 {} 48" width="{}" preserveAspectRatio="none"'
        ' aria-hidden="true"><path d="{}"/></svg>'
    ).format(4 * len(columns) - 1, 14 * len(columns), path)
    return Course(svg, unit, next(iter(columns)), next(reversed(columns)), most, peak)


def _columns(counted: Counter[date], unit: str) -> dict[date, int]:
    """Counts by the first day of their unit, the empty ones between them too."""
    sums: Counter[date] = Counter()
    for day, count in counted.items():
        sums[_first(day, unit)] += count
    columns, day, last = {}, min(sums), max(sums)
    while day <= last:
        columns[day] = sums[day]
        day = _first(day + timedelta({"day": 1, "week": 7, "month": 31, "year": 366}[unit]), unit)
    return columns


def _first(day: date, unit: str) -> date:
    """The first day of the week, month or year a day belongs to."""
    if unit == "week":
        return day - timedelta(day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _short(number: float) -> str:
    """A coordinate, as short as a tenth of a pixel allows."""
    return f"{number:.1f}".removesuffix(".0")

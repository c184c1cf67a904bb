"""Small charts, drawn while the site is built: inline SVG without script or style.

They take their colours from the style sheet (`currentColor` and classes), so
that they work in dark mode and on paper. All are hidden from screen readers: the
numbers they show are written beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

MAX_COLUMNS = 64
"""Columns of a timeline; more would be too thin on a phone."""


def sparkline(counts: Sequence[int]) -> Markup:
    """Draw counts as columns, one line of text high; nothing for fewer than three or only zeros.

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
    """Draw a count as a bar, `most` being the whole width."""
    return Markup(
        '<svg class="dg-size" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="1"/></svg>'
    ).format(_short(max(100 * count / max(most, 1), 1)))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The number of papers over time: a chart, and its facts for the caption."""

    svg: Markup
    unit: str
    """The length of time of a column: day, week, month or year."""
    first: date
    last: date
    """The first day of the first and of the last column."""
    most: int
    """Papers in the highest column."""
    peak: date
    """The first day of the highest column; of the newest, if several are equal."""


def timeline(days: Iterable[date]) -> Timeline | None:
    """Draw the number of papers over time, in columns of the shortest unit that fits.

    `days` has the day of every paper. Returns `None` for fewer than three different days.
    """
    counted = Counter(days)
    if len(counted) < 3:
        return None
    for unit in ("day", "week", "month", "year"):
        columns = _columns(counted, unit)
        if len(columns) <= MAX_COLUMNS:
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
    return Timeline(svg, unit, next(iter(columns)), next(reversed(columns)), most, peak)


def _columns(counted: Counter[date], unit: str) -> dict[date, int]:
    """Return counts by the first day of their unit, with the empty units between them."""
    sums: Counter[date] = Counter()
    for day, count in counted.items():
        sums[_first(day, unit)] += count
    columns, day, last = {}, min(sums), max(sums)
    while day <= last:
        columns[day] = sums[day]
        # at least one unit further, then back to where that unit begins
        day = _first(day + timedelta({"day": 1, "week": 7, "month": 31, "year": 366}[unit]), unit)
    return columns


def _first(day: date, unit: str) -> date:
    """Return the first day of the week, month or year of a day."""
    if unit == "week":
        return day - timedelta(day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _short(number: float) -> str:
    """Return a coordinate, rounded to a tenth of a pixel, to keep pages small."""
    return f"{number:.1f}".removesuffix(".0")

"""Which papers make which day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from digest.language.dates import earliest, parts
from digest.models import DateLine, Edition, Paper, Problem, Reading, Record

_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def document_days(
    readings: Sequence[Reading], today: date
) -> tuple[dict[str, date | None], list[Problem]]:
    """Find the day of every document, and say where one cannot be known.

    The day comes from sources.yml, else from the file's name, else from a date
    line in the document. A line without a year takes it from the file's name or
    from the neighbouring documents, never from the clock: where none of these
    tells, the day stays None and a problem asks for it.
    """
    days = {reading.seed.name: _given_day(reading) for reading in readings}
    problems = []
    for position, reading in enumerate(readings):
        line, name = reading.date, reading.seed.name
        if days[name] is None and line is not None:
            year = line.year or _year_in(name) or _year_around(position, readings, days)
            days[name] = _day(year, line) if year else None
            if days[name] is None:
                problems.append(_asks_for_year(name, line))
    for name, day in days.items():
        if day is not None and day > today:
            problems.append(Problem(name, 1, f"its date {day} is in the future; is it right?"))
    return days, problems


def first_day(
    group: Iterable[Record], days: Mapping[str, date | None], seen: date, today: date
) -> date:
    """Give the day a paper belongs to: the first on which any of its documents tells of it.

    A record of an undated document counts by its own date, where that is not in
    the future, else by `seen`, the day on which the digest first saw the paper.
    Of a year the first day stands for it, unless a document tells of a day in it.
    """
    told = (
        days.get(record.seed)
        or next((day for day in (record.date, record.updated) if day and day <= today), None)
        or seen
        for record in group
    )
    return earliest(told) or seen


def editions(papers: Iterable[Paper]) -> tuple[Edition, ...]:
    """Sort papers into editions, the newest first.

    Within a day a paper that several sources list comes first, then what its
    source put first; neither depends on how files are named.
    """
    by_day: dict[date, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_day[paper.date].append(paper)
    numbered = [
        Edition(_called(by_day[day]), number, tuple(sorted(by_day[day], key=_prominence)))
        for number, day in enumerate(sorted(by_day), start=1)
    ]
    return tuple(reversed(numbered))


def _called(papers: Sequence[Paper]) -> date:
    """The date of papers of one day: that day if it is known of any, else the month or year."""
    return max((paper.date for paper in papers), key=lambda day: len(parts(day)))


def _prominence(paper: Paper) -> tuple[int, int, str]:
    seeds = {source.seed for source in paper.sources}
    return -len(seeds), min(source.position for source in paper.sources), paper.id


def _given_day(reading: Reading) -> date | None:
    """The day that a person wrote down, or the file's name gives."""
    if reading.seed.note.date:
        return reading.seed.note.date
    match = _DAY_IN_NAME.search(reading.seed.name)
    return _date(*map(int, match.groups())) if match else None


def _year_in(name: str) -> int | None:
    match = _YEAR_IN_NAME.search(name)
    return int(match[1]) if match else None


def _year_around(
    position: int, readings: Sequence[Reading], days: Mapping[str, date | None]
) -> int | None:
    """The year of the dated documents before and after, where they agree on one."""
    before = [days[reading.seed.name] for reading in readings[:position]]
    after = [days[reading.seed.name] for reading in readings[position + 1 :]]
    nearest = [next(filter(None, side), None) for side in (reversed(before), after)]
    years = {day.year for day in nearest if day}
    return years.pop() if len(years) == 1 else None


def _day(year: int, line: DateLine) -> date | None:
    return _date(year, line.month, line.day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _asks_for_year(name: str, line: DateLine) -> Problem:
    found = f"{date(2000, line.month, 1):%B} {line.day}"
    return Problem(
        name,
        line.line,
        f"expected a year with the date, found '{found}' — its papers count as of the day they"
        f" were first seen; write `{name}: {{date: YYYY-MM-DD}}` into seeds/sources.yml",
    )

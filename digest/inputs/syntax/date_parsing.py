"""Dates as people and programs write them.

A date without a day or a month is a `Rough` one; a missing year is never made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from digest.language.dates import Rough
from digest.models import DateLine

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_SEASON = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}

_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_ISO = re.compile(r"\s*(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?![\d])")
_COMPACT = re.compile(r"((?:1[5-9]|20)\d\d)([01]\d)([0-3]\d)(?:T.*)?")
_MONTHLY = re.compile(r"((?:1[5-9]|20)\d\d)(0[1-9]|1[0-2])")
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"{_WEEKDAY}{_DAY}(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?(?=\s))?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}\b",
        rf"{_WEEKDAY}{_MONTH}\s*{_DAY}(?:\s*[-–]\s*\d{{1,2}})?,?\s+{_YEAR}\b",
        rf"{_MONTH}(?:\s?[/–-]\s?[a-z]{{3,9}}\.?)?,?\s+{_YEAR}\b",
        rf"{_YEAR},?\s+{_MONTH}(?:\s+{_DAY})?(?!\w)",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH}\s+(?P<short>\d\d)\b",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?(?:\s+[A-Z]{{3,4}})?\s+{_YEAR}\b",
        rf"{_YEAR}年\s?(?P<numbered>\d{{1,2}})月(?:\s?(?P<day>\d{{1,2}})日)?",
    )
)
_YEARLESS = (
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}", re.I),
    re.compile(rf"{_WEEKDAY}{_DAY}\s+{_MONTH}", re.I),
)
_BEFORE = re.compile(
    r"(?:published|posted|submitted|updated|week of|papers? (?:for|of|from))\s*(?:on\s+)?:?\s*",
    re.I,
)


def parse(text: str) -> date | None:
    """Return the date that a short text begins with or contains; None if it has no year.

    >>> parse("Tue, 11 Mar 2025 17:59:59 GMT"), parse("2025-3"), parse("c. 1998")
    (datetime.date(2025, 3, 11), Rough.of(2025, 3), Rough.of(1998))
    >>> parse("2004-06-00"), parse("May/June 2010")
    (Rough.of(2004, 6), Rough.of(2010, 5))
    >>> parse("Mar 11")
    """
    text = text[:200]
    if match := _COMPACT.fullmatch(text.strip()):
        return _build(*match.groups())
    if match := _MONTHLY.fullmatch(text.strip()):
        return _build(match[1], match[2], None)
    if match := _ISO.match(text):
        month, day = match["month"], match["day"]
        if not int(month):  # in 2004-00-00, zeros are unknown parts
            month = day = None
        return _build(match["year"], month, day if day and int(day) else None)
    for form in _FORMS:
        if match := form.search(text):
            groups = match.groupdict()
            year = groups.get("year") or f"20{groups['short']}"
            month = groups.get("numbered") or str(_NUMBER[match["month"][:3].lower()])
            return _build(year, month, groups.get("day"))
    if day := _in_numbers(text) or _in_words(text):
        return day
    if match := re.search(rf"(?<!\d){_YEAR}(?!\d|\.\d{{3}}|-(?!(?:1[5-9]|20)\d\d\b)\d{{3}})", text):
        season = next((str(n) for word, n in _SEASON.items() if word in text.lower()), None)
        return _build(match["year"], season, None)
    return None


_NUMBERS = re.compile(rf"(?<![\d./-])(?:(\d{{1,2}})([./-]))?(\d{{1,2}})([./-]){_YEAR}(?![\d/])")


def _in_numbers(text: str) -> date | None:
    """Parse a day or a month before a year, in digits: a day if a dot follows it or it exceeds 12.

    >>> _in_numbers("13.04.2020"), _in_numbers("04/13/2020"), _in_numbers("3/2020"), _in_numbers(
    ...     "03/04/2020"
    ... )
    (datetime.date(2020, 4, 13), datetime.date(2020, 4, 13), Rough.of(2020, 3), None)
    """
    match = _NUMBERS.search(text)
    if not match:
        return None
    first, separator, second, other, year = match.groups()
    if first is None:
        return _build(year, second, None)
    if separator != other:
        return None
    if separator == "." or int(first) > 12:
        return _build(year, second, first)
    return _build(year, first, second) if int(second) > 12 else None


_WORDS = re.compile(
    r"(?:(\d{1,2})\.?\s+(?:de\s+|d['’])?)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?" + _YEAR
)
_LANGUAGES = (
    *("ca", "cs", "da", "de", "el", "es", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru"),
    *("sk", "sl", "sr", "sv", "tr", "uk", "vi"),
)  # fmt: skip
"""Languages whose names of months are taken from Unicode's Common Locale Data Repository."""


def _in_words(text: str) -> date | None:
    """Parse a day or a month before a year, with the name of the month in another language.

    >>> written = "12. März 2020", "5 février 2021", "3 de marzo de 2020", "Ada 2020"
    >>> tuple(map(_in_words, written))
    (datetime.date(2020, 3, 12), datetime.date(2021, 2, 5), datetime.date(2020, 3, 3), None)
    """
    match = _WORDS.search(text)
    month = _foreign_months().get(match[2].lower()) if match else None
    return _build(match[3], str(month), match[1]) if match and month else None


@cache
def _foreign_months() -> Mapping[str, int]:
    """Return the months by their names in other languages, unless two languages disagree."""
    from babel.dates import get_month_names

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.lower().strip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


def _build(year: str, month: str | None, day: str | None) -> date | None:
    """Return a date, rough where parts are missing; None where there is no such date."""
    try:
        if month and day:
            return date(int(year), int(month), int(day))
        return Rough.of(int(year), int(month) if month else None)
    except ValueError:
        return None


def later(newest: date | None, first: date | None) -> date | None:
    """Return the date of the newest version if it is later than that of the first."""
    return newest if newest and (first is None or newest > first) else None


def month(text: str) -> int | None:
    """Return the number of a month, written as a name or in digits.

    >>> month("Sept."), month("07"), month("soon")
    (9, 7, None)
    """
    text = text.strip().lower()
    if text.isdigit():
        return int(text) if 1 <= int(text[:3]) <= 12 else None
    return _NUMBER.get(text[:3])


def date_line(text: str, line: int) -> DateLine | None:
    """Return the date that makes up a whole line, with or without a year; else None.

    >>> date_line("Mar 11", 9)
    DateLine(month=3, day=11, year=None, line=9)
    >>> date_line("Published on Nov 7, 2025", 2).year
    2025
    >>> date_line("March of the Penguins", 1)
    """
    if len(text) > 90 or not any(letter.isdigit() for letter in text):
        return None
    text = text.rsplit("·", 1)[-1]  # after the name of an author
    text = _BEFORE.sub("", text.strip(" \t·|#*_-"), count=1)
    for form in (_ISO, *_FORMS[:2], _FORMS[4]):
        if form.fullmatch(text) and (day := parse(text)):
            return DateLine(day.month, day.day, day.year, line)
    for form in _YEARLESS:
        if match := form.fullmatch(text):
            month, number = _NUMBER[match["month"][:3].lower()], int(match["day"])
            exists = _build("2024", str(month), str(number))  # 2024 has every day
            return DateLine(month, number, None, line) if exists else None
    return None

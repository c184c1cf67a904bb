"""Which papers make which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from digest.models import DateLine, Note, Reading, Record, Seed
from digest.papers.editions import document_days, first_day
from tests.conftest import DAY


def reading(name: str, note: Note | None = None, line: DateLine | None = None) -> Reading:
    return Reading(Seed(name, "", note or Note()), "trending-page", date=line)


def days(*readings: Reading) -> list[date | None]:
    return list(document_days(readings, DAY)[0].values())


def test_sources_yml_wins_over_the_name_and_the_text() -> None:
    """What a person wrote down is believed first, then the file's name, then a date line."""
    line = DateLine(3, 3, 2025, 1)
    assert days(reading("2025-02-02-x.txt", Note(date=date(2025, 1, 1)), line)) == [
        date(2025, 1, 1)
    ]
    assert days(reading("2025-02-02-x.txt", line=line)) == [date(2025, 2, 2)]
    assert days(reading("x.txt", line=line)) == [date(2025, 3, 3)]


def test_a_year_comes_from_the_name_or_the_neighbours_never_from_the_clock() -> None:
    """`Mar 11` alone stays without a day, and a message asks for the year."""
    line = DateLine(3, 11, None, 7)
    assert days(reading("news-2024.txt", line=line)) == [date(2024, 3, 11)]
    around = [reading("2023-03-01.txt"), reading("b.txt", line=line), reading("c.txt")]
    assert days(*around)[1] == date(2023, 3, 11)
    found, problems = document_days([reading("b.txt", line=line)], DAY)
    assert found == {"b.txt": None}
    assert (problems[0].line, problems[0].refused) == (7, 0)
    assert "found 'March 11'" in problems[0].message
    assert "sources.yml" in problems[0].message


def test_neighbours_of_two_years_do_not_decide() -> None:
    """Between December and January the year is asked for."""
    line = DateLine(12, 31, None, 1)
    around = [reading("2023-12-30.txt"), reading("b.txt", line=line), reading("c-2024-01-02.txt")]
    assert days(*around)[1] is None


def test_a_paper_belongs_to_the_first_day_that_has_it(record: Callable[..., Record]) -> None:
    """Friday's list repeated on Sunday stays Friday's."""
    found = {"friday": date(2025, 3, 7), "sunday": date(2025, 3, 9), "undated": None}
    friday, sunday, undated = (record(seed=seed) for seed in found)
    assert first_day([sunday, friday], found, DAY, DAY) == date(2025, 3, 7)
    assert first_day([undated], found, date(2025, 3, 8), DAY) == date(2025, 3, 8)
    assert first_day([record(seed="undated", date=date(2025, 1, 2))], found, DAY, DAY) == date(
        2025, 1, 2
    )
    assert first_day([record(seed="undated", date=date(2030, 1, 2))], found, DAY, DAY) == DAY

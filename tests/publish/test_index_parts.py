"""Which papers are together in a part of the search index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.publish import index_parts
from digest.publish.index_parts import divide

DAYS = st.lists(st.integers(1, 12), min_size=1, max_size=25)
"""How many papers each day has."""


@pytest.fixture(autouse=True, scope="module")
def small_parts() -> Iterator[None]:
    """Parts of 16 papers at most, and of 5 for the newest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_parts, "PART_SIZE", 16)
        patch.setattr(index_parts, "NEWEST_SIZE", 5)
        yield


def papers(days: list[int]) -> list[dict[str, Any]]:
    """Papers of days one after the other."""
    return [
        {"id": f"{day}-{number}", "date": f"2025-03-{day:02}"}
        for day, many in enumerate(days, 1)
        for number in range(many)
    ]


def full(parts: list[list[Any]], number: int) -> list[list[Any]]:
    """The parts that are full, for this number of papers: after them comes less than another."""
    found = []
    for part in parts:
        if number <= index_parts.PART_SIZE:
            break
        found.append(part)
        number -= len(part)
    return found


@given(DAYS)
def test_every_paper_is_in_one_part_and_no_part_is_too_large(days: list[int]) -> None:
    """Parts are few, of bounded size, and follow one another in time."""
    given = papers(days)
    parts = divide(reversed(given))
    in_order = sorted(given, key=lambda paper: (paper["date"], paper["id"]))
    assert list(chain.from_iterable(parts)) == in_order
    assert all(0 < len(part) <= index_parts.PART_SIZE for part in parts)
    assert len(parts[-1]) <= index_parts.NEWEST_SIZE
    assert len(parts) <= len(given) // 14 + 2


@given(DAYS, DAYS)
def test_later_days_never_change_full_parts(days: list[int], later: list[int]) -> None:
    """What was indexed of a closed period is not indexed again because time goes on."""
    before, after = papers(days), papers([*days, *later])
    closed = full(divide(before), len(before))
    assert divide(after)[: len(closed)] == closed


def test_a_paper_more_in_an_old_part_moves_few_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cuts are found again at the same papers, so that later parts stay as they were."""
    monkeypatch.setattr(index_parts, "PART_SIZE", 160)
    given = papers([60] * 28)
    before = {part[0]["id"] for part in divide(given)}
    assert len(before) > 10
    after = {part[0]["id"] for part in divide([*given, {"id": "1-x", "date": "2025-03-01"}])}
    assert len(before - after) <= 2

"""A rebuild gives what a first build gives, and asks for little of what it knows already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Paper
from digest.store import Cache
from digest.understand import annotate, related, topics
from digest.understand.topics.table import Table, parse

TABLE = parse(
    """
    topics:
      - {name: Whales, phrases: [humpback whale*, whale song], not: [whale oil]}
      - {name: Young stars, phrases: {4: [protoplanetary disc], 2: [dust, young star]}}
      - {name: Verbs, phrases: [agreement, Basque]}
    """,
    "table.yml",
)
TEXTS = (
    ("Songs of humpback whales", "Humpback whales sing. We study whale song in the Atlantic."),
    ("Dust around young stars", "Young stars grow in discs of dust, and discs feed young stars."),
    ("Agreement in Basque", "Basque verbs show agreement. Dust settles on old grammars."),
    ("How song travels", "The songs of humpback whales travel far; whale oil does not."),
    ("Protoplanetary discs", "A protoplanetary disc of dust surrounds many young stars."),
)


def papers(first: int, end: int) -> list[Paper]:
    """Papers on whales, stars and verbs by turns, each with some words of its own."""
    found = []
    for number in range(first, end):
        title, abstract = TEXTS[number % len(TEXTS)]
        own = f"{abstract} Sample {number % 7} of harbour {number % 4} tells more."
        phrases = (*title.lower().split(" of "), f"harbour {number % 3}")
        found.append(
            Paper(f"p{number:03}", date(2025, 3, 1), title, "seed", own, keyphrases=phrases)
        )
    return found


def sorted_in(given: list[Paper], cache: Cache | None) -> list[Paper]:
    return topics.assign(given, TABLE, cache)


def said(given: list[Paper], cache: Cache | None) -> list[Paper]:
    untitled = [replace(paper, title="") for paper in given[::2]] + given[1::2]
    return [annotate.summarize(paper, cache or Cache.none()) for paper in untitled]


def near(given: list[Paper], cache: Cache | None) -> list[Paper]:
    return related.neighbours(topics.assign(given, TABLE), 4, cache)


Stage = Callable[[list[Paper], Cache | None], list[Paper]]
STAGES = pytest.mark.parametrize("stage", [said, sorted_in, near])


def run(stage: Stage, given: list[Paper], folder: Path) -> list[Paper]:
    """One run with what the runs before it left in the folder."""
    cache = Cache(folder, "stage")
    found = stage(given, cache)
    cache.save()
    return found


@STAGES
def test_cold_warm_and_without_a_cache_are_the_same(stage: Stage, tmp_path: Path) -> None:
    """What is kept changes no result."""
    given = papers(0, 40)
    without = stage(given, None)
    assert any(found.topics or found.related or found.tldr for found in without)
    assert run(stage, given, tmp_path) == without  # cold
    assert run(stage, given, tmp_path) == without  # warm


@STAGES
def test_papers_that_come_and_go_change_no_result(stage: Stage, tmp_path: Path) -> None:
    """A cache of fewer, of more or of other papers leads to what no cache leads to."""
    for first, end in ((0, 30), (0, 40), (10, 25), (5, 45), (0, 40)):
        given = papers(first, end)
        assert run(stage, given, tmp_path) == stage(given, None)


@STAGES
def test_other_keyphrases_of_the_same_text_are_seen(stage: Stage, tmp_path: Path) -> None:
    """Keyphrases change when papers come; what is kept for the text alone stays right."""
    run(stage, papers(0, 20), tmp_path)
    for phrases in (("whale song", "dust"), (), ("discs of dust", "Basque")):
        given = [replace(paper, keyphrases=phrases) for paper in papers(0, 20)]
        assert run(stage, given, tmp_path) == stage(given, None)


@STAGES
def test_a_title_we_wrote_is_not_taken_for_a_given_one(stage: Stage, tmp_path: Path) -> None:
    """The same words count otherwise once a document gives the title, and the cache knows."""
    written = [replace(paper, title_from="headline") for paper in papers(0, 20)]
    run(stage, papers(0, 20), tmp_path)
    assert run(stage, written, tmp_path) == stage(written, None)


def test_another_table_is_seen_at_once(tmp_path: Path) -> None:
    """An edited table finds nothing of what was kept under the one before."""
    given = papers(0, 10)
    run(sorted_in, given, tmp_path)
    edited = Table(TABLE.rows[:1])
    found = topics.assign(given, edited, Cache(tmp_path, "stage"))
    assert found == topics.assign(given, edited)
    assert {place.topic for paper in found for place in paper.topics} == {"Whales"}


def test_a_known_text_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a warm cache neither stage splits a text into words."""
    given = papers(0, 30)
    expected = [run(stage, given, tmp_path / stage.__name__) for stage in (sorted_in, near)]
    with_topics = topics.assign(given, TABLE)

    def fail(text: str) -> None:
        raise AssertionError(f"read again: {text}")

    monkeypatch.setattr("digest.understand.topics.match.tokenize", fail)
    monkeypatch.setattr("digest.understand.related.ngrams.words", fail)
    kept = Cache(tmp_path / "sorted_in", "stage"), Cache(tmp_path / "near", "stage")
    assert topics.assign(given, TABLE, kept[0]) == expected[0]
    assert related.neighbours(with_topics, 4, kept[1]) == expected[1]


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), min_size=2, max_size=5))
def test_any_text_is_kept_as_it_is(texts: list[str]) -> None:
    """Whatever characters a text has, the second run finds what the first one did."""
    given = [
        Paper(f"p{place}", date(2025, 3, 1), text[:20], "seed", text + " whale song and dust")
        for place, text in enumerate(texts)
    ]
    for stage in (sorted_in, near):
        cache = Cache.none()
        assert stage(given, cache) == stage(given, cache) == stage(given, None)

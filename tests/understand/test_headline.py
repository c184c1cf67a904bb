"""A title for a paper that has none, and the sentence that says what it contributes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.sentences import sentences
from digest.language.strings import fingerprint
from digest.understand.headline import contribution, headline
from tests import GOLDEN
from tests.conftest import Golden

EXAMPLES = sorted((GOLDEN / "headline").glob("*.txt"))
WORDS = st.sampled_from(
    [
        "We",
        "propose",
        "present",
        "show",
        "that",
        "a",
        "novel",
        "method",
        "(XYZ)",
        "called",
        "DEMI",
        "for",
        "learning,",
        "which",
        "uses",
        "graphs:",
        "This",
        "survey",
        "reviews",
        "the",
        "galaxy.",
        "to",
        "In",
        "this",
        "paper",
        "study",
        "is",
        "proposed",
        "and",
        "of",
        "we",
        '"',
        "(",
        ")",
        ",",
        ".",
        "prove",
        "every",
        "group",
    ]
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_headline_is_what_an_editor_would_print(path: Path, golden: Golden) -> None:
    """The abstract and its headline are in files beside each other."""
    text = path.read_text(encoding="utf-8").strip()
    made = {"headline": headline(text), "contribution": contribution(text)}
    golden(path.with_suffix(".json"), json.dumps(made, ensure_ascii=False, indent=1) + "\n")


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_has_a_headline_that_fits(text: str) -> None:
    """At most 90 characters, on one line, and never empty where there is anything to say."""
    title = headline(text)
    assert len(title) <= 90
    assert bool(title) == bool(text.strip())
    assert title == " ".join(title.split())


def test_a_headline_does_not_speak_of_its_authors() -> None:
    """No “we” and no “our”, even where the object of the sentence holds one."""
    text = "Maps age. We extend our earlier atlas, and we propose a faster survey of caves."
    assert headline(text) == "Faster survey of caves"


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        # what it is for is only in the first sentence
        (
            "We still lack glacier calving detection at night. Glacier calving detection fails in fog. "
            "We propose ICE-Net, a thermal fusion network that sees in the dark.",
            "ICE-Net: thermal fusion network for glacier calving detection",
        ),
        # a common short form is no name of the work
        (
            "Bees are in decline. We present a convolutional neural network (CNN) classifier of bee sounds.",
            "Convolutional neural network classifier of bee sounds",
        ),
        # of two things joined, neither is left out
        (
            "Rivers carry sand. We present a model of the erosion and transport of sand in mountain rivers.",
            "Erosion and transport of sand in mountain rivers",
        ),
        # “framework that does” is what it does
        (
            "Corals bleach. We present REEF, a framework that forecasts the bleaching of coral reefs.",
            "REEF: forecasting the bleaching of coral reefs",
        ),
    ],
)
def test_a_headline_says_what_the_work_is(abstract: str, expected: str) -> None:
    """The name, the thing, and what it is for, in the words of the abstract."""
    assert headline(abstract) == expected


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)))
def test_the_contribution_is_one_of_the_sentences(text: str) -> None:
    """It is never written anew, only cut where it is very long."""
    told = contribution(text)
    assert not told or any(
        fingerprint(part).startswith(fingerprint(told)) for part in sentences(text)
    )


def test_a_long_contribution_is_cut_where_a_clause_ends() -> None:
    """What is left is the beginning of the sentence, and says so."""
    text = (
        "We propose DEMI, a way to learn, " + "which is good for many things, " * 20 + "and more."
    )
    told = contribution(text, 120)
    assert len(told) <= 120
    assert told.endswith("things…")


@pytest.mark.parametrize("abstract", ["", " \n", "\u00a0"])
def test_no_text_has_no_headline(abstract: str) -> None:
    """Nothing comes of nothing."""
    assert headline(abstract) == contribution(abstract) == ""


def test_experiments_and_code_are_no_contribution() -> None:
    """A sentence that only reports success or an address is passed over."""
    text = "Extensive experiments show that we outperform all baselines. We study rivers on Mars. Code is available at https://a.org."
    assert contribution(text) == "We study rivers on Mars."


@pytest.mark.parametrize(
    "piece",
    [
        "we propose ",
        "a ",
        "A",
        "(",
        "(A) ",
        ", ",
        "this ",
        "we we, ",
        "that uses ",
        "x. ",
        "-",
        "AB ",
        "called A ",
    ],
)
def test_hostile_abstracts_take_no_longer_than_others(piece: str) -> None:
    """A million characters of one thing do not hold up the build."""
    start = time.process_time()
    headline(piece * (1_000_000 // len(piece)))
    contribution(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 10

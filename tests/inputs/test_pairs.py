"""Two kinds of document one below the other: no paper is lost and none is made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import inputs
from digest.inputs.decoding import decode
from digest.language.strings import fingerprint
from digest.models import Reading
from tests.inputs.exports import EXPORTS
from tests.inputs.test_damage import PAPERS
from tests.inputs.writers import BARE, TITLED, Writer, Written, labelled

WRITTEN = [Written(title, abstract, arxiv=f"2503.{11000 + n}") for n, (title, abstract) in enumerate(PAPERS)]  # fmt: skip
UPPER, LOWER = WRITTEN[:4], WRITTEN[4:8]
PLAIN = ("page_with_blank_lines", "page_without_blank_lines", "whole_page", "text_browser", "web_clipper", "alternating", "wrapped",
         "quoted", "wrapped_without_blank_lines", "title_below", "side_by_side", "listed_twice", "numbered", "labelled")  # fmt: skip
"""Text: where one such ends and another begins is a matter of what it says."""
STRUCTURED = [writer for writer in (*TITLED, *EXPORTS) if writer.__name__ not in PLAIN]
OTHERS = [writer for writer in (*TITLED, *EXPORTS, *BARE) if writer.__name__ != "title_below"]


def read(text: str) -> Reading:
    return inputs.read(decode("a.txt", text.encode()))


def lost(reading: Reading, writer: Writer, papers: list[Written]) -> list[str]:
    """The titles of the papers of a part that are not among the records."""
    titles = {fingerprint(record.title or "") for record in reading.records}
    abstracts = {fingerprint(record.abstract) for record in reading.records}
    return [
        paper.title
        for paper in papers
        if not (
            fingerprint(paper.abstract) in abstracts
            if writer in BARE
            else fingerprint(paper.title) in titles
        )
    ]


@pytest.mark.parametrize("writer", STRUCTURED, ids=lambda writer: writer.__name__)
@given(other=st.sampled_from(OTHERS), above=st.booleans())
@settings(max_examples=5, deadline=None, derandomize=True)
def test_a_structured_document_beside_any_other(writer: Writer, other: Writer, above: bool) -> None:
    """A structure says where it begins and ends, whatever is above or below it."""
    first, second = (writer, other) if above else (other, writer)
    reading = read(f"{first(UPPER).rstrip()}\n\n{second(LOWER)}")
    assert not lost(reading, first, UPPER) + lost(reading, second, LOWER)
    assert len(reading.records) == len(UPPER) + len(LOWER)


TEXTS = [writer for writer in (*TITLED, *BARE) if writer.__name__ in PLAIN or writer in BARE]


@pytest.mark.parametrize("first", TEXTS, ids=lambda writer: writer.__name__)
def test_a_text_beside_any_other_text(first: Writer) -> None:
    """Two pasted texts are told apart by the looks of their lines, or a line says what is odd."""
    for second in TEXTS:
        reading = read(f"{first(UPPER).rstrip()}\n\n{second(LOWER)}")
        whole = not lost(reading, first, UPPER) + lost(reading, second, LOWER)
        assert (whole and len(reading.records) == len(UPPER) + len(LOWER)) or reading.problems, (
            second.__name__
        )


@pytest.mark.parametrize("writer", [*TITLED, *EXPORTS, *BARE], ids=lambda writer: writer.__name__)
def test_the_ledger_adds_up(writer: Writer) -> None:
    """Every letter of a document is somewhere, and nearly all of its papers are in papers."""
    text = writer(UPPER)
    letters = read(text).letters
    assert letters.total == len("".join(decode("a.txt", text.encode()).text.split()))
    assert letters.total == letters.papers + letters.refused + letters.unread + sum(
        letters.furniture.values()
    )
    assert letters.unread < 0.05 * letters.total


def test_what_nobody_reads_is_named_with_its_lines() -> None:
    """Sentences below a list that are no papers are ignored with a remark, and counted."""
    told = "".join(f"Title: {p.title}\nAbstract: {p.abstract}\n---\n" for p in UPPER)
    talk = (
        "\n\nThank you for your letter. I will be at home on Monday, and you can have the keys then. "
        + "Bring the dog if you like; he may run in the garden while we talk of the holidays. " * 2
    )
    reading = read(told + talk)
    assert not lost(reading, labelled, UPPER)
    assert len(reading.records) == len(UPPER)
    assert any(problem.line > 12 for problem in reading.problems)
    assert reading.letters.unread + reading.letters.refused > 150

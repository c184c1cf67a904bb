"""What holds of any papers, in whatever layout they are written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import inputs
from digest.inputs.decoding import decode
from digest.language.strings import fingerprint
from digest.models import Record
from tests.inputs.writers import BARE, TITLED, Writer, Written

SUBJECTS = [
    "glaciers",
    "yeast cells",
    "random graphs",
    "school children",
    "neutron stars",
    "medieval trade",
    "solid electrolytes",
]
VERBS = ["measure", "explain", "simulate", "predict", "compare", "review", "map", "reconstruct"]
MEANS = [
    "lake sediments",
    "a Bayesian model",
    "field notes",
    "deep networks",
    "satellite images",
    "mass spectrometry",
    "court records",
]
NAMES = [
    "GlaMo",
    "X-Ray2Text",
    "On the Origin of",
    "Towards",
    "A Survey of",
    "Rethinking",
    "How Much Do We Know About",
]


@st.composite
def papers(draw: st.DrawFn) -> list[Written]:
    """A few papers, each with a title and an abstract of its own."""
    made = []
    for n in range(draw(st.integers(3, 7))):
        what, how = draw(st.sampled_from(SUBJECTS)), draw(st.sampled_from(MEANS))
        name, end = (
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(["", "?", " [Vision Paper]", ": A Case Study"])),
        )
        title = f"{name} {what.title()} with {how.title()} {n}{end}"
        sentences = [f"This paper is about {what} and about {how}, which belong together."] + [
            f"We {verb} {draw(st.sampled_from(SUBJECTS))} with {draw(st.sampled_from(MEANS))} in study {n}, which nobody did before."
            for verb in draw(st.lists(st.sampled_from(VERBS), min_size=3, max_size=9))
        ]
        made.append(Written(title, " ".join(sentences), arxiv=f"2503.{10000 + n}"))
    return made


def read(text: str) -> Sequence[Record]:
    return inputs.read(decode("a.txt", text.encode())).records


def told(records: Sequence[Record]) -> list[tuple[str, str]]:
    return [(fingerprint(r.title or ""), fingerprint(r.abstract)) for r in records]


def expected(papers: Sequence[Written], titled: bool = True) -> list[tuple[str, str]]:
    return [(fingerprint(p.title) if titled else "", fingerprint(p.abstract)) for p in papers]


@pytest.mark.parametrize("writer", TITLED, ids=lambda writer: writer.__name__)
@given(papers())
@settings(max_examples=8, deadline=None, derandomize=True)
def test_papers_written_in_a_layout_are_read_back(writer: Writer, papers: list[Written]) -> None:
    """Whatever the layout, the same titles and abstracts come back, in order."""
    assert told(read(writer(papers))) == expected(papers)


@pytest.mark.parametrize("writer", BARE, ids=lambda writer: writer.__name__)
@given(papers())
@settings(max_examples=8, deadline=None, derandomize=True)
def test_abstracts_without_titles_are_read_back(writer: Writer, papers: list[Written]) -> None:
    """Bare abstracts stay bare: none becomes the title of another."""
    assert told(read(writer(papers))) == expected(papers, titled=False)


JOINED = [writer for writer in TITLED if writer.__name__ not in ("text_browser", "saved_mail")]


@pytest.mark.parametrize("writer", JOINED, ids=lambda writer: writer.__name__)
@given(papers(), papers())
@settings(max_examples=4, deadline=None, derandomize=True)
def test_two_documents_joined_are_the_union_of_both(
    writer: Writer, one: list[Written], other: list[Written]
) -> None:
    """Reading one document after another reads the papers of both."""
    assert told(read(writer(one) + "\n" + writer(other))) == expected([*one, *other])


@given(papers(), st.data())
@settings(max_examples=20, deadline=None, derandomize=True)
def test_furniture_between_papers_changes_nothing_else(
    papers: list[Written], data: st.DataObject
) -> None:
    """A page's buttons, counts and dates go, wherever they are between papers."""
    lines = ["Get trending papers in your email inbox!", "Subscribe"]
    for paper in papers:
        junk = [
            "65",
            "-",
            "·",
            "3 authors",
            "Mar 10, 2025",
            "Upvote",
            "GitHub 22.2k",
            "Log In",
            "https://example.org/x",
        ]
        lines += [
            *data.draw(st.lists(st.sampled_from(junk), max_size=4)),
            paper.title,
            paper.abstract,
        ]
    assert told(read("\n\n".join(lines))) == expected(papers)


CUT = [
    writer for writer in (*TITLED, *BARE) if writer.__name__ not in ("saved_mail", "title_below")
]


@pytest.mark.parametrize("writer", CUT, ids=lambda writer: writer.__name__)
@given(papers(), st.data())
@settings(max_examples=4, deadline=None, derandomize=True)
def test_a_document_cut_anywhere_is_still_read(
    writer: Writer, papers: list[Written], data: st.DataObject
) -> None:
    """Of a document cut short, everything but the last papers comes back as it was."""
    text = writer(papers)
    if writer.__name__ == "text_browser":
        return
    cut = text[: data.draw(st.integers(0, len(text)))]
    whole = sum(paper.abstract[-40:] in " ".join(cut.split()) for paper in papers) - 1
    found = told(read(cut)) if cut.strip() else []
    for one in expected(papers, writer in TITLED)[: max(0, whole)]:
        assert one in found

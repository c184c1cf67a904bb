"""Dates as far as they are known, from a document to the page."""

from __future__ import annotations

import html
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.dates import Rough, earliest, from_text, parts, to_text
from tests.conftest import COMET, GRAPH, YEAST, Folder

DATES = st.one_of(
    st.dates(),
    st.builds(Rough.of, st.integers(1, 9999)),
    st.builds(Rough.of, st.integers(1, 9999), st.integers(1, 12)),
)

LIBRARY = f"""\
@article{{a,
  title = {{Comet tails}},
  abstract = {{{COMET}}},
  year = 2019
}}

@article{{b,
  title = {{Yeast mothers}},
  abstract = {{{YEAST}}},
  year = 2020,
  month = mar
}}

@article{{c,
  title = {{Random walks}},
  abstract = {{{GRAPH}}},
  year = 2021,
  month = 5,
  day = 7
}}
"""


@given(DATES)
def test_what_is_written_reads_back(day: date) -> None:
    """A date keeps what is known of it, and no more, through a file."""
    assert (from_text(to_text(day)), parts(from_text(to_text(day)))) == (day, parts(day))


@given(st.lists(DATES, min_size=1, max_size=5))
def test_the_earliest_does_not_depend_on_the_order(days: list[date]) -> None:
    """Whichever document is read first, a paper came out on one day."""
    found = earliest(days)
    again = earliest(reversed(days))
    assert found is not None
    assert again is not None
    assert (found, parts(found)) == (again, parts(again))
    assert parts(found)[0] == min(days).year


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-3", "march", "２０１９"])
def test_what_is_no_date_is_none(text: str) -> None:
    """A file that a person edits may say anything."""
    with pytest.raises(ValueError, match=r".*"):
        from_text(text)


def test_no_reader_is_told_of_a_day_that_nobody_gave(folder: Folder) -> None:
    """A paper of 2019 is of 2019: on its page, its edition, in citations and in feeds."""
    folder.seed("library.bib", LIBRARY)
    folder.build()
    pages = {
        path: html.unescape(data.decode(errors="replace")) for path, data in folder.pages().items()
    }
    told = [text for path, text in pages.items() if not path.startswith("days/2021")]
    assert not any("1 January 2019" in text or "1 March 2020" in text for text in told)
    assert "<h1>2019</h1>" in pages["days/2019-01-01.md"]
    assert "<h1>March 2020</h1>" in pages["days/2020-03-01.md"]
    assert "<h1>7 May 2021</h1>" in pages["days/2021-05-07.md"]
    assert '<time datetime="2019">2019</time>' in "".join(
        text for path, text in pages.items() if path.startswith("papers/")
    )
    assert '"issued": {"date-parts": [[2019]]}' in pages["papers.csl.json"]
    assert "DA  - 2020/03//" in pages["papers.ris"]
    assert "month" not in pages["days/2019-01-01/papers.bib"]
    assert '"published": "2020-03"' in pages["papers.jsonl"]


def test_a_day_says_more_than_its_year(folder: Folder) -> None:
    """Where one document knows the day and another the year, the day is told."""
    folder.seed("library.bib", LIBRARY)
    day = '{"title": "Comet tails", "abstract": "' + COMET + '", "date": "2019-06-03"}\n'
    folder.seed("list.jsonl", day)
    [comet] = [paper for paper in folder.build().digest.papers if paper.title == "Comet tails"]
    assert (comet.date, comet.published) == (date(2019, 6, 3), date(2019, 6, 3))


def test_nobody_is_told_when_a_paper_came_out_where_nobody_knows(folder: Folder) -> None:
    """Search engines get no day of publication that is only the day of our edition."""
    folder.seed("2025-03-11-list.txt", f"Comet tails\n\n{COMET}\n")
    folder.build()
    [page] = [
        text
        for path, text in folder.pages().items()
        if path.startswith("papers/") and path.endswith(".md")
    ]
    assert b"publication_date: ''" in page

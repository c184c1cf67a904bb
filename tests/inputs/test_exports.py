"""What reference managers write is read back as it was, whichever of their formats it is in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import inputs
from digest.inputs.formats.bibtex import unbrace
from digest.models import Seed

Paper = tuple[str, str, tuple[tuple[str, str], ...], int]
"""Title, abstract, people by family and given name, year."""

_WORD = st.text(alphabet="abdeghkmoswäéøšβ", min_size=3, max_size=9)
"""No letters of Project, III or Abstract: a word that means something is another's test."""
_NAME = _WORD.map(str.capitalize)
_SENTENCE = st.lists(_WORD, min_size=3, max_size=9).map(lambda words: " ".join(words).capitalize())
_PEOPLE = st.lists(st.tuples(_NAME, _NAME), min_size=1, max_size=4, unique=True).map(tuple)
PAPERS = st.lists(
    st.tuples(_SENTENCE, _SENTENCE, _PEOPLE, st.integers(1900, 2030)), min_size=1, max_size=5
)


def bibtex(papers: Sequence[Paper]) -> str:
    return "\n".join(
        f"@article{{key{at},\n  title = {{{{{title}}}}},\n  abstract = {{{abstract}}},\n"
        f"  author = {{{' and '.join(f'{family}, {given}' for family, given in people)}}},\n"
        f"  year = {year}\n}}\n"
        for at, (title, abstract, people, year) in enumerate(papers)
    )


def ris(papers: Sequence[Paper]) -> str:
    return "".join(
        "".join(
            f"{tag}  - {value}\r\n"
            for tag, value in [
                ("TY", "JOUR"),
                ("T1", title),
                *(("A1", f"{family}, {given}") for family, given in people),
                ("Y1", f"{year}///"),
                ("N2", abstract),
                ("ER", ""),
            ]
        )
        for title, abstract, people, year in papers
    )


def refer(papers: Sequence[Paper]) -> str:
    return "\n".join(
        f"%0 Journal Article\n%T {title}\n"
        + "".join(f"%A {family}, {given}\n" for family, given in people)
        + f"%D {year}\n%X {abstract}\n"
        for title, abstract, people, year in papers
    )


def nbib(papers: Sequence[Paper]) -> str:
    return "\n".join(
        f"PMID- {10_000 + at}\nDP  - {year}\nTI  - {title}.\nAB  - {abstract}\n"
        + "".join(f"FAU - {family}, {given}\n" for family, given in people)
        for at, (title, abstract, people, year) in enumerate(papers)
    )


def science(papers: Sequence[Paper]) -> str:
    return "FN Web of Science\nVR 1.0\n" + "\n".join(
        "PT J\nAF "
        + "\n   ".join(f"{family}, {given}" for family, given in people)
        + f"\nTI {title}\nPY {year}\nAB {abstract}\nER\n"
        for title, abstract, people, year in papers
    )


def csl(papers: Sequence[Paper]) -> str:
    items = [
        {
            "id": str(at),
            "type": "article-journal",
            "title": title,
            "abstract": abstract,
            "author": [{"family": family, "given": given} for family, given in people],
            "issued": {"date-parts": [[year]]},
        }
        for at, (title, abstract, people, year) in enumerate(papers)
    ]
    return json.dumps(items, ensure_ascii=False)


def endnote(papers: Sequence[Paper]) -> str:
    return (
        "<xml><records>"
        + "".join(
            '<record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
            + "".join(f"<author>{family}, {given}</author>" for family, given in people)
            + f"</authors></contributors><titles><title>{escape(title)}</title></titles>"
            f"<dates><year>{year}</year></dates><abstract>{escape(abstract)}</abstract></record>"
            for title, abstract, people, year in papers
        )
        + "</records></xml>"
    )


@pytest.mark.parametrize("write", [bibtex, ris, refer, nbib, science, csl, endnote])
@given(papers=PAPERS)
@settings(max_examples=20, deadline=None)
def test_what_is_exported_is_read_back(
    write: Callable[[Sequence[Paper]], str], papers: list[Paper]
) -> None:
    """Titles, abstracts, people and years survive every format."""
    reading = inputs.read(Seed("export.txt", write(papers).replace("\r\n", "\n")))
    found = [
        (record.title, record.abstract, record.authors, record.date and record.date.year)
        for record in reading.records
    ]
    assert found == [
        (title, abstract, tuple(f"{given} {family}" for family, given in people), year)
        for title, abstract, people, year in papers
    ]
    assert not reading.problems


@pytest.mark.parametrize("scrap", ["{", "}", "}{", "{ ", "$", "\\", "\\a", "\\a[", "\\a{", "~"])
def test_a_long_row_of_signs_is_read_to_its_end(scrap: str) -> None:
    """What means something to TeX is no trap, however long a row of it: the same as a short one."""
    once, often = unbrace(scrap * 1_000), unbrace(scrap * 100_000)
    assert len(often) == 100 * len(once) or len(often) == len(once)


def test_rows_behind_a_record_are_no_paper() -> None:
    """What a program adds after the end of a record is ignored, and counts as none."""
    text = "TY  - JOUR\nTI  - On Knots\nER  -\nNL  - Knots Q\nLink to the full text: https://a.org/x\n\n"
    reading = inputs.read(Seed("a.ris", text + text.replace("Knots", "Bees")))
    assert [record.title for record in reading.records] == ["On Knots", "On Bees"]
    assert not any(problem.refused for problem in reading.problems)

"""Records of one paper become one; look-alikes stay apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import Record
from digest.papers.merge import merge, paper
from tests.conftest import COMET, GRAPH, YEAST

Make = Callable[..., Record]


def groups(*records: Record) -> set[frozenset[int]]:
    """The lines of the records that were found to be one paper."""
    return {frozenset(record.line for record in group) for group in merge(records)[0]}


def together(*records: Record) -> bool:
    return len(groups(*records)) == 1


def test_an_abstract_that_differs_only_in_a_link_is_the_same(record: Make) -> None:
    """A lost scheme, other white space or a typo makes no second paper."""
    one = record(f"{COMET} See //example.org/c.", line=1)
    assert together(one, record(f"{COMET}  See https://example.org/c", line=2))
    assert together(one, record(COMET.replace("perihelion", "perihelium"), line=2))


def test_a_record_without_title_joins_its_titled_twin(record: Make) -> None:
    """The group begins with the record that has the title."""
    group = merge([record(COMET, line=1), record(COMET, "A comet in pieces", line=2)])[0][0]
    assert [each.title for each in group] == ["A comet in pieces", None]


def test_a_title_that_begins_another_title_is_no_twin(record: Make) -> None:
    """`Memory Networks` is not `Memory Networks: again`."""
    assert not together(
        record(COMET, "Broken comets", line=1), record(YEAST, "Broken comets: a survey", line=2)
    )


def test_the_same_short_title_alone_proves_nothing(record: Make) -> None:
    """Two papers may both be called `Comets`."""
    assert not together(record(COMET, "Comets", line=1), record(YEAST, "Comets", line=2))


def test_parts_one_and_two_are_two_papers(record: Make) -> None:
    """However alike their abstracts are."""
    assert not together(
        record(COMET, "Comets. Part I", line=1),
        record(f"{COMET} Again.", "Comets. Part II", line=2),
    )


def test_an_identifier_joins_versions_with_other_words(record: Make) -> None:
    """A preprint and its rewritten version are one paper."""
    ids = {"arxiv": "2503.00001"}
    assert together(
        record(COMET, "Comets break", line=1, identifiers=ids),
        record(GRAPH, "Comets break in two", line=2, identifiers=ids),
    )


def test_one_identifier_on_two_papers_is_reported_not_guessed(record: Make) -> None:
    """Both stay, and a person is told where the two are."""
    ids = {"doi": "10.1/x"}
    found, problems = merge(
        [
            record(COMET, "Comets break in two", line=1, identifiers=ids),
            record(YEAST, "Why yeast grows old", line=2, identifiers=ids),
        ]
    )
    assert len(found) == 2
    assert "doi:10.1/x" in problems[0].message
    assert "a.txt:1" in str(problems[0].message) + str(problems[0])


def test_two_arxiv_ids_are_two_papers(record: Make) -> None:
    """Even under one abstract."""
    assert not together(
        record(COMET, line=1, identifiers={"arxiv": "2503.00001"}),
        record(COMET, line=2, identifiers={"arxiv": "2503.00002"}),
    )


def test_a_record_without_abstract_joins_by_a_telling_title(record: Make) -> None:
    """A row of a list and the paper itself are one."""
    title = "Tails of comets that break near perihelion"
    assert together(record(COMET, title, line=1), record("", title, line=2))


def test_articles_of_two_dois_are_two_papers(record: Make) -> None:
    """Protocols share all but a few words of their abstracts."""
    told = [
        record(
            f"This is a protocol for a review and there is no abstract. The objectives are as follows: to assess the effects of {drug} for treating {ill}, compared with placebo or with no treatment, in children.",
            f"{drug.capitalize()} for {ill} in children",
            line=line,
            identifiers={"doi": f"10.1000/cd{line}"},
        )
        for line, (drug, ill) in enumerate([("zinc", "croup"), ("oxygen", "fevers")], start=1)
    ]
    assert not together(*told)


def test_a_preprint_is_one_paper_with_its_renamed_article(record: Make) -> None:
    """An author and the abstract are the same, one DOI is a preprint's; the citation is the
    article's."""
    preprint = record(
        COMET, "Comets in pieces", line=1, authors=("Ada Lovelace",), identifiers={"doi": "10.1101/2022.11.01.514001"}, date=date(2022, 11, 1)
    )  # fmt: skip
    article = record(
        COMET.replace("perihelion", "perihelium"), "On breaking near the sun", line=2, authors=("Ada Lovelace", "Mary Somerville"),
        identifiers={"doi": "10.1000/c.1"}, venue="Skies", date=date(2023, 3, 1),
    )  # fmt: skip
    (group,) = merge([preprint, article])[0]
    made = paper(group, "k3v9q2xa", date(2025, 3, 12), ())
    assert (made.title, made.authors) == (article.title, article.authors)
    assert (made.venue, made.published, made.identifiers["doi"]) == ("Skies", article.date, "10.1000/c.1")  # fmt: skip
    assert [link.url for link in made.links] == ["https://doi.org/10.1101/2022.11.01.514001"]
    stranger = replace(article, authors=("George Boole",))
    assert len(merge([preprint, stranger])[0]) == 2


PATTERN = (
    "Introduction: {many} of adults live with {ill}. This protocol describes how we will review"
    " randomised trials of {cure} for {ill}. Methods: two reviewers will screen titles, extract"
    " data and assess the risk of bias with a tool of Cochrane; effects are pooled in a model with"
    " random effects. Ethics: no approval is needed for a review of published work."
)


def protocol(record: Make, line: int, cure: str, ill: str, **known: object) -> Record:
    abstract = PATTERN.format(many="a tenth", ill=ill, cure=cure)
    title = f"{cure.capitalize()} for {ill}: protocol for a systematic review"
    return record(abstract, title, line=line, **known)


@pytest.mark.parametrize(
    "known",
    [
        {"doi": "10.1101/2024.01.0{line}.12345{line}"},
        {"doi": "10.17605/osf.io/abc{line}"},
        {"doi": "10.2196/5{line}"},
        {"pmid": "3000{line}"},
        {"arxiv": "2503.0000{line}"},
        {},
    ],
)
def test_protocols_made_after_one_pattern_are_as_many_papers(
    record: Make, known: dict[str, str]
) -> None:
    """At a preprint server or in a journal, by one group or by several, or with nothing known."""
    subjects = [("yoga", "low back pain"), ("music", "low back pain"), ("yoga", "insomnia"), ("zinc", "croup")]  # fmt: skip
    for authors in ((), ("Ada Lovelace", "Jan Oort")):
        told = [
            protocol(
                record,
                line,
                *subject,
                authors=authors,
                identifiers={name: value.format(line=line) for name, value in known.items()},
            )
            for line, subject in enumerate(subjects, start=1)
        ]
        assert len(groups(*told)) == 4


def test_another_spelling_is_no_other_subject(record: Make) -> None:
    """A journal and an index may spell a word in two ways, in the title and in the abstract."""
    assert together(
        protocol(record, 1, "zinc", "tumours of the colon"),
        protocol(record, 2, "zinc", "tumors of the colon"),
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.21203/rs.3.rs-1234567/v1", "10.21203/rs.3.rs-1234567/v2", True),  # versions
        ("10.7554/elife.12345", "10.7554/elife.12345.2", True),
        ("10.5281/zenodo.1", "10.5281/zenodo.2", True),  # an archive that numbers versions
        ("10.48550/arxiv.2503.01234", "10.21203/rs.3.rs-1/v1", True),  # two preprint servers
        ("10.48550/arxiv.2503.01234", "10.1016/j.x", True),  # a preprint and its article
        ("10.1016/j.x", "10.1016/j.y", False),
    ],
)
def test_two_dois_are_of_one_paper_where_title_and_authors_are(
    record: Make, one: str, other: str, same: bool
) -> None:
    title, authors = "Tails of comets that break near perihelion", ("Ada Lovelace", "Jan Oort")
    first = record(COMET, title, line=1, authors=authors, identifiers={"doi": one})
    second = replace(first, line=2, identifiers={"doi": other}, authors=("Lovelace A", "Oort J"))
    assert together(first, second) == same
    assert not together(first, replace(second, authors=("George Boole",), abstract=f"{COMET} So."))


def test_one_title_of_other_authors_is_another_paper(record: Make) -> None:
    """Short or long; a name that is written in another order is the same one."""
    for title in ("Editorial", "An introduction to the special issue on comets"):
        one = record("", title, line=1, authors=("Ada Lovelace",))
        assert not together(one, record("", title, line=2, authors=("George Boole",)))
    assert together(one, record("", title, line=2, authors=("Lovelace, A.",)))


def test_what_two_papers_have_in_common_does_not_join_them(record: Make) -> None:
    """A record that is like both is one's or the other's."""
    told = [
        protocol(record, 1, "yoga", "insomnia", identifiers={"doi": "10.2196/1"}),
        protocol(record, 2, "yoga", "insomnia"),
        protocol(record, 3, "yoga", "insomnia", identifiers={"doi": "10.2196/3"}),
    ]
    assert len(groups(*told)) == 2


WORDS = st.sampled_from((COMET + " " + YEAST + " " + GRAPH).split())
ABSTRACTS = st.lists(WORDS, min_size=20, max_size=60).map(" ".join)


@given(
    st.lists(st.tuples(ABSTRACTS, st.sampled_from([None, "Comets", "Yeast"])), max_size=8),
    st.randoms(),
)
def test_no_record_is_lost_and_order_does_not_matter(
    told: list[tuple[str, str | None]], chance: random.Random
) -> None:
    """Every record is in one group, whichever came first."""
    records = [
        Record("a.txt", line, "abstracts", line, title, abstract)
        for line, (abstract, title) in enumerate(told + told[:2], start=1)
    ]
    shuffled = records[:]
    chance.shuffle(shuffled)
    assert merge(records)[0] == merge(shuffled)[0]
    assert sorted(line for group in groups(*records) for line in group) == [
        record.line for record in records
    ]

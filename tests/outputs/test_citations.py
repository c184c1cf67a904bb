"""Citations say what is known of a paper, and every reference manager reads them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from hypothesis import given
from hypothesis import strategies as st

from digest import inputs
from digest.models import Link, Paper, Publication, Record, Seed, Site
from digest.outputs import citations
from digest.outputs.citations import name_parts, references
from digest.papers import merge

Writer = Callable[[Sequence[Paper], Site], str]

SITE = Site("Toy", "https://example.org/toy/")
PAPER = Paper(
    id="k3v9q2xa",
    date=date(2025, 3, 12),
    title="Naïve Bayes & 100 % of {Everything}: $O(n^2)$ in C#_1",
    title_from="seed",
    abstract="We prove ~ that \\ ^ is safe.",
    authors=("Ludwig van Beethoven", "The ATLAS Collaboration", "李华", "Sammy Davis Jr."),
    identifiers={"arxiv": "2503.04990", "doi": "10.1000/x_(1)"},
    keyphrases=("naïve bayes", "100 % bounds"),
)


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of the one entry in a BibTeX file, as a program understands them."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"key": entry.key, "type": entry.entry_type} | {
        field.key: str(field.value) for field in entry.fields
    }


def read_ris(text: str) -> dict[str, object]:
    """The one record in a RIS file."""
    (record,) = rispy.load(io.StringIO(text.replace("\r\n", "\n")))
    return dict(record)


def test_bibtex_returns_the_title_it_was_given() -> None:
    """What TeX would act on is escaped, and capitals are held by braces."""
    fields = read_bibtex(citations.bibtex([PAPER], SITE))
    read = fields["title"].removeprefix("{").removesuffix("}").replace("ˆ", "^")
    assert read == PAPER.title
    assert "title         = {{" in citations.bibtex([PAPER], SITE)


def test_bibtex_leaves_addresses_as_they_are() -> None:
    """An underscore in a DOI is a letter of it, not a subscript."""
    fields = read_bibtex(citations.bibtex([PAPER], SITE))
    assert fields["doi"] == "10.1000/x_(1)"
    assert fields["url"] == "https://doi.org/10.1000/x_(1)"
    assert (fields["eprint"], fields["archiveprefix"]) == ("2503.04990", "arXiv")


def test_bibtex_keeps_groups_whole() -> None:
    """A collaboration is one author; a person's name is cut where it should be."""
    library = bibtexparser.parse_string(
        citations.bibtex([PAPER], SITE), append_middleware=[SeparateCoAuthors()]
    )
    authors = library.entries[0].fields_dict["author"].value
    assert authors == [
        "van Beethoven, Ludwig",
        "{The ATLAS Collaboration}",
        "{李华}",
        "Davis, Jr., Sammy",
    ]


def test_ris_lines_are_as_the_format_wants_them() -> None:
    """Two letters, two blanks, a hyphen, a blank; CR and LF; the type first and the end last."""
    lines = citations.RIS.write([PAPER], SITE).split("\r\n")
    assert lines[0] == "TY  - UNPB"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])


def test_ris_is_read_back() -> None:
    """A RIS reader finds what the paper has."""
    record = read_ris(citations.RIS.write([PAPER], SITE))
    assert record["title"] == PAPER.title
    assert record["doi"] == PAPER.identifiers["doi"]
    assert record["authors"] == [
        "van Beethoven, Ludwig",
        "The ATLAS Collaboration",
        "李华",
        "Davis, Sammy, Jr.",
    ]
    assert record["keywords"] == list(PAPER.keyphrases)


def test_csl_has_names_in_parts() -> None:
    """CSL-JSON tells people from groups."""
    (item,) = json.loads(citations.CSL.write([PAPER], SITE))
    assert item["author"][0] == {"family": "van Beethoven", "given": "Ludwig"}
    assert item["author"][1] == {"literal": "The ATLAS Collaboration"}
    assert item["issued"] == {"date-parts": [[2025, 3]]}
    assert item["accessed"] == {"date-parts": [[2025, 3, 12]]}


@pytest.mark.parametrize(
    "write", [citations.BIBTEX.write, citations.RIS.write, citations.CSL.write]
)
def test_a_headline_is_never_passed_off_as_the_title(write: object) -> None:
    """Whoever cites a paper under our headline is told that it is ours."""
    ours = replace(PAPER, title_from="headline")
    assert references.HEADLINE_NOTE in write([ours], SITE)  # type: ignore[operator]
    assert references.HEADLINE_NOTE not in write([PAPER], SITE)  # type: ignore[operator]


def test_the_day_of_the_digest_is_not_the_day_of_the_paper() -> None:
    """Nothing tells when it came out, so no year is given; the digest's day is that of access."""
    unknown = replace(PAPER, identifiers={})
    fields = read_bibtex(citations.bibtex([unknown], SITE))
    assert "year" not in fields
    assert fields["urldate"] == "2025-03-12"
    assert "issued" not in json.loads(citations.CSL.write([unknown], SITE))[0]


def test_a_known_day_of_publication_is_given() -> None:
    """Every format has it in its own way."""
    known = replace(PAPER, published=date(2024, 12, 5))
    assert read_bibtex(citations.bibtex([known], SITE))["year"] == "2024"
    assert "DA  - 2024/12/05/\r\n" in citations.RIS.write([known], SITE)
    assert json.loads(citations.CSL.write([known], SITE))[0]["issued"] == {
        "date-parts": [[2024, 12, 5]]
    }


PUBLISHED = (
    Publication("article-journal", container="Shores", volume="18", issue="2", pages="107-118", issn="0000-0019"),
    Publication("paper-conference", container="Proceedings of SIGIM", pages="66-69", publisher="ACM", isbn="978-0-00-000000-2"),
    Publication("chapter", container="On Ice", pages="1-20", publisher="Nowhere Press"),
    Publication("thesis", genre="PhD thesis", publisher="University of Nowhere"),
    Publication("thesis", genre="Master's thesis", publisher="University of Nowhere"),
    Publication("report", issue="17", publisher="Institute of Ice"),
    Publication("book", publisher="Nowhere Press", isbn="978-0-00-000000-2"),
    Publication("dataset", publisher="Zenodo"),
)  # fmt: skip


@pytest.mark.parametrize("told", PUBLISHED, ids=lambda told: told.genre or told.kind)
@pytest.mark.parametrize(
    "write", [citations.BIBTEX.write, citations.RIS.write, citations.CSL.write]
)
def test_citations_go_out_as_they_came_in(write: Writer, told: Publication) -> None:
    """What an export says of journal, volume, pages, school and kind is read back from ours."""
    written = write([replace(PAPER, title="A Study of Ice", publication=told)], SITE)
    (record,) = inputs.read(Seed("export.txt", written.replace("\r\n", "\n"))).records
    assert record.publication == told


def test_one_record_is_cited_of_a_preprint_and_its_article() -> None:
    """Venue, year and DOI come from the article; the preprint keeps its number."""
    preprint = Record("a.txt", 1, "table", 1, title="A Study of Ice", abstract="We study ice.", identifiers={"arxiv": "2312.00001", "doi": "10.48550/arxiv.2312.00001"}, date=date(2023, 12, 1), venue="arXiv")  # fmt: skip
    article = replace(
        preprint, identifiers={"doi": "10.1000/ice.1"}, date=date(2024, 3, 1), venue="Shores",
        publication=PUBLISHED[0],
    )  # fmt: skip
    paper = merge.paper((preprint, article), "k3v9q2xa", date(2025, 3, 12), ())
    assert paper.identifiers == {"arxiv": "2312.00001", "doi": "10.1000/ice.1"}
    assert (paper.venue, paper.published, paper.publication) == ("Shores", date(2024, 3, 1), PUBLISHED[0])  # fmt: skip


def test_a_paper_without_an_address_is_cited_by_its_page() -> None:
    """The digest's page is better than nothing; a link to the paper is better than that."""
    bare = replace(PAPER, identifiers={})
    assert references.address(bare, SITE) == "https://example.org/toy/papers/k3v9q2xa/"
    linked = replace(bare, links=(Link("https://example.com/p.pdf", "paper"),))
    assert references.address(linked, SITE) == "https://example.com/p.pdf"


def test_keys_are_letters_digits_and_hyphens() -> None:
    """Even for names in other scripts, and for papers without authors."""
    for authors in [("李华",), (), ("Øystein Åse",), ("{}",)]:
        key = references.citation_key(replace(PAPER, authors=authors))
        assert key.endswith("-k3v9q2xa")
        assert key.isascii()
        assert key.replace("-", "").isalnum()


TEXTS = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1)


@given(title=TEXTS, author=TEXTS, abstract=TEXTS)
def test_no_text_breaks_a_file(title: str, author: str, abstract: str) -> None:
    """Whatever a document holds, every file is read back as one paper."""
    paper = replace(PAPER, title=title, authors=(author,), abstract=abstract)
    bibtex = citations.bibtex([paper], SITE)
    library = bibtexparser.parse_string(bibtex)
    assert len(library.entries) == 1
    assert not library.failed_blocks
    assert bibtex.replace("\\{", "").replace("\\}", "").count("{") == bibtex.replace(
        "\\{", ""
    ).replace("\\}", "").count("}")
    assert read_ris(citations.RIS.write([paper], SITE))["title"] == " ".join(title.split())
    assert json.loads(citations.CSL.write([paper], SITE))[0]["title"] == title


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("Lovelace, Ada", "Lovelace", "Ada"),
        ("Maria de la Cruz", "de la Cruz", "Maria"),
        ("Plato", "Plato", ""),
        ("OpenAI Research Team", "OpenAI Research Team", ""),
        ("王小明", "王小明", ""),
        ("Martin Luther King Jr.", "King", "Martin Luther"),
    ],
)
def test_names_are_cut_as_people_would(text: str, family: str, given: str) -> None:
    """Particles belong to the family name, groups and other scripts stay whole."""
    name = name_parts.split_name(text)
    assert (name.family, name.given) == (family, given)

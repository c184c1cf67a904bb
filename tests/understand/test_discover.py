"""Topics nobody wrote down: found in any corpus, named as a person would, and kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from digest.models import Paper
from digest.understand import topics
from digest.understand.topics.discover import discover, wanted
from digest.understand.topics.naming import Corpus
from digest.understand.topics.table import Table, TopicRow, dump, parse, update
from tests.conftest import Folder

SUBJECTS = {
    "humpback whales": "song breeding migration ocean krill",
    "exoplanet atmospheres": "transit spectra telescope clouds methane",
    "graph neural networks": "nodes edges message aggregation pooling",
    "protein folding": "amino residues structure chaperone energy",
    "sovereign debt": "bonds default interest creditors treasury",
    "gothic cathedrals": "vaults masonry stained glass bishops",
    "volcanic eruptions": "magma ash lava seismic crater",
    "sleep apnea": "airway oxygen snoring patients breathing",
    "coral reefs": "bleaching algae temperature lagoon fish",
    "speech recognition": "phonemes acoustic speaker transcripts accents",
}


def corpus(each: int, start: int = 0) -> list[Paper]:
    """Papers on ten subjects, each with some of its subject's words and the words of any paper."""
    papers = []
    for subject, text in SUBJECTS.items():
        vocabulary = text.split()
        for number in range(start, start + each):
            first, second, third = (vocabulary[(number * step + step) % 5] for step in (1, 2, 3))
            abstract = (
                f"We study {subject} with a new method. Results on {first} and {second} show that "
                f"{subject} depend on {third}; the {first} of {subject} improves."
            )
            key = f"{subject[:4]}{number:03}"
            title = f"The {first} of {subject}, part {number}"
            papers.append(Paper(key, date(2025, 3, 1), title, "seed", abstract))
    return papers


def firsts(papers: list[Paper], table: Table) -> dict[str, str]:
    return {
        paper.id: paper.topics[0].topic if paper.topics else ""
        for paper in topics.assign(papers, table)
    }


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return corpus(12)


@pytest.fixture(scope="module")
def table(papers: list[Paper]) -> Table:
    return discover(papers)


def test_topics_are_named_as_a_person_would(table: Table) -> None:
    """A name is the phrase people use, with a capital letter and its plural."""
    found = {row.name for row in table.rows}
    assert len(found & {subject[0].upper() + subject[1:] for subject in SUBJECTS}) >= 8


def test_papers_of_a_subject_are_together(papers: list[Paper], table: Table) -> None:
    """A topic holds one subject."""
    found = firsts(papers, table)
    for row in table.rows:
        members = [key[:4] for key, topic in found.items() if topic == row.name]
        assert max(members.count(key) for key in set(members)) >= 0.9 * len(members)


def test_hardly_a_paper_is_without_a_topic(papers: list[Paper], table: Table) -> None:
    """No rest bin above a tenth."""
    assert list(firsts(papers, table).values()).count("") <= len(papers) / 10


def test_a_paper_that_fits_nowhere_is_in_the_rest(table: Table) -> None:
    """One word that a topic has, used of something else, makes no member of it."""
    stray = Paper("tax", date(2025, 4, 1), "Transit duties", "seed", "Duties on goods in ports.")
    assert firsts([stray], table) == {"tax": ""}
    assert all(0 < row.least <= 6 for row in table.rows)


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("milky way", "Milky Way"),
        ("gaussian splatting", "Gaussian splatting"),
        ("diffusion model", "diffusion models"),
        ("visual question answering", "visual question answering"),
        ("in context learning", "in-context learning"),
    ],
)
def test_phrases_are_written_as_running_text_has_them(term: str, written: str) -> None:
    """Names keep their capitals and hyphens; capitals for an acronym's sake do not stay."""
    said = (
        "In the Milky Way it is rare. Gaussian splatting and the Gaussian kernel; "
        "a Gaussian process, by Gaussian splatting. We use diffusion models. The Diffusion Models "
        "(DMs) help visual question answering, and visual question-answering and visual question "
        "answering help in-context learning in the Milky Way as no Gaussian does."
    )
    careless = Paper("c", date(2025, 3, 1), "", "seed", "This is gaussian splatting.")
    own = ("visual question answering",)
    papers = [Paper(f"p{x}", careless.date, "", "seed", said, keyphrases=own) for x in range(5)] + [
        careless
    ]
    assert Corpus.of(papers).written(term, many=True) == written


def test_a_keyphrase_is_a_term_whatever_it_begins_with() -> None:
    """`knowledge` begins no term by itself; a keyphrase of two papers is looked for in all."""
    papers = [
        Paper(f"p{x}", date(2025, 3, 1), "", "seed", "We use knowledge distillation.", keyphrases=own)
        for x, own in enumerate([("knowledge distillation",), ("knowledge distillation",), ()])
    ]  # fmt: skip
    assert Corpus.of(papers).frequency["knowledge distillation"] == 3
    assert Corpus.of(papers[1:]).frequency["knowledge distillation"] == 0


def test_the_same_papers_have_the_same_topics_in_any_order(
    papers: list[Paper], table: Table
) -> None:
    """Neither a second run nor another order changes a topic."""
    assert discover(papers[::-1]) == table


def test_new_papers_leave_the_old_ones_where_they_are(papers: list[Paper], table: Table) -> None:
    """With a tenth more papers, 95 of 100 stay and no address is lost."""
    more = [*papers, *corpus(1, start=40), *corpus(1, start=50)[:2]]
    later = discover(more, table)
    assert {row.slug for row in table.rows} <= {row.slug for row in later.rows}
    before, after = firsts(papers, table), firsts(papers, later)
    assert sum(before[key] == after[key] for key in before) >= 0.95 * len(before)


def test_a_subject_that_is_new_gets_a_topic(table: Table, papers: list[Paper]) -> None:
    """Papers that fit nowhere make topics; the old ones stay as they were."""
    bees = [
        Paper(f"bees{x:02}", date(2025, 4, 1), f"Honey bees, {x}", "seed",
              f"Honey bees carry nectar and pollen to hives. Hives of honey bees swarm {x}.")
        for x in range(30)
    ]  # fmt: skip
    later = discover([*papers, *bees], table)
    assert later.rows[: len(table.rows)] == table.rows
    found = firsts(bees, later)
    assert list(found.values()).count("") <= 3
    assert set(found.values()) & {row.name for row in later.rows[len(table.rows) :]}


def test_what_a_person_edited_stays(papers: list[Paper], table: Table) -> None:
    """A renamed topic keeps its new name and its address when the table is found again."""
    text = dump(table).replace("name: Coral reefs", "name: Reefs & lagoons")
    edited = parse(text, "topics.yml")
    later = discover(papers, edited)
    assert [row.slug for row in later.rows] == [row.slug for row in table.rows]
    assert later == edited


def test_a_found_table_can_be_stored(table: Table) -> None:
    """It is written as YAML and read back as it was."""
    assert parse(dump(table, "Found by digest; edit freely."), "topics.yml") == table


BY_HAND = """\
# our topics
topics:

  # Jan asked for this one
  - name: "Coral reefs"   # and lagoons
    phrases:
      - coral*
      - reef
"""


def test_a_table_that_did_not_grow_stays_to_the_letter() -> None:
    """Comments, quotes and layout are a person's own."""
    assert update(BY_HAND, parse(BY_HAND, "topics.yml"), "A heading") == BY_HAND


@pytest.mark.parametrize("end", ["", "\n# to do: sponges\n", "\n\n"])
def test_new_topics_are_below_what_a_person_wrote(end: str) -> None:
    """Topics are added as far in as the others, names that YAML would misread among them."""
    text = BY_HAND.rstrip("\n") + end
    found = TopicRow("On", "on", phrases=(("no", 4.0), ("12:30", 2.0)), least=2.5)
    grown = Table((*parse(text, "topics.yml").rows, found))
    after = update(text, grown, "A heading")
    assert after.startswith(text.rstrip())
    assert parse(after, "topics.yml") == grown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "topics: [{name: Bees}]",
        "topics: [{name: Coral reefs}]",
        f"{BY_HAND}gone: {{Sponges: [Coral reefs]}}\n",
        "[",
    ],
    ids=["no file", "another topic", "in brackets", "keys below", "no YAML"],
)
def test_a_text_that_takes_no_rows_below_is_written_anew(text: str) -> None:
    """Whatever is in the file, afterwards it holds the table."""
    grown = Table((TopicRow("Coral reefs", "coral-reefs"), TopicRow("Kelp", "kelp")))
    assert parse(update(text, grown), "topics.yml") == grown


def test_a_build_leaves_the_topics_that_a_person_edited(folder: Folder) -> None:
    """A comment in seeds/topics.yml is there after the next build."""
    lines = ({"title": paper.title, "abstract": paper.abstract} for paper in corpus(4))
    file = folder.seed("papers.jsonl", "\n".join(map(json.dumps, lines))).with_name("topics.yml")
    folder.build()
    file.write_text(edited := file.read_text().replace("- name:", "# mine\n- name:", 1))
    folder.build()
    assert "# mine" in edited
    assert file.read_text() == edited


@pytest.mark.parametrize("number", [0, 1, 2, 5, 30])
def test_few_papers_are_no_reason_to_stop(number: int) -> None:
    """From thirty papers up there are topics; with fewer there may be none."""
    few = corpus(5)[::-1][:number]
    found = discover(few)
    assert len(found.rows) <= max(8, number)
    assert len(found.rows) >= (8 if number == 30 else 0)


def test_every_topic_has_a_description_and_an_address_of_its_own(table: Table) -> None:
    """A description is made of phrases; no two topics share an address."""
    assert all(row.description.endswith(".") for row in table.rows)
    assert len({row.slug for row in table.rows}) == len(table.rows)
    assert 8 <= len(table.rows) <= 60
    assert wanted(10**6) == 60

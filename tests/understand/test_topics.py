"""Topics from a table: what a row does, what a table may hold, and what it says when it may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.models import Paper
from digest.understand import topics
from digest.understand.topics.suggest import suggest
from digest.understand.topics.table import Table, TopicRow, built_in, combine, dump, parse

SKY = parse(
    """
topics:
  - name: Exoplanet atmospheres
    description: What planets around other stars breathe.
    aliases: [planetary atmospheres]
    phrases: {4: [hot Jupiter, transmission spectr*], 2: [transit, clouds], 1: [JWST]}
    not: [Earth's atmosphere, molecular clouds]
    was: [Exoplanets]
  - name: Star formation
    phrases: {4: [star-forming, protostar, molecular cloud], 2: [dust, gas, clouds]}
  - name: Reviews
    phrases: {4: [we review, this review]}
    first: 0
""",
    "sky.yml",
)


def paper(title: str, abstract: str = "", **more: object) -> Paper:
    return Paper(
        id=more.pop("id", "p1"),  # type: ignore[arg-type]
        date=date(2025, 3, 11),
        title=title,
        title_from=more.pop("title_from", "seed"),  # type: ignore[arg-type]
        abstract=abstract,
        **more,  # type: ignore[arg-type]
    )


def names(given: Paper, table: Table = SKY) -> list[str]:
    return [place.topic for place in topics.assign([given], table)[0].topics]


# --- the rule ---------------------------------------------------------------------------------


def test_a_paper_is_in_the_topic_whose_phrases_it_uses() -> None:
    """The title decides, and the reason is given in the paper's own words."""
    (place,) = topics.assign([paper("Clouds on two Hot Jupiters", "A transit.")], SKY)[0].topics
    assert place.topic == "Exoplanet atmospheres"
    assert place.why[0] == "Hot Jupiters"
    assert set(place.why) == {"Hot Jupiters", "Clouds", "transit"}


def test_nothing_fits_a_paper_of_another_subject() -> None:
    """A paper without a phrase of the table has no topic."""
    assert names(paper("The grammar of Basque", "Verbs agree with their objects.")) == []


@pytest.mark.parametrize(
    "written", ["hot Jupiter", "HOT JUPITERS", "hot-Jupiter", "hot\nJupiters", "“hot Jupiters’”"]
)
def test_case_number_and_hyphens_do_not_matter(written: str) -> None:
    """A phrase is known however a text writes it."""
    assert names(paper("A study", f"We look at {written}.")) == ["Exoplanet atmospheres"]


def test_a_star_takes_any_ending() -> None:
    """`transmission spectr*` knows spectra and spectroscopy, but not another word."""
    assert names(paper("Transmission spectroscopy")) == ["Exoplanet atmospheres"]
    assert names(paper("Transmission of sound")) == []


def test_british_and_american_spelling_are_one() -> None:
    """A table written in one spelling reads papers in the other."""
    table = parse("topics: [{name: A, phrases: [behavior optimi*, generalization]}]", "t.yml")
    assert names(paper("Behaviour optimisation"), table) == ["A"]
    assert names(paper("On generalisation"), table) == ["A"]


@pytest.mark.parametrize(
    ("phrase", "title", "why"),
    [
        ("地震", "基于深度学习的地震检测方法研究", "地震"),
        ("BERT模型", "用BERT模型检测地震", "BERT模型"),
        ("แผ่นดินไหว", "การตรวจจับแผ่นดินไหวด้วยการเรียนรู้เชิงลึก", "แผ่นดินไหว"),
        ("地震*", "地震学の新しい方法", "地震"),
    ],
)
def test_a_phrase_is_found_where_words_have_no_spaces(phrase: str, title: str, why: str) -> None:
    """Chinese, Japanese and Thai papers are sorted by words inside a run of letters."""
    table = parse(f"topics: [{{name: Earthquakes, phrases: [{phrase}]}}]", "t.yml")
    (place,) = topics.assign([paper(title)], table)[0].topics
    assert place.why == (why,)
    assert names(paper("基于图像的地质勘探"), table) == []


def test_the_end_of_et_al_is_no_word() -> None:
    """`al` is aluminium where it is alone, and nothing in `Massari et al. (2019)`."""
    table = parse("topics: [{name: Metals, phrases: [al]}]", "t.yml")
    assert names(paper("Abundances of Al"), table) == ["Metals"]
    assert names(paper("Clusters of Massari et al. (2019)"), table) == []


def test_a_name_with_capitals_inside_is_known_in_that_case_only() -> None:
    """`LoRA` is not a girl called Lora; its plural is known."""
    table = parse("topics: [{name: Adapters, phrases: [LoRA]}]", "t.yml")
    assert names(paper("Mixing LoRAs"), table) == ["Adapters"]
    assert names(paper("A letter from Lora"), table) == []


def test_the_longest_phrase_wins_in_whichever_row_it_is() -> None:
    """Clouds are weather on a planet, but molecular clouds are where stars form."""
    assert names(paper("Molecular clouds")) == ["Star formation"]


def test_an_exclusion_does_not_count() -> None:
    """A phrase under `not` hides the phrase of the row that is in it."""
    table = parse(
        "topics: [{name: Learners, phrases: [student], not: [student loan]}]",
        "t.yml",
    )
    assert names(paper("The student loan"), table) == []
    assert names(paper("The student"), table) == ["Learners"]


def test_a_topic_that_comes_first_only_alone() -> None:
    """A review of star formation is about star formation first."""
    review = paper("Star-forming regions: this review", "We review star-forming gas.")
    assert names(review) == ["Star formation", "Reviews"]
    assert names(paper("This review")) == ["Reviews"]


def test_a_title_we_wrote_ourselves_counts_little() -> None:
    """A headline repeats the abstract, so it must not count as a title does."""
    mine = topics.explain(paper("Hot Jupiter", title_from="headline"), SKY)[0]
    theirs = topics.explain(paper("Hot Jupiter"), SKY)[0]
    assert mine.points < theirs.points / 4


def test_keyphrases_count() -> None:
    """A keyphrase that is nowhere else is a hint."""
    assert names(paper("A star", keyphrases=("hot jupiter", "protostars", "gas", "dust"))) != []


def test_no_paper_has_more_than_four_topics() -> None:
    """One primary topic and up to three more."""
    table = Table(tuple(TopicRow.named(f"Topic {x}", "", ((f"word{x}", 4.0),)) for x in range(9)))
    found = names(paper(" ".join(f"word{x}," for x in range(9))), table)
    assert len(found) == 4


def test_the_order_of_the_papers_does_not_matter() -> None:
    """A paper's topics depend on that paper and the table alone."""
    papers = [
        paper(f"{'Hot Jupiter' if x % 2 else 'Protostar'} {x}", "gas", id=f"p{x}") for x in range(9)
    ]
    mixed = papers[::2] + papers[1::2][::-1]
    assert sorted(topics.assign(mixed, SKY), key=str) == sorted(topics.assign(papers, SKY), key=str)


def test_explain_gives_the_sums() -> None:
    """Every topic that has something is listed, those the paper is in first, with each phrase."""
    scores = topics.explain(paper("Hot Jupiters", "They form in gas."), SKY)
    assert [score.topic for score in scores] == ["Exoplanet atmospheres", "Star formation"]
    assert [score.chosen for score in scores] == [True, False]
    assert [part.phrase for part in scores[1].parts] == ["gas"]
    assert scores[0].points == pytest.approx(sum(part.points for part in scores[0].parts))


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_can_be_sorted(abstract: str, title: str) -> None:
    """Whatever a paper holds, its reasons are in it."""
    (sorted_in,) = topics.assign([paper(title, abstract)], SKY)
    whole = " ".join(f"{title} {abstract}".split())
    for place in sorted_in.topics:
        assert all(" ".join(why.split()) in whole for why in place.why)


def test_a_long_line_of_one_character_does_not_hang() -> None:
    """Time grows no faster than the text."""
    for character in ("a", "-", ".", "pre-", "hot ", "é"):
        topics.assign([paper("x", character * 300_000)], SKY)


# --- the tables ---------------------------------------------------------------------------------


def test_the_built_in_table_is_whole() -> None:
    """Forty topics, each with an address of its own, a description and phrases that can match."""
    table = topics.load(["machine-learning"], Path())
    assert len(table.rows) == 40
    assert len({row.slug for row in table.rows}) == 40
    for row in table.rows:
        assert row.description
        assert len(row.phrases) >= 10
        assert names(paper(row.aliases[0]), table)[0] == row.name


@pytest.mark.parametrize("name", built_in())
def test_every_built_in_table_is_sound(name: str) -> None:
    """Its names have addresses of their own, and a paper titled by one is in that topic."""
    table = topics.load([name], Path())
    assert table.rows
    assert not {row.slug for row in table.rows} & table.redirects().keys()
    for row in table.rows:
        assert row.slug, row.name
        assert row.phrases, row.name
        given = paper(row.name, f"This paper is about {row.name}.")
        assert row.name in [score.topic for score in topics.explain(given, table)], row.name


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Overcoming catastrophic forgetting in neural networks", "Continual learning"),
        ("Model-agnostic meta-learning for fast adaptation", "Meta-learning"),
        ("Distilling the knowledge in a neural network", "Knowledge distillation"),
        ("Grokking: generalization beyond overfitting", "Grokking & training dynamics"),
        ("Sparsely-gated mixture-of-experts layers", "Mixture of experts & modular networks"),
        ("Denoising diffusion probabilistic models", "Diffusion & generative models"),
        ("Matrix factorization for recommender systems", "Recommender systems"),
        ("A survey of deep learning", "Surveys & overviews"),
    ],
)
def test_the_built_in_table_knows_well_known_papers(title: str, topic: str) -> None:
    """A title alone is enough for a paper that says what it is about."""
    table = topics.load(["machine-learning"], Path())
    assert names(paper(title), table)[0] == topic


def test_tables_are_combined(tmp_path: Path) -> None:
    """A later table extends rows of the same name and adds its own."""
    (tmp_path / "mine.yml").write_text(
        "topics:\n- {name: Meta-learning, phrases: {3: [hyperwidget]}}\n- {name: Widgets, phrases: [widget]}\n"
    )
    table = topics.load(["machine-learning", "mine.yml"], tmp_path)
    assert len(table.rows) == 41
    assert names(paper("Hyperwidgets"), table) == ["Meta-learning"]


def test_a_table_survives_being_written_and_read() -> None:
    """What is dumped is read back as it was."""
    assert parse(dump(SKY, "Found by digest."), "t.yml") == SKY
    built_in = topics.load(["machine-learning"], Path())
    assert parse(dump(built_in), "t.yml").topics == built_in.topics


def test_an_old_name_leads_to_the_new_address() -> None:
    """A renamed topic leaves a redirect, and is found by its old name."""
    assert SKY.redirects() == {"exoplanets": "exoplanet-atmospheres"}
    row = SKY.find("Exoplanets")
    assert row is not None
    assert row.name == "Exoplanet atmospheres"


def test_a_topic_that_is_gone_says_where_its_papers_went() -> None:
    """`gone` gives the old name and the topics that have its papers now."""
    table = parse("topics: [{name: Stars, phrases: [star]}]\ngone: {Novae: [Stars]}", "t.yml")
    assert table.gone == (("Novae", ("Stars",)),)
    assert combine([table, SKY]).gone == table.gone


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "t.yml: expected a list of rows under 'topics:'"),
        ("topics: {a: b}", "t.yml: expected a list of rows under 'topics:'"),
        ("topics: [", "this is not YAML"),
        ("topics:\n- name: A\n- 7", "t.yml:3: expected a row with a name and phrases, found 7"),
        ("topics:\n- phrases: [x]", "t.yml:2: expected the row's name as text, found None"),
        ("topics:\n- {name: A, phrase: [x]}", "no key 'phrase'; did you mean 'phrases'?"),
        ("topics:\n- {name: A, phrases: [x, yes]}", "found True; put it in quotes"),
        ("topics:\n- {name: A, phrases: {x: [y]}}", "expected a weight above 0"),
        ("topics:\n- {name: A, first: 3}", "expected a number from 0 to 1 under 'first', found 3"),
        ("topics:\n- name: A\n- name: a", "t.yml:3: 'a' has the address of the row at line 2"),
        (
            "topics:\n- {name: Ab, parent: Abc}",
            "no row is called 'Abc' (parent); did you mean 'Ab'",
        ),
        ("topics: [{name: A}]\ngone: {B: [C]}", "no row is called 'C' (gone: B)"),
        ("topics: !!python/object/apply:os.getcwd []", "t.yml"),
    ],
)
def test_a_bad_table_says_what_is_wrong_and_where(text: str, says: str) -> None:
    """The line, what was expected, what was found, and what to do."""
    with pytest.raises(ConfigError) as caught:
        parse(text, "t.yml")
    assert says in str(caught.value)


def test_a_misspelt_table_is_guessed(tmp_path: Path) -> None:
    """The nearest known name is suggested."""
    with pytest.raises(ConfigError, match="did you mean 'machine-learning'"):
        topics.load(["machine-lerning"], tmp_path)
    (tmp_path / "topics.yml").write_text("topics: []")
    with pytest.raises(ConfigError, match=r"^other\.yml: .* did you mean 'topics\.yml'"):
        topics.load(["topic.yml"], tmp_path, "other.yml")


# --- suggestions ----------------------------------------------------------------------------------


def test_suggestions_are_rows_for_what_the_table_does_not_know() -> None:
    """Papers that fit badly make a row that can be pasted, and that then takes them."""
    known = [paper("Hot Jupiter", f"Transit number {x}.", id=f"k{x}") for x in range(20)]
    gravity = [
        paper(
            f"Gravitational waves from merger {x}",
            "Black holes make gravitational waves.",
            id=f"g{x}",
        )
        for x in range(12)
    ]
    whales = [
        paper(f"Whale song {x}", "Humpback whales sing; whale song travels far.", id=f"w{x}")
        for x in range(12)
    ]
    rows = suggest([*known, *gravity, *whales], SKY)
    assert {row.name.lower() for row in rows} & {"gravitational waves", "whale song", "black holes"}
    larger = combine([SKY, parse(dump(Table(tuple(rows))), "t.yml")])
    assert all(found.topics for found in topics.assign([*gravity, *whales], larger))


def test_a_rising_phrase_is_suggested() -> None:
    """What only the latest papers speak of is worth a row."""
    old = [Paper(f"a{x}", date(2025, 1, 1), "Protostar", "seed", "Gas.") for x in range(40)]
    new = [
        Paper(f"b{x}", date(2025, 3, 1), "Protostar", "seed", f"Radio bursts {x} and gas.")
        for x in range(10)
    ]
    assert "Radio bursts" in [row.name for row in suggest([*old, *new], SKY)]


def lakes(start: int) -> list[Paper]:
    """Papers that a table of the sky does not know."""
    return [
        paper(
            f"Salt lakes of basin {x}",
            "Salt lakes dry up. We study the brine and the flamingos of salt lakes.",
            id=f"l{x}",
            keyphrases=("salt lakes",),
        )
        for x in range(start, start + 8)
    ]


def test_a_section_taken_out_is_suggested_again() -> None:
    """A phrase is proposed while the table does not know it, and not when it is there."""
    papers = [paper("Hot Jupiter", f"Transit {x}.", id=f"k{x}") for x in range(40)] + lakes(0)
    assert "Salt lakes" in [row.name for row in suggest(papers, SKY)]
    for key in ("phrases", "not"):
        knowing = parse(f"topics: [{{name: Limnology, {key}: [salt lakes]}}]", "t.yml")
        assert "Salt lakes" not in [row.name for row in suggest(papers, combine([SKY, knowing]))]


def test_a_suggested_row_is_short_enough_to_edit() -> None:
    """A name, a sentence of phrases, and no more than a dozen phrases that weigh something."""
    for row in suggest([*lakes(0), *lakes(20)], SKY):
        assert row.description.endswith(".")
        assert len(row.phrases) <= 13
        assert min(weight for _, weight in row.phrases) >= 2


def test_a_row_says_how_many_points_it_needs() -> None:
    """With fewer points than `least` a paper is not in the topic; it is stored as it was read."""
    text = "topics: [{name: Comets, phrases: {2: [coma, tail]}, least: 3}]"
    table = parse(text, "t.yml")
    assert parse(dump(table), "t.yml") == table
    faint, bright = paper("", "A coma."), paper("", "A coma. A tail.")
    assert [bool(each.topics) for each in topics.assign([faint, bright], table)] == [False, True]
    with pytest.raises(ConfigError, match="'least', found 'much'"):
        parse("topics: [{name: Comets, least: much}]", "t.yml")

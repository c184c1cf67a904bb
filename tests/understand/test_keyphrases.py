"""The phrases that say what a paper is about."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.store import Cache
from digest.understand import keyphrases
from digest.understand.keyphrases import SourceText, extract
from digest.understand.keyphrases.candidates import phrase_stems, read_phrases
from digest.understand.keyphrases.multilingual import foreign_language, phrase_score, word_scores

GRAPHS = SourceText(
    "Monotone deep Boltzmann machines",
    "Deep Boltzmann machines (DBMs), one of the first deep learning methods ever studied, are "
    "multi-layered probabilistic models governed by a pairwise energy function. DBMs are limited "
    "in practice; we develop a restricted model, the monotone DBM, whose mean-field inference "
    "has a unique fixed point. Mean-field inference of the monotone DBM is efficient.",
)
CELLS = SourceText(
    "Behaviour of T cells in Tumour Tissue",
    "We analyse the behaviour of T cells in tumour tissue with light-sheet microscopy. The T cell "
    "behavior depends on oxygen. Tumor tissues hold fewer T cells than healthy tissue, and "
    "light-sheet microscopes resolve them.",
)
GALAXIES = SourceText(
    "Dark matter haloes of dwarf galaxies",
    "Rotation curves of dwarf galaxies constrain dark matter haloes. We measure rotation curves of "
    "forty dwarf galaxies and compare them with cold dark matter simulations. Cusps are rare.",
)
ALL = [GRAPHS, CELLS, GALAXIES]


def words_of(phrase: str) -> frozenset[str]:
    """Return what the forms of a phrase's words share."""
    return frozenset(phrase_stems(phrase))


def test_the_phrases_are_what_the_paper_is_about() -> None:
    """The subject comes first, in reading form."""
    boltzmann, cells, galaxies = extract(ALL)
    assert "mean-field inference" in boltzmann[:4]
    assert "T cells" in cells[:4]
    assert set(galaxies[:3]) == {"dark matter haloes", "dwarf galaxies", "rotation curves"}


def test_an_acronym_counts_as_its_long_form() -> None:
    """What the text explains in brackets is printed in full, and once."""
    text = SourceText(
        "", "Graph neural networks (GNNs) are slow. We make GNNs fast. A GNN is a model."
    )
    (phrases,) = extract([text])
    assert phrases[0] == "graph neural networks"
    assert not {"GNN", "GNNs", "gnn"} & set(phrases)


def test_plurals_and_spellings_are_one_phrase() -> None:
    """`tumour tissue` and `Tumor tissues` are the same to a reader."""
    (phrases,) = extract([CELLS])
    assert sum("umo" in phrase for phrase in phrases) == 1
    assert sum("behavi" in phrase for phrase in phrases) == 1
    (phrases,) = extract([SourceText("", "Multi-task learning helps. Multitask learning is old.")])
    assert phrases == ("multi-task learning",)


def test_no_phrase_is_inside_another() -> None:
    """Of a phrase and a part of it only the better one is given."""
    for phrases in extract(ALL):
        sets = [words_of(phrase) for phrase in phrases]
        assert not any(a <= b for i, a in enumerate(sets) for j, b in enumerate(sets) if i != j)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Deep neural networks achieve strong results.", "achieve"),
        ("Radiologists interpret the scans of many hospitals.", "interpret"),
        ("Existing methods invariably focus on nodes.", "invariably"),
        ("Experimental results show that sparse graphs help.", "xperimental"),
        ("We can curate image collections.", "curate"),
        ("Cells in tissues surrounding the tumour grow.", "surrounding"),
    ],
)
def test_a_verb_is_no_part_of_a_phrase(text: str, fragment: str) -> None:
    """What is left of a sentence when its verb goes along is no phrase."""
    (phrases,) = extract([SourceText("", text)])
    assert phrases
    assert not any(fragment in phrase for phrase in phrases)


def test_capitals_of_sentences_and_titles_go_and_those_of_names_stay() -> None:
    """`Markov` keeps its capital, `Learning` loses it."""
    text = SourceText(
        "Learning Hidden Markov Models From Speech",
        "Learning is hard. Hidden Markov models are old; speech is modelled by hidden Markov models, "
        "and now with BERT features.",
    )
    (phrases,) = extract([text])
    assert {"hidden Markov models", "speech"} <= set(phrases)
    assert any("BERT" in phrase for phrase in phrases)


def test_a_name_that_only_a_title_holds_is_known_from_the_other_papers() -> None:
    """Title case hides names; the rest of the corpus shows them."""
    lone = SourceText("Sampling With Langevin Dynamics", "A sampler is given that mixes fast.")
    others = [SourceText("", f"In case {n} the Langevin equation holds.") for n in range(3)]
    assert "Langevin dynamics" in extract([lone, *others])[0]


def test_a_phrase_is_written_alike_in_all_papers() -> None:
    """Where most papers write it one way, the others follow, so that it leads to one place."""
    papers = [SourceText("", f"The graph transformer number {n} is slow.") for n in range(4)]
    shown = extract([*papers, SourceText("", "Many Graph Transformers are slow.")])
    assert {phrase for phrases in shown for phrase in phrases if "ransformer" in phrase} == {
        "graph transformer"
    }


def test_order_does_not_matter() -> None:
    """The same texts in another order have the same phrases."""
    texts = [*ALL, SourceText("", ""), CELLS]
    order = list(range(len(texts)))
    random.Random(3).shuffle(order)
    straight = extract(texts)
    shuffled = extract([texts[i] for i in order])
    assert [straight[i] for i in order] == shuffled


def test_at_most_so_many_are_given() -> None:
    """`top` is a limit."""
    assert [len(phrases) for phrases in extract(ALL, top=2)] == [2, 2, 2]


def test_no_texts_have_no_phrases() -> None:
    """Nothing in, nothing out."""
    assert extract([]) == []
    assert extract([SourceText("", ""), SourceText(" ", "12 + 3.5 = ?")]) == [(), ()]


@pytest.mark.parametrize(
    ("abstract", "phrase"),
    [
        ("我们提出了一种新的图神经网络，用于分子性质预测。", "图神经网络"),
        ("本論文では、深層学習を用いた画像認識を提案する。", "画像認識"),
        (
            "Wir stellen ein neues Verfahren für die automatische Erkennung von Krebszellen vor. "
            "Die automatische Erkennung ist schnell und das Verfahren braucht keine Daten.",
            "automatische Erkennung",
        ),
        (
            "Мы предлагаем метод для анализа изображений и не только. Это метод, который "
            "не требует данных для того, чтобы он был точным.",
            "анализа изображений",
        ),
        ("चिकित्सा छवि विश्लेषण के लिए एक नई विधि है और यह तेज है", "चिकित्सा छवि विश्लेषण"),
    ],
)
def test_other_languages_have_phrases_too(abstract: str, phrase: str) -> None:
    """Their own function words, or their script, part them."""
    assert phrase in extract([SourceText("", abstract)])[0]


def test_other_languages_are_not_ranked_by_english_alone() -> None:
    """What YAKE thinks of its words moves a phrase; English texts do without it."""
    spanish = (
        "Presentamos un método para la clasificación automática de textos jurídicos en español. La"
        " clasificación automática alcanza una precisión del noventa por ciento con un corpus de"
        " sentencias del Tribunal Supremo y modelos de lenguaje preentrenados."
    )
    assert extract([SourceText("", spanish)])[0][0] == "clasificación automática"
    known = word_scores(spanish, "es")
    assert known["clasificación"] < known["ciento"]
    assert phrase_score(["clasificación"], 2, known) > phrase_score(["ciento"], 1, known)
    assert foreign_language(CELLS.abstract) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Proponujemy metodę rozpoznawania obrazów. Metoda jest szybka i nie wymaga danych.", "pl"),
        ("A módszer gyors, és a képek felismerése pontos.", "hu"),
        (
            "Metoden er hurtig, og den kræver ikke at der findes mærkede billeder af kræftceller.",
            "da",
        ),
        ("Presentem un mètode per a la classificació automàtica de textos jurídics.", "es"),
        ("Car-1000: A New Large Scale Fine-Grained Visual Categorization Dataset", ""),
        ("本論文では、深層学習を用いた画像認識を提案する。", ""),
        ("Xq zzv 17 Rpl", ""),
    ],
    ids=["Polish", "Hungarian", "Danish", "Catalan", "English title", "Japanese", "no language"],
)
def test_the_language_of_a_text_is_known(text: str, language: str) -> None:
    """The one whose function words part its phrases, of a near language for want of its own."""
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "junk",
    [
        "a" * 10**6,
        "." * 10**6,
        "a-" * 10**6,
        "(" * 10**6,
        "Graph (G) " * 10**5,
        "\ud800 x",
        "(A) " * 10**5,
    ],
    ids=["letter", "stops", "hyphens", "brackets", "acronyms", "surrogate", "short"],
)
def test_a_megabyte_of_junk_is_read_quickly(junk: str) -> None:
    """Nothing is raised and nothing hangs."""
    assert len(extract([SourceText(junk, junk)])) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_any_text_has_clean_phrases(title: str, abstract: str) -> None:
    """No text raises; phrases are not empty, not padded and not twice there."""
    (phrases,) = extract([SourceText(title, abstract)])
    assert all(phrase and phrase == phrase.strip() and "^" not in phrase for phrase in phrases)
    assert len(set(phrases)) == len(phrases) <= 10


def test_what_a_text_says_is_kept_by_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run reads no text again, whatever its order, and gives the same."""
    cache = Cache(tmp_path, "keyphrases")
    first = extract(ALL, cache=cache)
    cache.save()
    read_again: list[object] = []
    monkeypatch.setattr(keyphrases, "analyse", lambda *text: read_again.append(text))
    assert extract(ALL[::-1], cache=Cache(tmp_path, "keyphrases")) == first[::-1]
    assert read_again == []


def test_a_cache_changes_no_phrase(tmp_path: Path) -> None:
    """What earlier runs over other texts left does not show."""
    for texts in (ALL[:1], [CELLS, *ALL], ALL[1:], ALL):
        cache = Cache(tmp_path, "keyphrases")
        assert extract(texts, cache=cache) == extract(texts)
        cache.save()


def test_progress_counts_every_text() -> None:
    """It counts up to the texts given, the same text twice included."""
    heard: list[int] = []
    extract([*ALL, CELLS], progress=heard.append)
    assert heard == [1, 2, 3, 4]


def test_a_hyphen_splits_the_stems_but_not_the_word() -> None:
    """`graph-based` is one word whose parts can be compared."""
    assert "graph-based" in {
        form
        for c in read_phrases("", "Graph-based graph-based models").candidates.values()
        for form in c.forms
        for form in form.split()
    }

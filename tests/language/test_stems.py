"""The forms under which words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.stems import fold, stem
from digest.language.verb_forms import gerunds, pasts, presents


@pytest.mark.parametrize(
    ("words", "folded", "stemmed"),
    [
        ("study studies Studies", "study", "study"),
        ("model models model's models’", "model", "model"),
        ("matrix matrices", "matrix", "matrix"),
        ("analysis analyses", "analysis", "analysis"),
        ("optimization optimisation", "optimization", "optimization"),
        ("behavior behaviours", "behavior", "behavior"),
        ("metalearning meta-learning", "metalearning", "metalearn"),
        ("series species", None, None),
        ("noise noises", "noise", "nois"),
        ("Netze Netz", None, None),
    ],
)
def test_number_case_and_spelling_make_no_other_word(
    words: str, folded: str | None, stemmed: str | None
) -> None:
    """A plural and a British spelling fold to the word; words in -s that are none stay apart."""
    found, stems = set(map(fold, words.split())), set(map(stem, words.split()))
    if folded is None:
        assert found == set(words.casefold().split())
    else:
        assert (found, stems) == ({folded}, {stemmed})


@pytest.mark.parametrize(
    "verb", ["learn", "study", "detect", "optimize", "map", "cause", "call", "pass", "analyze"]
)
def test_the_forms_of_a_verb_have_one_stem_and_several_folded_forms(verb: str) -> None:
    """Topics tell `learning` from `learned`; keyphrases and headlines do not."""
    forms = {*presents(verb), pasts(verb)[-1], gerunds(verb)[-1]}
    assert len({stem(form) for form in forms}) == 1
    assert len({fold(form) for form in forms}) > 1


@given(st.text(max_size=30))
def test_folding_gives_letters_and_digits_alone(word: str) -> None:
    """Whatever a word holds, nothing is raised, and case and marks are gone."""
    assert fold(word) == "" or fold(word).isalnum()
    assert stem(word) == stem(word.upper().lower()) or not word.isascii()

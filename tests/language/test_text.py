"""Small functions on strings: what every module relies on."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.sentences import sentences, shorten
from digest.language.strings import fingerprint, slug, squeeze, visible

ANY = st.text(max_size=300)


@pytest.mark.parametrize(
    "text",
    [
        "It works, e.g. here, i.e. in Fig. 3, cf. Eq. (2) and Sec. IV.",
        "Smith et al. (2020) and Tian et al. 2021 compare A vs. B w.r.t. cost.",
        "E.g., a network of 3.5 million weights.",
        "We fine-tune Qwen2.5 and Node.js with github.com/a/b.",
        "Karl G. Jansky and J. K. Rowling met Dr. Who.",
        "The code is at https://a.org/b.Html and works.",
        "Models from California, U.S., are better by 5.1 % i.e.the most.",
        "We saw 83 % vs. SOTA at 60 %.",
        "Do they mean it... or not?",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    """Abbreviations, initials, decimals, addresses and dotted names hold a sentence together."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A framework.The next one.", ["A framework.", "The next one."]),
        ("Is it so?We ask.", ["Is it so?", "We ask."]),
        ("We use GPUs.This is fast.", ["We use GPUs.", "This is fast."]),
        ("See Kim et al. The rest is new.", ["See Kim et al.", "The rest is new."]),
        ("Cars, planes, etc. Among them is one.", ["Cars, planes, etc.", "Among them is one."]),
        ('He said "Why?" Then he left.', ['He said "Why?"', "Then he left."]),
        ("It ends (in brackets.) So it does.", ["It ends (in brackets.)", "So it does."]),
        ("We rank 1. First, we look. Second, we act.", ["We rank 1.", "First, we look.", "Second, we act."]),
        ("It is domain I. Subsequently, we go on.", ["It is domain I.", "Subsequently, we go on."]),
        ("我们提出一种方法。实验表明有效。", ["我们提出一种方法。", "实验表明有效。"]),
        ("यह पहला है। यह दूसरा है।", ["यह पहला है।", "यह दूसरा है।"]),
        ("Aims. We look at 2 stars. 3D models help.", ["Aims.", "We look at 2 stars.", "3D models help."]),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_ends_it(text: str, expected: list[str]) -> None:
    """Full stops with and without a space after them, quotes, brackets and other scripts."""
    assert sentences(text) == expected


@given(ANY)
def test_sentences_lose_no_letter(text: str) -> None:
    """What is split can be put together again, but for white space."""
    assert "".join(" ".join(sentences(text)).split()) == "".join(text.split())


@given(ANY)
def test_fingerprints_see_no_case_and_no_spacing(text: str) -> None:
    """Punctuation and spaces added to a text do not change what it is."""
    assert fingerprint(text) == fingerprint(" ".join(text)) or any(map(unicodedata.combining, text))
    assert fingerprint(fingerprint(text)) == fingerprint(text)


def test_fingerprints_keep_apart_what_readers_keep_apart() -> None:
    """Vowel signs and voicing marks spell words; accents do not."""
    assert fingerprint("कि") != fingerprint("का")
    assert fingerprint("か") != fingerprint("が")
    assert fingerprint("Éclair ＡＢＣ x² Straße") == "eclairabcx2strasse"
    assert fingerprint("한국어") == "한국어"


@given(ANY)
def test_what_is_visible_can_be_in_xml(text: str) -> None:
    """No control, no surrogate, no bidirectional override is left, and a second look finds
    nothing."""
    shown = visible(text)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\ufffe\uffff\ud800-\udfff]", shown
    )
    assert visible(shown) == shown == unicodedata.normalize("NFC", shown)


def test_joiners_stay_where_a_script_spells_with_them() -> None:
    """Persian and Hindi and emoji need their joiners; Latin letters do not."""
    for kept in ("می\u200cخواهم", "क्\u200dष", "👩\u200d🔬"):
        assert visible(kept) == kept
    assert visible("to\u200cgether\u200d") == "together"
    assert visible("adap\u00ad\ntive ﬂow\u00a0of\u2009air\r\n") == "adaptive flow of air\n"


@given(ANY, st.integers(min_value=0, max_value=120))
def test_shortened_text_fits(text: str, limit: int) -> None:
    """Never longer than asked, marked where something was cut, whole where it fits."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert (short == squeeze(text)) == (len(squeeze(text)) <= limit) or short.endswith("…")


def test_text_is_cut_at_a_clause_or_else_at_a_word() -> None:
    """A clause that ends late enough is worth more than a few more words."""
    text = "We learn quickly from few examples, and we forget slowly."
    assert shorten(text, 44) == "We learn quickly from few examples…"
    assert shorten(text, 30) == "We learn quickly from few…"
    assert shorten(text, 200) == text


@given(ANY, st.integers(min_value=8, max_value=60))
def test_a_slug_is_safe_in_any_address(text: str, limit: int) -> None:
    """ASCII letters, digits and single hyphens, never empty, never too long, always the same."""
    name = slug(text, limit)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)
    assert len(name) <= limit
    assert name == slug(text, limit)


def test_slugs_say_what_they_name() -> None:
    """Latin letters are spelt in ASCII; other scripts are told apart by a hash."""
    assert slug("Łukasz’s Größe & more") == "lukaszs-grosse-and-more"
    assert slug("2048") == "2048"
    assert slug("强化学习") != slug("深度学习")
    assert slug("a-" * 50, 9) == "a-a-a-a-a"


@pytest.mark.parametrize(
    "piece",
    [".", "a", ". ", "(", ".A", "! ", '"', "é", "\u200d", "\u00ad", "a.B", "et al. ", "。", ", "],
)
def test_hostile_lines_take_no_longer_than_others(piece: str) -> None:
    """A million characters of one thing are read in the time of a million others."""
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    for function in (fingerprint, squeeze, sentences, visible, slug):
        function(text)
    shorten(text, 300)
    assert time.process_time() - start < 8

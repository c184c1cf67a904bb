"""Texts in other languages than English: their function words, and the scores that YAKE gives.

The weights of phrases were fitted to English texts (`rank`). For other languages
they are combined with YAKE (Campos et al., "YAKE! Keyword extraction from single
documents using multiple local features", Information Sciences 509, 2020), which
needs only the function words of a language. The language is identified by py3langid
(Lui and Baldwin, "langid.py: An off-the-shelf language identification tool", ACL
2012). This is the one module that imports the two.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from digest.language import lexicon
from digest.understand.keyphrases.candidates import LETTER

LANGUAGES = (
    "ar", "cz", "da", "de", "el", "es", "fa", "fi", "fr", "hi", "hu",
    "id", "it", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk",
)  # fmt: skip
"""Languages that are written with spaces and whose function words YAKE lists, but English."""
ENOUGH = 10_000
"""Characters that YAKE reads of one text: its time grows faster than their number."""
UNKNOWN = 0.6
"""The score of a word that YAKE does not rank, about that of a function word."""
_WORD = re.compile(f"{LETTER}+")
_CONFIRMED = 0.05
"""The share of a language's function words in a text of that language, or of a related one."""


def foreign_language(text: str) -> str:
    """Return YAKE's code of the language of a text, or of a related one, or '' for English.

    >>> foreign_language("Wir zeigen, dass die Verfahren auch ohne die Annahme gelten.")
    'de'
    >>> foreign_language("We show that the methods hold without any assumption of normality.")
    ''
    """
    words = _WORD.findall(text[:2000].lower())
    english = lexicon.words("English telltales")
    if not words or sum(word in english for word in words) > 0.1 * len(words):
        return ""
    language = str(_langid().classify(text[:2000])[0]).replace("cs", "cz")
    known = function_words(language) if language in LANGUAGES else ()
    return language if sum(word in known for word in words) > _CONFIRMED * len(words) else ""


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the words that separate the phrases of a language; none for English."""
    known = _yake(language).stopword_set if language else ()
    return frozenset(word.strip("\ufeff ").lower() for word in known)


def word_scores(text: str, language: str) -> dict[str, float]:
    """Return YAKE's score of each lower-case word of a text: the lower, the more important.

    >>> found = word_scores("Die Erkennung von Zellen. Die Erkennung ist schnell.", "de")
    >>> found["erkennung"] < found["schnell"]
    True
    """
    ranked = _yake(language).extract_keywords(text[:ENOUGH])
    return {word.lower(): float(score) for word, score in ranked}


def phrase_score(words: Iterable[str], count: int, known: Mapping[str, float]) -> float:
    """Return minus the logarithm of YAKE's score of a phrase, from the scores of its words.

    S(phrase) = Π S(word) / (count · (1 + Σ S(word))): equation 7 of the paper.
    """
    product, total = 0.0, 1.0
    for word in words:
        score = max(known.get(word, UNKNOWN), 1e-6)
        product += math.log(score)
        total += score
    return math.log(count) + math.log(total) - product


@cache
def _yake(language: str) -> Any:
    """Return YAKE set up to rank all single words; imported when first needed, as it is slow."""
    import yake

    # It logs every internal error as a warning and returns nothing.
    logging.getLogger("yake").setLevel(logging.ERROR)
    return yake.KeywordExtractor(lan=language, n=1, top=1_000_000, dedup_lim=1.0)


@cache
def _langid() -> Any:
    """Return py3langid limited to these languages and English; imported when first needed."""
    import py3langid

    py3langid.set_languages(["en", *(name.replace("cz", "cs") for name in LANGUAGES)])
    return py3langid

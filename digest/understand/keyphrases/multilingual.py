"""Texts in other languages than English: their function words, and what YAKE thinks of their words.

What a phrase is worth was found on English texts (`rank`). For the others YAKE
has a say (Campos et al., "YAKE! Keyword extraction from single documents using
multiple local features", Information Sciences 509, 2020), which needs no more
of a language than its function words. Which language it is says py3langid (Lui
and Baldwin, "langid.py: An off-the-shelf language identification tool", ACL
2012). This is the one module that imports the two.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from digest.understand.keyphrases.candidates import LETTER
from digest.understand.keyphrases.grammar import listed

LANGUAGES = listed("ar cz da de el es fa fi fr hi hu id it nl no pl pt ro ru sv tr uk")
"""Languages that write with spaces and whose function words YAKE lists; English is the rule."""
ENOUGH = 10_000
"""Letters that YAKE reads of one text; its time grows faster than they do."""
UNKNOWN = 0.6
"""The score of a word that YAKE does not rank, about that of a function word."""
_WORD = re.compile(f"{LETTER}+")
_ENGLISH = listed("the of and in to is for that with we are on by this as from")
"""Where a tenth of the words are of these, nothing else need be asked; "a" is Hungarian too."""
_CONFIRMED = 0.05
"""The share of a language's function words in a text that is in it, or in one next to it."""


def foreign(text: str) -> str:
    """Name the language a text is in, or the one next to it, as YAKE does; empty for English.

    >>> foreign("Wir zeigen, dass die Verfahren auch ohne die Annahme gelten.")
    'de'
    >>> foreign("We show that the methods hold without any assumption of normality.")
    ''
    """
    words = _WORD.findall(text[:2000].lower())
    if not words or sum(word in _ENGLISH for word in words) > 0.1 * len(words):
        return ""
    language = str(_langid().classify(text[:2000])[0]).replace("cs", "cz")
    known = function_words(language) if language in LANGUAGES else ()
    return language if sum(word in known for word in words) > _CONFIRMED * len(words) else ""


@cache
def function_words(language: str) -> frozenset[str]:
    """Give the words of a language that part its phrases; none for English, which is known."""
    known = _yake(language).stopword_set if language else ()
    return frozenset(word.strip("\ufeff ").lower() for word in known)


def scores(text: str, language: str) -> dict[str, float]:
    """Give YAKE's score of each lower-case word of a text: the lower, the more it says.

    >>> found = scores("Die Erkennung von Zellen. Die Erkennung ist schnell.", "de")
    >>> found["erkennung"] < found["schnell"]
    True
    """
    ranked = _yake(language).extract_keywords(text[:ENOUGH])
    return {word.lower(): float(score) for word, score in ranked}


def phrase_score(words: Iterable[str], count: int, known: Mapping[str, float]) -> float:
    """Give YAKE's score of a phrase from those of its words, as minus its logarithm.

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
    """Give YAKE set to rank every single word; loaded when first needed, for it takes its time."""
    import yake

    # It reports whatever goes wrong inside as a warning and gives back nothing.
    logging.getLogger("yake").setLevel(logging.ERROR)
    return yake.KeywordExtractor(lan=language, n=1, top=1_000_000, dedup_lim=1.0)


@cache
def _langid() -> Any:
    """Return py3langid set to choose among these languages and English; loaded when first needed."""
    import py3langid

    py3langid.set_languages(["en", *(name.replace("cz", "cs") for name in LANGUAGES)])
    return py3langid

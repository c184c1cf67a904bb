"""Texts in other languages than English: their function words, and what YAKE thinks of their words.

What a phrase is worth was found on English texts (`rank`). For the others YAKE
has a say (Campos et al., "YAKE! Keyword extraction from single documents using
multiple local features", Information Sciences 509, 2020), which needs no more
of a language than its function words. This is the one module that imports it.
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

LANGUAGES = sorted(listed("ar cz da de el es fa fi fr hi hu id it nl no pl pt ro ru sv tr uk"))
"""Languages that write with spaces and whose function words YAKE lists; English is the rule."""
ENOUGH = 10_000
"""Letters that YAKE reads of one text; its time grows faster than they do."""
UNKNOWN = 0.6
"""The score of a word that YAKE does not rank, about that of a function word."""
_WORD = re.compile(f"{LETTER}+")
_ENGLISH = listed("the of and in to a is for that with we are on by this as from")


def foreign(text: str) -> str:
    """Name the language a text is in, as YAKE does; empty if it is English or unknown.

    >>> foreign("Wir zeigen, dass die Verfahren auch ohne die Annahme gelten.")
    'de'
    >>> foreign("We show that the methods hold without any assumption of normality.")
    ''
    """
    words = _WORD.findall(text[:2000].lower())
    english = sum(word in _ENGLISH for word in words)
    if not words or english > 0.1 * len(words):
        return ""
    hits = {name: sum(word in function_words(name) for word in words) for name in LANGUAGES}
    best = max(LANGUAGES, key=lambda name: hits[name])
    return best if hits[best] > max(english, 0.15 * len(words)) else ""


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

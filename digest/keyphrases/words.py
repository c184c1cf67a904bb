"""YAKE's opinion of each word of a text: the one module that imports it.

Of YAKE (Campos et al., "YAKE! Keyword extraction from single documents using
multiple local features", Information Sciences 509, 2020) we take the scores of
single words, made of case, position, frequency, spread and company; the
phrases are ours. It reads only the noun phrases, which are half of the text,
and so costs less than half of what it costs alone.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from digest.keyphrases.candidates import LETTER, Word
from digest.keyphrases.grammar import listed

ENOUGH = 1_500
"""Words that YAKE reads of one text; its time grows faster than they do."""
UNKNOWN = 0.6
"""The score of a word that YAKE does not rank, about that of a stop word."""
LANGUAGES = sorted(listed("ar cz da de el es fa fi fr hi hu id it nl no pl pt ro ru sv tr uk"))
"""Languages whose function words YAKE lists and that write with spaces; English is the rule."""
_WORD = re.compile(f"{LETTER}+")


@cache
def _extractor(language: str = "en") -> Any:
    """Give YAKE set to rank every single word; loaded when first needed, for it takes its time."""
    import yake

    # It reports whatever goes wrong inside as a warning and gives back nothing.
    logging.getLogger("yake").setLevel(logging.ERROR)
    return yake.KeywordExtractor(lan=language, n=1, top=1_000_000, dedup_lim=1.0)


def foreign(text: str) -> frozenset[str]:
    """Give the function words of the language a text is in; none if it is English or unknown.

    >>> "ohne" in foreign("Wir zeigen, dass die Verfahren auch ohne die Annahme gelten.")
    True
    >>> foreign("We show that the methods hold without any assumption of normality.")
    frozenset()
    """
    words = _WORD.findall(text[:2000].lower())
    english = sum(word in _ENGLISH for word in words)
    if not words or english > 0.1 * len(words):
        return frozenset()
    hits = {name: sum(word in _stops(name) for word in words) for name in LANGUAGES}
    best = max(LANGUAGES, key=lambda name: hits[name])
    return _stops(best) if hits[best] > max(english, 0.15 * len(words)) else frozenset()


_ENGLISH = listed("the of and in to a is for that with we are on by this as from")


@cache
def _stops(language: str) -> frozenset[str]:
    """Give YAKE's list of a language's function words."""
    return frozenset(word.strip("\ufeff ") for word in _extractor(language).stopword_set)


def scores(runs: Iterable[list[Word]]) -> dict[str, float]:
    """Give YAKE's score of each lower-case word: the lower, the more it says.

    >>> from digest.keyphrases.candidates import read
    >>> found = scores(read("Monotone Boltzmann machines", "Boltzmann machines learn.").runs)
    >>> found["boltzmann"] < found["monotone"]
    True
    """
    parts = []
    left = ENOUGH
    for run in runs:
        left -= len(run)
        if left < 0:
            break
        parts.append(". " if run[0].first else ", ")
        parts.append(" ".join(word.text for word in run))
    ranked = _extractor().extract_keywords("".join(parts).lstrip("., "))
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

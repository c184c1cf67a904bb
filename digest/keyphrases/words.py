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
from collections.abc import Iterable
from functools import cache
from typing import Any

from digest.keyphrases.candidates import Word

ENOUGH = 1_000
"""Runs that YAKE reads of one text; its time grows faster than the text."""
UNKNOWN = 0.6
"""The score of a word YAKE does not rank, about that of a stop word."""


@cache
def _extractor(language: str = "en") -> Any:
    """Give YAKE set to rank every single word; loaded when first needed, for it takes its time."""
    import yake

    # It reports whatever goes wrong inside as a warning and gives back nothing.
    logging.getLogger("yake").setLevel(logging.ERROR)
    return yake.KeywordExtractor(lan=language, n=1, top=1_000_000, dedup_lim=1.0)


def weigh(runs: Iterable[list[Word]]) -> dict[str, float]:
    """Give YAKE's score of each lower-case word as a weight: the higher, the more it says.

    >>> from digest.keyphrases.candidates import read
    >>> weights = weigh(read("Monotone Boltzmann machines", "Boltzmann machines learn.").runs)
    >>> weights["boltzmann"] > weights["monotone"]
    True
    """
    parts = []
    for run in list(runs)[:ENOUGH]:
        parts.append(". " if run[0].first else ", ")
        parts.append(" ".join(word.text for word in run))
    scores = _extractor().extract_keywords("".join(parts).lstrip("., "))
    return {word.lower(): -math.log(max(float(score), 1e-6)) for word, score in scores}

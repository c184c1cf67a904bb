"""The score of a headline: how likely its words are to be in the title, and how it reads."""

from __future__ import annotations

import re

from digest.language.stems import stem
from digest.understand.headline.title_candidates import TitleCandidate
from digest.understand.headline.word_model import WordModel

_WORD = re.compile(r"[^\W_]+")
TITLE_WORDS = 10.4
"""The number of words of a title, on average."""


def features(candidate: TitleCandidate, model: WordModel) -> dict[str, float]:
    """Return the features of a headline, by the names of `WEIGHTS`.

    `overlap` is the ROUGE-1 F to be expected with a title of average length.
    """
    words = [word.lower() for word in _WORD.findall(candidate.text)]
    chances: dict[str, float] = {}
    for word in words:
        chances.setdefault(stem(word), model.chance(word))
    expected, count = sum(chances.values()), max(1, len(words))
    return {
        "overlap": 2 * expected / (count + TITLE_WORDS),
        "mean": expected / count,
        "again": (count - len(chances)) / count,
        "length": min(count, 10) / 10,
        "short": max(0, 5 - count) / 10,
        "long": max(0, count - 10) / 10,
        "rank": min(candidate.rank, 4) / 4,
        "name": float(bool(candidate.name)),
        "cut": float(candidate.cut),
        f"kind {candidate.kind}": 1.0,
        **{f"mark {mark}": 1.0 for mark in candidate.marks},
    }


# The weight of each feature, in units of the overlap: the softmax over the candidates of an
# abstract that maximizes the expected ROUGE-1 with its true title, over 2,500 arXiv papers of
# spring 2025, most from computer science, a tenth from other fields. “short”, “name”, “kind
# phrase” and “kind first” were set by hand for readers: whole statements before loose words,
# and the name first.
WEIGHTS: dict[str, float] = {"again": -0.15, "cut": -0.05, "kind build": -0.04, "kind coined": 0.08, "kind first": -0.1, "kind other": -0.09, "kind phrase": -0.1, "kind show": -0.04, "kind study": -0.02, "kind survey": -0.12, "kind topic": -0.13, "length": 0.33, "long": 0.1, "mark for said": 0.03, "mark for task": 0.07, "mark for things": -0.02, "mark headed": 0.0, "mark in said": -0.01, "mark long": 0.07, "mark plain": 0.0, "mark purpose": 0.04, "mark via": -0.01, "mean": 0.8, "name": 0.15, "overlap": 1.0, "rank": -0.07, "short": -0.58}  # fmt: skip


def score(candidate: TitleCandidate, model: WordModel) -> float:
    """Return how good a headline is, compared with others of the same abstract."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features(candidate, model).items())

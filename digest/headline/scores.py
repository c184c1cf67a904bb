"""How good a headline is: would its words stand in a title, and does it read as one?"""

from __future__ import annotations

import math
import re
from collections import Counter

from .candidates import LIMIT, Candidate
from .words import is_plain, stem

_WORD = re.compile(r"[^\W_]+")
# How often a little word of an abstract stands in the title as well (arXiv, 4,000 papers).
_LITTLE = {"for": 0.45, "and": 0.25, "in": 0.22, "with": 0.19, "of": 0.19, "a": 0.2, "via": 0.14, "the": 0.12, "on": 0.1,
           "from": 0.1, "to": 0.12, "through": 0.06, "using": 0.08, "based": 0.12, "by": 0.06}  # fmt: skip
WORD = {"one": -3.43, "count": 1.33, "best": 1.42, "second": 0.22, "first": 0.81, "plain": -2.0}
TITLE_WORDS = 10.4


class Subject:
    """What the abstract says about each of its words."""

    def __init__(self, parts: list[str], order: list[int]) -> None:
        """Count the words of the abstract, and look at the sentences that matter."""
        self.count = Counter(stem(word) for part in parts for word in _WORD.findall(part.lower()))
        self.best = {stem(word) for word in _WORD.findall(parts[order[0]].lower())}
        self.second = {stem(word) for word in _WORD.findall(parts[order[1]].lower())} if len(order) > 1 else set()
        self.first = {stem(word) for word in _WORD.findall(parts[0].lower())}

    def signs(self, word: str) -> dict[str, float]:
        """What speaks for the word standing in a title."""
        root = stem(word)
        return {
            "one": 1.0,
            "count": math.log(max(1, self.count[root])),
            "best": float(root in self.best),
            "second": float(root in self.second),
            "first": float(root in self.first),
            "plain": float(is_plain(word)),
        }

    def chance(self, word: str) -> float:
        """How likely the word is to stand in the paper's title, from 0 to 1."""
        if word in _LITTLE:
            return _LITTLE[word]
        return 1 / (1 + math.exp(-sum(WORD.get(sign, 0.0) * value for sign, value in self.signs(word).items())))


def features(candidate: Candidate, subject: Subject) -> dict[str, float]:
    """What is to be said for and against a headline, by name."""
    words = [word.lower() for word in _WORD.findall(candidate.text)]
    chances: dict[str, float] = {}
    for word in words:
        chances.setdefault(stem(word), subject.chance(word))
    hoped = sum(chances.values())
    return {
        "overlap": 2 * hoped / (len(words) + TITLE_WORDS),
        "mean": hoped / max(1, len(words)),
        "again": (len(words) - len(chances)) / max(1, len(words)),
        "length": min(len(words), 10) / 10,
        "long": max(0, len(words) - 10) / 10,
        "rank": min(candidate.rank, 4) / 4,
        "name": float(bool(candidate.name)),
        "cut": float(candidate.cut),
        **{f"kind {candidate.kind}": 1.0},
        **{f"mark {mark}": 1.0 for mark in candidate.marks},
    }


WEIGHTS: dict[str, float] = {"again": 0.03, "cut": -0.02, "kind build": 0.01, "kind first": 0.04, "kind show": -0.02, "kind study": -0.02, "kind survey": -0.01, "length": 0.1, "long": -0.02, "mark about": 0.01, "mark long": 0.09, "mark purpose": -0.01, "mark spelt": 0.11, "mark subject": -0.02, "mean": 0.29, "name": 0.03, "overlap": 0.46, "rank": -0.07}  # fmt: skip


def score(candidate: Candidate, subject: Subject) -> float:
    """How good a headline is, against others of the same abstract."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features(candidate, subject).items())

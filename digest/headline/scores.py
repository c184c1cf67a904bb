"""How good a headline is: would its words stand in a title, and does it read as one?"""

from __future__ import annotations

import math
import re
from collections import Counter

from digest.headline.candidates import Candidate
from digest.headline.words import is_plain, stem

_WORD = re.compile(r"[^\W_]+")
# How often a little word of an abstract stands in the title as well (arXiv, 4,000 papers).
_LITTLE = {"for": 0.45, "and": 0.25, "in": 0.22, "with": 0.19, "of": 0.19, "a": 0.2, "via": 0.14, "the": 0.12, "on": 0.1,
           "from": 0.1, "to": 0.12, "through": 0.06, "using": 0.08, "based": 0.12, "by": 0.06}  # fmt: skip
# Log-odds that a word of an abstract stands in its title: logistic regression over the words of
# some 2,000 arXiv abstracts from spring 2025. “long”, “short form” … are named in `Subject.signs`.
WORD: dict[str, float] = {"one": -3.17, "count": 0.96, "best": 1.43, "second": 0.23, "first": 0.77, "plain": -2.09, "process": 0.56, "doing": 0.11, "so": -0.7, "short form": 0.08, "digit": -0.44, "long": 0.03, "subject": 0.42, "seldom": -0.4}  # fmt: skip
TITLE_WORDS = 10.4


class Subject:
    """What the abstract says about each of its words."""

    def __init__(self, parts: list[str], order: list[int], repeated: list[str]) -> None:
        """Count the words of the abstract, and look at the sentences that matter."""
        self.count = Counter(stem(word) for part in parts for word in _WORD.findall(part.lower()))
        self.best = {stem(word) for word in _WORD.findall(parts[order[0]].lower())}
        self.second = (
            {stem(word) for word in _WORD.findall(parts[order[1]].lower())}
            if len(order) > 1
            else set()
        )
        self.capitals = {
            word.lower()
            for part in parts
            for word in _WORD.findall(part)
            if word[1:] != word[1:].lower()
        }
        self.subjects = {
            stem(word) for phrase in repeated for word in _WORD.findall(phrase.lower())
        }
        self._chances = dict(_LITTLE)
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
            "process": float(word.endswith(("tion", "sion", "sis", "ment"))),
            "doing": float(word.endswith("ing")),
            "so": float(word.endswith("ly")),
            "short form": float(word in self.capitals),
            "digit": float(any(char.isdigit() for char in word)),
            "long": float(len(word) > 7),
            "subject": float(root in self.subjects),
            "seldom": float(self.count[root] == 1),
        }

    def chance(self, word: str) -> float:
        """How likely the word is to stand in the paper's title, from 0 to 1."""
        if word not in self._chances:
            weight = sum(WORD.get(sign, 0.0) * value for sign, value in self.signs(word).items())
            self._chances[word] = 1 / (1 + math.exp(-weight))
        return self._chances[word]


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


# What a headline gains by each feature: the softmax over the candidates of an abstract that makes the
# expected ROUGE-1 with its title greatest, over the same abstracts; then, for the reader's sake,
# moved by hand towards names and away from phrases whose verb is lost.
WEIGHTS: dict[str, float] = {"cut": -0.04, "kind build": 0.03, "kind coined": 0.03, "kind first": 0.0, "kind phrase": -0.14, "kind show": -0.03, "kind study": -0.01, "kind survey": 0.03, "length": 0.17, "mark about": 0.03, "mark long": 0.07, "mark purpose": -0.03, "mark subject": -0.11, "mark with": -0.06, "mean": 0.35, "name": 0.14, "overlap": 0.6, "rank": -0.17}  # fmt: skip


def score(candidate: Candidate, subject: Subject) -> float:
    """How good a headline is, against others of the same abstract."""
    return sum(
        WEIGHTS.get(name, 0.0) * value for name, value in features(candidate, subject).items()
    )

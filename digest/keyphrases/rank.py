"""What a phrase is worth: what its own text says of it, then what the other texts say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digest.keyphrases.candidates import Candidate, read, stems
from digest.keyphrases.grammar import GENERIC, stem
from digest.keyphrases.words import UNKNOWN, weigh

KEPT = 30
"""Candidates kept of each text for the corpus to choose from."""

# Found by logistic regression on half of three sets of abstracts with keyphrases given by
# indexers, readers and authors, and checked on the other halves. A phrase's worth is the sum.
OWN: Mapping[str, float] = {
    "yake, mean of its words": -0.02,
    "yake, best of its words": -0.02,
    "yake, worst of its words": 0.13,
    "times, log": 0.88,
    "in the title": 0.43,
    "late, log": -0.13,
    "one word": -0.58,
    "two words": 0.23,
    "four words": -0.57,
    "five words": -1.12,
    "stands alone": 0.96,
    "stands alone, share": -0.22,
    "begins a run, share": 0.49,
    "ends a run, share": 0.27,
    "begins with -ing": -0.41,
    "begins with -ed": -0.35,
    "begins with an adjective": -0.13,
    "ends in -ing": 0.80,
    "capitals": 0.27,
    "one word in capitals": 1.59,
    "ends in a general word": -0.33,
    "is a general word": -1.19,
    "holds 'new' or the like": -0.71,
    "letters, log": 0.87,
    "hyphen": 0.02,
    "digit": -0.16,
}
CORPUS: Mapping[str, float] = {
    "rare, mean of its words": 0.49,
    "rare, its last word": -0.19,
    "rare, as a phrase": -0.12,
    "others use it too": 0.34,
}
_GENERIC = frozenset(stem(word) for word in GENERIC)


class Phrase(NamedTuple):
    """A candidate as the corpus sees it: its form and the worth its own text gives it."""

    form: str
    """Capitals that a sentence or a title may have caused are marked `^`."""
    worth: float


class Analysis(NamedTuple):
    """What one text says by itself, which is all that is kept of it."""

    phrases: Sequence[Phrase]
    words: str
    """The stems of its words, once each."""
    names: str
    """The stems of words it writes with a capital where none is needed."""


def analyse(title: str, abstract: str) -> Analysis:
    """Find the phrases of one text and what they are worth before the others are known."""
    reading = read(title, abstract)
    weights = weigh(reading.runs)
    total = sum(map(len, reading.runs))
    worth = [
        Phrase(form, round(_dot(OWN, own_features(c, form, weights, total)), 4))
        for c in reading.candidates.values()
        for form in [spelling(c)]
    ]
    worth.sort(key=lambda p: (-p.worth, p.form))
    words = sorted({s for c in reading.candidates.values() for s in c.stems})
    return Analysis(
        worth[:KEPT], " ".join(words), " ".join(sorted({stem(n) for n in reading.names}))
    )


def spelling(candidate: Candidate) -> str:
    """Choose the form that the text uses most; of several the plainest."""
    return min(candidate.forms, key=lambda form: (-candidate.forms[form], form.count("^"), form))


def own_features(
    c: Candidate, form: str, weights: Mapping[str, float], total: int
) -> dict[str, float]:
    """Describe a phrase by what its own text shows."""
    n = len(c.kinds)
    words = form.replace("^", "").lower().split()
    known = [weights.get(word, -math.log(UNKNOWN)) for word in words]
    count = c.count
    return {
        "yake, mean of its words": sum(known) / len(known),
        "yake, best of its words": max(known),
        "yake, worst of its words": min(known),
        "times, log": math.log(count),
        "in the title": float(c.titled),
        "late, log": math.log1p(c.first),
        "one word": float(n == 1),
        "two words": float(n == 2),
        "four words": float(n == 4),
        "five words": float(n == 5),
        "stands alone": float(c.whole > 0),
        "stands alone, share": c.whole / count,
        "begins a run, share": c.left / count,
        "ends a run, share": c.right / count,
        "begins with -ing": float(c.kinds[0] == "g" and n > 1),
        "begins with -ed": float(c.kinds[0] == "e"),
        "begins with an adjective": float(c.kinds[0] == "j"),
        "ends in -ing": float(c.kinds[-1] == "g"),
        "capitals": float(c.caps > 0),
        "one word in capitals": float(n == 1 and sum(ch.isupper() for ch in form) > 1),
        "ends in a general word": float(n > 1 and c.stems[-1] in _GENERIC),
        "is a general word": float(n == 1 and c.stems[0] in _GENERIC),
        "holds 'new' or the like": float("o" in c.kinds),
        "letters, log": math.log(len(c.key)),
        "hyphen": float("-" in form),
        "digit": float(any(ch.isdigit() for ch in form)),
    }


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Weigh features."""
    return sum(weight * features[name] for name, weight in weights.items())


class Corpus:
    """How many texts use each word and each phrase."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        """Count them; a text counts once."""
        self.size = len(analyses)
        self.words: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.phrases: Counter[str] = Counter()
        for analysis in analyses:
            self.words.update(analysis.words.split())
            self.names.update(analysis.names.split())
            self.phrases.update({_key(p.form) for p in analysis.phrases})

    def rarity(self, count: int) -> float:
        """Tell how much rarer than the rest: 0 in every text alone, negative for the common."""
        return math.log(1.5 / (count + 0.5))

    def features(self, form: str) -> dict[str, float]:
        """Describe a phrase by how the other texts use it."""
        parts = _stems(form)
        rare = [self.rarity(self.words[s]) for s in parts]
        count = self.phrases[_key(form)]
        return {
            "rare, mean of its words": sum(rare) / len(rare),
            "rare, its last word": rare[-1],
            "rare, as a phrase": self.rarity(count),
            "others use it too": math.log(max(count, 1)) * (len(parts) > 1),
        }

    def is_name(self, word: str) -> bool:
        """Say whether the texts mostly write this word with a capital."""
        s = stem(word.lower())
        return self.names[s] > 0.4 * self.words[s]


def _stems(form: str) -> tuple[str, ...]:
    """Give the stems of a phrase."""
    return tuple(s for word in form.split() for s in stems(word))


def _key(form: str) -> str:
    """Give what all spellings of a phrase share."""
    return "".join(_stems(form))


def choose(analysis: Analysis, corpus: Corpus, top: int) -> tuple[str, ...]:
    """Take the best phrases, none of them inside another."""
    ranked = sorted(
        (-p.worth - _dot(CORPUS, corpus.features(p.form)), p.form) for p in analysis.phrases
    )
    chosen: list[tuple[frozenset[str], str]] = []
    for _, form in ranked:
        words = frozenset(_stems(form))
        if len(chosen) == top:
            break
        if not any(words <= other or other <= words for other, _ in chosen):
            chosen.append((words, _cased(form, corpus)))
    return tuple(form for _, form in chosen)


def _cased(form: str, corpus: Corpus) -> str:
    """Settle the capitals that only the other texts can explain."""
    words = form.split()
    for i, word in enumerate(words):
        if word.startswith("^"):
            words[i] = word[1:] if corpus.is_name(word[1:]) else word[1:].lower()
    return " ".join(words)

"""What a phrase is worth: what its own text says of it, then what the other texts say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digest.keyphrases.candidates import Candidate, read, stems
from digest.keyphrases.grammar import GENERIC, stem
from digest.keyphrases.words import foreign, phrase_score, scores

KEPT = 30
"""Candidates kept of each text for the corpus to choose from."""

# Found by logistic regression on half of three sets of abstracts with keyphrases given by
# indexers, by readers and by authors (the last counted twice), and checked on the other halves.
# A phrase's worth is the sum.
OWN: Mapping[str, float] = {
    "YAKE's score, -log": 0.02,
    "times, log": 0.94,
    "in the title": 0.48,
    "late, log": -0.12,
    "one word": -0.64,
    "four words": -0.81,
    "five words": -1.41,
    "stands alone": 1.10,
    "begins a run, share": 0.28,
    "begins with -ing": -0.61,
    "begins with -ed": -0.35,
    "begins with an adjective": -0.16,
    "ends in -ing": 0.92,
    "one word in capitals": 1.47,
    "ends in a general word": -0.28,
    "is a general word": -1.00,
    "holds 'new' or the like": -1.22,
    "letters, log": 0.80,
}
CORPUS: Mapping[str, float] = {
    "rare, mean of its words": 0.24,
    "others use it too": 0.40,
}
_GENERIC = frozenset(stem(word) for word in GENERIC)
_COMMON = 3
"""Texts that must write a phrase in one way for the others to follow."""


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
    reading = read(title, abstract, foreign(f"{title} {abstract[:2000]}"))
    known = scores(reading.runs)
    phrases = []
    for candidate in reading.candidates.values():
        form = spelling(candidate)
        phrases.append(Phrase(form, round(_dot(OWN, own_features(candidate, form, known)), 4)))
    phrases.sort(key=lambda p: (-p.worth, p.form))
    words = {s for p in phrases for word in p.form.split() for s in stems(word)}
    names = {s for name in reading.names for s in stems(name)}
    return Analysis(phrases[:KEPT], " ".join(sorted(words)), " ".join(sorted(names)))


def spelling(candidate: Candidate) -> str:
    """Choose the form that the text uses most; of several the plainest."""
    return min(candidate.forms, key=lambda form: (-candidate.forms[form], form.count("^"), form))


def own_features(c: Candidate, form: str, known: Mapping[str, float]) -> dict[str, float]:
    """Describe a phrase by what its own text shows."""
    n = len(c.kinds)
    words = form.replace("^", "").lower().split()
    return {
        "YAKE's score, -log": phrase_score(words, c.count, known),
        "times, log": math.log(c.count),
        "in the title": float(c.titled),
        "late, log": math.log1p(c.first),
        "one word": float(n == 1),
        "four words": float(n == 4),
        "five words": float(n == 5),
        "stands alone": float(c.whole > 0),
        "begins a run, share": c.left / c.count,
        "begins with -ing": float(n > 1 and c.kinds[0] == "g"),
        "begins with -ed": float(c.kinds[0] == "e"),
        "begins with an adjective": float(c.kinds[0] == "j"),
        "ends in -ing": float(c.kinds[-1] == "g"),
        "one word in capitals": float(n == 1 and sum(map(str.isupper, form)) > 1),
        "ends in a general word": float(n > 1 and c.stems[-1] in _GENERIC),
        "is a general word": float(n == 1 and c.stems[0] in _GENERIC),
        "holds 'new' or the like": float("o" in c.kinds),
        "letters, log": math.log(len(c.key)),
    }


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Weigh features."""
    return sum(weight * features[name] for name, weight in weights.items())


class Corpus:
    """How many texts use each word and each phrase, and how they write it."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        """Count them; a text counts once."""
        words: Counter[str] = Counter()
        names: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        for analysis in analyses:
            words.update(analysis.words.split())
            names.update(analysis.names.split())
            forms.update(phrase.form for phrase in analysis.phrases)
        self._names = frozenset(s for s, count in names.items() if count > 0.4 * words[s])
        self._rarity = {s: math.log(1.5 / (count + 0.5)) for s, count in words.items()}
        self._stems = {
            form: tuple(s for word in form.split() for s in stems(word)) for form in forms
        }
        self._count_forms(forms)

    def _count_forms(self, forms: Counter[str]) -> None:
        """Count phrases whatever their form, and settle which form is theirs."""
        self._phrases: Counter[str] = Counter()
        shown: dict[str, Counter[str]] = {}
        for form, count in forms.items():
            key = "".join(self._stems[form])
            self._phrases[key] += count
            shown.setdefault(key, Counter())[self._cased(form)] += count
        self._shown = {
            key: min(counts, key=lambda form: (-counts[form], form))
            for key, counts in shown.items()
            if max(counts.values()) >= _COMMON
        }

    def stems(self, form: str) -> tuple[str, ...]:
        """Give the stems of a phrase."""
        return self._stems[form]

    def worth(self, form: str) -> float:
        """Tell what the other texts add to a phrase's worth."""
        parts = self._stems[form]
        features = {
            "rare, mean of its words": sum(self._rarity[s] for s in parts) / len(parts),
            "others use it too": math.log(self._phrases["".join(parts)]) if len(parts) > 1 else 0.0,
        }
        return _dot(CORPUS, features)

    def show(self, form: str) -> str:
        """Give a phrase as most texts write it, or as its own does if few know it."""
        return self._shown.get("".join(self._stems[form])) or self._cased(form)

    def _cased(self, form: str) -> str:
        """Settle the capitals that only the other texts, or the rest of the phrase, can explain."""
        if "^" not in form:
            return form
        words = form.split()
        rest = words[1:]
        named = bool(rest) and all(word[0].isupper() for word in rest)
        for i, word in enumerate(words):
            if word.startswith("^"):
                name = set(stems(word)) <= self._names or (named and i == 0)
                words[i] = word[1:] if name else word[1:].lower()
        return " ".join(words)


def choose(analysis: Analysis, corpus: Corpus, top: int) -> tuple[str, ...]:
    """Take the best phrases, none of them inside another."""
    ranked = sorted((-p.worth - corpus.worth(p.form), p.form) for p in analysis.phrases)
    chosen: list[frozenset[str]] = []
    shown: list[str] = []
    for _, form in ranked:
        if len(shown) >= top:
            break
        words = frozenset(corpus.stems(form))
        if not any(words <= other or other <= words for other in chosen):
            chosen.append(words)
            shown.append(corpus.show(form))
    return tuple(shown)

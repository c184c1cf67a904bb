"""What a phrase is worth: what its own text says of it, then what the other texts say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digest.keyphrases.candidates import Candidate, Reading, form_stems, read, stems
from digest.keyphrases.grammar import GENERIC, stem
from digest.keyphrases.words import foreign, phrase_score, scores

KEPT = 30
"""Candidates kept of each text for the corpus to choose from."""

# Found by logistic regression on half of three sets of abstracts with keyphrases given by
# indexers, by readers and by authors (the last counted twice), and checked on the other halves.
# A phrase's worth is the sum.
OWN: Mapping[str, float] = {
    "high with YAKE, log": 0.17,
    "times, log": 0.89,
    "in the title": 0.50,
    "late, log": -0.09,
    "one word": -0.60,
    "four words": -0.82,
    "five words": -1.31,
    "stands alone": 1.08,
    "begins a run, share": 0.27,
    "begins with -ing": -0.63,
    "begins with -ed": -0.37,
    "begins with an adjective": -0.19,
    "ends in -ing": 0.91,
    "one word in capitals": 1.50,
    "ends in a general word": -0.29,
    "is a general word": -0.99,
    "holds 'new' or the like": -1.20,
    "letters, log": 0.76,
}
RARE = 0.24
"""For each factor e by which its words, on average, are rarer than others."""
KNOWN = 0.41
"""For each factor e of texts that use the same phrase of several words."""
_GENERIC = frozenset(stem(word) for word in GENERIC)
_COMMON = 3
"""Texts that must write a phrase in one way for the others to follow."""


Phrase = tuple[str, float]
"""A form and the worth its own text gives it; `^` marks a capital that its place may explain."""


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
    forms = {key: spelling(candidate) for key, candidate in reading.candidates.items()}
    places = yake_places(reading, forms)
    phrases = []
    for key, candidate in reading.candidates.items():
        worth = _dot(OWN, own_features(candidate, forms[key], places[key]))
        phrases.append((forms[key], round(worth, 4)))
    phrases.sort(key=lambda phrase: (-phrase[1], phrase[0]))
    words = {s for form, _ in phrases for s in form_stems(form)}
    names = {s for name in reading.names for s in stems(name)}
    return Analysis(phrases[:KEPT], " ".join(sorted(words)), " ".join(sorted(names)))


def spelling(candidate: Candidate) -> str:
    """Choose the form that the text uses most; of several the plainest, then the first."""
    return min(candidate.forms, key=lambda form: (-candidate.forms[form], form.count("^")))


def yake_places(reading: Reading, forms: Mapping[str, str]) -> dict[str, int]:
    """Rank the candidates as YAKE would: 0 for the best."""
    known = scores(reading.runs)
    ranked = sorted(
        (-phrase_score(forms[key].replace("^", "").lower().split(), c.count, known), key)
        for key, c in reading.candidates.items()
    )
    return {key: place for place, (_, key) in enumerate(ranked)}


def own_features(c: Candidate, form: str, place: int) -> dict[str, float]:
    """Describe a phrase by what its own text shows and its place in YAKE's ranking."""
    n = len(c.kinds)
    return {
        "high with YAKE, log": -math.log(place + 5),
        "times, log": math.log(c.count),
        "in the title": float(c.titled),
        "late, log": math.log1p(c.first),
        "one word": float(n == 1),
        "four words": float(n == 4),
        "five words": float(n == 5),
        "stands alone": float(c.whole > 0),
        "begins a run, share": c.begins / c.count,
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
            forms.update([form for form, _ in analysis.phrases])
        self._names = frozenset(s for s, count in names.items() if count > 0.4 * words[s])
        self.stems = {form: form_stems(form) for form in forms}
        self._keys = {form: "".join(parts) for form, parts in self.stems.items()}
        self._phrases: Counter[str] = Counter()
        for form, key in self._keys.items():
            self._phrases[key] += forms[form]
        self._shown = self._settle(forms)
        self.worth = self._weigh(words)

    def _weigh(self, words: Mapping[str, int]) -> dict[str, float]:
        """Tell what the other texts add to the worth of each phrase."""
        rarity = {s: RARE * math.log(1.5 / (count + 0.5)) for s, count in words.items()}
        worth = {}
        for form, parts in self.stems.items():
            used = self._phrases[self._keys[form]]
            known = KNOWN * math.log(used) if used > 1 and len(parts) > 1 else 0.0
            worth[form] = known + sum([rarity[s] for s in parts]) / len(parts)
        return worth

    def _settle(self, forms: Mapping[str, int]) -> dict[str, str]:
        """Choose how each common phrase is written: as most texts write it."""
        written: dict[str, Counter[str]] = {}
        for form, key in self._keys.items():
            if self._phrases[key] >= _COMMON:
                written.setdefault(key, Counter())[self._cased(form)] += forms[form]
        return {
            key: min(counts, key=lambda form: (-counts[form], form))
            for key, counts in written.items()
            if max(counts.values()) >= _COMMON
        }

    def show(self, form: str) -> str:
        """Give a phrase as most texts write it, or as its own does if few know it."""
        return self._shown.get(self._keys[form]) or self._cased(form)

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
    ranked = sorted([(-worth - corpus.worth[form], form) for form, worth in analysis.phrases])
    chosen: list[frozenset[str]] = []
    shown: list[str] = []
    for _, form in ranked:
        if len(shown) >= top:
            break
        words = frozenset(corpus.stems[form])
        if not any(words <= other or other <= words for other in chosen):
            chosen.append(words)
            shown.append(corpus.show(form))
    return tuple(shown)

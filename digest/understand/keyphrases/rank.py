"""What a phrase is worth as far as its own text says."""

from __future__ import annotations

import math
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import mul
from typing import Any, NamedTuple

import numpy as np

from digest.language.tokens import number
from digest.understand.keyphrases.candidates import Candidate, Reading, read, stems
from digest.understand.keyphrases.grammar import GENERIC, stem
from digest.understand.keyphrases.multilingual import foreign, function_words, phrase_score, scores

KEPT = 30
"""Candidates kept of each text for the corpus to choose from; at most the bits of a clash."""

# Found by conditional logistic regression, which candidate of a text is a keyphrase, on half of
# three sets of abstracts with keyphrases given by indexers, by readers and by authors, and
# checked on the other halves, then on both; a phrase's worth is the sum. YAKE's scores of the words
# add nothing to these, and cost more than all of them.
OWN: Mapping[str, float] = {
    "times, log": 0.56,
    "times of its words, mean log": 0.55,
    "times of its most frequent word, log": -0.18,
    "in the title": 0.42,
    "late, log": -0.08,
    "one word": -0.64,
    "four words": -0.43,
    "five words": -0.58,
    "stands alone": 0.95,
    "begins a run, share": 0.25,
    "begins with -ing": -0.38,
    "begins with -ed": -0.23,
    "begins with an adjective": -0.14,
    "ends in -ing": 0.85,
    "one word in capitals": 0.89,
    "ends in a general word": -0.20,
    "is a general word": -1.06,
    "holds 'new' or the like": -0.41,
    "letters, log": 0.65,
}

YAKE = 0.3
"""For each factor e that YAKE thinks better of a phrase in another language than English. The worths
above were found on English, and YAKE needs no more of a language than its function words; with this
its scores differ about as much as those worths."""

PHRASE = np.dtype([("worth", "<f4"), ("parts", "<u4"), ("clashes", "<u4"), ("key", "<u8")])
"""A phrase of one text: its worth so far, how many stems it has, which of the text's other
phrases (a bit each) are inside it or have it inside, and the number of its stems as one word."""


class Analysis(NamedTuple):
    """What one text says by itself, which is all that is kept of it."""

    forms: str
    """Its phrases, one a line, the best first; `^` marks a capital that its place may explain."""
    phrases: bytes
    """A `PHRASE` each."""
    parts: bytes
    """Where each of a phrase's stems stands in `words`, two bytes each."""
    words: bytes
    """The numbers of its stems, once each; odd for a word with a capital where none is needed."""

    def to_json(self) -> list[str]:
        """Give it as a cache keeps it."""
        return [self.forms, *(b64encode(part).decode("ascii") for part in self[1:])]

    @classmethod
    def from_json(cls, value: Any) -> Analysis:
        """Give back what `to_json` made."""
        forms, *numbers = value
        return cls(forms, *map(b64decode, numbers))


_GENERIC = frozenset(stem(word) for word in GENERIC)


def analyse(title: str, abstract: str) -> Analysis:
    """Find the phrases of one text and what they are worth before the others are known."""
    language = foreign(f"{title} {abstract[:2000]}")
    reading = read(title, abstract, function_words(language))
    often = Counter(s for run in reading.runs for word in run for s in stems(word.lower))
    known = scores(f"{title}. {abstract}", language) if language else {}
    ranked = []
    for candidate in reading.candidates.values():
        form = spelling(candidate)
        worth = math.fsum(map(mul, OWN.values(), features(candidate, form, often)))
        if language:
            worth += YAKE * phrase_score(_words(form), candidate.count, known)
        ranked.append((-round(worth, 4), form, candidate))
    ranked.sort(key=lambda each: each[:2])
    return _packed(reading, ranked[:KEPT])


def _packed(reading: Reading, ranked: Sequence[tuple[float, str, Candidate]]) -> Analysis:
    """Put the best candidates of a text and its words into numbers."""
    names = {s for name in reading.names for s in stems(name)}
    words = sorted(names.union(*(c.stems for c in reading.candidates.values())))
    place = {s: i for i, s in enumerate(words)}
    sets = [frozenset(c.stems) for _, _, c in ranked]
    phrases = [
        (-worth, len(c.stems), _clashes(own, sets), number(c.key))
        for (worth, _, c), own in zip(ranked, sets, strict=True)
    ]
    return Analysis(
        "\n".join(form for _, form, _ in ranked),
        np.array(phrases, PHRASE).tobytes(),
        np.array([place[s] for _, _, c in ranked for s in c.stems], "<u2").tobytes(),
        np.array([number(s) | (s in names) for s in words], "<u8").tobytes(),
    )


def _clashes(own: frozenset[str], sets: Sequence[frozenset[str]]) -> int:
    """Give the phrases that have this one inside or are inside it, as bits; it is one itself."""
    return sum(1 << i for i, other in enumerate(sets) if own <= other or other <= own)


def _words(form: str) -> list[str]:
    return form.replace("^", "").lower().split()


def spelling(candidate: Candidate) -> str:
    """Choose the form that the text uses most; of several the plainest, then the first."""
    forms = candidate.forms
    return min(forms, key=lambda form: (-forms[form], form.count("^")))


def features(c: Candidate, form: str, often: Mapping[str, int]) -> tuple[float, ...]:
    """Describe a phrase by what its text shows, in the order of `OWN`.

    `often` tells how often the text has each stem.
    """
    kinds, count = c.kinds, c.count
    n, first, last = len(kinds), kinds[0], kinds[-1]
    times = [often.get(s, 1) for s in c.stems]
    return (
        math.log(count),
        math.log(math.prod(times)) / len(times),
        math.log(max(times)),
        c.titled,
        math.log1p(c.first),
        n == 1,
        n == 4,
        n == 5,
        c.whole > 0,
        c.begins / count,
        n > 1 and first == "g",
        first == "e",
        first == "j",
        last == "g",
        n == 1 and sum(map(str.isupper, form)) > 1,
        n > 1 and c.stems[-1] in _GENERIC,
        n == 1 and c.stems[0] in _GENERIC,
        "o" in kinds,
        math.log(len(c.key)),
    )

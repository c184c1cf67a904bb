"""The score of a phrase as far as its own text shows."""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, reduce
from itertools import accumulate, chain, pairwise
from operator import and_, mul
from typing import NamedTuple

import numpy as np

from digest.language import lexicon
from digest.language.stems import stem
from digest.language.tokens import word_hash
from digest.understand.keyphrases.candidates import (
    NounPhrases,
    PhraseCandidate,
    part_stems,
    read_phrases,
)
from digest.understand.keyphrases.multilingual import (
    foreign_language,
    function_words,
    phrase_score,
    word_scores,
)

KEPT = 30
"""Candidates of each text among which the corpus chooses; at most the bits of `clashes`."""

# Fitted by conditional logistic regression (which candidate of a text is a keyphrase) on half of
# three sets of abstracts with keyphrases by indexers, readers and authors, checked on the other
# halves, then fitted on all; a phrase's score is the sum. YAKE's scores of the words improve
# nothing beside these, and take longer than all of them.
WEIGHTS: Mapping[str, float] = {
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
"""The weight of YAKE's score (log) of a phrase in another language than English. The weights above
were fitted to English, and YAKE needs only the function words of a language; with this weight its
scores vary about as much as theirs."""

PHRASE = np.dtype([("score", "<f4"), ("parts", "<u4"), ("clashes", "<u4"), ("key", "<u8")])
"""A phrase of one text: its score so far, the number of its stems, which of the text's other
phrases (one bit each) are inside it or contain it, and the hash of its stems as one word."""


class Analysis(NamedTuple):
    """What is computed from one text alone, and cached."""

    forms: str
    """Its phrases, one per line, the best first; `^` marks a capital that its place may explain."""
    phrases: bytes
    """An array of `PHRASE`, one for each form."""
    parts: bytes
    """The place in `words` of each stem of each phrase, two bytes each."""
    words: bytes
    """The hashes of its stems, once each; odd for a word with a capital that needs none."""

    def to_bytes(self) -> bytes:
        """Return it as the cache stores it: the lengths of the first three, then all of them."""
        forms = self.forms.encode("utf-8", "surrogatepass")
        lengths = _LENGTHS.pack(len(forms), len(self.phrases), len(self.parts))
        return b"".join((lengths, forms, self.phrases, self.parts, self.words))

    @classmethod
    def from_bytes(cls, value: bytes) -> Analysis:
        """Return the analysis that `to_bytes` was called on."""
        ends = [*accumulate(_LENGTHS.unpack_from(value), initial=_LENGTHS.size), len(value)]
        forms, *arrays = (value[start:end] for start, end in pairwise(ends))
        return cls(forms.decode("utf-8", "surrogatepass"), *arrays)


_LENGTHS = struct.Struct("<3I")


@cache
def _generic_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon.words("generic nouns"))


def analyse(title: str, abstract: str) -> Analysis:
    """Find the phrases of one text, and score them as far as the text alone allows."""
    language = foreign_language(f"{title} {abstract[:2000]}")
    found = read_phrases(title, abstract, function_words(language))
    words = chain.from_iterable(found.runs)
    counts = Counter(chain.from_iterable([part_stems(word.lower) for word in words]))
    known = word_scores(f"{title}. {abstract}", language) if language else {}
    ranked = []
    for candidate in found.candidates.values():
        form = usual_form(candidate)
        score = math.fsum(map(mul, WEIGHTS.values(), features(candidate, form, counts)))
        if language:
            score += YAKE * phrase_score(_words(form), candidate.count, known)
        ranked.append((-round(score, 4), form, candidate))
    ranked.sort(key=lambda each: each[:2])
    return _pack(found, ranked[:KEPT])


def _pack(found: NounPhrases, ranked: Sequence[tuple[float, str, PhraseCandidate]]) -> Analysis:
    """Return the best candidates of a text, and its words, as arrays."""
    names = {s for name in found.names for s in part_stems(name)}
    words = sorted(names.union(*(c.stems for c in found.candidates.values())))
    place = {s: i for i, s in enumerate(words)}
    clashes = _clashes([c.stems for _, _, c in ranked])
    phrases = [
        (-score, len(c.stems), bits, word_hash(c.key))
        for (score, _, c), bits in zip(ranked, clashes, strict=True)
    ]
    return Analysis(
        "\n".join(form for _, form, _ in ranked),
        np.array(phrases, PHRASE).tobytes(),
        np.array([place[s] for _, _, c in ranked for s in c.stems], "<u2").tobytes(),
        np.array([word_hash(s) | (s in names) for s in words], "<u8").tobytes(),
    )


def _clashes(phrases: Sequence[tuple[str, ...]]) -> list[int]:
    """Return for each phrase which ones contain it or are inside it, itself among them, as bits."""
    having: dict[str, int] = {}
    for place, stems in enumerate(phrases):
        for part in stems:
            having[part] = having.get(part, 0) | 1 << place
    clashes = [reduce(and_, map(having.__getitem__, stems)) for stems in phrases]
    for place, around in enumerate(list(clashes)):
        while around:
            clashes[around.bit_length() - 1] |= 1 << place
            around &= (1 << around.bit_length() - 1) - 1
    return clashes


def _words(form: str) -> list[str]:
    return form.replace("^", "").lower().split()


def usual_form(candidate: PhraseCandidate) -> str:
    """Return the form that the text uses most; of several that with the fewest `^`, or the
    first."""
    forms = candidate.forms
    if len(forms) == 1:
        return next(iter(forms))
    return min(forms, key=lambda form: (-forms[form], form.count("^")))


def features(c: PhraseCandidate, form: str, counts: Mapping[str, int]) -> tuple[float, ...]:
    """Return the features of a phrase, in the order of `WEIGHTS`.

    `counts` has how often each stem is in the text.
    """
    kinds, count = c.kinds, c.count
    n, first, last = len(kinds), kinds[0], kinds[-1]
    generic = _generic_stems()
    times = [counts.get(s, 1) for s in c.stems]
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
        n > 1 and c.stems[-1] in generic,
        n == 1 and c.stems[0] in generic,
        "o" in kinds,
        math.log(len(c.key)),
    )

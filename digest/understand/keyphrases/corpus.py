"""What the texts together say of their phrases, and the choice of the best.

All phrases of all texts stand in columns, so that a corpus of thousands is
weighed and chosen from in a fraction of a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, compress

import numpy as np
import numpy.typing as npt

from digest.language.tokens import number
from digest.understand.keyphrases.candidates import stems
from digest.understand.keyphrases.rank import KEPT, PHRASE, Analysis

RARE = 0.15
"""For each factor e by which its words, on average, are rarer than others."""
KNOWN = 0.37
"""For each factor e of texts that use the same phrase of several words."""
NAMED = 0.4
"""A word is a name if this share of the texts that use it write it with a capital."""
COMMON = 3
"""Texts that must write a phrase in one way for the others to follow."""

_Places = npt.NDArray[np.intp]
_Worths = npt.NDArray[np.float64]


def choose(analyses: Sequence[Analysis], top: int) -> list[tuple[str, ...]]:
    """Give the best phrases of each text, none inside another, as most texts write them."""
    columns = _Columns(analyses)
    spelling = _Spelling(columns)
    return [
        tuple([spelling.show(place) for place in places if place >= 0])
        for places in _best(columns, top).tolist()
    ]


class _Columns:
    """The phrases of all texts below each other, and what the texts together say of them."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        """Count the words and phrases; a text counts once."""
        self.forms = list(chain.from_iterable(a.forms.split("\n") for a in analyses if a.forms))
        self.phrases = np.frombuffer(b"".join([a.phrases for a in analyses]), PHRASE)
        self.counts = np.array([len(a.phrases) for a in analyses], np.intp) // PHRASE.itemsize
        _, keys, used = np.unique(self.phrases["key"], return_inverse=True, return_counts=True)
        self.keys, self.used = keys.tolist(), used[keys]
        written = np.frombuffer(b"".join([a.words for a in analyses]), "<u8")
        known, words = np.unique(written >> 1, return_inverse=True)
        texts = np.bincount(words, minlength=len(known))
        named = np.bincount(words, (written & 1).astype(float), minlength=len(known))
        self.names = frozenset(known[named > NAMED * texts].tolist())
        self.worth = self._worth(words, texts, analyses)

    def _worth(self, words: _Places, texts: _Places, analyses: Sequence[Analysis]) -> _Worths:
        """Add to each phrase's own worth what the others say: rare words, and a known phrase."""
        firsts = np.cumsum([0, *(len(a.words) // 8 for a in analyses)])[:-1]
        inside = np.frombuffer(b"".join([a.parts for a in analyses]), "<u2")
        places = inside + np.repeat(firsts, [len(a.parts) // 2 for a in analyses])
        rarity = np.log(1.5 / (texts + 0.5))[words[places]]
        parts = self.phrases["parts"].astype(np.intp)
        sums = np.add.reduceat(rarity, np.cumsum(parts) - parts) if len(parts) else rarity
        known = np.where(parts > 1, np.log(self.used), 0.0)
        # of a worth five digits count: beyond, one machine may reckon otherwise than another
        return np.round(self.phrases["worth"] + RARE * sums / parts + KNOWN * known, 5)


def _best(columns: _Columns, top: int) -> _Places:
    """Give the places of each text's best phrases, a row a text, filled up with -1.

    All texts at once take their best phrase, then their next best, and leave
    out one that clashes with a phrase they have.
    """
    count = len(columns.counts)
    firsts = np.cumsum(columns.counts) - columns.counts
    texts = np.repeat(np.arange(count), columns.counts)
    ranks = np.arange(len(texts)) - firsts[texts]
    worth = np.full((count, KEPT), -np.inf)
    worth[texts, ranks] = columns.worth
    clashes = np.zeros((count, KEPT), np.uint32)
    clashes[texts, ranks] = columns.phrases["clashes"]
    best = np.full((count, top), -1)
    taken, full = np.zeros(count, np.uint32), np.zeros(count, np.intp)
    rows = np.arange(count)
    for next_best in np.argsort(-worth, axis=1, kind="stable").T:
        free = (clashes[rows, next_best] & taken) == 0
        free &= (next_best < columns.counts) & (full < top)
        chosen = next_best[free]
        best[rows[free], full[free]] = firsts[free] + chosen
        taken[free] |= np.uint32(1) << chosen.astype(np.uint32)
        full[free] += 1
    return best


class _Spelling:
    """How phrases are written: as most texts do, or as its own text does if few know it."""

    def __init__(self, columns: _Columns) -> None:
        """Count the ways in which each common phrase is written."""
        self._forms, self._keys, self._names = columns.forms, columns.keys, columns.names
        self._cases: dict[str, str] = {}
        written: dict[int, Counter[str]] = {}
        common = (columns.used >= COMMON).tolist()
        ways = Counter(compress(zip(columns.keys, columns.forms, strict=True), common))
        for (key, form), texts in ways.items():
            written.setdefault(key, Counter())[self._cased(form)] += texts
        self._common = {
            key: min(counts, key=lambda form: (-counts[form], form))
            for key, counts in written.items()
            if max(counts.values()) >= COMMON
        }

    def show(self, place: int) -> str:
        """Give the phrase of a place as it is read."""
        return self._common.get(self._keys[place]) or self._cased(self._forms[place])

    def _cased(self, form: str) -> str:
        """Settle the capitals that only the other texts, or the rest of the phrase, can explain."""
        if "^" not in form:
            return form
        known = self._cases.get(form)
        if known is None:
            words = form.split()
            named = len(words) > 1 and all(word[0].isupper() for word in words[1:])
            for i, word in enumerate(words):
                if word.startswith("^"):
                    name = (named and i == 0) or self._is_name(word)
                    words[i] = word[1:] if name else word[1:].lower()
            known = self._cases[form] = " ".join(words)
        return known

    def _is_name(self, word: str) -> bool:
        """Say whether most texts write all parts of a word with a capital."""
        return all(number(s) >> 1 in self._names for s in stems(word))

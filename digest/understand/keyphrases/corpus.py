"""Scores that depend on all texts, and the choice of the best phrases of each.

All phrases of all texts are in arrays, so that thousands of texts are scored
in a fraction of a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, compress

import numpy as np
import numpy.typing as npt

from digest.language.tokens import word_hash
from digest.understand.keyphrases.candidates import part_stems
from digest.understand.keyphrases.rank import KEPT, PHRASE, Analysis

RARE = 0.15
"""The weight of how rare its words are among the texts (log, mean)."""
KNOWN = 0.37
"""The weight of how many texts use the same phrase of several words (log)."""
NAMED = 0.4
"""A word is a name if more than this share of the texts that use it write it with a capital."""
COMMON = 3
"""Texts that must write a phrase in one way for the others to follow it."""

_Places = npt.NDArray[np.intp]
_Scores = npt.NDArray[np.float64]


def choose(
    analyses: Sequence[Analysis], top: int, counted: Sequence[bool] | None = None
) -> list[tuple[str, ...]]:
    """Return the best phrases of each text, none inside another, as most texts write them.

    The texts that are `counted` show which words and phrases are frequent; all are if
    that is not given. Every text counts for itself.
    """
    columns = _Columns(analyses, [True] * len(analyses) if counted is None else counted)
    spelling = _Spelling(columns)
    return [
        tuple([spelling.show(place) for place in places if place >= 0])
        for places in _best(columns, top).tolist()
    ]


class _Columns:
    """The phrases of all texts, one after the other, with their scores."""

    def __init__(self, analyses: Sequence[Analysis], counted: Sequence[bool]) -> None:
        """Count the texts that have each word and each phrase."""
        among = np.array(counted, bool)
        self.forms = list(chain.from_iterable(a.forms.split("\n") for a in analyses if a.forms))
        self.phrases = np.frombuffer(b"".join([a.phrases for a in analyses]), PHRASE)
        self.counts = np.array([len(a.phrases) for a in analyses], np.intp) // PHRASE.itemsize
        _, keys = np.unique(self.phrases["key"], return_inverse=True)
        self.keys = keys.tolist()
        self.counted = np.repeat(among, self.counts)
        """Whether each phrase is in a text that is counted."""
        self.used = np.bincount(keys, self.counted)[keys] + ~self.counted
        written = np.frombuffer(b"".join([a.words for a in analyses]), "<u8")
        known, words = np.unique(written >> 1, return_inverse=True)
        inside = np.repeat(among, [len(a.words) // 8 for a in analyses])
        texts = np.bincount(words, inside, len(known))
        # a word of none of the texts that are counted is a name if the others write it so
        judged = inside | (texts == 0)[words]
        named = np.bincount(words, judged & (written & 1 > 0), len(known))
        self.names = frozenset(known[named > NAMED * np.bincount(words, judged)].tolist())
        self.scores = self._scores(words, texts[words] + ~inside, analyses)

    def _scores(self, words: _Places, texts: _Scores, analyses: Sequence[Analysis]) -> _Scores:
        """Return each phrase's own score, plus what rare words and use in other texts add.

        `texts` has the number of texts with each of the words.
        """
        firsts = np.cumsum([0, *(len(a.words) // 8 for a in analyses)])[:-1]
        inside = np.frombuffer(b"".join([a.parts for a in analyses]), "<u2")
        places = inside + np.repeat(firsts, [len(a.parts) // 2 for a in analyses])
        rarity = np.log(1.5 / (texts + 0.5))[places]
        parts = self.phrases["parts"].astype(np.intp)
        sums = np.add.reduceat(rarity, np.cumsum(parts) - parts) if len(parts) else rarity
        known = np.where(parts > 1, np.log(self.used), 0.0)
        # rounded, because the last digits may differ between machines
        return np.round(self.phrases["score"] + RARE * sums / parts + KNOWN * known, 5)


def _best(columns: _Columns, top: int) -> _Places:
    """Return the places of each text's best phrases: texts × `top`, filled up with -1.

    All texts at once take their best phrase, then the next best, and skip one
    that contains a phrase they have or is inside it.
    """
    count = len(columns.counts)
    firsts = np.cumsum(columns.counts) - columns.counts
    texts = np.repeat(np.arange(count), columns.counts)
    ranks = np.arange(len(texts)) - firsts[texts]
    scores = np.full((count, KEPT), -np.inf)
    scores[texts, ranks] = columns.scores
    clashes = np.zeros((count, KEPT), np.uint32)
    clashes[texts, ranks] = columns.phrases["clashes"]
    best = np.full((count, top), -1)
    taken, full = np.zeros(count, np.uint32), np.zeros(count, np.intp)
    rows = np.arange(count)
    for next_best in np.argsort(-scores, axis=1, kind="stable").T:
        free = (clashes[rows, next_best] & taken) == 0
        free &= (next_best < columns.counts) & (full < top)
        chosen = next_best[free]
        best[rows[free], full[free]] = firsts[free] + chosen
        taken[free] |= np.uint32(1) << chosen.astype(np.uint32)
        full[free] += 1
    return best


class _Spelling:
    """How phrases are written: as in most texts, or as in their own text if few have them."""

    def __init__(self, columns: _Columns) -> None:
        """Count the forms of each common phrase."""
        self._forms, self._keys, self._names = columns.forms, columns.keys, columns.names
        self._cases: dict[str, str] = {}
        written: dict[int, Counter[str]] = {}
        common = ((columns.used >= COMMON) & columns.counted).tolist()
        ways = Counter(compress(zip(columns.keys, columns.forms, strict=True), common))
        for (key, form), texts in ways.items():
            written.setdefault(key, Counter())[self._cased(form)] += texts
        self._common = {
            key: min(counts, key=lambda form: (-counts[form], form))
            for key, counts in written.items()
            if max(counts.values()) >= COMMON
        }

    def show(self, place: int) -> str:
        """Return the phrase at a place as it is shown."""
        return self._common.get(self._keys[place]) or self._cased(self._forms[place])

    def _cased(self, form: str) -> str:
        """Return a form with each marked capital kept or lowered, by the other texts and words."""
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
        """Return whether the texts write all parts of a word with a capital often enough."""
        return all(word_hash(s) >> 1 in self._names for s in part_stems(word))

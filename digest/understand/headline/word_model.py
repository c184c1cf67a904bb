"""How likely each word of an abstract is to be in the title of its paper."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from digest.language.stems import stem
from digest.understand.headline.cue_phrases import cues
from digest.understand.headline.word_classes import is_function_word, is_plain, rating

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("tion", "sion", "sis", "ment")
# How often a function word of an abstract is in the title as well (arXiv, 4,000 papers).
_FUNCTION_WORDS = {"for": 0.45, "and": 0.25, "in": 0.22, "with": 0.19, "of": 0.19, "a": 0.2, "via": 0.14, "the": 0.12, "on": 0.1,
           "from": 0.1, "to": 0.12, "through": 0.06, "using": 0.08, "based": 0.12, "by": 0.06}  # fmt: skip
_RARE = 0.03
"""The chance of a word that the abstract does not have, or of any other function word."""
# The weights of a word's features (`WordModel.features`), as log-odds of being in the title:
# logistic regression over the words of 4,500 arXiv abstracts from spring 2025 (C = 10).
WEIGHTS: dict[str, float] = {"one": -3.99, "times": 1.07, "once": -0.3, "last": 0.24, "best": 0.53, "second": 0.29, "place": -0.8, "early": 1.48, "spelt out": 1.16, "short form": -0.57, "inner capitals": 0.7, "capital": 0.76, "hyphen": 0.4, "modifies": 0.69, "heads": 0.38, "bracketed": -0.94, "cue": 0.4, "cue 15": 0.61, "cue 8": 0.4, "cue 3": 0.29, "-ly": -0.87, "-tion": 0.51, "length": 0.4, "hardly": -1.6, "seldom": -0.82, "often": 0.76, "never": -2.4, "as others": 0.0}  # fmt: skip


@dataclass(slots=True)
class _WordUse:
    """How the abstract uses one word, in all its forms."""

    first: int
    """How many words are before it."""
    spelt: Counter[str] = field(default_factory=Counter)
    sentences: set[int] = field(default_factory=set)
    modifies: int = 0
    heads: int = 0
    hyphened: int = 0
    capital: int = 0
    """How often it begins with a capital inside a sentence."""
    inner: bool = False
    """Whether it has capitals inside: `BERT`, `iPhone`."""
    bracketed: bool = False
    near: float = 99.0
    """How many words it is after the cue of the best sentence; 99 if it is not."""


class WordModel:
    """The words of an abstract, and the chance of each to be in the title."""

    def __init__(self, parts: list[str], order: list[int], short: dict[str, str]) -> None:
        """Read the sentences once, and note where each word is.

        `order` has the numbers of the sentences, the one that states the contribution
        best first; `short` the acronyms with their long forms.
        """
        self._best, self._second = (*order, -1)[:2]
        self._words: dict[str, _WordUse] = {}
        self._length = 0
        found = cues(parts[self._best])
        self._cue = next((cue for cue in found if not cue.passive), found[0] if found else None)
        for number, part in enumerate(parts):
            self._read(number, part)
        self._last = len(parts) - 1
        self._spelt_out = _stems(short.values())
        self._short = {name.lower().rstrip("s") for name in short}
        self._known: dict[str, float] = dict(_FUNCTION_WORDS)

    def _read(self, number: int, part: str) -> None:
        places = list(_WORD.finditer(part))
        joined = [False, *_are_adjacent(part, places), False]
        for place, found in enumerate(places, self._length):
            text = found[0].lower()
            if is_function_word(text):
                continue
            root = stem(text)
            word = self._words.get(root)
            if not word:
                word = self._words[root] = _WordUse(place)
            self._note(word, found, number)
            before, after = joined[place - self._length : place - self._length + 2]
            word.modifies += after
            word.heads += before and not after
        self._length += len(places)

    def _note(self, word: _WordUse, found: re.Match[str], number: int) -> None:
        """Note one place where a word is."""
        text, start, end = found[0], found.start(), found.end()
        before = found.string[start - 1 : start]
        word.spelt[text.lower()] += 1
        word.sentences.add(number)
        word.hyphened += before == "-" or found.string[end : end + 1] == "-"
        word.capital += start > 0 and text[0].isupper()
        word.inner |= text[1:] != text[1:].lower()
        word.bracketed |= before == "("
        if number == self._best:
            word.near = min(word.near, self._distance(found))

    def _distance(self, found: re.Match[str]) -> float:
        """Return how far a word is after the cue, in words of six characters; 99 if it is not."""
        if not self._cue:
            return 99.0
        gap = self._cue.start - found.end() if self._cue.passive else found.start() - self._cue.end
        return gap / 6 if gap >= 0 else 99.0

    def features(self, root: str) -> dict[str, float]:
        """Return the features of a word of the abstract, by its stem, with the names of
        `WEIGHTS`."""
        word = self._words[root]
        text, times = word.spelt.most_common(1)[0][0], word.spelt.total()
        return {
            "one": 1.0,
            "times": math.log(times),
            "once": float(times == 1),
            "last": float(self._last in word.sentences),
            "best": float(self._best in word.sentences),
            "second": float(self._second in word.sentences),
            "place": word.first / self._length,
            "early": math.exp(-word.first / 8),
            "spelt out": float(root in self._spelt_out),
            "short form": float(text in self._short),
            "inner capitals": float(word.inner),
            "capital": float(not word.inner and word.capital == times),
            "hyphen": word.hyphened / times,
            "modifies": word.modifies / times,
            "heads": word.heads / times,
            "bracketed": float(word.bracketed),
            "cue": float(word.near < 98),
            "cue 15": float(word.near < 15),
            "cue 8": float(word.near < 8),
            "cue 3": float(word.near < 3),
            "-ly": float(text.endswith("ly")),
            "-tion": float(text.endswith(_ENDINGS)),
            "length": len(text) / 8,
            rating(root): 1.0,
        }

    def chance(self, word: str) -> float:
        """Return how likely a word is to be in the title, from 0 to 1."""
        word = word.lower()
        if word not in self._known:
            root = stem(word)
            found = self.features(root) if root in self._words else {}
            weight = sum([WEIGHTS[name] * value for name, value in found.items() if value])
            self._known[word] = 1 / (1 + math.exp(-weight)) if found else _RARE
        return self._known[word]


def _are_adjacent(part: str, places: list[re.Match[str]]) -> Iterator[bool]:
    """Yield for each word and the next whether they are side by side and both carry a subject."""
    plain = [is_plain(found[0]) for found in places]
    for place in range(len(places) - 1):
        gap = part[places[place].end() : places[place + 1].start()]
        yield gap in (" ", "-") and not plain[place] and not plain[place + 1]


def _stems(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for phrase in phrases for word in _WORD.findall(phrase))

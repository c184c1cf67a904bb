"""How likely each word of an abstract is to stand in the title of its paper."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from digest.understand.headline.cue_phrases import cues
from digest.understand.headline.headline_words import is_little, is_plain, rating, stem

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("tion", "sion", "sis", "ment")
# How often a little word of an abstract stands in the title as well (arXiv, 4,000 papers).
_LITTLE = {"for": 0.45, "and": 0.25, "in": 0.22, "with": 0.19, "of": 0.19, "a": 0.2, "via": 0.14, "the": 0.12, "on": 0.1,
           "from": 0.1, "to": 0.12, "through": 0.06, "using": 0.08, "based": 0.12, "by": 0.06}  # fmt: skip
_RARE = 0.03
"""The chance of a word that the abstract does not have, or of any other little word."""
# Log-odds of a word for standing in the title: logistic regression over the words of 4,500 arXiv
# abstracts from spring 2025 (C = 10). What each sign means is said in `Chances.signs`.
SIGNS: dict[str, float] = {"one": -3.99, "times": 1.07, "once": -0.3, "last": 0.24, "best": 0.53, "second": 0.29, "place": -0.8, "early": 1.48, "spelt out": 1.16, "short form": -0.57, "inner capitals": 0.7, "capital": 0.76, "hyphen": 0.4, "modifies": 0.69, "heads": 0.38, "bracketed": -0.94, "cue": 0.4, "cue 15": 0.61, "cue 8": 0.4, "cue 3": 0.29, "-ly": -0.87, "-tion": 0.51, "length": 0.4, "hardly": -1.6, "seldom": -0.82, "gladly": 0.76, "never": -2.4, "freely": 0.0}  # fmt: skip


@dataclass(slots=True)
class _Word:
    """Where one word of the abstract stands, whatever its ending."""

    first: int
    """How many words stand before it."""
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
    """How many words after the cue of the best sentence it stands."""


class Chances:
    """What the abstract says about each of its words."""

    def __init__(self, parts: list[str], order: list[int], short: dict[str, str]) -> None:
        """Read the sentences once, and note where each word stands."""
        self._best, self._second = (*order, -1)[:2]
        self._words: dict[str, _Word] = {}
        self._length = 0
        said = cues(parts[self._best])
        self._cue = next((cue for cue in said if not cue.passive), said[0] if said else None)
        for number, part in enumerate(parts):
            self._read(number, part)
        self._last = len(parts) - 1
        self._spelt_out = _stems(short.values())
        self._short = {name.lower().rstrip("s") for name in short}
        self._known: dict[str, float] = dict(_LITTLE)

    def _read(self, number: int, part: str) -> None:
        places = list(_WORD.finditer(part))
        joined = [False, *_joints(part, places), False]
        for place, found in enumerate(places, self._length):
            text = found[0].lower()
            if is_little(text):
                continue
            root = stem(text)
            word = self._words.get(root)
            if not word:
                word = self._words[root] = _Word(place)
            self._note(word, found, number)
            before, after = joined[place - self._length : place - self._length + 2]
            word.modifies += after
            word.heads += before and not after
        self._length += len(places)

    def _note(self, word: _Word, found: re.Match[str], number: int) -> None:
        """Note one place where a word stands."""
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
        """How far from the cue a word stands, in words of six letters."""
        if not self._cue:
            return 99.0
        gap = self._cue.start - found.end() if self._cue.passive else found.start() - self._cue.end
        return gap / 6 if gap >= 0 else 99.0

    def signs(self, root: str) -> dict[str, float]:
        """What speaks for a word of the abstract, by its stem."""
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
        """How likely a word is to stand in the paper's title, from 0 to 1."""
        word = word.lower()
        if word not in self._known:
            root = stem(word)
            signs = self.signs(root) if root in self._words else {}
            weight = sum([SIGNS[sign] * value for sign, value in signs.items() if value])
            self._known[word] = 1 / (1 + math.exp(-weight)) if signs else _RARE
        return self._known[word]


def _joints(part: str, places: list[re.Match[str]]) -> Iterator[bool]:
    """Say of each word and the next whether they stand side by side and both say something."""
    plain = [is_plain(found[0]) for found in places]
    for place in range(len(places) - 1):
        gap = part[places[place].end() : places[place + 1].start()]
        yield gap in (" ", "-") and not plain[place] and not plain[place + 1]


def _stems(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for phrase in phrases for word in _WORD.findall(phrase))

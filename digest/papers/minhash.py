"""Short sketches of texts, so that near-equal ones are found among many in about linear time.

A sketch is a MinHash (Broder 1997; with one permutation, Li et al. 2012) of the
text's character 8-grams: the share of equal values in two sketches estimates the
share of 8-grams the two texts have in common. Character grams need no words, so
they serve every script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Sketch = tuple[int, ...]
Numbers = npt.NDArray[np.uint64]

SIZE = 18
"""Values in a sketch."""
ROWS = 3
"""Values in a band: two texts are compared when they agree in a whole band."""
GRAM = 8
"""Characters in a gram."""
LONGEST = 20_000
"""Characters looked at: what follows cannot make two abstracts differ."""

_BITS = 20
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing to misread


def sketch(fingerprint: str) -> Sketch:
    """Reduce a fingerprint to `SIZE` numbers below 2**20; empty where it is shorter than a gram.

    >>> fox, dog = sketch("thequickbrownfoxjumps" * 3), sketch("overthelazydog" * 3)
    >>> likeness(fox, fox), likeness(fox, dog)
    (1.0, 0.0)
    """
    if len(fingerprint) < GRAM:
        return ()
    codes = np.frombuffer(fingerprint[:LONGEST].encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = len(codes) - GRAM + 1
    grams = np.zeros(count, dtype=np.uint64)
    for offset in range(GRAM):
        grams = grams * np.uint64(1_000_003) + codes[offset : offset + count]
    hashed = _mixed(grams)
    smallest = np.full(SIZE, np.iinfo(np.uint64).max)
    np.minimum.at(smallest, (hashed % np.uint64(SIZE)).astype(np.intp), hashed)
    # the smallest of many hashes begins with zeros: mix again, so that all bits tell
    return tuple((_mixed(smallest) >> np.uint64(64 - _BITS)).tolist())


def likeness(one: Sketch, other: Sketch) -> float:
    """Estimate the share of grams two texts have in common, from 0 to 1.

    Places that are empty in both, as short texts have them, say nothing.
    """
    if not one or not other:
        return 0.0
    told = [pair for pair in zip(one, other, strict=True) if pair != (_EMPTY, _EMPTY)]
    return sum(a == b for a, b in told) / len(told)


def bands(sketch: Sketch) -> Iterator[tuple[int, Sketch]]:
    """Cut a sketch into the pieces by which near-equal texts meet: (place, values).

    With six bands of three, texts that share 90 % of their grams meet with a
    probability of 0.9996, and those that share 13 % with one of 0.013.
    """
    for place in range(0, len(sketch), ROWS):
        yield place, sketch[place : place + ROWS]


def meetings(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Pair the texts that agree in a band, as sorted pairs of positions.

    Texts that fall into one place are paired with the next one there, not each
    with each: near-equal texts form chains, and the work stays about linear.
    """
    places: dict[tuple[int, Sketch], list[int]] = defaultdict(list)
    for position, each in enumerate(sketches):
        for band in bands(each):
            places[band].append(position)
    return sorted({pair for met in places.values() for pair in pairwise(met)})


def to_text(sketch: Sketch) -> str:
    """Write a sketch as letters and digits, four a value.

    >>> to_text((0, 1, 2**20 - 1))
    '00000001zzzz'
    """
    return "".join(_ALPHABET[value >> shift & 31] for value in sketch for shift in (15, 10, 5, 0))


def from_text(text: str) -> Sketch:
    """Read what `to_text` wrote; raises ValueError for anything else.

    >>> from_text("00000001zzzz")
    (0, 1, 1048575)
    """
    digits = [_ALPHABET.index(letter) for letter in text]
    return tuple(
        digits[i] << 15 | digits[i + 1] << 10 | digits[i + 2] << 5 | digits[i + 3]
        for i in range(0, len(digits) - 3, 4)
    )


def _mixed(values: Numbers) -> Numbers:
    """Mix the bits of 64-bit numbers (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_EMPTY = int(_mixed(np.array([np.iinfo(np.uint64).max]))[0] >> np.uint64(64 - _BITS))
"""The value of a place into which no gram of a text fell."""

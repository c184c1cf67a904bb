"""MinHash: short sketches of texts, which find near-duplicates among many in about linear time.

A sketch is a MinHash (Broder 1997; with one permutation, Li et al. 2012) of the
text's character 8-grams: the share of equal values in two sketches estimates the
Jaccard similarity of their 8-grams. Character grams need no words, so they serve
every script.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from digest.language.strings import fingerprint
from digest.models import Record

Sketch = str
"""`SIZE` values of 20 bits, four letters each (base 32); empty for a text shorter than a gram."""
Numbers = npt.NDArray[np.uint64]

SIZE = 18
"""Values in a sketch."""
ROWS = 3
"""Values in a band (locality-sensitive hashing): two texts are compared if a whole band agrees."""
GRAM = 8
"""Characters in a gram."""
LONGEST = 20_000
"""Characters considered; what follows cannot make two abstracts differ."""

_BITS = 20
_LETTERS = 4
_BAND = ROWS * _LETTERS
_ALPHABET = b"0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing to misread
_SKETCH = re.compile(f"(?:[{_ALPHABET.decode()}]{{{SIZE * _LETTERS}}})?")


def sketch(text: str) -> Sketch:
    """Reduce the letters of a text to `SIZE` numbers below 2**20.

    >>> fox, dog = sketch("The quick brown fox jumps. " * 3), sketch("Over the lazy dog. " * 3)
    >>> estimate_similarity(fox, fox), estimate_similarity(fox, dog)
    (1.0, 0.0)
    """
    letters = fingerprint(text)
    if len(letters) < GRAM:
        return ""
    codes = np.frombuffer(letters[:LONGEST].encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = len(codes) - GRAM + 1
    grams = np.zeros(count, dtype=np.uint64)
    for offset in range(GRAM):
        grams = grams * np.uint64(1_000_003) + codes[offset : offset + count]
    falling = np.sort(_mix(grams))[::-1]
    smallest = np.full(SIZE, np.iinfo(np.uint64).max)
    # of several values for one bin NumPy keeps the last one, here the smallest
    smallest[(falling % np.uint64(SIZE)).astype(np.intp)] = falling
    return _written(smallest)


def of_record(record: Record) -> Sketch:
    """Return the sketch of a record's text, which a clean record has already."""
    return record.sketch or sketch(record.abstract or record.title or "")


def parse(text: str) -> Sketch:
    """Return a sketch as a file has it; raise `ValueError` for anything else.

    >>> parse("0123abcd" * 9) == "0123abcd" * 9
    True
    """
    if not _SKETCH.fullmatch(text):
        raise ValueError(f"expected a sketch, found {text!r}")
    return text


def estimate_similarity(one: Sketch, other: Sketch) -> float:
    """Estimate the Jaccard similarity of the grams of two texts, from 0 to 1.

    Bins that are empty in both, as those of short texts are, are ignored.
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    both = zip(_values(one), _values(other), strict=True)
    filled = [pair for pair in both if pair != (_EMPTY, _EMPTY)]
    return sum(a == b for a, b in filled) / len(filled)


def bands(sketch: Sketch) -> Iterator[tuple[int, str]]:
    """Yield the bands of a sketch, each as its offset and values.

    With six bands of three, texts that share 90 % of their grams have a band in
    common with probability 0.9996, and those that share 13 % with 0.013.
    """
    for place in range(0, len(sketch), _BAND):
        yield place, sketch[place : place + _BAND]


def banded(sketches: Sequence[Sketch]) -> set[int]:
    """Return the positions of the texts that share a band with another one."""
    found: set[int] = set()
    for place in range(0, SIZE * _LETTERS, _BAND):
        own = [sketch[place : place + _BAND] for sketch in sketches]
        counts = Counter(own)
        found |= {position for position, band in enumerate(own) if band and counts[band] > 1}
    return found


def candidate_pairs(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Return pairs of texts that share a band, as sorted pairs of positions.

    Each text of a bucket is paired only with the next one in it: near-duplicates
    form chains, and the work stays about linear.
    """
    places: dict[tuple[int, str], list[int]] = defaultdict(list)
    for position, each in enumerate(sketches):
        for band in bands(each):
            places[band].append(position)
    return sorted({pair for met in places.values() for pair in pairwise(met)})


def _values(sketch: Sketch) -> Iterator[str]:
    """Yield the values of a sketch as they are written."""
    return (sketch[place : place + _LETTERS] for place in range(0, len(sketch), _LETTERS))


def _mix(values: Numbers) -> Numbers:
    """Mix the bits of 64-bit numbers (the finalizer of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _written(smallest: Numbers) -> str:
    """Return the smallest hash of each bin as four letters.

    It begins with zeros: it is mixed again, so that all bits are informative.
    """
    values = _mix(smallest) >> np.uint64(64 - _BITS)
    digits = values[:, None] >> np.array([15, 10, 5, 0], dtype=np.uint64) & np.uint64(31)
    return bytes(np.frombuffer(_ALPHABET, dtype=np.uint8)[digits.astype(np.intp)]).decode()


_EMPTY = _written(np.array([np.iinfo(np.uint64).max]))
"""The value of a bin into which no gram of a text fell."""

"""The words of papers as numbers, and the runs of words that papers may share.

A paper's words are read once and kept by content (`read`). All papers' words
then stand in columns below each other, and the runs of up to four words that
could be a phrase (`Grams`) are found for all papers at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digest.language.tokens import HEAD, carries, number, words

LONGEST = 4
"""Words in a phrase that two papers share."""
WORD = np.dtype([("number", "<u8"), ("start", "<u4"), ("length", "<u2")])
"""A word that may stand in a phrase: what it is and what it may do there, and its place."""
BITS = TELLS, STARTS, ALONE, JOINED, TIED = 1, 2, 4, 8, 16
"""May end a phrase; begins a term; is one alone; follows the word before it; by a hyphen."""
_FLAGS = np.uint64(31)
_NEXT = np.uint64(0x9E3779B97F4A7C15)

Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint64]
Weights = npt.NDArray[np.float32]
Truths = npt.NDArray[np.bool_]


def read(text: str) -> bytes:
    """Give back the words of a text that may stand in a phrase, a `WORD` each.

    A word that says something may; so may one tied to the next by a hyphen
    (`in` of `in-context`), and `of` inside. A word like `method` ends a term
    but is none alone and begins none. Words are joined if nothing but a space
    or hyphen is between.
    """
    found: list[tuple[int, int, int]] = []
    end, tied = -2, False
    for word in words(text):
        telling = carries(word.form)
        if telling or word.bound or word.form == "of":
            own = telling and word.form not in HEAD
            flags = TELLS * telling | STARTS * (word.bound or own) | ALONE * own
            flags |= JOINED * (word.start - end <= 1) | TIED * tied
            length = min(word.end - word.start, 0xFFFF)
            found.append((number(word.form) & ~31 | flags, word.start, length))
            end = word.end
        else:
            end = -2
        tied = word.bound
    return np.array(found, WORD).tobytes()


class Grams:
    """The runs of one to four words that may be a phrase, in columns, shortest first."""

    place: Places
    """Where each run begins, among the words."""
    number: Numbers
    """What each run is: the number of words but one in the lowest bits."""
    size: Places
    """How many words each run has."""
    text: Places
    """Whose it is."""
    term: Truths
    """Whether it is one by which papers are compared: a word or two."""
    shown: Truths
    """Whether it reads well: it does not begin amid `end-to-end`."""

    def __init__(self, read: Sequence[bytes]) -> None:
        """Find those of many texts."""
        self.words = np.frombuffer(b"".join(read), WORD)
        counts = np.array([len(each) // WORD.itemsize for each in read], np.int64)
        tells, starts, alone, joined, tied = (
            self.words["number"] & np.uint64(bit) > 0 for bit in BITS
        )
        joined[(np.cumsum(counts) - counts)[counts > 0]] = False
        self.place, self.number = _runs(
            self.words["number"] & ~_FLAGS, tells, starts, alone, joined
        )
        self.size = (self.number & _FLAGS).astype(np.int64) + 1
        self.text = np.repeat(np.arange(len(read)), counts)[self.place]
        self.term = (self.size == 1) | ((self.size == 2) & starts[self.place])
        self.shown = tells[self.place] | ~tied[self.place]


def _runs(
    number: Numbers, tells: Truths, starts: Truths, alone: Truths, joined: Truths
) -> tuple[Places, Numbers]:
    """Give back where runs begin, and what they are."""
    found = [(np.flatnonzero(alone), number)]
    whole, runs = joined[1:], number
    for size in range(2, LONGEST + 1):
        rest = number[size - 1 :]
        runs = (runs[: len(rest)] * _NEXT + rest) & ~_FLAGS | np.uint64(size - 1)
        begins = (tells | starts)[: len(rest)]
        found.append((np.flatnonzero(whole & begins & tells[size - 1 :]), runs))
        whole = whole[:-1] & joined[size:]
    return (
        np.concatenate([places for places, _ in found]),
        np.concatenate([runs[places] for places, runs in found]),
    )

"""The words of papers as hashes, and the n-grams that papers may share.

The words of a paper are read once and cached by content (`read_words`). Those of
all papers are then in arrays, one after the other, and the n-grams that could be
a phrase (`Grams`) are found for all papers at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digest.language import lexicon
from digest.language.tokens import is_content_word, word_hash, words

LONGEST = 4
"""Words in a phrase that two papers share."""
WORD = np.dtype([("hash", "<u8"), ("start", "<u4"), ("length", "<u2")])
"""A word that may be in a phrase: its hash, with `FLAGS` in the lowest bits, and its place."""
FLAGS = ENDS, BEGINS, ALONE, JOINED, TIED = 1, 2, 4, 8, 16
"""May end a phrase; may begin a term; is a term alone; follows the word before; by a hyphen."""
_FLAG_BITS = np.uint64(31)
_NEXT = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ over the golden ratio (Knuth): it spreads the hash of one word over that of the next."""

Places = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Weights = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


def read_words(text: str) -> bytes:
    """Return the words of a text that may be in a phrase, as an array of `WORD`.

    These are content words, words tied to the next by a hyphen (`in` of
    `in-context`), and `of`. A word like `method` may end a term, but is none alone
    and begins none. Words are joined if only a space or hyphen is between.
    """
    found: list[tuple[int, int, int]] = []
    end, tied = -2, False
    heads = lexicon.words("phrase heads")
    for word in words(text):
        content = is_content_word(word.form)
        if content or word.bound or word.form == "of":
            own = content and word.form not in heads
            flags = ENDS * content | BEGINS * (word.bound or own) | ALONE * own
            flags |= JOINED * (word.start - end <= 1) | TIED * tied
            length = min(word.end - word.start, 0xFFFF)
            found.append((word_hash(word.form) & ~31 | flags, word.start, length))
            end = word.end
        else:
            end = -2
        tied = word.bound
    return np.array(found, WORD).tobytes()


class Grams:
    """The n-grams of one to four words that may be a phrase, in arrays, shortest first."""

    place: Places
    """The index of the first word of each n-gram."""
    hash: Hashes
    """The hash of each n-gram, with its number of words minus one in the lowest bits."""
    size: Places
    """The number of words of each n-gram."""
    text: Places
    """The index of the text that each n-gram is in."""
    term: Bools
    """Whether papers are compared by it: a word or two."""
    shown: Bools
    """Whether it can be shown: it does not begin in the middle of `end-to-end`."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        """Find the n-grams of texts, each as `read_words` returns it."""
        self.words = np.frombuffer(b"".join(texts), WORD)
        counts = np.array([len(each) // WORD.itemsize for each in texts], np.int64)
        end, begin, alone, joined, tied = (self.words["hash"] & np.uint64(bit) > 0 for bit in FLAGS)
        joined[(np.cumsum(counts) - counts)[counts > 0]] = False
        self.place, self.hash = _ngrams(self.words["hash"] & ~_FLAG_BITS, end, begin, alone, joined)
        self.size = (self.hash & _FLAG_BITS).astype(np.int64) + 1
        self.text = np.repeat(np.arange(len(texts)), counts)[self.place]
        self.term = (self.size == 1) | ((self.size == 2) & begin[self.place])
        self.shown = end[self.place] | ~tied[self.place]


def _ngrams(
    words: Hashes, end: Bools, begin: Bools, alone: Bools, joined: Bools
) -> tuple[Places, Hashes]:
    """Return the places and the hashes of all n-grams; the other arrays have a word's flags."""
    found = [(np.flatnonzero(alone), words)]
    whole, ngrams = joined[1:], words
    for size in range(2, LONGEST + 1):
        rest = words[size - 1 :]
        ngrams = (ngrams[: len(rest)] * _NEXT + rest) & ~_FLAG_BITS | np.uint64(size - 1)
        begins = (end | begin)[: len(rest)]
        found.append((np.flatnonzero(whole & begins & end[size - 1 :]), ngrams))
        whole = whole[:-1] & joined[size:]
    return (
        np.concatenate([places for places, _ in found]),
        np.concatenate([ngrams[places] for places, ngrams in found]),
    )

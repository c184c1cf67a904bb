"""The phrases that two papers share, as the first of them writes them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from digest.understand.related.ngrams import LONGEST, Places, Weights
from digest.understand.related.tfidf import Space

SHARED = 4
"""The most phrases shown for each related paper."""


class SharedPhrases:
    """The n-grams in the texts of papers, from which those of two papers are chosen."""

    def __init__(self, space: Space, sources: Sequence[str]) -> None:
        """Keep the entries of a space that are in a text and not only in the keyphrases."""
        self._space, self._sources = space, sources
        there = space.grams.text[space.mention] < space.count
        self._numbered = space.matrix(np.where(there, np.arange(1.0, len(there) + 1), 0))
        self._marked = space.matrix(there.astype(float))
        self._size = space.grams.size[space.mention]
        self._place = space.grams.place[space.mention]
        self._shown = space.grams.shown[space.mention]
        self._parts = _parts(space)

    def shared(self, rows: Places, others: Places) -> list[tuple[str, ...]]:
        """Return the phrases of each pair of papers, those with the highest weight first.

        An n-gram is a phrase of both if it has a weight or contains one that has, and
        no longer phrase of both contains it.
        """
        mine = self._numbered[rows].multiply(self._marked[others]).tocsr()
        theirs = self._marked[rows].multiply(self._numbered[others]).tocsr()
        pairs = np.repeat(np.arange(len(rows)), np.diff(mine.indptr))
        entries, theirs = mine.data.astype(np.int64) - 1, theirs.data.astype(np.int64) - 1
        weight = self._space.shown_weight[entries] * self._space.weight[theirs]
        shown = self._outermost(pairs, entries, weight)
        order = np.lexsort((self._place[entries[shown]], -weight[shown], pairs[shown]))
        pairs, entries = pairs[shown[order]], entries[shown[order]]
        first = np.arange(len(pairs)) < np.searchsorted(pairs, pairs) + SHARED
        return self._written(rows, pairs[first], entries[first])

    def _outermost(self, pairs: Places, entries: Places, weight: Weights) -> Places:
        """Return the entries in no longer n-gram; each gets the weight of its best part at
        least."""
        codes = pairs * self._space.ngrams + self._space.column[entries]
        size, inside = self._size[entries], np.zeros(len(entries), bool)
        for longer in range(2, LONGEST + 1):
            ngrams = np.flatnonzero(size == longer)
            for parts in self._parts:
                part = parts[self._space.column[entries[ngrams]]]
                wanted = pairs[ngrams] * self._space.ngrams + part
                places = np.minimum(np.searchsorted(codes, wanted), max(0, len(codes) - 1))
                both = (codes[places] == wanted) & (part >= 0)
                weight[ngrams[both]] = np.maximum(weight[ngrams[both]], weight[places[both]])
                inside[places[both]] = True
        return np.flatnonzero((weight > 0) & ~inside & self._shown[entries])

    def _written(self, rows: Places, pairs: Places, entries: Places) -> list[tuple[str, ...]]:
        """Return the phrases of each pair, as the papers of these rows write them."""
        words = self._space.grams.words
        first = words["start"][self._place[entries]]
        last = words[self._place[entries] + self._size[entries] - 1]
        ends = last["start"] + last["length"]
        spans = zip(rows[pairs].tolist(), first.tolist(), ends.tolist(), strict=True)
        phrases = [self._sources[row][start:end] for row, start, end in spans]
        begins = np.searchsorted(pairs, np.arange(len(rows) + 1)).tolist()
        return [tuple(phrases[begin:end]) for begin, end in pairwise(begins)]


def _parts(space: Space) -> list[Places]:
    """Return the n-grams of one to three words that each begins and ends with; -1 for none."""
    grams = space.grams
    at = np.full((LONGEST + 1, len(grams.words) + LONGEST), -1, np.int32)
    at[grams.size, grams.place] = space.ngram
    size, place = grams.size[space.first], grams.place[space.first]
    return [
        np.where(size > part, at[part, begin], -1)
        for part in range(1, LONGEST)
        for begin in (place, place + size - part)
    ]

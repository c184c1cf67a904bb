"""Papers as rows of unit length over the terms they share, and who is nearest to whom."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from digest.models import Paper
from digest.related.grams import Grams, Numbers, Places, Truths, Weights

TITLE, KEYPHRASE = 2.0, 1.0
"""What a mention in a title or the keyphrases counts, beside one in the abstract."""
CAP = 300
"""A term that more papers than this have is not looked at: it bounds the work per paper."""
SAME = 0.2
"""What the likeness of two papers' topics counts, beside the likeness of their words."""
POOL = 60
"""How many of the nearest by words are compared by topics too."""
BLOCK = 1000
"""Papers compared at a time: it bounds the memory."""
SIEVE, SIEVES = 22, (42, 20)
"""How many bits of a run's number, and which, sort out most runs that stand in one place alone."""

Near = tuple[Places, Places, npt.NDArray[np.float64]]
"""Rows, their neighbours and the scores, one below the other, the nearest of each row first."""


class Space:
    """The runs of words that at least two papers have: which paper has which, and what it weighs.

    Words and pairs of words are the terms by which papers are compared;
    longer runs weigh nothing and are there to be shown.
    """

    def __init__(
        self,
        papers: Sequence[Paper],
        sources: Sequence[bytes],
        named: Sequence[bytes],
        titles: Sequence[int],
    ) -> None:
        """Weigh the runs of papers (TF-IDF, damped in the count: Salton & Buckley 1988).

        Of each paper the words of its text and of its keyphrases are given,
        and where in the text its title ends.
        """
        self.grams = grams = Grams([*sources, *named])
        self.count = count = len(papers)
        use = np.arange(len(grams.number))
        for bits in SIEVES:
            use = use[_met(grams.number[use] >> np.uint64(bits))]
        text = grams.text[use]
        owner = text % count
        title = grams.words["start"][grams.place[use]] < np.array(titles)[owner]
        worth = np.where(text >= count, KEYPHRASE, np.where(title, TITLE, 1.0))
        self._enter(owner, use, worth * grams.term[use], title | (text >= count))
        self.topics = _topics(papers)

    def _enter(self, owner: Places, use: Places, worth: Weights, about: Truths) -> None:
        """Make one entry of all that a paper says of a run, and drop runs that one paper has."""
        known, mentioned = np.unique(self.grams.number[use], return_inverse=True)
        entries, first, place = np.unique(
            owner * len(known) + mentioned, return_index=True, return_inverse=True
        )
        row, column = entries // max(1, len(known)), entries % max(1, len(known))
        frequency = np.bincount(column, minlength=len(known))
        shared = frequency[column] >= 2
        columns = np.cumsum(frequency >= 2) - 1
        self.row, self.column = row[shared], columns[column[shared]]
        self.runs = max(1, int((frequency >= 2).sum()))
        self.used, self.used_column = use, np.where(frequency >= 2, columns, -1)[mentioned]
        """Every mention, and the column of its run; -1 for a run that one paper has."""
        self.mention = use[first[shared]]
        """The run's first mention, in the text if it stands there."""
        counts = np.bincount(place, worth, len(entries))[shared]
        frequency = np.bincount(self.column, counts > 0, self.runs)
        rarity = np.log(1 + self.count / np.maximum(frequency, 1))
        rarity[(frequency < 2) | (frequency > CAP)] = 0
        weight = np.log1p(counts) * rarity[self.column]
        length = np.sqrt(np.bincount(self.row, weight * weight, self.count))
        self.weight = (weight / np.maximum(length, 1e-12)[self.row]).astype(np.float32)
        named = np.bincount(place, about, len(entries))[shared] > 0
        self.telling = self.weight * (named | (self.grams.size[self.mention] > 1))
        """What tells a reader something: pairs, and words of title and keyphrases."""

    def matrix(self, data: npt.NDArray[np.generic]) -> sparse.csr_matrix:
        """Give back entries as a matrix of papers and runs; what is 0 is left out."""
        there = np.flatnonzero(data)
        ends = np.searchsorted(self.row[there], np.arange(self.count + 1))
        return sparse.csr_matrix((data[there], self.column[there], ends), (self.count, self.runs))

    def nearest(self, count: int) -> Iterator[Near]:
        """Give back each paper's nearest others, a block of papers at a time."""
        rows = self.matrix(self.weight)
        turned = rows.T.tocsr()
        for start in range(0, self.count, BLOCK):
            block = (rows[start : start + BLOCK] @ turned).tocsr()
            yield self._best(start, block, count)

    def _best(self, start: int, block: sparse.csr_matrix, count: int) -> Near:
        """Give back the nearest: by words, and among the first of them by topics too."""
        owners = np.repeat(np.arange(block.shape[0]) + start, np.diff(block.indptr))
        ranks = np.where(block.indices == owners, 0, _ranks(block.data, block.indices))
        pool = np.zeros((block.shape[0], POOL + count), np.int64)
        for row, (first, last) in enumerate(pairwise(block.indptr.tolist())):
            own = ranks[first:last]
            if len(own) > pool.shape[1]:
                own = np.partition(own, len(own) - pool.shape[1])[-pool.shape[1] :]
            pool[row, : len(own)] = own
        others, scores = _unranked(pool)
        mine = self.topics[start : start + BLOCK]
        scores += SAME * np.einsum("rpt,rt->rp", self.topics[others], mine)
        best = np.sort(np.where(pool > 0, _ranks(scores, others), 0), axis=1)[:, : -count - 1 : -1]
        others, scores = _unranked(best)
        return np.nonzero(best > 0)[0] + start, others[best > 0], scores[best > 0]


def _met(number: Numbers) -> Truths:
    """Say which numbers stand there more than once, by some of their bits: too many, but fast."""
    place = (number & np.uint64((1 << SIEVE) - 1)).astype(np.int64)
    return (np.bincount(place, minlength=1 << SIEVE) > 1)[place]


def _ranks(scores: npt.NDArray[np.floating], places: npt.NDArray[np.integer]) -> Places:
    """Make one whole number of a score and its place, so that no two are equal; ties by place.

    Of a score five digits count: beyond, the order of adding up would show.
    """
    ranks: Places = ((np.rint(scores * 1e5).astype(np.int64) + 1) << 32) - places
    return ranks


def _unranked(ranks: Places) -> tuple[Places, npt.NDArray[np.float64]]:
    """Give back the places and scores of ranks."""
    places = -ranks & 0xFFFFFFFF
    return places, ((ranks + places >> 32) - 1) / 1e5


def _topics(papers: Sequence[Paper]) -> npt.NDArray[np.float32]:
    """Give back the papers' topics as rows of unit length; a rare topic weighs more."""
    frequency = Counter(place.topic for paper in papers for place in paper.topics)
    number = {topic: column for column, topic in enumerate(sorted(frequency))}
    rows = np.zeros((len(papers), max(1, len(number))), np.float32)
    for row, paper in enumerate(papers):
        for place in paper.topics:
            rarity = math.log(1 + len(papers) / frequency[place.topic])
            rows[row, number[place.topic]] += math.sqrt(max(0.0, place.score)) * rarity
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), np.float32)

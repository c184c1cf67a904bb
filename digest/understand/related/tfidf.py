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
from digest.understand.related.ngrams import Grams, Places, Weights

TITLE, KEYPHRASE = 2.0, 1.0
"""What a mention in a title or the keyphrases counts, beside one in the abstract."""
CAP = 300
"""A term that more papers than this have is not looked at: it bounds the work per paper."""
SAME = 0.2
"""What the likeness of two papers' topics counts, beside the likeness of their words."""
POOL = 60
"""How many of the nearest by words are compared by topics too."""
BLOCK = 500
"""Papers compared at a time: it bounds the memory."""
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
        known, self.first, self.run = np.unique(
            grams.number, return_index=True, return_inverse=True
        )
        """Of each run the first mention, and of each mention the run."""
        self.runs = max(1, len(known))
        owner = grams.text % count
        order, begins = _grouped(owner * self.runs + self.run)
        papers_of = np.bincount(self.run[order[begins]], minlength=self.runs)
        shared = papers_of[self.run[order[begins]]] > 1
        self.mention = order[begins[shared]]
        """Of each entry, what one paper says of a run: the first mention, in the text if it can be."""
        self.row, self.column = owner[self.mention], self.run[self.mention]
        keyphrase = grams.text >= count
        title = grams.words["start"][grams.place] < np.array(titles)[owner]
        worth = np.where(keyphrase, KEYPHRASE, np.where(title, TITLE, 1.0)) * grams.term
        self.weight = self._weigh(_sums(worth[order], begins)[shared])
        about = _sums((title | keyphrase)[order].astype(float), begins)[shared] > 0
        self.telling = self.weight * (about | (grams.size[self.mention] > 1))
        """What tells a reader something: pairs, and words of title and keyphrases."""
        self.topics = _topics(papers)

    def _weigh(self, counts: npt.NDArray[np.float64]) -> Weights:
        """Give the weights of entries from what their mentions count, each paper's of unit length."""
        frequency = np.bincount(self.column, counts > 0, self.runs)
        rarity = np.log(1 + self.count / np.maximum(frequency, 1))
        rarity[(frequency < 2) | (frequency > CAP)] = 0
        weight = np.log1p(counts) * rarity[self.column]
        length = np.sqrt(np.bincount(self.row, weight * weight, self.count))
        return (weight / np.maximum(length, 1e-12)[self.row]).astype(np.float32)

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
        pool = np.zeros((block.shape[0], POOL + count + 1), np.int64)
        for row, (first, last) in enumerate(pairwise(block.indptr.tolist())):
            own = _highest(block.data[first:last], block.indices[first:last], pool.shape[1])
            pool[row, : len(own)] = own
        others, scores = _unranked(pool)
        pool[others == np.arange(start, start + len(pool))[:, None]] = 0
        mine = self.topics[start : start + len(pool)]
        scores += SAME * np.einsum("rpt,rt->rp", self.topics[others], mine)
        best = np.sort(np.where(pool > 0, _ranks(scores, others), 0), axis=1)[:, : -count - 1 : -1]
        others, scores = _unranked(best)
        return np.nonzero(best > 0)[0] + start, others[best > 0], scores[best > 0]


def _grouped(codes: Places) -> tuple[Places, Places]:
    """Give back the order that puts equal codes together, the first first, and where each begins."""
    order = np.argsort(codes, kind="stable")
    return order, np.flatnonzero(np.diff(codes[order], prepend=-1))


def _sums(values: npt.NDArray[np.float64], begins: Places) -> npt.NDArray[np.float64]:
    """Add up values group by group."""
    return np.add.reduceat(values, begins) if len(begins) else values


def _highest(alike: Weights, places: npt.NDArray[np.int32], count: int) -> Places:
    """Give back the highest ranks of likenesses; the rest is left out before ranks are made."""
    if len(alike) > count:
        least = np.partition(alike, len(alike) - count)[len(alike) - count]
        high = np.flatnonzero(alike > least - 2e-5)
        alike, places = alike[high], places[high]
    ranks = _ranks(alike, places)
    return np.partition(ranks, len(ranks) - count)[-count:] if len(ranks) > count else ranks


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

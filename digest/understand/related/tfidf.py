"""Papers as unit vectors over the terms they share, and the nearest papers of each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from digest.models import Paper
from digest.understand.related.ngrams import Bools, Grams, Places, Weights

TITLE, KEYPHRASE = 2.0, 1.0
"""The weights of a mention in a title and in the keyphrases; one in the abstract has 1."""
CAP = 300
"""A term that more papers than this have is ignored: it bounds the work per paper."""
SAME = 0.2
"""The weight of the similarity of two papers' topics; that of their words has 1."""
POOL = 60
"""The number of papers nearest by words that are compared by topics too."""
BLOCK = 500
"""Papers compared at a time: it bounds the memory."""
Near = tuple[Places, Places, npt.NDArray[np.float64]]
"""The rows, their neighbours and the scores, as three arrays; the nearest of each row first."""


class Space:
    """The n-grams that at least two papers have, and their weights in each paper.

    An entry is one n-gram of one paper. Words and pairs of words are the terms by
    which papers are compared; longer n-grams have weight 0 and are there to be shown.
    """

    def __init__(
        self,
        papers: Sequence[Paper],
        sources: Sequence[bytes],
        named: Sequence[bytes],
        titles: Sequence[int],
        counted: Sequence[bool],
    ) -> None:
        """Weigh the n-grams of papers (TF-IDF with log counts: Salton & Buckley 1988).

        `sources` and `named` have the words of each paper's text and of its keyphrases,
        as `read_words` returns them; `titles` where in the text its title ends. The
        document frequencies are those of the papers that are `counted`.
        """
        self.grams = grams = Grams([*sources, *named])
        self.count = count = len(papers)
        self._counted = np.array(counted, bool)
        self._limit = limits(papers, self._counted)
        known, self.first, self.ngram = np.unique(
            grams.hash, return_index=True, return_inverse=True
        )
        """The first mention of each n-gram, and the n-gram of each mention."""
        self.ngrams = max(1, len(known))
        owner = grams.text % count
        order, begins = _grouped(owner * self.ngrams + self.ngram)
        papers_of = np.bincount(self.ngram[order[begins]], minlength=self.ngrams)
        shared = papers_of[self.ngram[order[begins]]] > 1
        self.mention = order[begins[shared]]
        """The first mention of each entry, in the text if possible."""
        self.row, self.column = owner[self.mention], self.ngram[self.mention]
        keyphrase = grams.text >= count
        title = grams.words["start"][grams.place] < np.array(titles)[owner]
        weights = np.where(keyphrase, KEYPHRASE, np.where(title, TITLE, 1.0)) * grams.term
        self.weight = self._weigh(_sums(weights[order], begins)[shared])
        about = _sums((title | keyphrase)[order].astype(float), begins)[shared] > 0
        self.shown_weight = self.weight * (about | (grams.size[self.mention] > 1))
        """The weight of what can be shown: pairs, and words of the title and the keyphrases."""
        self.topics = _topics(papers, counted)

    def _weigh(self, counts: npt.NDArray[np.float64]) -> Weights:
        """Return the weights of entries, of unit length for each paper, from weighted mentions."""
        has = counts > 0
        frequency = np.bincount(self.column, has & self._counted[self.row], self.ngrams)
        rarity = np.log(1 + np.count_nonzero(self._counted) / np.maximum(frequency, 2))
        rarity[(np.bincount(self.column, has, self.ngrams) < 2) | (frequency > CAP)] = 0
        weight = np.log1p(counts) * rarity[self.column]
        # what only newer papers share must not change the vector of an older one
        known = frequency[self.column] > 1
        length = np.sqrt(np.bincount(self.row, weight * weight * known, self.count))
        return (weight / np.maximum(length, 1e-12)[self.row]).astype(np.float32)

    def matrix(self, data: npt.NDArray[np.generic]) -> sparse.csr_matrix:
        """Return values of entries as a sparse matrix (papers × n-grams)."""
        there = np.flatnonzero(data)
        ends = np.searchsorted(self.row[there], np.arange(self.count + 1))
        return sparse.csr_matrix((data[there], self.column[there], ends), (self.count, self.ngrams))

    def nearest(self, count: int, starts: Iterable[int]) -> Iterator[Near]:
        """Yield the nearest others of the papers of each block, which begins at one of `starts`."""
        rows = self.matrix(self.weight)
        turned = rows.T.tocsr()
        for start in starts:
            block = (rows[start : start + BLOCK] @ turned).tocsr()
            yield self._best(start, block, count)

    def _best(self, start: int, block: sparse.csr_matrix, count: int) -> Near:
        """Return the nearest by words, of which the first `POOL` are compared by topics too."""
        pool = np.zeros((block.shape[0], POOL + count + 1), np.int64)
        for row, (first, last) in enumerate(pairwise(block.indptr.tolist())):
            near, alike = block.indices[first:last], block.data[first:last]
            allowed = near < self._limit[start + row]
            own = _highest(alike[allowed], near[allowed], pool.shape[1])
            pool[row, : len(own)] = own
        others, scores = _unranked(pool)
        pool[others == np.arange(start, start + len(pool))[:, None]] = 0
        mine = self.topics[start : start + len(pool)]
        scores += SAME * np.einsum("rpt,rt->rp", self.topics[others], mine)
        best = np.sort(np.where(pool > 0, _ranks(scores, others), 0), axis=1)[:, : -count - 1 : -1]
        others, scores = _unranked(best)
        return np.nonzero(best > 0)[0] + start, others[best > 0], scores[best > 0]


def _grouped(codes: Places) -> tuple[Places, Places]:
    """Return the order that groups equal codes, stable within each, and where each group begins."""
    order = np.argsort(codes, kind="stable")
    return order, np.flatnonzero(np.diff(codes[order], prepend=-1))


def _sums(values: npt.NDArray[np.float64], begins: Places) -> npt.NDArray[np.float64]:
    """Return the sum of the values of each group."""
    return np.add.reduceat(values, begins) if len(begins) else values


def _highest(alike: Weights, places: npt.NDArray[np.int32], count: int) -> Places:
    """Return the `count` highest ranks of similarities."""
    if len(alike) > count:
        least = np.partition(alike, len(alike) - count)[len(alike) - count]
        high = np.flatnonzero(alike > least - 2e-5)
        alike, places = alike[high], places[high]
    ranks = _ranks(alike, places)
    return np.partition(ranks, len(ranks) - count)[-count:] if len(ranks) > count else ranks


def _ranks(scores: npt.NDArray[np.floating], places: npt.NDArray[np.integer]) -> Places:
    """Return one integer for each score and its place, so that no two are equal; ties by place.

    A score counts to five digits, because the order of addition changes the rest.
    """
    ranks: Places = ((np.rint(scores * 1e5).astype(np.int64) + 1) << 32) - places
    return ranks


def _unranked(ranks: Places) -> tuple[Places, npt.NDArray[np.float64]]:
    """Return the places and scores of ranks."""
    places = -ranks & 0xFFFFFFFF
    return places, ((ranks + places >> 32) - 1) / 1e5


def limits(papers: Sequence[Paper], counted: Bools) -> Places:
    """Return how many papers each may be near to, of those that are ordered by their day.

    The papers that are counted are near to each other, a newer one to all up to its
    day: so a new day gives no older paper other neighbours.
    """
    days = np.array([paper.date.toordinal() for paper in papers])
    return np.where(counted, counted.sum(), np.searchsorted(days, days, side="right"))


def _topics(papers: Sequence[Paper], counted: Sequence[bool]) -> npt.NDArray[np.float32]:
    """Return the topics of papers as unit vectors (papers × topics); rare topics weigh more."""
    frequency = Counter(
        place.topic for paper in compress(papers, counted) for place in paper.topics
    )
    topics = {place.topic for paper in papers for place in paper.topics}
    number = {topic: column for column, topic in enumerate(sorted(topics))}
    total = sum(counted)
    rows = np.zeros((len(papers), max(1, len(number))), np.float32)
    for row, paper in enumerate(papers):
        for place in paper.topics:
            rarity = math.log(1 + total / max(1, frequency[place.topic]))
            rows[row, number[place.topic]] += math.sqrt(max(0.0, place.score)) * rarity
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), np.float32)

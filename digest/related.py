"""Neighbours: the papers that speak of the same things, and what both speak of.

Papers are compared by the words and pairs of words they share, each weighing
the more the fewer papers have it (TF-IDF, cosine). A term that very many papers
have says little and costs most, so such terms are left out: the work grows
about linearly with the number of papers. Among the nearest, those of the same
topics come first.

What costs most depends on one paper or on two, not on all: the terms of a text,
and how the phrases read that two papers share. Both are kept by content. What
depends on all, the weights and who is nearest, is worked out anew every time.
"""

from __future__ import annotations

import math
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy import sparse

from digest.cache import Cache, key, version
from digest.models import Neighbour, Paper
from digest.words import HEAD, Word, carries, terms, words

__all__ = ["neighbours"]

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
TERMS = 12
"""Terms that two papers share and that are read for their phrases, those that weigh most."""
SHARED = 4
"""Phrases shown per neighbour."""

_Numbers = npt.NDArray[np.float64]
_Places = npt.NDArray[np.int64]
_Terms = npt.NDArray[np.uint64]
"""Terms as numbers, one for each mention."""


def neighbours(papers: Sequence[Paper], count: int = 6, cache: Cache | None = None) -> list[Paper]:
    """Give back the papers, each with its nearest others: id, likeness, and the phrases both have.

    Equal scores are ordered by id; the order of the papers does not matter, nor
    does what the cache has from an earlier run.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    if len(ordered) < 2 or count < 1:
        return [replace(paper, related=()) for paper in papers]
    cache = cache or Cache.none()
    read = [_read(paper, cache) for paper in ordered]
    space = _Space.of(ordered, read)
    phrases = _Phrases(ordered, read, cache)
    found = {
        ordered[row].id: tuple(
            Neighbour(ordered[other].id, round(score, 4), phrases.shared(row, other, both))
            for other, score, both in near
        )
        for row, near in space.nearest(count)
    }
    return [replace(paper, related=found[paper.id]) for paper in papers]


# --- one paper -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """The terms of a paper, as numbers."""

    key: str
    """Names the text they are from."""
    title: _Terms
    abstract: _Terms
    keyphrases: _Terms


def _read(paper: Paper, cache: Cache) -> _Read:
    """Give back the terms of a paper; its keyphrases are read again if they are others now."""
    title = _title(paper)
    name = key(version(), title, paper.abstract)
    keyphrases = list(paper.keyphrases)
    kept = cache.get(name)
    if not kept:
        kept = {
            "title": _packed([title]),
            "abstract": _packed([paper.abstract]),
            "keyphrases": None,
        }
    if kept["keyphrases"] != keyphrases:
        kept |= {"keyphrases": keyphrases, "named": _packed(keyphrases)}
        cache.put(name, kept)
    return _Read(name, *(_unpacked(kept[part]) for part in ("title", "abstract", "named")))


def _title(paper: Paper) -> str:
    """Give back the title if it is not one that we wrote from the abstract."""
    return "" if paper.title_from == "headline" else paper.title


def _source(paper: Paper) -> str:
    """Give back the text in which shared phrases are looked for."""
    title = _title(paper)
    return f"{title}.\n{paper.abstract}" if title else paper.abstract


@lru_cache(maxsize=200_000)
def _number(form: str) -> int:
    """Give a word its number, the same in every run; two alike are not to be expected."""
    data = form.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") & ~1


def _term(term: str) -> int:
    """Give a term its number: even for a word, odd for a pair of words."""
    first, pair, second = term.partition(" ")
    if not pair:
        return _number(first)
    return (_number(first) * 0x9E3779B97F4A7C15 + _number(second)) & 0xFFFFFFFFFFFFFFFF | 1


def _packed(texts: Iterable[str]) -> str:
    """Give back the terms of texts as a cache keeps them; `model` of `model-based` is none."""
    found = [_term(term) for text in texts for term, _, _ in terms(words(text)) if term not in HEAD]
    return b64encode(np.array(found, "<u8").tobytes()).decode("ascii")


def _unpacked(text: str) -> _Terms:
    return np.frombuffer(b64decode(text), "<u8")


# --- papers as rows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Space:
    """The papers as rows of unit length over the terms that at least two of them share."""

    rows: sparse.csr_matrix
    telling: sparse.csr_matrix
    """Of the rows, what tells a reader something: pairs, and words of title and keyphrases."""
    terms: _Terms
    """The number of each column's term."""
    topics: npt.NDArray[np.float32]

    @classmethod
    def of(cls, papers: Sequence[Paper], read: Sequence[_Read]) -> _Space:
        """Weigh the terms of the papers (TF-IDF, damped in the count: Salton & Buckley 1988)."""
        parts = ((TITLE, "title"), (1.0, "abstract"), (KEYPHRASE, "keyphrases"))
        mentions = [[getattr(each, name) for each in read] for _, name in parts]
        known, places = np.unique(
            np.concatenate([terms for part in mentions for terms in part]), return_inverse=True
        )
        lengths = [[len(each) for each in part] for part in mentions]
        owners = np.concatenate([np.repeat(np.arange(len(read)), each) for each in lengths])
        worths = np.repeat([worth for worth, _ in parts], [sum(each) for each in lengths])
        shape = (len(read), max(1, len(known)))
        counts = sparse.csr_matrix((worths.astype(np.float32), (owners, places)), shape)
        frequency = np.bincount(counts.indices, minlength=shape[1])
        kept = np.flatnonzero((frequency >= 2) & (frequency <= CAP))
        rarity = np.log(1 + len(read) / frequency[kept]).astype(np.float32)
        rows = _unit(counts[:, kept].log1p() @ sparse.diags(rarity))
        return cls(rows, _telling(rows, known[kept], read), known[kept], _topics(papers))

    def nearest(self, count: int) -> Iterator[tuple[int, list[tuple[int, float, list[int]]]]]:
        """Give back each paper's row with its nearest others: row, score, telling terms in common."""
        turned = self.rows.T.tocsr()
        for start in range(0, self.rows.shape[0], BLOCK):
            block = (self.rows[start : start + BLOCK] @ turned).tocsr()
            spans = zip(block.indptr, block.indptr[1:], strict=False)
            found = [
                self._best(start + place, block.indices[first:last], block.data[first:last], count)
                for place, (first, last) in enumerate(spans)
            ]
            owners = np.repeat(np.arange(len(found)) + start, [len(others) for others, _ in found])
            both = iter(self._both(owners, np.concatenate([others for others, _ in found])))
            for place, (others, scores) in enumerate(found):
                near = zip(others.tolist(), scores.tolist(), strict=True)
                yield start + place, [(other, score, next(both)) for other, score in near]

    def _best(
        self, row: int, others: npt.NDArray[np.int32], alike: npt.NDArray[np.float32], count: int
    ) -> tuple[_Places, _Numbers]:
        """Give back the nearest of these: by words, and among the first of them by topics too."""
        pool, scores = _highest(others, alike, row, POOL + count)
        return _highest(pool, scores + SAME * (self.topics[pool] @ self.topics[row]), row, count)

    def _both(self, owners: _Places, others: _Places) -> Iterator[list[int]]:
        """Give back for each pair of rows the telling terms in common, those that weigh most first."""
        both = self.telling[owners].multiply(self.rows[others]).tocsr()
        pairs = np.repeat(np.arange(len(owners)), np.diff(both.indptr))
        columns = both.indices[np.lexsort((both.indices, -both.data, pairs))]
        named = self.terms[columns].tolist()
        for first, last in zip(both.indptr.tolist(), both.indptr[1:].tolist(), strict=False):
            yield named[first : min(last, first + TERMS)]


def _telling(rows: sparse.csr_matrix, known: _Terms, read: Sequence[_Read]) -> sparse.csr_matrix:
    """Leave of the rows the pairs of words, and the words of title and keyphrases."""
    named = [np.concatenate((each.title, each.keyphrases)) for each in read]
    owners = np.repeat(np.arange(len(read)), [len(each) for each in named])
    terms = np.concatenate(named)
    columns = np.searchsorted(known, terms)
    there = np.isin(terms, known)
    entries = np.repeat(np.arange(len(read)), np.diff(rows.indptr)) * len(known) + rows.indices
    about = np.isin(entries, owners[there] * len(known) + columns[there])
    telling = rows.copy()
    telling.data *= about | (known[rows.indices] & 1).astype(bool)
    telling.eliminate_zeros()
    return telling


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


def _unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """Give back the rows at length 1; an empty row stays empty."""
    rows = rows.tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-12)).dot(rows).tocsr().astype(np.float32)


def _highest(
    places: npt.NDArray[np.integer], scores: npt.NDArray[np.floating], row: int, count: int
) -> tuple[_Places, _Numbers]:
    """Give back the highest scores and their places, without `row`; ties by place.

    Score and place make one whole number, so that no two are equal. Of a score
    five digits count: beyond, the order of adding up would show.
    """
    ranks = (np.rint(scores * 1e5).astype(np.int64) << 32) - places
    ranks = ranks[places != row]
    if len(ranks) > count:
        ranks = np.partition(ranks, len(ranks) - count)[len(ranks) - count :]
    ranks = np.sort(ranks)[::-1]
    found = -ranks & 0xFFFFFFFF
    return found, (ranks + found >> 32) / 1e5


# --- what two papers share -----------------------------------------------------------------


class _Phrases:
    """The phrases that two papers share, read where the cache does not have them."""

    def __init__(self, papers: Sequence[Paper], read: Sequence[_Read], cache: Cache) -> None:
        """Begin without a text."""
        self._papers, self._keys, self._cache = papers, [each.key for each in read], cache
        self._forms: dict[int, str] = {}
        self._last: tuple[int, _Text] | None = None

    def shared(self, row: int, other: int, both: Sequence[int]) -> tuple[str, ...]:
        """Give back the phrases of these terms as the first paper has them, the weightiest first."""
        if not both:
            return ()
        name = key(self._keys[row], self._keys[other], repr(both))
        known = self._cache.get(name)
        if known is None:
            known = self._text(row).shared(both, self._folded(other))
            self._cache.put(name, known)
        return tuple(known)

    def _text(self, row: int) -> _Text:
        """Give back the text of a paper, word by word; the last one is remembered."""
        if self._last is None or self._last[0] != row:
            self._last = row, _Text.of(_source(self._papers[row]))
        return self._last[1]

    def _folded(self, row: int) -> str:
        """Give back the words of a paper as they are compared, between spaces."""
        if row not in self._forms:
            found = words(_source(self._papers[row]))
            self._forms[row] = f" {' '.join(word.form for word in found)} "
        return self._forms[row]


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a paper, word by word, for showing what it shares with others."""

    source: str
    found: Sequence[Word]
    first: Mapping[int, tuple[int, int]]
    """Where each term first stands: its first word and the one after its last."""

    @classmethod
    def of(cls, source: str) -> _Text:
        """Read a text; nothing else is read when it is compared with others."""
        found = words(source)
        first: dict[int, tuple[int, int]] = {}
        for term, start, end in terms(found):
            first.setdefault(_term(term), (start, end))
        return cls(source, found, first)

    def shared(self, both: Sequence[int], known: str) -> list[str]:
        """Give back the phrases of terms that another text has too, as they are written here."""
        spans = [self._widen(*self.first[term], known) for term in both if term in self.first]
        return [self._written(span) for span in self._outermost(spans)[:SHARED]]

    def _widen(self, start: int, end: int, known: str) -> tuple[int, int]:
        """Give back where a term stands, with the words around it that the other paper has too."""
        while start > 0 and self._joins(start - 1, start, end, known):
            start -= 1
        while end < len(self.found) and self._joins(end, start, end, known):
            end += 1
        return start, end

    def _joins(self, more: int, start: int, end: int, known: str) -> bool:
        """Say whether one more word belongs to the phrase, here and in the other paper."""
        low, high = min(more, start), max(more + 1, end)
        left, right = (more, more + 1) if more < start else (more - 1, more)
        near = self.found[right].start - self.found[left].end <= 1
        run = " ".join(word.form for word in self.found[low:high])
        return near and high - low <= 4 and carries(self.found[more].form) and f" {run} " in known

    def _outermost(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Leave out phrases whose words all stand in another one."""
        kept: list[tuple[tuple[int, int], frozenset[str]]] = []
        for start, end in spans:
            forms = frozenset(word.form for word in self.found[start:end])
            if not any(forms <= other for _, other in kept):
                kept = [(span, other) for span, other in kept if not other < forms]
                kept.append(((start, end), forms))
        return [span for span, _ in kept]

    def _written(self, place: tuple[int, int]) -> str:
        """Give back the words of a place as they are written."""
        start, end = place
        return self.source[self.found[start].start : self.found[end - 1].end]

"""Queries: what is known of a paper, and the words by which an index finds it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from digest.language import lexicon
from digest.language.sentences import sentences, shorten
from digest.models import Paper

WORDS_AT_ONCE = 6
"""Words in one request: enough to single out one abstract among millions."""

# A word that every index tokenises alike: plain letters between spaces or punctuation.
_PLAIN = re.compile(r"""(?<![^\s("'“‘\[])[A-Za-z]{3,18}(?=[,;:!?)"'”’\]]*(?:\s|$)|\.(?:\s|$))""")


@dataclass(frozen=True, slots=True)
class LookupQuery:
    """What is known of a paper: what an index is asked for, and replies are checked against."""

    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    """The words of the abstract (or else of the title), the most distinctive first."""

    @property
    def opening(self) -> str:
        """The beginning of the abstract, for indexes with semantic search."""
        return shorten(" ".join(sentences(self.abstract)[:2]), 240).rstrip("…")

    @property
    def title_words(self) -> tuple[str, ...]:
        """The words of the title that every index tokenises alike, at most nine."""
        stop_words = lexicon.words("stop words")
        found = [word for word in plain_words(self.title) if word.lower() not in stop_words]
        return tuple(found[:9])

    def word_sets(self) -> Iterator[tuple[str, ...]]:
        """Yield sets of words to search abstracts for, the best first.

        They share as few words as possible: a word that was damaged or rewritten
        since then spoils one request and not all.
        """
        yield self.words[:WORDS_AT_ONCE]
        if self.title:
            return
        yield self.words[WORDS_AT_ONCE : 2 * WORDS_AT_ONCE - 1]
        yield self.words[1 : 2 * WORDS_AT_ONCE : 4]


def plain_words(text: str) -> list[str]:
    """Return the words that every index tokenises alike, in order, each once.

    >>> plain_words("Self-play beats PPO on 3 tasks (and A2C), says Ångström.")
    ['beats', 'PPO', 'tasks', 'and', 'says']
    """
    return list({found[0].lower(): found[0] for found in _PLAIN.finditer(text)}.values())


def count_words(papers: Iterable[Paper]) -> Counter[str]:
    """Count the papers in which each word occurs, in lower case."""
    return Counter(
        word
        for paper in papers
        for word in {found.lower() for found in plain_words(f"{paper.title} {paper.abstract}")}
    )


def make_query(paper: Paper, counts: Mapping[str, int]) -> LookupQuery:
    """Return the query for a paper; `counts` (`count_words`) shows which of its words are rare."""
    return LookupQuery(
        title=paper.title,
        abstract=paper.abstract,
        authors=paper.authors,
        identifiers=paper.identifiers,
        words=distinctive_words(paper.abstract or paper.title, counts),
    )


def distinctive_words(text: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the words of a text, the rare before the common, and names first.

    >>> distinctive_words("We want DEMI, a contrastive estimator, to learn", {"contrastive": 9})
    ('DEMI', 'estimator', 'learn', 'contrastive')
    """
    common = lexicon.words("stop words") | lexicon.words("academic filler")
    words: Sequence[str] = [word for word in plain_words(text) if word.lower() not in common]
    return tuple(sorted(words, key=lambda word: _rank(word, counts)))


def _rank(word: str, counts: Mapping[str, int]) -> tuple[int, bool, int]:
    named = not (word[1:].islower())
    return min(counts.get(word.lower(), 1), 50), not named, -len(word)

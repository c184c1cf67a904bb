"""What is known of a paper before anybody is asked, and the words by which an index finds it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from digest.language.text import sentences, shorten
from digest.language.tokens import FILLER, STOP
from digest.models import Paper

AT_ONCE = 6
"""Words asked for together: enough to single out one abstract among millions."""

# A word that every index cuts out of the text alike: plain letters between spaces or punctuation.
_PLAIN = re.compile(r"""(?<![^\s("'“‘\[])[A-Za-z]{3,18}(?=[,;:!?)"'”’\]]*(?:\s|$)|\.(?:\s|$))""")


@dataclass(frozen=True, slots=True)
class About:
    """What an index is asked about, and what its answers are held against."""

    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    """The words of the abstract (of the title where there is none), the most telling first."""

    @property
    def opening(self) -> str:
        """The beginning of the abstract, for indexes that search by meaning."""
        return shorten(" ".join(sentences(self.abstract)[:2]), 240).rstrip("…")

    @property
    def title_words(self) -> tuple[str, ...]:
        """The words of the title that every index knows, at most nine."""
        found = [word for word in plain_words(self.title) if word.lower() not in STOP]
        return tuple(found[:9])

    def tries(self) -> Iterator[tuple[str, ...]]:
        """Sets of words to ask for, the best first.

        They share as little as they can: a word that was damaged or rewritten
        since spoils one try and not all.
        """
        yield self.words[:AT_ONCE]
        if self.title:
            return
        yield self.words[AT_ONCE : 2 * AT_ONCE - 1]
        yield self.words[1 : 2 * AT_ONCE : 4]


def plain_words(text: str) -> list[str]:
    """Find the words that any index cuts alike, in order, each once.

    >>> plain_words("Self-play beats PPO on 3 tasks (and A2C), says Ångström.")
    ['beats', 'PPO', 'tasks', 'and', 'says']
    """
    return list({found[0].lower(): found[0] for found in _PLAIN.finditer(text)}.values())


def rarity(papers: Iterable[Paper]) -> Counter[str]:
    """Count in how many papers each word stands."""
    return Counter(
        word
        for paper in papers
        for word in {found.lower() for found in plain_words(f"{paper.title} {paper.abstract}")}
    )


def about(paper: Paper, seen: Mapping[str, int]) -> About:
    """Say what is known of a paper; `seen` tells which of its words are rare."""
    return About(
        title=paper.title,
        abstract=paper.abstract,
        authors=paper.authors,
        identifiers=paper.identifiers,
        words=telling(paper.abstract or paper.title, seen),
    )


def telling(text: str, seen: Mapping[str, int]) -> tuple[str, ...]:
    """Order the words of a text by how much they tell: the rare before the common, names first.

    >>> telling("We want DEMI, a contrastive estimator, to learn", {"contrastive": 9})
    ('DEMI', 'estimator', 'learn', 'contrastive')
    """
    words: Sequence[str] = [
        word
        for word in plain_words(text)
        if word.lower() not in STOP and word.lower() not in FILLER
    ]
    return tuple(sorted(words, key=lambda word: _weight(word, seen)))


def _weight(word: str, seen: Mapping[str, int]) -> tuple[int, bool, int]:
    named = not (word[1:].islower())
    return min(seen.get(word.lower(), 1), 50), not named, -len(word)

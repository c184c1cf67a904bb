"""Comparing records: what two of them have in common, and what shows that they are two papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from digest.language.strings import fingerprint
from digest.models import Record
from digest.papers.ids import is_preprint
from digest.papers.minhash import banded, of_record
from digest.papers.publication_types import PREPRINT
from digest.papers.similarity import (
    MIN_ABSTRACT,
    MIN_TITLE,
    REWRITTEN,
    SAME_ABSTRACT,
    Title,
    fingerprint_similarity,
)

_PREPRINTS = re.compile(r"\b(?:arxiv|corr|\w{2,12}rxiv|ssrn|research square|preprints?)\b", re.I)
"""Names of preprint servers, which are not the venue of a publication."""
_WORD = re.compile(r"\w+")
SAME_WORD = 0.8
"""From this similarity, two words are spellings of one."""
_NO_NAMES = frozenset({"et", "al", "and", "others", "jr", "sr", "ii", "iii"})


class Kinship(IntEnum):
    """How much speaks for one paper, of two records that are alike."""

    NONE = 0
    """Something shows that they are two."""
    POSSIBLE = 1
    """Nothing speaks against it."""
    PLAIN = 2
    """They have the title or an author in common."""
    CLOSE = 3
    """They have the title and authors in common."""
    CERTAIN = 4
    """More than likeness can show."""


class Comparison:
    """What is compared of each record; records are given by their positions."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Take the records that are to be compared with each other."""
        self._records = records
        self.titles = [Title.of(record.title) for record in records]
        sketches = [of_record(record) if record.abstract else "" for record in records]
        # most abstracts are like no other one: their sketches say so, and they are not compared
        self.alike = ["" for _ in records]
        """The letters of each abstract that may be like another one; empty for the others."""
        for position in banded(sketches):
            text = fingerprint(records[position].abstract)
            self.alike[position] = text if len(text) >= MIN_ABSTRACT else ""
        # the sketch of an abstract that occurs twice, letter for letter, is compared once
        first = {text: position for position, text in reversed(list(enumerate(self.alike)))}
        self.sketches = [
            sketch if text and first[text] == position else ""
            for position, (text, sketch) in enumerate(zip(self.alike, sketches, strict=True))
        ]

    def abstracts_agree(self, one: int, other: int) -> bool:
        """Return whether two abstracts are one text."""
        return fingerprint_similarity(*self._abstracts(one, other), SAME_ABSTRACT) >= SAME_ABSTRACT

    def titles_agree(self, one: int, other: int) -> bool:
        """Return whether two titles can belong to one paper; a missing title agrees with any.

        An article's title may differ from its preprint's if they share an author.
        """
        if self.titles[one].numerals != self.titles[other].numerals:
            return not (self.titles[one].fingerprint and self.titles[other].fingerprint)
        return self.titles[one].may_match(self.titles[other]) or (
            is_of_preprint(self._records[one]) != is_of_preprint(self._records[other])
            and bool(family_names(self._records[one]) & family_names(self._records[other]))
        )

    def may_be_versions(self, one: int, other: int) -> bool:
        """Return whether two records of one title are versions of one paper."""
        abstracts = self._abstracts(one, other)
        if all(abstracts):
            return fingerprint_similarity(*abstracts, REWRITTEN) >= REWRITTEN
        return len(self.titles[one].fingerprint) >= MIN_TITLE

    def at_odds(self, one: int, other: int) -> bool:
        """Return whether two records that share an identifier have nothing else in common."""
        titles = self.titles[one].fingerprint, self.titles[other].fingerprint
        if not all(titles) or fingerprint_similarity(*titles) >= REWRITTEN:
            return False
        abstracts = self._abstracts(one, other)
        return not all(abstracts) or fingerprint_similarity(*abstracts) < REWRITTEN

    def kinship(self, one: int, other: int) -> Kinship:
        """Return how much speaks for one paper, of two records that are alike.

        Abstracts made after one pattern differ in what their titles differ in; those of
        one paper that was given another title do not.
        """
        mine, its = names(self._records[one]), names(self._records[other])
        titles = self.titles[one].fingerprint, self.titles[other].fingerprint
        same_title = titles[0] == titles[1] and len(titles[0]) >= MIN_TITLE
        same_text = bool(self.alike[one]) and self.alike[one] == self.alike[other]
        if mine and its and not mine & its and not (same_title and same_text):
            return Kinship.NONE
        if all(titles) and titles[0] != titles[1] and self._subjects_differ(one, other):
            return Kinship.NONE
        if same_title and mine & its:
            return Kinship.CLOSE
        return Kinship.PLAIN if same_title or mine & its else Kinship.POSSIBLE

    def _subjects_differ(self, one: int, other: int) -> bool:
        """Return whether each abstract has a word of its own title that the other pair lacks."""
        mine, its = (_words(self._records[place].title or "") for place in (one, other))
        told, said = (_words(self._records[place].abstract) for place in (one, other))
        own, others = (mine - its) & (told - said), (its - mine) & (said - told)
        return _has_new(own, others) and _has_new(others, own)

    def _abstracts(self, one: int, other: int) -> tuple[str, str]:
        """Return the letters of two abstracts."""
        return fingerprint(self._records[one].abstract), fingerprint(self._records[other].abstract)


def is_of_preprint(record: Record) -> bool:
    """Return whether a record describes a preprint."""
    publication = record.publication
    name = publication.container or record.venue or publication.publisher
    return (
        publication.kind == PREPRINT
        or is_preprint(record.identifiers.get("doi", ""))
        or bool(_PREPRINTS.search(name))
    )


def family_names(record: Record) -> set[str]:
    """Return the fingerprints of the authors' last names."""
    return {fingerprint(name.split()[-1]) for name in record.authors if name.split()}


def names(record: Record) -> frozenset[str]:
    """Return the authors' names, in whichever order they are written, without initials.

    >>> sorted(names(Record("a", 1, "ris", 1, authors=("Jan H. Oort", "Lovelace A", "et al."))))
    ['jan', 'lovelace', 'oort']
    """
    words = (fingerprint(word) for name in record.authors for word in _WORD.findall(name))
    return frozenset(word for word in words if len(word) > 1) - _NO_NAMES


def _has_new(words: set[str], known: set[str]) -> bool:
    """Return whether a word is no other spelling of a known one, as `tumor` is of `tumour`."""
    return any(
        all(fingerprint_similarity(word, other, SAME_WORD) < SAME_WORD for other in known)
        for word in words
    )


def _words(text: str) -> set[str]:
    return {fingerprint(word) for word in _WORD.findall(text)} - {""}

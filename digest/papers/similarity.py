"""Similarity of titles and abstracts: the thresholds that merging and looking up share.

The measure is the normalised Indel similarity (0 to 1) of two fingerprints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from digest.language.strings import fingerprint
from digest.papers import ids

SAME_ABSTRACT = 0.9
"""From this similarity, two abstracts are one text."""
REWRITTEN = 0.55
"""From this similarity, two abstracts of one title are versions of one paper; two titles may be."""
MIN_TITLE = 20
"""Characters a title needs to identify a paper by itself: `Memory Networks` is too short."""
MIN_ABSTRACT = 80
"""Characters an abstract needs for its similarity to be meaningful."""
UNIQUE_SCHEMES = ("arxiv", "acl", "openreview", "pmid")
"""Schemes that give a paper a single identifier; a preprint and its article have two DOIs."""

# Arabic or lower-case Roman
_NUMERAL = re.compile(r"\b(?:\d+|[ivx]+)\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared: its fingerprint, and the numerals among its words."""

    fingerprint: str
    """The fingerprint; empty if there is no title."""
    numerals: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str | None) -> Title:
        """Return the comparable form of a written title; an empty one for None."""
        plain = text or ""
        return cls(fingerprint(plain), tuple(_NUMERAL.findall(plain.lower())))

    def similarity(self, other: Title, least: float = 0.0) -> float | None:
        """Return the similarity of two titles, 0 to 1 (0 below `least`); None if one is missing.

        `Part I` and `Part II` are two papers, however similar the rest is.
        """
        if not self.fingerprint or not other.fingerprint:
            return None
        if self.fingerprint == other.fingerprint:
            return 1.0
        if self.numerals != other.numerals:
            return 0.0
        return fingerprint_similarity(self.fingerprint, other.fingerprint, least)

    def may_match(self, other: Title) -> bool:
        """Return whether two titles can belong to one paper; a missing title matches any."""
        similarity = self.similarity(other, REWRITTEN)
        return similarity is None or similarity >= REWRITTEN


def are_of_two_papers(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether identifiers are those of two papers.

    The DOIs of a preprint and of an article may be of one paper.

    >>> are_of_two_papers({"doi": "10.1016/j.a"}, {"doi": "10.1016/j.b"})
    True
    >>> are_of_two_papers({"doi": "10.1016/j.a"}, {"doi": "10.48550/arxiv.2503.01234"})
    False
    """
    if any(one[each] != other[each] for each in UNIQUE_SCHEMES if each in one and each in other):
        return True
    mine, its = (ids.work(given["doi"]) if "doi" in given else "" for given in (one, other))
    return bool(mine and its and mine != its and ids.is_preprint(mine) == ids.is_preprint(its))


def title_similarity(one: str | None, other: str | None) -> float | None:
    """Return the similarity of two titles, 0 to 1; None if one is missing.

    >>> title_similarity("Networks, Part I", "Networks, Part II"), title_similarity("", "Networks")
    (0.0, None)
    """
    return Title.of(one).similarity(Title.of(other))


def fingerprint_similarity(one: str, other: str, least: float = 0.0) -> float:
    """Return the similarity of two fingerprints, 0 to 1; 0 if below `least`, to save time."""
    return fuzz.ratio(one, other, score_cutoff=100 * least) / 100

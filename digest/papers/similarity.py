"""How alike two titles or two abstracts are: what merging, accepting and filling agree upon.

The scale is the similarity of letters (Indel, 0 to 1), compared as fingerprints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from digest.language.text import fingerprint

NEAR = 0.9
"""Two abstracts this alike are one text."""
REWRITTEN = 0.55
"""Two abstracts this alike under one title are versions of one paper; two titles may be."""
TELLING = 20
"""Letters a title needs before it can speak for a paper alone: `Memory Networks` cannot."""
LONG = 80
"""Letters an abstract needs before being nearly equal means anything."""
ONE_A_PAPER = ("arxiv", "acl", "openreview", "pmid")
"""Schemes that give a paper one identifier; a preprint and its article have two DOIs."""

_NUMERAL = re.compile(r"\b(?:\d+|[ivx]+)\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared: its letters, and the numerals among its words."""

    letters: str
    """Empty where there is no title."""
    numerals: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str | None) -> Title:
        """Take a title as it is written, or none."""
        plain = text or ""
        return cls(fingerprint(plain), tuple(_NUMERAL.findall(plain.lower())))

    def likeness(self, other: Title, least: float = 0.0) -> float | None:
        """How alike two titles are, 0 to 1 (0 below `least`); None where one is missing.

        `Part I` and `Part II` are two papers, however alike all else is.
        """
        if not self.letters or not other.letters:
            return None
        if self.letters == other.letters:
            return 1.0
        if self.numerals != other.numerals:
            return 0.0
        return letters(self.letters, other.letters, least)

    def may_be(self, other: Title) -> bool:
        """Whether two titles can be of one paper; a missing title agrees with any."""
        likeness = self.likeness(other, REWRITTEN)
        return likeness is None or likeness >= REWRITTEN


def titles_likeness(one: str | None, other: str | None) -> float | None:
    """How alike two titles are, 0 to 1; None where one is missing.

    >>> titles_likeness("Networks, Part I", "Networks, Part II"), titles_likeness("", "Networks")
    (0.0, None)
    """
    return Title.of(one).likeness(Title.of(other))


def letters(one: str, other: str, least: float = 0.0) -> float:
    """How alike two fingerprints are, 0 to 1; below `least` it may be 0, which is found sooner."""
    return fuzz.ratio(one, other, score_cutoff=100 * least) / 100

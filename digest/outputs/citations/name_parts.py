"""Names of people, split into given and family names for reference managers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PARTICLES = frozenset(
    (
        *("af", "al", "bin", "da", "das", "de", "dei", "del", "della", "den", "der", "di", "dos"),
        *("du", "el", "ibn", "la", "le", "los", "op", "'t", "ten", "ter", "van", "vom", "von"),
        *("zu", "zur"),
    )
)
"""Small words that begin a family name: Ludwig *van* Beethoven."""
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_GROUP = re.compile(
    r"\b(?:collaborat|consorti|team|group|project|society|institute|laborator|universit|network|&)"
    r"|\bet al\b",
    re.IGNORECASE,
)
"""What makes a name that of a group, or of more than one person."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts; a group's, or one that cannot be split, is all `family`."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def sorted(self) -> str:
        """The name as it is sorted in lists: 'Lovelace, Ada'."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)


@lru_cache(maxsize=200_000)
def split_name(text: str) -> Name:
    """Split a name as it is written on a paper.

    >>> split_name("Ludwig van Beethoven"), split_name("The ATLAS Collaboration").given
    (Name(family='van Beethoven', given='Ludwig', suffix=''), '')
    """
    text = " ".join(text.split())
    if "," in text and not _GROUP.search(text):
        return _split_sorted(text)
    words = text.split()
    if len(words) < 2 or _GROUP.search(text) or not _is_latin(text):
        return Name(text)
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    begin = len(words) - 1
    while begin > 1 and words[begin - 1].casefold() in _PARTICLES:
        begin -= 1
    return Name(" ".join(words[begin:]), " ".join(words[:begin]), suffix)


def _split_sorted(text: str) -> Name:
    """Read 'Family, Given', 'Family, Given, Jr.' or 'Given Family, Jr.'."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and parts[1].casefold() in _SUFFIXES:
        name = split_name(parts[0])
        return Name(name.family, name.given, parts[1])
    suffix = parts.pop() if len(parts) > 2 and parts[-1].casefold() in _SUFFIXES else ""
    return Name(parts[0], " ".join(parts[1:]), suffix)


def _is_latin(text: str) -> bool:
    """Return whether a name is in the Latin script: the rules here are for that one."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(char, "") for char in letters)

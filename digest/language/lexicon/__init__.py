"""The word lists of the program, by name, each with what it is for and where it comes from.

The YAML files of this package hold them: every list has `about` and `source`, and either
`words` (parted by spaces), other lists that it `includes`, or both, or `pairs` of words. The words
are English; those of other languages come from Babel (months) and YAKE (function words).
Nothing is read before a list is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["lists", "pairs", "words"]


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list and of the lists that it includes; raises `KeyError` for none.

    >>> "the" in words("function words"), "phrase joints" in lists()
    (True, True)
    """
    entry = lists()[name]
    own = frozenset(entry.get("words", "").split())
    return own.union(*map(words, entry.get("includes", ())))


@cache
def pairs(name: str) -> Mapping[str, str]:
    """Return the pairs of a list of pairs; raises `KeyError` for none.

    >>> pairs("irregular plurals")["matrices"]
    'matrix'
    """
    return dict(lists()[name]["pairs"])


@cache
def lists() -> Mapping[str, Mapping[str, Any]]:
    """Return all lists by name, as the files have them."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted(Path(__file__).parent.glob("*.yml")):
        found |= yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 -- safe loaders
    return found

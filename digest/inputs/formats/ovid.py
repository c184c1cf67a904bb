"""Ovid's tagged text.

    <1. >
    VN  - Ovid Technologies
    AU  - Weston, Jason
    TI  - Memory networks. [References].
    AB  - We describe a new class of learning models …

https://ospguides.ovid.com/OSPguides/
"""

from __future__ import annotations

import re

from digest.inputs.syntax import fields, tagged
from digest.models import Guess, Reading, Seed

NAME = "ovid"
LABEL = "Ovid list"


def _title(title: str) -> str:
    """Take off what Ovid adds to a title.

    >>> _title("Memory networks. [References]."), _title("[Réseaux de mémoire.]")
    ('Memory networks', '[Réseaux de mémoire.]')
    """
    title = re.sub(r"(?<=[.\w])\s*\[(?:References?|Article|Review|\w{2,20})\]\.?$", "", title)
    return tagged.unstopped(title)


_DEGREE = re.compile(
    r",?\s(?:Ph\.?\s?D|M\.?D|B\.?S|M\.?S|M\.?A|M\.?P\.?H|R\.?N|Ed\.?D|Psy\.?D|D\.?Sc|F\.?A\.?C\.?\w{1,3})(?:\.|\b(?!\.))(?=\s|,|$)"
)


def _person(name: str) -> str:
    """Give a name, given name first, without what it did.

    >>> _person("Walsdorf, Neill B. [Inventor, Reprint Author]"), _person("AHMED, Mughees.")
    ('Neill B. Walsdorf', 'Mughees Ahmed')
    """
    name = re.sub(r"\s*[\[(][^][()]{0,200}[\])]\s*$", "", name).strip(" ;,")
    name = re.sub(r"(?:\s?[\d*+†‡§],?)+$", "", name).rstrip(" ,")
    name = ", ".join(_DEGREE.sub("", name).split(",")[:2])
    name = re.sub(r"(?<=\w\w)\.$", "", name)
    family = name.split(",")[0]
    if family.isupper() and len(family) > 3:
        name = name.replace(family, family.title(), 1)
    short = re.fullmatch(r"([^\s,]{2,}(?: [^\s,]{2,})*) ([A-Z]{1,3})", name)
    return f"{short[2]} {short[1]}" if short else fields.person(name)


_GRAMMAR = tagged.Grammar(
    row=re.compile(r"\s{0,3}(<(?=\d{1,6}\.\s?>)|[A-Z][A-Z0-9](?=\s{1,3}-(?:\s|$)))(?:\s{1,3}-\s?)?(.*)"),
    first=frozenset({"<"}),
    last=frozenset(),
    meaning={
        "TI": "title", "BT": "title", "AB": "abstract", "AU": "authors", "FA": "authors", "ED": "editors", "BE": "editors",
        "YR": "date", "DO": "doi", "DI": "doi", "JN": "venue", "SO": "venue",
        "PM": "pmid", "KW": "categories", "DE": "categories", "MH": "categories", "LK": "url",
    },
    dated=frozenset({"DP", "SO"}),
    people=_person,
    title=_title,
)  # fmt: skip


def recognise(seed: Seed) -> Guess:
    """Sure where lines such as `<1. >` open records of tagged lines."""
    return tagged.guess(seed, _GRAMMAR, "a line such as '<1. >'")


def read(seed: Seed) -> Reading:
    """Read record by record."""
    return tagged.reading(seed, _GRAMMAR, NAME)

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

from digest.inputs.syntax import tagged
from digest.inputs.syntax.extents import Extent, as_long_as


def _title(title: str) -> str:
    """Strip what Ovid adds to a title.

    >>> _title("Memory networks. [References]."), _title("[Réseaux de mémoire.]")
    ('Memory networks', '[Réseaux de mémoire.]')
    """
    title = re.sub(r"(?<=[.\w])\s*\[(?:References?|Article|Review|\w{2,20})\]\.?$", "", title)
    return tagged.without_full_stop(title)


_GRAMMAR = tagged.Grammar(
    row=re.compile(r"\s{0,3}(<(?=\d{1,6}\.\s?>)|[A-Z][A-Z0-9](?=\s{1,3}[-–](?:\s|$)))(?:\s{1,3}[-–]\s?)?(.*)"),
    first=frozenset({"<"}),
    last=frozenset(),
    meaning={
        "TI": "title", "BT": "title", "AB": "abstract", "AU": "authors", "FA": "authors", "ED": "editors", "BE": "editors",
        "YR": "date", "DO": "doi", "DI": "doi", "JN": "venue", "SO": "venue",
        "PM": "pmid", "KW": "categories", "DE": "categories", "MH": "categories", "LK": "url",
    },
    parts={
        "kind": "PT DT", "container": "JN BT", "volume": "VO VI", "issue": "IP NO", "pages": "PG", "publisher": "PB PU",
        "serial": "IS SN IB", "cited": "SO",
    },
    dated=frozenset({"DP", "SO"}),
    title=_title,
)  # fmt: skip


_EXTENTS = (
    Extent("ovid", r"<\d{1,6}\.\s?>\s*$", as_long_as(r"[A-Z][A-Z0-9]\s{1,3}[-–]\s|\s{4,}\S|\s*$")),
)  # fmt: skip

FORMAT = tagged.make_format(
    "ovid",
    "Ovid list",
    _GRAMMAR,
    "a line such as '<1. >'",
    _EXTENTS,
    about="Ovid, tagged text",
    example="<1. >\nTI  - A comet in pieces",
)

"""RIS, written by most reference managers and publishers.

    TY  - JOUR
    TI  - Memory Networks
    AU  - Weston, Jason
    AB  - We describe a new class of learning models …
    ER  -

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re

from digest.inputs.syntax import tagged
from digest.inputs.syntax.extents import Extent, upto

_GRAMMAR = tagged.Grammar(
    # A lost blank, a long dash and blanks before the tag are common.
    # "UV-visible light" at the start of a wrapped line is not a tag.
    row=re.compile(r"\s{0,8}([A-Z][A-Z0-9])(?:\s{1,3}[-–]\s?|[-–](?:\s|$))(.*)"),
    first=frozenset({"TY"}),
    last=frozenset({"ER"}),
    meaning={
        "TI": "title", "T1": "title", "CT": "title", "BT": "title", "ST": "title",
        "AB": "abstract", "N2": "abstract",
        "AU": "authors", "A1": "authors", "ED": "editors", "A2": "editors", "A3": "editors",
        "DA": "date", "Y1": "date", "PY": "date",
        "DO": "doi", "L3": "doi", "M3": "doi", "T2": "venue", "JO": "venue", "JF": "venue", "JA": "venue", "J2": "venue", "BT ": "venue",
        "UR": "url", "L1": "url", "L2": "url", "LK": "url",
        "KW": "categories", "N1": "comment", "AN": "arxiv", "C7": "arxiv",
    },
    parts={
        "kind": "TY", "genre": "M3", "container": "BT T2 JF JO JA J2", "volume": "VL", "issue": "IS CP", "first": "SP",
        "last": "EP", "article": "C7", "publisher": "PB", "serial": "SN",
    },
)  # fmt: skip


_EXTENTS = (
    Extent("ris", r"TY\s{1,2}-\s", upto(r"ER\s{1,2}-")),
)  # fmt: skip

FORMAT = tagged.make_format(
    "ris",
    "bibliography",
    _GRAMMAR,
    "a line such as 'TY  - JOUR'",
    _EXTENTS,
    about="RIS",
    example="TY  - JOUR\nTI  - A comet in pieces",
)

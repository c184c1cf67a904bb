"""Refer, also EndNote's tagged format.

%0 Journal Article
%T Memory Networks
%A Weston, Jason
%X We describe a new class of learning models …
"""

from __future__ import annotations

import re

from digest.inputs.syntax import tagged
from digest.inputs.syntax.extents import Extent, as_long_as

_GRAMMAR = tagged.Grammar(
    row=re.compile(r"(%[A-Z0-9!@+^$#&*<>?\[\]~(=)])\s(.*)"),
    first=frozenset({"%0"}),
    last=frozenset(),
    anew=frozenset({"%T", "%A"}),
    meaning={
        "%T": "title", "%X": "abstract", "%A": "authors", "%Q": "authors", "%E": "editors",
        "%8": "date", "%D": "date",
        "%R": "doi", "%J": "venue", "%B": "venue", "%U": "url", "%K": "categories", "%Z": "comment",
    },
    parts={
        "kind": "%0", "genre": "%9", "container": "%J %B", "volume": "%V", "issue": "%N", "pages": "%P",
        "publisher": "%I", "serial": "%@",
    },
)  # fmt: skip


_EXTENTS = (
    Extent("refer", r"%[0TA]\s", as_long_as(r".*\S", 1)),
)  # fmt: skip

FORMAT = tagged.make_format(
    "refer",
    "bibliography",
    _GRAMMAR,
    "a line such as '%0 Journal Article'",
    _EXTENTS,
    about="EndNote and refer",
    example="%0 Journal Article\n%T A comet in pieces",
)

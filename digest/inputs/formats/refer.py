"""Refer, which EndNote writes as its tagged format.

%0 Journal Article
%T Memory Networks
%A Weston, Jason
%X We describe a new class of learning models …
"""

from __future__ import annotations

import re

from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import tagged
from digest.inputs.syntax.extents import Extent, as_long_as
from digest.models import Guess, Reading, Seed

NAME = "refer"

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


def recognise(document: Document) -> Guess:
    """Sure where lines such as `%0 Journal Article` open records."""
    return tagged.guess(document, _GRAMMAR, "a line such as '%0 Journal Article'")


def read(seed: Seed) -> Reading:
    """Read record by record."""
    return tagged.reading(seed, _GRAMMAR, NAME)


_EXTENTS = (
    Extent("refer", r"%[0TA]\s", as_long_as(r".*\S", 1)),
)  # fmt: skip

FORMAT = Format(NAME, "bibliography", "tags", recognise, read, believed=True, extents=_EXTENTS)

"""The tagged text of Web of Science and RefWorks: a tag of two letters, a blank, a value.

    PT J                          RT Journal Article
    AU Weston, J                  A1 Weston, Jason
       Chopra, S                  T1 Memory Networks
    TI Memory Networks            AB We describe a new class …
    ER                            YR 2014

https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

import re

from digest.inputs.syntax import tagged
from digest.inputs.syntax.extents import DocumentText, Extent, as_long_as, upto
from digest.models import Seed

_ROW = re.compile(r"([A-Z][A-Z0-9])(?:\s|$)(.*)")

_SCIENCE = tagged.Grammar(
    row=_ROW,
    first=frozenset({"PT"}),
    last=frozenset({"ER", "EF", "FN", "VR"}),
    meaning={
        "TI": "title", "AB": "abstract", "AF": "authors", "AU": "initials", "BE": "editors", "CA": "group",
        "PD": "date", "PY": "date", "DI": "doi", "SO": "venue", "PM": "pmid", "DE": "categories",
    },
    parts={
        "kind": "DT PT", "container": "SO", "volume": "VL", "issue": "IS", "pages": "PS", "first": "BP", "last": "EP",
        "article": "AR", "publisher": "PU", "serial": "SN EI BN",
    },
    listed=frozenset({"AF", "AU", "BE", "CA"}),
)  # fmt: skip

_WORKS = tagged.Grammar(
    row=_ROW,
    first=frozenset({"RT"}),
    last=frozenset({"ER"}),
    meaning={
        "T1": "title", "AB": "abstract", "A1": "authors", "A2": "editors", "FD": "date", "YR": "date",
        "DO": "doi", "JF": "venue", "T2": "venue", "JO": "venue", "UL": "url", "LK": "url", "K1": "categories",
    },
    parts={
        "kind": "RT", "container": "JF T2 JO", "volume": "VO", "issue": "IS", "first": "SP", "last": "OP",
        "publisher": "PB", "serial": "SN",
    },
)  # fmt: skip


def _grammar(seed: Seed) -> tagged.Grammar:
    return _SCIENCE if re.search(r"^PT [A-Z]\s*$", seed.text[:200_000], re.M) else _WORKS


_record = upto(r"ER\s*$")


def _end(text: DocumentText, at: int) -> int:
    """Return the line after a record, or after the line that ends the file."""
    return at + 1 if text.lines[at].startswith("EF") else _record(text, at)


_EXTENTS = (
    Extent("science", r"FN (?:Clarivate|Thomson|ISI)|PT [A-Z]\s*$|EF\s*$", _end),
    Extent("refworks", r"RT [A-Z]", as_long_as(r".*\S")),
)  # fmt: skip

FORMAT = tagged.make_format(
    "web-of-science",
    "bibliography",
    _grammar,
    "a line such as 'PT J' or 'RT Journal Article'",
    _EXTENTS,
    about="Web of Science and RefWorks, tagged text",
    example="PT J\nTI A comet in pieces",
)

"""PubMed's own text format, also called MEDLINE or nbib.

    PMID- 25601284
    TI  - Memory networks for
          long texts.
    AB  - We describe a new class of learning models …
    FAU - Weston, Jason

https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from dataclasses import replace

from digest.inputs.syntax import tagged
from digest.inputs.syntax.extents import Extent, as_long_as
from digest.models import Seed

_GRAMMAR = tagged.Grammar(
    row=re.compile(r"([A-Z]{2,4})\s{0,2}-(?:\s|$)(.*)"),
    first=frozenset({"PMID"}),
    last=frozenset(),
    meaning={
        "TI": "title", "BTI": "title", "TT": "title",
        "AB": "abstract", "OAB": "abstract",
        "FAU": "authors", "AU": "initials", "FED": "editors", "ED": "editors", "CN": "group",
        "DP": "date", "DEP": "date",
        "LID": "doi", "AID": "doi", "JT": "venue", "TA": "venue", "PMID": "pmid",
        "MH": "categories", "OT": "categories", "KW": "categories",
    },
    parts={
        "kind": "PT", "container": "JT BTI TA", "volume": "VI", "issue": "IP", "pages": "PG", "publisher": "PB",
        "isbn": "ISBN", "issn": "IS ISSN", "cited": "SO",
    },
    title=tagged.without_full_stop,
)  # fmt: skip


_ERIC = replace(_GRAMMAR, first=frozenset({"OWN"}))
"""ERIC, the library of education research, uses the same format without PMIDs."""


def _grammar(seed: Seed) -> tagged.Grammar:
    return _GRAMMAR if re.search(r"^PMID\s{0,2}-", seed.text, re.M) else _ERIC


_EXTENTS = (
    Extent("nbib", r"PMID-\s?\d|OWN\s{1,2}-\s", as_long_as(r"[A-Z]{2,4}\s{0,2}-\s|\s{6}")),
)  # fmt: skip

FORMAT = tagged.make_format(
    "pubmed-text",
    "PubMed list",
    _grammar,
    "a line such as 'PMID- 25601284'",
    _EXTENTS,
    about="PubMed, MEDLINE text (.nbib)",
    example="PMID- 25601284\nTI  - A comet in pieces",
)

"""DBLP: all papers of an author, by the id that DBLP gives to people, as BibTeX.

    pid/65/9612.bib

https://dblp.org/faq/How+to+use+the+dblp+search+API.html
"""

from __future__ import annotations

import re

from digest.services.fetch.source import FetchSource, Inquiry

_PID = re.compile(r"(?:https?://dblp\.org/)?(?:pid/)?([a-z0-9]+/[\w-]+?)(?:\.\w{2,4})?")


def _complaint(query: str) -> str:
    found = _PID.fullmatch(query)
    return "" if found else "an author's id or page (65/9612, https://dblp.org/pid/65/9612.html)"


def _first(inquiry: Inquiry) -> str:
    found = _PID.fullmatch(inquiry.query)
    return f"pid/{found[1] if found else inquiry.query}.bib"


SOURCE = FetchSource(
    name="dblp",
    label="DBLP",
    about="an author, by DBLP's id or the address of the page",
    example="65/9612",
    base_url="https://dblp.org",
    hosts=("dblp.org", "dblp.uni-trier.de"),
    pause=2.0,
    quiet=400,  # an author may rest
    content="bibtex",
    suffix=".bib",
    complaint=_complaint,
    first=_first,
)

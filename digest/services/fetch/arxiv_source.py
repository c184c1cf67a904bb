"""arXiv: its API replies in Atom, one request every three seconds.

    query?search_query=(cat:cs.LG OR cat:cs.CL) AND submittedDate:[202503040000 TO 202503112359]

https://info.arxiv.org/help/api/user-manual.html, https://info.arxiv.org/help/api/tou.html
"""

from __future__ import annotations

import re

from digest.services.fetch.source import (
    AnswerPage,
    FetchSource,
    Inquiry,
    address,
    changed,
    count,
    number,
)

_SIZE = 200
_CATEGORY = re.compile(r"[a-z-]{2,}\.[A-Za-z-]{2,}|[a-z]{2,}-[a-z]{2,}")
_TOTAL = re.compile(r"<opensearch:totalResults[^<>]{0,200}>\s*(\d{1,9})\s*<")


def search(query: str) -> str:
    """Return a query of the API; words that are all categories mean any of them.

    >>> search("cs.LG, hep-th"), search("ti:comet AND cat:astro-ph.EP")
    ('cat:cs.LG OR cat:hep-th', 'ti:comet AND cat:astro-ph.EP')
    """
    words = query.replace(",", " ").split()
    if all(_CATEGORY.fullmatch(word) for word in words):
        return " OR ".join(f"cat:{word}" for word in words)
    return query


def _complaint(query: str) -> str:
    plain = ":" in query or search(query) != query
    return "" if plain else "categories (cs.LG hep-th) or a query (ti:comet AND cat:astro-ph.EP)"


def _first(inquiry: Inquiry) -> str:
    days = f"[{inquiry.since:%Y%m%d}0000 TO {inquiry.until:%Y%m%d}2359]"
    return address(
        "query",
        search_query=f"({search(inquiry.query)}) AND submittedDate:{days}",
        sortBy="submittedDate",
        sortOrder="descending",
        start=0,
        max_results=_SIZE,
    )


def _total(page: AnswerPage) -> int | None:
    found = _TOTAL.search(page.text)
    return count(found[1]) if found else None


def _following(page: AnswerPage, total: int) -> str | None:
    start = number(page, "start") + _SIZE
    return changed(page, start=start) if start < total else None


SOURCE = FetchSource(
    name="arxiv",
    label="arXiv",
    about="categories, or a query of arXiv's API",
    example="cs.LG cs.CL",
    base_url="https://export.arxiv.org/api",
    hosts=("export.arxiv.org", "arxiv.org"),
    pause=3.0,
    dated=True,
    content="xml",
    suffix=".xml",
    complaint=_complaint,
    first=_first,
    following=_following,
    total=_total,
)

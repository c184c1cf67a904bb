"""bioRxiv and medRxiv: preprints of the last days, by subject.

    details/biorxiv/2025-03-04/2025-03-11/0/json?category=neuroscience

    {"messages": [{"status": "ok", "cursor": 0, "count": 100, "total": "346"}],
     "collection": [{"doi": …, "title": …, "authors": "Smith, J.; Doe, A.", "abstract": …}]}

https://api.biorxiv.org/
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry, address, count

_CURSOR = re.compile(r"/(\d+)/json")


def _first(server: str, inquiry: Inquiry) -> str:
    path = f"details/{server}/{inquiry.since}/{inquiry.until}/0/json"
    subject = inquiry.query.strip().lower().replace(" ", "_")
    return path if subject == "all" else address(path, category=subject)


def _message(page: AnswerPage) -> dict[str, Any]:
    found = page.json.get("messages") if isinstance(page.json, dict) else None
    first = found[0] if isinstance(found, list) and found else {}
    return first if isinstance(first, dict) else {}


def _total(page: AnswerPage) -> int | None:
    message = _message(page)
    return 0 if "no posts" in str(message.get("status")).lower() else count(message.get("total"))


def _following(page: AnswerPage, total: int) -> str | None:
    cursor, shown = _CURSOR.search(page.address), count(_message(page).get("count"))
    after = int(cursor[1]) + (shown or 0) if cursor else 0
    return _CURSOR.sub(f"/{after}/json", page.address) if shown and after < total else None


BIORXIV = FetchSource(
    name="biorxiv",
    label="bioRxiv",
    about="a subject, or `all`",
    example="neuroscience",
    base_url="https://api.biorxiv.org",
    hosts=("api.biorxiv.org",),
    dated=True,
    first=partial(_first, "biorxiv"),
    following=_following,
    total=_total,
)
MEDRXIV = replace(
    BIORXIV,
    name="medrxiv",
    label="medRxiv",
    example="epidemiology",
    base_url="https://api.medrxiv.org",
    hosts=("api.medrxiv.org", "api.biorxiv.org"),
    first=partial(_first, "medrxiv"),
)

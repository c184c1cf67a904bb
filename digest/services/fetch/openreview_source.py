"""OpenReview: the papers of a venue.

    notes?content.venueid=ICLR.cc/2026/Conference&offset=0&limit=1000

    {"notes": [{"id": …, "content": {"title": {"value": …}, "abstract": {"value": …}}}], "count": 3704}

https://docs.openreview.net/reference/api-v2
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

_SIZE = 1000
_VENUE = re.compile(r"[\w.-]+(?:/[\w.-]+)+")


def _complaint(query: str) -> str:
    return "" if _VENUE.fullmatch(query) else "the id of a venue (ICLR.cc/2026/Conference)"


def _first(inquiry: Inquiry) -> str:
    # submissions of a venue that decides later are found by their invitation
    field = "invitation" if "/-/" in inquiry.query else "content.venueid"
    return address("notes", **{field: inquiry.query, "offset": 0, "limit": _SIZE})


def _total(page: AnswerPage) -> int | None:
    return count(page.json.get("count")) if isinstance(page.json, dict) else None


def _following(page: AnswerPage, total: int) -> str | None:
    offset = number(page, "offset") + _SIZE
    return changed(page, offset=offset) if offset < total else None


SOURCE = FetchSource(
    name="openreview",
    label="OpenReview",
    about="the id of a venue, or of an invitation",
    example="ICLR.cc/2026/Conference",
    base_url="https://api2.openreview.net",
    hosts=("api2.openreview.net",),
    quiet=400,  # a conference has its papers once a year
    complaint=_complaint,
    first=_first,
    following=_following,
    total=_total,
)

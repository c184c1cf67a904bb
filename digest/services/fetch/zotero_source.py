"""A Zotero group, or one collection of it, as CSL-JSON, the newest items first.

    groups/12345/items/top?format=csljson&limit=100&start=0&sort=dateAdded&direction=desc

https://www.zotero.org/support/dev/web_api/v3/basics
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from digest.services.fetch.source import (
    AnswerPage,
    FetchSource,
    Inquiry,
    address,
    changed,
    count,
    number,
)

_SIZE = 100
_GROUP = re.compile(r"(\d{1,12})(?:/([A-Z0-9]{8}))?")


def _complaint(query: str) -> str:
    good = _GROUP.fullmatch(query)
    return "" if good else "the number of a group, and perhaps a collection (12345/ABCD2345)"


def _first(inquiry: Inquiry) -> str:
    group, _, collection = inquiry.query.partition("/")
    place = f"groups/{group}" + (f"/collections/{collection}" if collection else "")
    order = {"sort": "dateAdded", "direction": "desc"}
    return address(f"{place}/items/top", format="csljson", limit=_SIZE, start=0, **order)


def _total(page: AnswerPage) -> int | None:
    return count(page.headers.get("total-results"))


def _following(page: AnswerPage, total: int) -> str | None:
    start = number(page, "start") + _SIZE
    return changed(page, start=start) if start < total else None


def _headers(key: str, contact: str) -> Mapping[str, str]:
    return {"Zotero-API-Version": "3", **({"Zotero-API-Key": key} if key else {})}


SOURCE = FetchSource(
    name="zotero",
    label="Zotero group",
    about="the number of a group, perhaps with a collection: `12345/ABCD2345`",
    example="12345",
    base_url="https://api.zotero.org",
    hosts=("api.zotero.org",),
    quiet=90,
    key_variable="ZOTERO_API_KEY",
    complaint=_complaint,
    first=_first,
    following=_following,
    total=_total,
    exact=False,  # attachments are counted, and are no papers
    headers=_headers,
)

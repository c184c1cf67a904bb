"""OpenAlex: works that were published lately, by words or by a filter.

    works?search=comet tails&filter=from_publication_date:2025-03-04&per-page=100&cursor=*

https://developers.openalex.org/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry, address, changed, count

_SIZE = 100


def _first(inquiry: Inquiry) -> str:
    days = f"from_publication_date:{inquiry.since},to_publication_date:{inquiry.until}"
    # a filter has a name, a colon and no blank before it: primary_topic.id:T10320
    is_filter = ":" in inquiry.query and " " not in inquiry.query.partition(":")[0]
    filters = f"{inquiry.query},{days}" if is_filter else days
    words = {} if is_filter else {"search": inquiry.query}
    return address("works", **{**words, "filter": filters, "per-page": _SIZE, "cursor": "*"})


def _meta(page: AnswerPage) -> Mapping[str, Any]:
    found = page.json.get("meta") if isinstance(page.json, dict) else None
    return found if isinstance(found, dict) else {}


def _total(page: AnswerPage) -> int | None:
    return count(_meta(page).get("count"))


def _following(page: AnswerPage, total: int) -> str | None:
    cursor = _meta(page).get("next_cursor")
    if not isinstance(cursor, str) or _SIZE * page.number >= total:
        return None
    return changed(page, cursor=cursor)


def _parameters(key: str, contact: str) -> Mapping[str, str]:
    given = {"mailto": contact, "api_key": key}
    return {name: value for name, value in given.items() if value}


SOURCE = FetchSource(
    name="openalex",
    label="OpenAlex",
    about="words, or a filter of its API",
    example="primary_topic.id:T10320",
    base_url="https://api.openalex.org",
    hosts=("api.openalex.org",),
    quiet=30,
    key_variable="OPENALEX_API_KEY",
    first=_first,
    following=_following,
    total=_total,
    parameters=_parameters,
)

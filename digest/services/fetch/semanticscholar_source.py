"""Semantic Scholar: papers of the last days by a query, in bulk, page by page with a token.

    graph/v1/paper/search/bulk?query=comet&publicationDateOrYear=2025-03-04:2025-03-11&fields=…

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Mapping

from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry, address, changed, count

_FIELDS = (
    "title,abstract,authors,externalIds,publicationDate,year,venue,url,openAccessPdf,"
    "publicationTypes,fieldsOfStudy"
)


def _first(inquiry: Inquiry) -> str:
    return address(
        "graph/v1/paper/search/bulk",
        query=inquiry.query,
        fields=_FIELDS,
        publicationDateOrYear=f"{inquiry.since}:{inquiry.until}",
        sort="publicationDate:desc",
    )


def _total(page: AnswerPage) -> int | None:
    return count(page.json.get("total")) if isinstance(page.json, dict) else None


def _following(page: AnswerPage, total: int) -> str | None:
    token = page.json.get("token") if isinstance(page.json, dict) else None
    return changed(page, token=token) if isinstance(token, str) and token else None


def _headers(key: str, contact: str) -> Mapping[str, str]:
    return {"x-api-key": key} if key else {}


SOURCE = FetchSource(
    name="semanticscholar",
    label="Semantic Scholar",
    about="a query of its bulk search",
    example='"comet tails" | coma',
    base_url="https://api.semanticscholar.org",
    hosts=("api.semanticscholar.org",),
    pause=1.5,
    quiet=30,
    key_variable="SEMANTIC_SCHOLAR_API_KEY",
    first=_first,
    following=_following,
    total=_total,
    exact=False,  # an estimate, as its documentation says
    headers=_headers,
)

"""INSPIRE: papers of high-energy physics by a query, the newest first.

    literature?q=(t axion) and de >= 2025-03-04&sort=mostrecent&size=100&page=1

    {"hits": {"total": 3, "hits": [{"metadata": {"titles": [{"title": …}], "abstracts": …}}]}}

https://github.com/inspirehep/rest-api-doc
"""

from __future__ import annotations

from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry, address, changed, count

_SIZE = 100
_FIELDS = (
    "titles,abstracts,authors.full_name,arxiv_eprints,dois,earliest_date,publication_info,"
    "document_type,control_number"
)


def _first(inquiry: Inquiry) -> str:
    return address(
        "literature",
        q=f"({inquiry.query}) and de >= {inquiry.since}",
        sort="mostrecent",
        size=_SIZE,
        page=1,
        fields=_FIELDS,
    )


def _total(page: AnswerPage) -> int | None:
    hits = page.json.get("hits") if isinstance(page.json, dict) else None
    return count(hits.get("total")) if isinstance(hits, dict) else None


def _following(page: AnswerPage, total: int) -> str | None:
    more = _SIZE * page.number < total
    return changed(page, page=page.number + 1) if more else None


SOURCE = FetchSource(
    name="inspire",
    label="INSPIRE",
    about="a query as in INSPIRE's search field",
    example="t axion and primarch hep-ph",
    base_url="https://inspirehep.net/api",
    hosts=("inspirehep.net",),
    quiet=30,
    first=_first,
    following=_following,
    total=_total,
)

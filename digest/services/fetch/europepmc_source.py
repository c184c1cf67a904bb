"""Europe PMC: a query over PubMed, preprints and patents, page by page with a cursor.

    search?query=(comet) AND (FIRST_PDATE:[2025-03-04 TO 2025-03-11])&cursorMark=*&pageSize=100

    {"hitCount": 3, "nextCursorMark": …, "resultList": {"result": [{"title": …, "abstractText": …}]}}

https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry, address, changed, count

_SIZE = 100


def _first(inquiry: Inquiry) -> str:
    days = f"FIRST_PDATE:[{inquiry.since} TO {inquiry.until}]"
    return address(
        "search",
        query=f"({inquiry.query}) AND ({days})",
        resultType="core",
        format="json",
        pageSize=_SIZE,
        cursorMark="*",
    )


def _total(page: AnswerPage) -> int | None:
    return count(page.json.get("hitCount")) if isinstance(page.json, dict) else None


def _following(page: AnswerPage, total: int) -> str | None:
    cursor = page.json.get("nextCursorMark") if isinstance(page.json, dict) else None
    if not isinstance(cursor, str) or _SIZE * page.number >= total:
        return None
    return changed(page, cursorMark=cursor)


SOURCE = FetchSource(
    name="europepmc",
    label="Europe PMC",
    about="a query as in Europe PMC's search field",
    example='TITLE:"comet assay" AND SRC:PPR',
    base_url="https://www.ebi.ac.uk/europepmc/webservices/rest",
    hosts=("www.ebi.ac.uk",),
    quiet=30,
    first=_first,
    following=_following,
    total=_total,
)

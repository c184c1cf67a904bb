"""PubMed: a search by `esearch`, whose result is kept at NCBI, and its records by `efetch`.

    esearch.fcgi?db=pubmed&term=comet&datetype=edat&mindate=2025/03/04&maxdate=…&usehistory=y
    efetch.fcgi?db=pubmed&query_key=1&WebEnv=MCID_…&retstart=0&retmax=200&retmode=xml

https://www.ncbi.nlm.nih.gov/books/NBK25499/
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

_SIZE = 200
_COUNT = re.compile(r"<Count>\s*(\d{1,9})\s*</Count>")
_PARTS = re.compile(r"<(QueryKey|WebEnv)>\s*([^<>\s]{1,500})\s*</")


def _first(inquiry: Inquiry) -> str:
    return address(
        "esearch.fcgi",
        db="pubmed",
        term=inquiry.query,
        datetype="edat",
        mindate=f"{inquiry.since:%Y/%m/%d}",
        maxdate=f"{inquiry.until:%Y/%m/%d}",
        usehistory="y",
        retmax=0,
    )


def _is_document(page: AnswerPage) -> bool:
    return page.address.startswith("efetch")


def _total(page: AnswerPage) -> int | None:
    found = _COUNT.search(page.text) if not _is_document(page) else None
    return count(found[1]) if found else None


def _following(page: AnswerPage, total: int) -> str | None:
    if _is_document(page):
        start = number(page, "retstart") + _SIZE
        return changed(page, retstart=start) if start < total else None
    parts = dict(_PARTS.findall(page.text))
    if not total or len(parts) < 2:
        return None
    return address(
        "efetch.fcgi",
        db="pubmed",
        query_key=parts["QueryKey"],
        WebEnv=parts["WebEnv"],
        retstart=0,
        retmax=_SIZE,
        retmode="xml",
    )


def _parameters(key: str, contact: str) -> Mapping[str, str]:
    given = {"tool": "paper-digest", "email": contact, "api_key": key}
    return {name: value for name, value in given.items() if value}


SOURCE = FetchSource(
    name="pubmed",
    label="PubMed",
    about="a query as in PubMed's search field",
    example='"comet assay"[Title] AND english[la]',
    base_url="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    hosts=("eutils.ncbi.nlm.nih.gov",),
    pause=0.4,
    quiet=30,
    content="xml",
    suffix=".xml",
    key_variable="NCBI_API_KEY",
    first=_first,
    following=_following,
    total=_total,
    is_document=_is_document,
    parameters=_parameters,
)

"""Semantic Scholar's Graph API.

    {"total": 1, "data": [{"paperId": …, "title": …, "abstract": …, "externalIds": {"ArXiv": …},
                           "authors": [{"authorId": …, "name": …}], "publicationDate": …}]}

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.inputs.syntax import json_records


def _unwrap(value: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in ("citedPaper", "citingPaper", "paper"):
        if isinstance(value.get(key), dict):
            inner: Mapping[str, Any] = value[key]
            return inner
    return value


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    paper = _unwrap(value)
    known = {str(kind).lower(): found for kind, found in (paper.get("externalIds") or {}).items()}
    journal = paper.get("journal") or paper.get("publicationVenue") or {}
    return {
        "title": paper.get("title"),
        "abstract": paper.get("abstract"),
        "authors": paper.get("authors"),
        "date": paper.get("publicationDate") or paper.get("year"),
        "venue": paper.get("venue") or (journal.get("name") if isinstance(journal, dict) else None),
        "type": paper.get("publicationTypes"),
        **({n: journal.get(n) for n in ("volume", "pages")} if isinstance(journal, dict) else {}),
        "arxiv": known.get("arxiv"),
        "doi": known.get("doi"),
        "acl": known.get("acl"),
        "pmid": known.get("pubmed"),
        "url": paper.get("url"),
        "pdf_url": (paper.get("openAccessPdf") or {}).get("url"),
        "categories": paper.get("fieldsOfStudy"),
    }


FORMAT = json_records.make_format(
    "semantic-scholar",
    "Semantic Scholar list",
    lambda value: bool(_unwrap(value).keys() & {"paperId", "corpusId", "corpusid", "externalIds"}),
    "objects with a key 'paperId'",
    _adapt,
    about="Semantic Scholar papers",
    example='{"data": [{"paperId": …, "title": …}]}',
)

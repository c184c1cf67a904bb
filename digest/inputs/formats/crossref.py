"""Crossref's REST API, and its abstracts in JATS.

    {"status": "ok", "message": {"items": [{"DOI": …, "title": ["…"], "abstract": "<jats:p>…",
        "author": [{"given": …, "family": …}], "issued": {"date-parts": [[2025, 3, 11]]}}]}}

https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.inputs.syntax import field_values, json_records

_DAYS = ("published", "issued", "published-online", "published-print", "posted", "created")

_PARTS = (
    "type",
    "volume",
    "issue",
    "page",
    "article-number",
    "publisher",
    "institution",
    "ISBN",
    "ISSN",
)


_NO_PAPERS = frozenset(
    ("peer-review", "journal", "journal-issue", "journal-volume", "grant", "component", "database")
)
"""Types of works that are not papers: https://api.crossref.org/types."""


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if value.get("type") in _NO_PAPERS:
        raise ValueError(value["type"])
    title = json_records.untag(value.get("title"))
    subtitle = json_records.untag(value.get("subtitle"))
    new = subtitle.lower() not in title.lower()
    links = [
        link.get("URL")
        for link in value.get("link") or ()
        if "pdf" in str(link.get("content-type"))
    ]
    return {
        "title": f"{title.rstrip(': ')}: {subtitle}" if title and subtitle and new else title,
        "abstract": json_records.untag(value.get("abstract")),
        "authors": value.get("author") or value.get("editor"),
        "date": next((value[key] for key in _DAYS if field_values.day(value.get(key))), None),
        "venue": json_records.untag(value.get("container-title")),
        **{name: value.get(name) for name in _PARTS},
        "doi": value.get("DOI"),
        "url": value.get("URL"),
        "pdf_url": links,
        "categories": value.get("subject"),
    }


FORMAT = json_records.make_format(
    "crossref",
    "Crossref list",
    lambda value: "DOI" in value and isinstance(value.get("title"), list),
    "objects with a key 'DOI' and a list under 'title'",
    _adapt,
    about="Crossref works",
    example='{"message": {"items": [{"DOI": …, "title": […]}]}}',
)

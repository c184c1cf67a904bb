"""DataCite's JSON, by itself and as its API returns it.

    {"doi": "10.5281/zenodo.2548653", "titles": [{"title": …}, {"title": …, "titleType": "Subtitle"}],
     "creators": [{"givenName": …, "familyName": …}], "descriptions": [{"descriptionType": "Abstract", …}]}

https://schema.datacite.org/; https://support.datacite.org/docs/api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from digest.inputs.syntax import json_records

_DAYS = ("Issued", "Available", "Submitted", "Created", "Updated")
_ASIDE = frozenset({"SeriesInformation", "TableOfContents", "Methods", "TechnicalInfo"})


def _unwrap(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the work inside a reply of the API; a bare work unchanged."""
    inner = value.get("attributes")
    return inner if isinstance(inner, dict) else value


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    work = _unwrap(value)
    titles = [t for t in work.get("titles") or () if isinstance(t, dict)]
    title = next((t["title"] for t in titles if not t.get("titleType") and t.get("title")), None)
    subtitle = next((t["title"] for t in titles if t.get("titleType") == "Subtitle"), None)
    descriptions = {
        d.get("descriptionType") or "": d.get("description") for d in work.get("descriptions") or ()
    }
    abstract = descriptions.get("Abstract") or next(
        (text for kind, text in descriptions.items() if kind not in _ASIDE), ""
    )
    days = {day.get("dateType"): day.get("date") for day in work.get("dates") or ()}
    types, container = work.get("types") or {}, work.get("container") or {}
    return {
        "type": [types.get(name) for name in ("resourceTypeGeneral", "resourceType", "bibtex")],
        **{name: container.get(name) for name in ("volume", "issue", "lastPage")},
        **_pages(work, container),
        "issn": container.get("identifier") if container.get("identifierType") == "ISSN" else None,
        "publisher": _publisher_name(work.get("publisher")),
        "title": json_records.untag(f"{title}: {subtitle}" if title and subtitle else title or ""),
        "abstract": json_records.untag(abstract or ""),
        "authors": work.get("creators"),
        "date": next((days[kind] for kind in _DAYS if days.get(kind)), None)
        or work.get("publicationYear"),
        "venue": (work.get("container") or {}).get("title")
        or _publisher_name(work.get("publisher")),
        "doi": work.get("doi") or value.get("id"),
        "url": work.get("url"),
        "categories": [subject.get("subject") for subject in work.get("subjects") or ()],
    }


_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{1,7}[A-Za-z]?")
_SIZE = re.compile(r"(\d{1,6}\s?[-–]\s?\d{1,6})(?:\s+[A-Za-z]{1,12})?")


def _pages(work: Mapping[str, Any], container: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first page, or the pages given as the size of the work ("42-79 Seiten")."""
    if _NUMBER.fullmatch(first := str(container.get("firstPage") or "")):
        return {"firstPage": first}
    sizes = (_SIZE.fullmatch(str(size)) for size in work.get("sizes") or ())
    return next(({"pages": size[1]} for size in sizes if size), {})


def _publisher_name(publisher: Any) -> Any:
    """Return the name of a publisher, which is an object since version 4.5."""
    return publisher.get("name") if isinstance(publisher, dict) else publisher


FORMAT = json_records.make_format(
    "datacite",
    "DataCite list",
    lambda value: {"titles", "creators"} <= _unwrap(value).keys(),
    "objects with the keys 'titles' and 'creators'",
    _adapt,
    about="DataCite works",
    example='{"data": [{"attributes": {"titles": […], "creators": […]}}]}',
)

"""OpenAlex works, whose abstracts are an inverted index.

    {"results": [{"id": "https://openalex.org/W…", "display_name": …, "authorships": […],
                  "abstract_inverted_index": {"We": [0], "describe": [1]}, "doi": …}]}

https://docs.openalex.org/api-entities/works/work-object
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.inputs import findings
from digest.inputs.syntax import json_records


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    place = value.get("primary_location") or {}
    topics = value.get("topics") or value.get("concepts") or ()
    people = [
        a.get("author") or {"name": a.get("raw_author_name")}
        for a in value.get("authorships") or ()
    ]
    source, biblio = place.get("source") or {}, value.get("biblio") or {}
    return {
        "type": [
            value.get("type_crossref"),
            source.get("type") if source.get("type") == "conference" else None,
            value.get("type"),
        ],
        **{name: biblio.get(name) for name in ("volume", "issue", "first_page", "last_page")},
        "publisher": source.get("host_organization_name"),
        "issn": source.get("issn") or source.get("issn_l"),
        "title": json_records.untag(value.get("title") or value.get("display_name")),
        "abstract": json_records.untag(
            value.get("abstract") or words(value.get("abstract_inverted_index") or {})
        ),
        "authors": people,
        "date": value.get("publication_date") or value.get("publication_year"),
        "venue": (place.get("source") or {}).get("display_name"),
        "doi": value.get("doi"),
        "ids": {"pmid": (value.get("ids") or {}).get("pmid")},
        "url": place.get("landing_page_url") or value.get("doi") or value.get("id"),
        "pdf_url": place.get("pdf_url"),
        "arxiv": place.get("landing_page_url")
        if "arxiv" in str(place.get("landing_page_url"))
        else None,
        "categories": [topic.get("display_name") for topic in topics[:5]],
    }


def words(index: Mapping[str, list[int]]) -> str:
    """Return the text of an inverted index.

    >>> words({"the": [0, 2], "cat": [3], "and": [1]})
    'the and the cat'
    """
    placed = [(at, word) for word, places in index.items() for at in places[: findings.LONGEST]]
    return " ".join(word for _, word in sorted(placed)[: findings.LONGEST])


FORMAT = json_records.make_format(
    "openalex",
    "OpenAlex list",
    lambda value: bool(value.keys() & {"authorships", "abstract_inverted_index"}),
    "objects with a key 'authorships'",
    _adapt,
    about="OpenAlex works",
    example='{"results": [{"authorships": …, "abstract_inverted_index": …}]}',
)

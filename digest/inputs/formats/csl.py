"""CSL-JSON, as written by Zotero, Mendeley and pandoc.

    [{"id": "weston2014", "type": "article-journal", "title": "Memory Networks",
      "author": [{"family": "Weston", "given": "Jason"}],
      "issued": {"date-parts": [[2014, 10, 15]]}}]

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.inputs.syntax import json_records
from digest.papers import ids, publication_types

_PARTS = ("volume", "issue", "number", "page", "publisher", "ISBN", "ISSN")


def _is_item(value: Mapping[str, Any]) -> bool:
    authors = value.get("author")
    people = isinstance(authors, list) and all(
        isinstance(a, dict) and a.keys() & {"family", "literal"} for a in authors
    )
    keys = {
        "issued",
        "container-title",
        "author",
        "DOI",
        "publisher",
        "citation-key",
    } & value.keys()
    return (
        "type" in value
        and isinstance(value.get("title"), str)
        and (people or "author" not in value)
        and bool(keys)
    )


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    noted = ids.identifiers([str(value.get("note") or "")])  # Zotero's field "Extra"
    return {
        "title": json_records.untag(value.get("title")),
        "abstract": json_records.untag(value.get("abstract")),
        "authors": value.get("author") or value.get("editor"),
        "date": value.get("issued"),
        "venue": value.get("container-title") or value.get("event-title"),
        "type": "preprint"
        if value.get("type") == publication_types.PREPRINT
        else value.get("type"),
        **{name: value.get(name) for name in _PARTS},
        "thesis type": value.get("genre")
        if value.get("type") == publication_types.THESIS
        else None,
        "doi": value.get("DOI") or noted.get("doi"),
        "pmid": value.get("PMID") or noted.get("pmid"),
        "arxiv": value.get("number") if "arxiv" in str(value.get("number")).lower() else None,
        "url": value.get("URL"),
        "comment": value.get("note"),
        "categories": value.get("keyword"),
    }


FORMAT = json_records.make_format(
    "csl-json",
    "bibliography",
    _is_item,
    "objects with the keys 'type' and 'issued'",
    _adapt,
    about="CSL-JSON, as Zotero writes it",
    example='[{"type": "article-journal", "title": …, "issued": …}]',
)

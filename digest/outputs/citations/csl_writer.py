"""Writing CSL-JSON: a list of items in citeproc's schema."""

from __future__ import annotations

import json
from typing import Any

from digest.language.dates import parts
from digest.models import Paper, Site
from digest.outputs.citations.citation_format import CitationFormat
from digest.outputs.citations.name_parts import split_name
from digest.outputs.citations.references import (
    address,
    arxiv_number,
    citation_key,
    issued,
    note,
    published_as,
)
from digest.papers.publication_types import REPORT


def _item(paper: Paper, site: Site) -> dict[str, Any]:
    when, publication = issued(paper), published_as(paper)
    numbered = publication.kind in (REPORT, "patent", "standard")
    fields = {
        "id": citation_key(paper),
        "type": publication.kind,
        "genre": publication.genre,
        "title": paper.title,
        "author": [_name(author) for author in paper.authors],
        "container-title": publication.container,
        "volume": publication.volume,
        "issue": "" if numbered else publication.issue,
        "page": publication.pages,
        "publisher": publication.publisher,
        "ISBN": publication.isbn,
        "ISSN": publication.issn,
        "issued": {"date-parts": [list(when)]} if when else None,
        "accessed": {"date-parts": [list(parts(paper.date))]},
        "DOI": paper.identifiers.get("doi"),
        "number": (publication.issue if numbered else "") or arxiv_number(paper),
        "URL": address(paper, site),
        "abstract": paper.abstract,
        "keyword": ", ".join(paper.keyphrases),
        "note": note(paper),
    }
    return {name: value for name, value in fields.items() if value}


def _name(author: str) -> dict[str, str]:
    name = split_name(author)
    if not name.given:
        return {"literal": name.family}
    suffix = {"suffix": name.suffix} if name.suffix else {}
    return {"family": name.family, "given": name.given} | suffix


CSL = CitationFormat(
    "csl.json",
    lambda paper, site: json.dumps(_item(paper, site), ensure_ascii=False),
    lambda entries: "[" + ",\n".join(entries) + "]\n",
)

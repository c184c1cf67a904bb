"""Papers as JSON: for `digest papers --json`, and for readers as JSON Lines."""

from __future__ import annotations

import json
from typing import Any

from digest.language.dates import to_text
from digest.models import Paper
from digest.outputs.citations.citation_format import CitationFormat


def to_json(paper: Paper) -> dict[str, Any]:
    """Return a paper as `digest papers --json` prints it."""
    return {
        "id": paper.id,
        "url": paper.url,
        "date": paper.date.isoformat(),
        "title": paper.title,
        "title_from": paper.title_from,
        "abstract": paper.abstract,
        "tldr": paper.tldr,
        "authors": list(paper.authors),
        "identifiers": dict(paper.identifiers),
        "links": [{"url": link.url, "kind": link.kind} for link in paper.links],
        "keyphrases": list(paper.keyphrases),
        "topics": [assignment.topic for assignment in paper.topics],
        "related": [neighbour.id for neighbour in paper.related],
        "sources": [
            {
                "seed": source.seed,
                "line": source.line,
                "format": source.format,
                "position": source.position,
            }
            for source in paper.sources
        ],
    }


def to_public_json(paper: Paper) -> dict[str, Any]:
    """Return a paper for readers: sources by the names they know, and all that its page says."""
    return to_json(paper) | {
        "sources": sorted({source.name for source in paper.sources}),
        "published": to_text(paper.published) if paper.published else None,
        "revised": to_text(paper.revised) if paper.revised else None,
        "withdrawn": paper.withdrawn,
        "venue": paper.venue,
        "publication": paper.publication.parts(),
    }


JSON_LINES = CitationFormat(
    "jsonl",
    lambda paper, _: json.dumps(to_public_json(paper), ensure_ascii=False) + "\n",
    "".join,
    single=False,
)

"""A paper as the JSON object that `digest papers --json` prints, and that public data adds to."""

from __future__ import annotations

from typing import Any

from digest.models import Paper


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

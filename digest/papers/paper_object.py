"""A paper as the JSON object that `digest papers --json` prints, and that public data adds to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from digest.language import dates
from digest.models import Assignment, Link, Paper


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


def from_json(found: Mapping[str, Any]) -> Paper:
    """Return a paper as far as a line of papers.jsonl says what its documents do.

    Raises `ValueError`, `KeyError`, `TypeError` or `AttributeError` for what is no such line.
    """
    revised, updated = found.get("revised"), found.get("updated")
    return Paper(
        id=str(found["id"]),
        date=date.fromisoformat(found["date"]),
        title=str(found["title"]),
        title_from=found["title_from"],
        abstract=str(found["abstract"]),
        authors=tuple(found["authors"]),
        identifiers=dict(found["identifiers"]),
        links=tuple(Link(link["url"], link["kind"]) for link in found["links"]),
        topics=tuple(Assignment(name, 1.0) for name in found["topics"]),
        venue=found.get("venue"),
        revised=dates.from_text(revised) if revised else None,
        withdrawn=bool(found.get("withdrawn")),
        updated=date.fromisoformat(updated) if updated else None,
    )

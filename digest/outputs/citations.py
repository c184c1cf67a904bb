"""Papers for reference managers and programs: BibTeX, RIS, CSL-JSON, JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from digest.models import Digest, Page, Paper
from digest.outputs.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give papers.jsonl: every paper, one JSON object a line."""
    lines = "".join(
        json.dumps(published(paper), ensure_ascii=False) + "\n" for paper in digest.papers
    )
    yield Page("papers.jsonl", lines.encode())


def to_json(paper: Paper) -> dict[str, Any]:
    """A paper as `digest papers --json` gives it."""
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


def published(paper: Paper) -> dict[str, Any]:
    """A paper as readers get it: sources by the names they know, not by our files."""
    return to_json(paper) | {"sources": sorted({source.name for source in paper.sources})}

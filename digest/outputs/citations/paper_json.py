"""Papers for readers as JSON Lines."""

from __future__ import annotations

import json
from typing import Any

from digest.language.dates import to_text
from digest.models import Paper
from digest.outputs.citations.citation_format import CitationFormat
from digest.papers.paper_object import to_json


def to_public_json(paper: Paper) -> dict[str, Any]:
    """Return a paper for readers: sources by the names they know, and all that its page says."""
    return to_json(paper) | {
        "sources": sorted({source.name for source in paper.sources}),
        "published": to_text(paper.published) if paper.published else None,
        "revised": to_text(paper.revised) if paper.revised else None,
        "updated": (paper.updated or paper.date).isoformat(),
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

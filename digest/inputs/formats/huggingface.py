"""Hugging Face's `/api/daily_papers`.

[{"paper": {"id": "2503.01234", "title": …, "summary": …, "authors": [{"name": …}],
            "publishedAt": "2025-03-03T00:00:00.000Z"}, "numComments": 2, …}]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import dialect
from digest.models import Guess, Reading, Seed

NAME = "daily-papers"


def recognise(document: Document) -> Guess:
    """Sure where objects hold a `paper` with an id and a summary."""
    return dialect.guess(
        document,
        lambda value: isinstance(value.get("paper"), dict) and "title" in value["paper"],
        "objects with a key 'paper'",
    )


def read(seed: Seed) -> Reading:
    """Read every paper of the answer."""
    return dialect.reading(seed, NAME, _adapt)


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    paper = {**value, **value["paper"]}
    keep = ("id", "title", "summary", "authors", "githubRepo", "projectPage")
    found = {key: paper[key] for key in keep if key in paper}
    authors = [a for a in paper.get("authors") or () if isinstance(a, dict) and not a.get("hidden")]
    url = {"url": f"https://arxiv.org/abs/{paper['id']}"} if paper.get("id") else {}
    return {**found, **url, "authors": authors, "date": paper.get("publishedAt")}


FORMAT = Format(NAME, "Hugging Face daily papers", "json", recognise, read, believed=True)

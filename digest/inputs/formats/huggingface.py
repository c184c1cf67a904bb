"""Hugging Face's `/api/daily_papers`.

[{"paper": {"id": "2503.01234", "title": …, "summary": …, "authors": [{"name": …}],
            "publishedAt": "2025-03-03T00:00:00.000Z"}, "numComments": 2, …}]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.inputs.syntax import json_records


def _adapt(value: Mapping[str, Any]) -> Mapping[str, Any]:
    paper = {**value, **value["paper"]}
    keep = ("id", "title", "summary", "authors", "githubRepo", "projectPage")
    found = {key: paper[key] for key in keep if key in paper}
    authors = [a for a in paper.get("authors") or () if isinstance(a, dict) and not a.get("hidden")]
    url = {"url": f"https://arxiv.org/abs/{paper['id']}"} if paper.get("id") else {}
    return {**found, **url, "authors": authors, "date": paper.get("publishedAt")}


FORMAT = json_records.make_format(
    "daily-papers",
    "Hugging Face daily papers",
    lambda value: isinstance(value.get("paper"), dict) and "title" in value["paper"],
    "objects with a key 'paper'",
    _adapt,
    about="Hugging Face `/api/daily_papers`",
    example='[{"paper": {"id": "2503.01234", "title": …}}]',
)

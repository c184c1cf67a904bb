"""Rows that a table may be missing, from papers that fit badly; ready to paste."""

from __future__ import annotations

from collections.abc import Sequence

from digest.models import Paper
from digest.topics import ENOUGH, assign
from digest.topics.discover import discover
from digest.topics.table import Row, Table

__all__ = ["suggest"]


def suggest(papers: Sequence[Paper], table: Table) -> list[Row]:
    """Give back rows for what the table does not cover: topics of the papers that fit badly."""
    badly = [
        paper
        for paper in assign(papers, table)
        if not paper.topics or paper.topics[0].score < ENOUGH
    ]
    found = discover(badly).rows if len(badly) >= 6 else ()
    return [row for row in found if table.find(row.name) is None]

"""What `digest topics` prints of one paper's topics, and of topics the table may be missing."""

from __future__ import annotations

from digest.errors import UsageError, nearest
from digest.pipeline import Report
from digest.understand import topics
from digest.understand.topics.suggest import suggest
from digest.understand.topics.table import Table, dump


def explanation(report: Report, paper_id: str) -> str:
    """Return every topic with the points that one paper has for it, phrase by phrase.

    Raises `UsageError` for an id that no paper has.
    """
    papers = {paper.id: paper for paper in report.digest.papers}
    if paper_id not in papers:
        raise UsageError(f"no paper has the id {paper_id!r}{nearest(paper_id, papers)}")
    lines = [papers[paper_id].title]
    for score in topics.explain(papers[paper_id], report.table):
        lines.append(f"{'*' if score.chosen else ' '} {score.points:6.2f}  {score.topic}")
        for part in score.parts:
            written = ", ".join(part.written)
            lines.append(f"    {part.points:+6.2f}  {part.phrase} ({part.weight:g}): {written}")
    return "\n".join(lines) + "\n"


def suggestions(report: Report) -> str:
    """Return rows for what the table does not cover, as YAML ready to paste."""
    rows = suggest(report.digest.papers, report.table)
    return dump(Table(tuple(rows))) if rows else ""

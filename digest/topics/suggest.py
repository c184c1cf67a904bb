"""Rows that a table may be missing: what papers speak of that it does not know; ready to paste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.models import Paper
from digest.topics import assign
from digest.topics.discover import found
from digest.topics.match import matcher
from digest.topics.naming import Corpus
from digest.topics.table import Row, Table

__all__ = ["rising", "suggest"]

BADLY = 5.0
"""A paper whose first topic has fewer points than this fits badly."""
GROUP = 8
"""So many papers that fit badly make one new row."""
RECENT = 0.2
"""The share of the papers, by date, in which a phrase must be rising."""


def suggest(papers: Sequence[Paper], table: Table) -> list[Row]:
    """Give back rows the table may be missing, as `table.dump` writes them, the largest first.

    First rows for papers that fit badly, found as `topics: auto` would find
    them; then one for each phrase that is rising and that no row knows.
    """
    ordered = sorted(papers, key=lambda paper: paper.id)
    sorted_in = assign(ordered, table)
    badly = [paper for paper in sorted_in if sum(p.score for p in paper.topics[:1]) < BADLY]
    rows = [
        row
        for row in found(badly, min(20, len(badly) // GROUP), table.rows, ordered)
        if " " in row.name and _mentions(badly, row) >= GROUP // 2
    ]
    known = {row.slug for row in rows}
    rows += [row for row in rising(ordered, table) if row.slug not in known]
    return [row for row in rows if table.find(row.name) is None]


def _mentions(papers: Sequence[Paper], row: Row) -> int:
    """Give back how many papers use the row's name."""
    find = matcher(Table((replace(row, phrases=()),))).find
    return sum(any(find(f"{paper.title}. {paper.abstract}")) for paper in papers)


def rising(papers: Sequence[Paper], table: Table, most: int = 10) -> list[Row]:
    """Give back a row for each phrase that the latest papers have far oftener than those before."""
    by_day = sorted(papers, key=lambda paper: (paper.date, paper.id))
    cut = round(len(by_day) * (1 - RECENT))
    if cut < 1 or by_day[0].date == by_day[-1].date:
        return []
    before, latest = Corpus.of(by_day[:cut]), Corpus.of(by_day[cut:])
    find = matcher(table).find
    rates: dict[str, float] = {}
    for term, number in latest.frequency.items():
        if number >= 4 and " " in term and latest.whole(term) > 0.6:
            expected = (before.frequency[term] + 1) * RECENT / (1 - RECENT)
            spelt = latest.written(term, many=True)
            if number > 3 * expected and not any(find(spelt)):
                rates[spelt] = number / expected
    names = sorted(rates, key=lambda name: (-rates[name], name))[:most]
    return [Row.named(name, "Rising of late.", ((name, 4.0),)) for name in names]

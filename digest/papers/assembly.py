"""From records to papers: group those of one paper, and make each group the paper it describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from digest.models import Paper, Problem, Reading, Record, RegisterRow, Source
from digest.papers import lookups
from digest.papers.editions import first_day
from digest.papers.merge import Group, merge, paper


def group(
    records: Sequence[Record], looked_up: Sequence[lookups.Lookup]
) -> tuple[list[Group], list[Problem]]:
    """Group the records by paper, with the titles and identifiers that indexes have for them.

    Returns the groups, each with its records as the documents have them, and the
    conflicts found on the way.
    """
    groups, conflicts = merge(lookups.complete_records(records, looked_up))
    if not looked_up:
        return groups, conflicts
    own = {(record.seed, record.position): record for record in records}
    given = [[own[record.seed, record.position] for record in group] for group in groups]
    # a document that gives the title comes before one whose title an index knew
    return [tuple(sorted(group, key=lambda each: each.title is None)) for group in given], conflicts


def assemble(
    groups: Sequence[Group],
    rows: Sequence[RegisterRow],
    readings: Iterable[Reading],
    days: Mapping[str, date | None],
    today: date,
) -> list[Paper]:
    """Make each group of records the paper of its row in the register, with its sources."""
    seeds = {reading.seed.name: reading for reading in readings}
    return [
        paper(
            group,
            row.id,
            first_day(group, days, row.day, today),
            [_source(record, seeds[record.seed], days) for record in group],
        )
        for group, row in zip(groups, rows, strict=True)
    ]


def _source(record: Record, reading: Reading, days: Mapping[str, date | None]) -> Source:
    return Source(
        seed=record.seed,
        line=record.line,
        format=record.format,
        position=record.position,
        name=reading.name,
        url=reading.seed.note.url,
        day=days.get(record.seed),
    )

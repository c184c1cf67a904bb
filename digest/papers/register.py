"""The register of published papers: the id, first day and address of each, permanently.

`seeds/register.jsonl` (`register_file`) has one line per paper, by which it is known
again (`recognition`). Rows are brought up to date here and never removed: the address
of a paper that is gone stays taken.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date

from digest.language.strings import slug
from digest.models import Paper, RegisterRow, Topic
from digest.papers.minhash import sketch


def remember(
    settled: Iterable[RegisterRow],
    others: Iterable[RegisterRow],
    papers: Iterable[Paper],
    topics: Iterable[Topic],
    today: date,
) -> list[RegisterRow]:
    """Return all rows, those of the papers updated to what is published now."""
    slugs = {topic.name: topic.slug for topic in topics}
    by_id = {row.id: row for row in settled}
    return [_update_row(by_id[paper.id], paper, slugs, today) for paper in papers] + list(others)


def recovered(paper: Paper) -> RegisterRow:
    """Return the row of a paper as it was published, for a register that has lost it."""
    return RegisterRow(
        id=paper.id,
        day=paper.date,
        updated=paper.updated or paper.date,
        title=paper.title,
        headline=paper.is_untitled,
        identifiers=paper.identifiers,
        sketch=sketch(paper.abstract or paper.title),
        sum=_checksum(paper),
        topics=tuple(slug(each.topic) for each in paper.topics[:1]),
    )


def _update_row(
    row: RegisterRow, paper: Paper, slugs: Mapping[str, str], today: date
) -> RegisterRow:
    sum = _checksum(paper)
    was = set(row.was) | ({row.day} if row.title else set())
    primary = slugs[paper.topics[0].topic] if paper.topics else None
    return RegisterRow(
        id=row.id,
        day=paper.date,
        updated=row.updated if sum == row.sum else today,
        title=paper.title,
        headline=paper.is_untitled,
        identifiers=paper.identifiers,
        sketch=row.sketch or sketch(paper.abstract or paper.title),
        sum=sum,
        was=tuple(sorted(was - {paper.date})),
        topics=(*(slug for slug in row.topics if slug != primary), *([primary] if primary else [])),
    )


def _checksum(paper: Paper) -> str:
    """Return a checksum of what documents say of a paper; a better headline is not a change."""
    title = "" if paper.is_untitled else paper.title
    links = [link.url for link in paper.links]
    # fields added later appear only where they are set, so that older checksums stay valid
    later = [str(paper.revised)] if paper.revised else []
    later += ["withdrawn"] if paper.withdrawn else []
    content = json.dumps([title, paper.abstract, paper.authors, links, paper.venue, *later])
    return hashlib.sha256(content.encode()).hexdigest()[:8]

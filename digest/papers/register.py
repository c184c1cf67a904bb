"""The register of published papers: the id, first day and address of each, permanently.

`seeds/register.jsonl` has one line per paper and is meant to be read in a diff. A
paper is recognised by its identifiers, by a sketch of its abstract, or by its
title, so its address survives a renamed seed, a corrected typo, and a title found
later. Rows are never removed: the address of a paper that is gone stays taken.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from digest.errors import RegisterError
from digest.language.strings import fingerprint
from digest.models import Paper, Record, RegisterRow, Topic
from digest.papers.minhash import Sketch, bands, estimate_similarity, of_record, parse, sketch
from digest.papers.similarity import MIN_TITLE, fingerprint_similarity

SAME = 0.5
"""From this similarity, two abstracts are one, corrected or retyped; two titles may be."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 8
_PLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
"""An id or a slug: the last part of an address."""


# --- the file ----------------------------------------------------------------------------


def load(file: Path) -> list[RegisterRow]:
    """Read the register; a missing file counts as empty.

    Raises `RegisterError` if the file or a line cannot be read: going on would
    give new addresses to papers that have one.
    """
    if not file.exists():
        return []
    rows = []
    for number, line in enumerate(_lines(file), start=1):
        try:
            if line.strip():
                rows.append(_row(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RegisterError(
                f"{file}:{number}: expected a line of the register, found {line[:60]!r} — "
                "restore the file from version control or a copy: without it papers lose"
                " their addresses"
            ) from error
    return rows


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(
            f"{file}: expected the register as UTF-8 text, found: {error} — restore the file from"
            " version control or a copy: without it papers lose their addresses"
        ) from error


def dumps(rows: Iterable[RegisterRow]) -> str:
    """Return the rows as the text of the file, in the order in which the papers appeared."""
    return "".join(
        json.dumps(_fields(row), ensure_ascii=False) + "\n"
        for row in sorted(rows, key=lambda row: (min((row.day, *row.was)), row.id))
    )


def _row(found: dict[str, Any]) -> RegisterRow:
    places = (found["id"], found.get("into") or found["id"], *found.get("topics", ()))
    if not all(isinstance(place, str) and _PLACE.fullmatch(place) for place in places):
        raise ValueError("an address that leads out of its folder")
    return RegisterRow(
        id=found["id"],
        day=date.fromisoformat(found["day"]),
        updated=date.fromisoformat(found.get("updated", found["day"])),
        title=found.get("title") or found.get("headline") or "",
        headline="headline" in found,
        identifiers=dict(found.get("identifiers", {})),
        sketch=parse(found.get("sketch", "")),
        sum=found.get("sum", ""),
        was=tuple(date.fromisoformat(day) for day in found.get("was", ())),
        topics=tuple(found.get("topics", ())),
        into=found.get("into"),
    )


def _fields(row: RegisterRow) -> dict[str, Any]:
    """Return a row as JSON, without empty fields."""
    fields = {
        "id": row.id,
        "day": row.day.isoformat(),
        "updated": row.updated.isoformat() if row.updated != row.day else None,
        "url": row.url,
        "headline" if row.headline else "title": row.title,
        "identifiers": dict(sorted(row.identifiers.items())),
        "sketch": row.sketch,
        "sum": row.sum,
        "was": [day.isoformat() for day in row.was],
        "topics": list(row.topics),
        "into": row.into,
    }
    return {name: value for name, value in fields.items() if value}


# --- recognising papers --------------------------------------------------------------------


def settle(
    groups: Sequence[Sequence[Record]], rows: Sequence[RegisterRow], today: date
) -> tuple[list[RegisterRow], list[RegisterRow]]:
    """Match every group to its row, or make it a new one.

    Returns one row per group, in the order of the groups, with the sketch of the
    abstract that its documents give now, and all other rows: those of papers that are
    gone, and of papers that turned out to be the same as another (`into`). New ids are derived from the text, so that two people who
    start with the same documents get the same ids.
    """
    best: dict[int, RegisterRow] = {}
    doubles: dict[str, str] = {}
    taken: set[str] = set()
    for _, row, position in sorted(_matches(groups, rows), key=lambda match: match[0]):
        if row.id in taken or row.id in doubles:
            continue
        if position in best:
            doubles[row.id] = best[position].id
        else:
            best[position] = row
            taken.add(row.id)
    known = {row.id for row in rows}
    settled = []
    for position, group in enumerate(groups):
        row = best.get(position) or _new_row(group, known, today)
        known.add(row.id)
        sketch = next((of_record(record) for record in group if record.abstract), "")
        settled.append(replace(row, into=None, sketch=sketch))
    others = [
        replace(row, into=doubles.get(row.id, row.into)) for row in rows if row.id not in taken
    ]
    return settled, others


def _matches(
    groups: Sequence[Sequence[Record]], rows: Sequence[RegisterRow]
) -> Iterator[tuple[tuple[float, bool, date, str], RegisterRow, int]]:
    """Yield every row that may be a group's, with a sort key (surest first) and the position."""
    places: dict[object, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        for key in _row_keys(row):
            places[key].append(row)
    for position, group in enumerate(groups):
        known = [(record, of_record(record)) for record in group]
        candidates = {
            row.id: row
            for record, own in known
            for key in _keys(record.identifiers, record.title, own)
            for row in places.get(key, ())
        }
        for row in candidates.values():
            certainty = max(_certainty(record, own, row) for record, own in known)
            if certainty >= SAME:
                yield (-certainty, row.into is not None, row.day, row.id), row, position


def _row_keys(row: RegisterRow) -> Iterator[object]:
    return _keys(row.identifiers, None if row.headline else row.title, row.sketch)


def _keys(identifiers: Mapping[str, str], title: str | None, sketch: Sketch) -> Iterator[object]:
    yield from identifiers.items()
    yield from bands(sketch)
    if title:
        yield fingerprint(title)


def _certainty(record: Record, own: Sketch, row: RegisterRow) -> float:
    """Return how certain it is that a record is of a row's paper: 0 to 3, enough from `SAME`."""
    if any(row.identifiers.get(scheme) == value for scheme, value in record.identifiers.items()):
        return 3.0
    similarity = estimate_similarity(own, row.sketch)
    if not record.title or row.headline:
        return similarity
    mine, its = fingerprint(record.title), fingerprint(row.title)
    if mine == its:
        return 1 + similarity if len(mine) >= MIN_TITLE or similarity >= SAME else similarity
    return similarity if fingerprint_similarity(mine, its) >= SAME else 0.0


def _new_row(group: Sequence[Record], known: set[str], today: date) -> RegisterRow:
    """Return a row for a new paper, whose id is derived from its text."""
    text = fingerprint(group[0].abstract or group[0].title or "")
    attempt, id = 0, ""
    while not id or id in known:
        digest = hashlib.sha256(f"{text}{attempt or ''}".encode()).digest()
        id = "".join(_ALPHABET[byte & 31] for byte in digest[:_ID_LENGTH])
        attempt += 1
    return RegisterRow(id=id, day=today, updated=today, title="")


# --- recording a build -----------------------------------------------------------------------


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

"""The file of the register, seeds/register.jsonl: one line per paper, meant to be read in a diff.

Two people, or a person and a schedule, may each add to it. What git leaves of both,
lines of one paper or marks of a conflict among them, is one register again: two lines
of a paper become one, unless they say what cannot both be true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from digest.errors import RegisterError
from digest.models import RegisterRow
from digest.papers.minhash import parse

RESTORE = "restore the file from version control or a copy: without it papers lose their addresses"
_PLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
"""An id, or the slug of a topic: each is the name of a folder in the site."""
_OURS, _BASE, _THEIRS, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
"""How the lines begin with which git marks a conflict; between the second and the third is what
was there before both."""


def load(file: Path) -> list[RegisterRow]:
    """Read the register; a missing file counts as empty.

    Raises `RegisterError` if the file or a line cannot be read, or if two lines of one
    paper contradict each other: going on would give new addresses to papers that have one.
    """
    if not file.exists():
        return []
    rows: dict[str, tuple[int, RegisterRow]] = {}
    for number, line in _lines(file):
        try:
            row = _row(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RegisterError(
                f"{file}:{number}: expected a line of the register, found {line[:60]!r} — {RESTORE}"
            ) from error
        first, known = rows.get(row.id, (number, row))
        if reason := _contradiction(known, row):
            raise RegisterError(
                f"{file}:{number}: expected what line {first} says of paper {row.id}, found"
                f" {reason} — remove the line that is wrong"
            )
        rows[row.id] = first, _unite(known, row)
    return [row for _, row in rows.values()]


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that have content, with their 1-based numbers; of a conflict both sides."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(
            f"{file}: expected the register as UTF-8 text, found: {error} — {RESTORE}"
        ) from error
    is_base = False
    for number, line in enumerate(text.split("\n"), start=1):
        mark = line[: len(_OURS)]
        if mark in (_OURS, _BASE, _THEIRS, _END):
            is_base = mark == _BASE
        elif line.strip() and not is_base:
            yield number, line


def _contradiction(one: RegisterRow, other: RegisterRow) -> str:
    """Return what two lines of one paper disagree about so that no build can decide it."""
    for scheme in sorted(one.identifiers.keys() & other.identifiers.keys()):
        if one.identifiers[scheme] != other.identifiers[scheme]:
            return f"{scheme} {other.identifiers[scheme]} in place of {one.identifiers[scheme]}"
    if one.into and other.into and one.into != other.into:
        return f"that it became {other.into} in place of {one.into}"
    return ""


def _unite(one: RegisterRow, other: RegisterRow) -> RegisterRow:
    """Return one row of two of the same paper: all that was published, the newest as it is now."""
    if one == other:
        return one
    older, newer = sorted((one, other), key=lambda row: (row.updated, not row.headline, row.sum))
    day = min(one.day, other.day)
    return replace(
        newer,
        day=day,
        identifiers={**older.identifiers, **newer.identifiers},
        sketch=newer.sketch or older.sketch,
        was=tuple(sorted({one.day, other.day, *one.was, *other.was} - {day})),
        topics=(*(slug for slug in older.topics if slug not in newer.topics), *newer.topics),
        into=newer.into or older.into,
    )


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

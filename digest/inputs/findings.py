"""From the findings of a format to a reading: records numbered, over-long ones refused.

A format yields findings: records and problems in the order of the document.
Whatever looked like a record is a record, or a problem that reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from digest.models import (
    UNREADABLE,
    DateLine,
    Link,
    Problem,
    Publication,
    Reading,
    Record,
    Seed,
)

LONGEST = 20_000
"""Maximum characters of an abstract; the longest of arXiv have under 6,000."""

LONGEST_TITLE = 1_000
"""Maximum characters of a title."""

Finding = Record | Problem


class RecordFields(TypedDict, total=False):
    """What a format may know of a paper besides its title and abstract; see `Record`."""

    authors: tuple[str, ...]
    identifiers: Mapping[str, str]
    links: tuple[Link, ...]
    date: date | None
    updated: date | None
    categories: tuple[str, ...]
    venue: str | None
    publication: Publication
    comment: str | None


def reading(
    seed: Seed, name: str, found: Iterable[Finding], day: DateLine | None = None
) -> Reading:
    """Sort findings into records, with their positions, and problems.

    Confidence and label are set by the caller that chose the format.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for finding in found:
        checked = _bounded(finding) if isinstance(finding, Record) else finding
        if isinstance(checked, Problem):
            problems.append(checked)
        else:
            records.append(replace(checked, position=len(records) + 1, format=name, sha=seed.sha))
    return Reading(seed, name, records=tuple(records), problems=tuple(problems), date=day)


def unreadable(seed: Seed, problem: Problem) -> Reading:
    """Return the reading of a file that could not be decoded: a problem, and no record."""
    return Reading(seed, UNREADABLE, problems=(problem,))


def record(
    seed: Seed, line: int, title: str | None, abstract: str, **fields: Unpack[RecordFields]
) -> Record:
    """Return a record of a document; `reading` adds its position and format."""
    return Record(
        seed=seed.name,
        line=line,
        format="",
        position=0,
        title=title or None,
        abstract=abstract,
        **fields,
    )


def refuse(seed: Seed, line: int, message: str, text: str = "", refused: int = 1) -> Problem:
    """Return the problem of a piece of a document that is refused."""
    return Problem(seed.name, line, message, refused, _shortened(text))


def remark(seed: Seed, line: int, message: str) -> Problem:
    """Return a problem that costs no record."""
    return Problem(seed.name, line, message)


def ignored_line(seed: Seed, line: int, text: str) -> Problem:
    """Return the remark on a line that was taken for page boilerplate."""
    return remark(
        seed, line, f"expected a title or an abstract, found {quote(text)} — the line is ignored"
    )


def quote(text: str, length: int = 60) -> str:
    """Return the beginning of a text in quotation marks, for a message.

    >>> quote("Memory Networks"), quote("a" * 100, 3)
    ("'Memory Networks'", "'aaa…'")
    """
    text = " ".join(text[: 4 * length].split())
    return repr(text if len(text) <= length else text[:length] + "…")


def no_abstract(seed: Seed, line: int, title: str, found: str) -> Problem:
    """Return the problem of a title that no abstract follows."""
    what = quote(found) if found else "the end of the document"
    return refuse(
        seed,
        line,
        f"expected an abstract after the title {quote(title)}, found {what}"
        " — the paper is left out; see digest check",
        title,
    )


def _bounded(record: Record) -> Finding:
    """Refuse a record whose title or abstract is too long."""
    for what, text, limit in (
        ("an abstract", record.abstract, LONGEST),
        ("a title", record.title or "", LONGEST_TITLE),
    ):
        if len(text) > limit:
            message = f"expected {what} of at most {limit:,} characters, found {len(text):,}"
            return Problem(
                record.seed, record.line, f"{message} — the paper is left out", 1, _shortened(text)
            )
    return record


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * LONGEST else text[: 2 * LONGEST] + "…"

"""From what a format finds to a reading: places counted, over-long pieces refused.

A format is a generator of finds: records and problems in the order of the
document. `reading` numbers the records and keeps the account: what looked like
a record is a record or a problem that says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from digest.models import DateLine, Problem, Reading, Record, Seed

LONGEST = 20_000
"""Letters an abstract may have; the longest of arXiv have under 6,000."""

LONGEST_TITLE = 1_000

Find = Record | Problem


def reading(seed: Seed, name: str, finds: Iterable[Find], day: DateLine | None = None) -> Reading:
    """Sort finds into records, with their places, and problems.

    How sure the format is, and what readers call it, is for whoever chose it to say.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for find in finds:
        checked = _bounded(find) if isinstance(find, Record) else find
        if isinstance(checked, Problem):
            problems.append(checked)
        else:
            records.append(replace(checked, position=len(records) + 1, format=name, sha=seed.sha))
    return Reading(seed, name, records=tuple(records), problems=tuple(problems), date=day)


def record(seed: Seed, line: int, title: str | None, abstract: str, **fields: object) -> Record:
    """Make a record of a document; `reading` adds its place and format."""
    return Record(
        seed=seed.name,
        line=line,
        format="",
        position=0,
        title=title or None,
        abstract=abstract,
        **fields,  # type: ignore[arg-type]
    )


def refuse(seed: Seed, line: int, message: str, text: str = "", refused: int = 1) -> Problem:
    """Leave out a piece of a document, and say so."""
    return Problem(seed.name, line, message, refused, _cut(text))


def remark(seed: Seed, line: int, message: str) -> Problem:
    """Say something about a document that costs no record."""
    return Problem(seed.name, line, message)


def left_aside(seed: Seed, line: int, text: str) -> Problem:
    """Tell of a line that was taken for the page's own."""
    return remark(
        seed, line, f"expected a title or an abstract, found {quote(text)} — the line is left aside"
    )


def quote(text: str, length: int = 60) -> str:
    """Give the beginning of a text in quotation marks, for a message.

    >>> quote("Memory Networks"), quote("a" * 100, 3)
    ("'Memory Networks'", "'aaa…'")
    """
    text = " ".join(text[: 4 * length].split())
    return repr(text if len(text) <= length else text[:length] + "…")


def no_abstract(seed: Seed, line: int, title: str, found: str) -> Problem:
    """Leave out a title that no abstract follows."""
    what = quote(found) if found else "the end of the document"
    return refuse(
        seed,
        line,
        f"expected an abstract after the title {quote(title)}, found {what}"
        " — the paper is left out; see digest check",
        title,
    )


def _bounded(find: Record) -> Find:
    """Refuse what is too long to be a paper's, without copying it."""
    for what, text, limit in (
        ("an abstract", find.abstract, LONGEST),
        ("a title", find.title or "", LONGEST_TITLE),
    ):
        if len(text) > limit:
            message = f"expected {what} of at most {limit:,} characters, found {len(text):,}"
            return Problem(
                find.seed, find.line, f"{message} — the paper is left out", 1, _cut(text)
            )
    return find


def _cut(text: str) -> str:
    return text if len(text) <= 2 * LONGEST else text[: 2 * LONGEST] + "…"

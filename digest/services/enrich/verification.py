"""What may be accepted: an answer whose title or abstract agrees with the paper's, and no other.

The thresholds are those by which records are merged (`likeness`). Nothing doubtful is taken: two answers that agree
alike but are two papers are both left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.language.text import fingerprint
from digest.models import Record
from digest.papers.similarity import (
    LONG,
    NEAR,
    ONE_A_PAPER,
    REWRITTEN,
    TELLING,
    letters,
    titles_likeness,
)
from digest.services.enrich.queries import About

SAME_TITLE = 0.95
"""Two titles this alike are one, but for a typo."""
BEGINS_SAME = 0.97
"""A text cut short is this alike to the beginning of the whole one."""
EQUAL = 0.995
"""Two texts this alike are the same but for a letter or two."""
CUT = 300
"""Letters that are left of an abstract that was cut short, at least."""


@dataclass(frozen=True, slots=True)
class Match:
    """An answer that was accepted, and why."""

    record: Record
    by: str
    """What agrees: `abstract`, `title`, or `identifier` (and neither of the others contradicts)."""
    score: float
    """How well it does, up to 1."""


def best(about: About, records: Iterable[Record]) -> Match | None:
    """Give the answer that is certainly about this paper, or None."""
    found = [match for record in records if (match := agreement(about, record))]
    found.sort(key=lambda match: (-match.score, -len(match.record.identifiers)))
    if len(found) > 1 and _doubtful(found[0], found[1:]):
        return None
    return found[0] if found else None


def agreement(about: About, record: Record) -> Match | None:
    """Say what of a record agrees with a paper; None where too little does, or something does not."""
    known = {scheme: about.identifiers.get(scheme) for scheme in record.identifiers}
    if any(known.get(s) not in (None, record.identifiers.get(s)) for s in ONE_A_PAPER):
        return None
    named = any(value == record.identifiers[scheme] for scheme, value in known.items())
    titles = titles_likeness(about.title, record.title)
    abstracts = abstracts_likeness(about.abstract, record.abstract)
    if record.title and named and not about.title and not about.abstract:
        return Match(record, "identifier", 1.0)  # nothing else is known that could contradict
    if not record.title or (titles is not None and titles < REWRITTEN):
        return None
    if abstracts is not None and abstracts >= NEAR:
        return Match(record, "abstract", round(abstracts, 3))
    if titles is not None and _title_speaks(about, record, titles, abstracts, named):
        return Match(record, "title", round(titles, 3))
    if named and titles is not None and (abstracts is None or abstracts >= REWRITTEN):
        return Match(record, "identifier", round(max(titles, abstracts or 0), 3))
    if named and abstracts is not None and abstracts >= REWRITTEN:
        return Match(record, "identifier", round(abstracts, 3))
    return None


def _title_speaks(
    about: About, record: Record, titles: float, abstracts: float | None, named: bool
) -> bool:
    """Whether equal titles are enough, with all else that is known."""
    if titles < SAME_TITLE:
        return False
    if named:
        return True
    if abstracts is not None:
        return abstracts >= REWRITTEN
    if about.authors and record.authors:
        return bool(_families(about.authors) & _families(record.authors))
    return len(fingerprint(about.title)) >= TELLING


def _doubtful(first: Match, others: Iterable[Match]) -> bool:
    """Whether another answer that is another paper agrees about as well."""
    return any(
        first.score - other.score < 0.02
        and not first.score >= EQUAL > other.score
        and not _one_paper(first.record, other.record)
        for other in others
    )


def _one_paper(one: Record, other: Record) -> bool:
    """Whether two answers are entries of one paper: a preprint and its article, or one entry twice."""
    titles = titles_likeness(one.title, other.title)
    if titles is None or titles < SAME_TITLE:
        return False
    people = _families(one.authors), _families(other.authors)
    return bool(people[0] & people[1]) or not all(people)


def abstracts_likeness(one: str, other: str) -> float | None:
    """How alike two abstracts are, 0 to 1; None where one is missing or too short to tell.

    One that was cut short is held against the beginning of the other.
    """
    short, long = sorted((fingerprint(one), fingerprint(other)), key=len)
    if len(short) < LONG:
        return None
    whole = letters(short, long)
    if whole >= NEAR or len(short) < CUT or not _is_cut(one, other):
        return whole
    begins = letters(short, long[: len(short)])
    return begins if begins >= BEGINS_SAME else whole


def _is_cut(one: str, other: str) -> bool:
    """Whether the shorter text does not end as texts end, or with an ellipsis."""
    end = min((one, other), key=len).rstrip()
    return end.endswith(("...", "…")) or end[-1:] not in ".!?)\"'”’。"


def _families(names: Iterable[str]) -> set[str]:
    """The last words of names; of names written without spaces, the names."""
    return {fingerprint(name.split()[-1]) for name in names if name.split()}

"""Verification: a record is accepted only if its title or abstract agrees with the paper's.

The thresholds are those by which records are merged (`papers.similarity`). Nothing doubtful is
accepted: of two different papers that agree about equally well, neither is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.language.strings import fingerprint
from digest.models import Record
from digest.papers.similarity import (
    MIN_ABSTRACT,
    MIN_TITLE,
    REWRITTEN,
    SAME_ABSTRACT,
    UNIQUE_SCHEMES,
    fingerprint_similarity,
    title_similarity,
)
from digest.services.enrich.queries import LookupQuery

SAME_TITLE = 0.95
"""From this similarity, two titles are the same but for a typo."""
BEGINS_SAME = 0.97
"""From this similarity, a text is the truncated beginning of a longer one."""
EQUAL = 0.995
"""From this similarity, two texts are the same but for a character or two."""
MIN_TRUNCATED = 300
"""Characters a truncated abstract needs to be compared with the beginning of another."""


@dataclass(frozen=True, slots=True)
class Match:
    """A record that agrees with a paper, and why."""

    record: Record
    by: str
    """What agrees: `abstract`, `title`, or `identifier` (if neither of the others contradicts)."""
    score: float
    """Its similarity, up to 1."""


def best_match(query: LookupQuery, records: Iterable[Record]) -> Match | None:
    """Return the record that certainly describes the paper, or None."""
    found = [match for record in records if (match := match_record(query, record))]
    found.sort(key=lambda match: (-match.score, -len(match.record.identifiers)))
    if len(found) > 1 and _is_ambiguous(found[0], found[1:]):
        return None
    return found[0] if found else None


def match_record(query: LookupQuery, record: Record) -> Match | None:
    """Return what agrees of a record; None if too little does, or if something contradicts."""
    known = {scheme: query.identifiers.get(scheme) for scheme in record.identifiers}
    if any(known.get(s) not in (None, record.identifiers.get(s)) for s in UNIQUE_SCHEMES):
        return None
    named = any(value == record.identifiers[scheme] for scheme, value in known.items())
    titles = title_similarity(query.title, record.title)
    abstracts = abstract_similarity(query.abstract, record.abstract)
    if record.title and named and not query.title and not query.abstract:
        return Match(record, "identifier", 1.0)  # nothing else is known that could contradict
    if not record.title or (titles is not None and titles < REWRITTEN):
        return None
    if abstracts is not None and abstracts >= SAME_ABSTRACT:
        return Match(record, "abstract", round(abstracts, 3))
    if titles is not None and _title_suffices(query, record, titles, abstracts, named):
        return Match(record, "title", round(titles, 3))
    if named and titles is not None and (abstracts is None or abstracts >= REWRITTEN):
        return Match(record, "identifier", round(max(titles, abstracts or 0), 3))
    if named and abstracts is not None and abstracts >= REWRITTEN:
        return Match(record, "identifier", round(abstracts, 3))
    return None


def _title_suffices(
    query: LookupQuery, record: Record, titles: float, abstracts: float | None, named: bool
) -> bool:
    """Return whether equal titles are enough, given what else is known."""
    if titles < SAME_TITLE:
        return False
    if named:
        return True
    if abstracts is not None:
        return abstracts >= REWRITTEN
    if query.authors and record.authors:
        return bool(_family_names(query.authors) & _family_names(record.authors))
    return len(fingerprint(query.title)) >= MIN_TITLE


def _is_ambiguous(first: Match, others: Iterable[Match]) -> bool:
    """Return whether a record of another paper agrees about as well."""
    return any(
        first.score - other.score < 0.02
        and not first.score >= EQUAL > other.score
        and not _is_same_paper(first.record, other.record)
        for other in others
    )


def _is_same_paper(one: Record, other: Record) -> bool:
    """Return whether two records are of one paper: a preprint and its article, or duplicates."""
    titles = title_similarity(one.title, other.title)
    if titles is None or titles < SAME_TITLE:
        return False
    people = _family_names(one.authors), _family_names(other.authors)
    return bool(people[0] & people[1]) or not all(people)


def abstract_similarity(one: str, other: str) -> float | None:
    """Return the similarity of two abstracts, 0 to 1; None if one is missing or too short.

    A truncated one is compared with the beginning of the other.
    """
    short, long = sorted((fingerprint(one), fingerprint(other)), key=len)
    if len(short) < MIN_ABSTRACT:
        return None
    whole = fingerprint_similarity(short, long)
    if whole >= SAME_ABSTRACT or len(short) < MIN_TRUNCATED or not _is_truncated(one, other):
        return whole
    begins = fingerprint_similarity(short, long[: len(short)])
    return begins if begins >= BEGINS_SAME else whole


def _is_truncated(one: str, other: str) -> bool:
    """Return whether the shorter text ends with an ellipsis or without punctuation."""
    end = min((one, other), key=len).rstrip()
    return end.endswith(("...", "…")) or end[-1:] not in ".!?)\"'”’。"


def _family_names(names: Iterable[str]) -> set[str]:
    """Return the fingerprints of the last words of names."""
    return {fingerprint(name.split()[-1]) for name in names if name.split()}

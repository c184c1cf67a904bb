"""Recognising papers: which row of the register is that of each paper that documents describe.

A paper is recognised by its identifiers, by a sketch of its abstract, or by its title,
so its address survives a renamed document, a corrected typo, and a title found later.
Most papers are as they were, and found by all three at once; only what is left is
compared, and each row with a limited number of others, so that the work stays about
linear however many papers are alike.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from digest.language.strings import fingerprint
from digest.models import Record, RegisterRow
from digest.papers.minhash import Sketch, bands, estimate_similarity, of_record
from digest.papers.similarity import (
    MIN_TITLE,
    SAME_ABSTRACT,
    are_of_two_papers,
    fingerprint_similarity,
)

SAME = 0.5
"""From this similarity, two abstracts are one, corrected or retyped; two titles may be."""
MOST_ALIKE = 50
"""Rows that share a title, an identifier or a band of their sketches and are compared."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 8

Group = Sequence[Record]
Rank = tuple[float, bool, date, str]
"""The sort key of a match: the surest first, then rows of papers that became no other, the oldest."""


def settle(
    groups: Sequence[Group], rows: Sequence[RegisterRow], today: date
) -> tuple[list[RegisterRow], list[RegisterRow]]:
    """Match every group to its row, or make it a new one.

    Returns one row per group, in the order of the groups, with the sketch of the
    abstract that its documents give now, and all other rows: those of papers that are
    gone, and of papers that turned out to be the same as another (`into`). New ids are
    derived from the text, so that two people who start with the same documents get the
    same ids.
    """
    found = _Found()
    for position, row in _unchanged(groups, rows):
        found.add(position, row)
    left = [row for row in rows if row.id not in found.taken]
    for _, row, position in sorted(_matches(groups, left), key=lambda match: match[0]):
        found.add(position, row)
    ids = _NewIds({row.id for row in rows})
    settled = []
    for position, group in enumerate(groups):
        known = found.best.get(position)
        row = known or RegisterRow(ids.new(group), day=today, updated=today, title="")
        settled.append(replace(row, into=None, sketch=_sketch(group)))
    others = [
        replace(row, into=found.doubles.get(row.id, row.into))
        for row in rows
        if row.id not in found.taken
    ]
    return settled, others


@dataclass(slots=True)
class _Found:
    """The row of each group, and of other rows, the ids of those that they turned out to be."""

    best: dict[int, RegisterRow] = field(default_factory=dict)
    doubles: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def add(self, position: int, row: RegisterRow) -> None:
        """Add a match, the surest first: a group's first row is its own."""
        if row.id in self.taken or row.id in self.doubles:
            return
        if position in self.best:
            self.doubles[row.id] = self.best[position].id
        else:
            self.best[position] = row
            self.taken.add(row.id)


# --- papers that are as they were ----------------------------------------------------------------


def _unchanged(
    groups: Sequence[Group], rows: Sequence[RegisterRow]
) -> Iterator[tuple[int, RegisterRow]]:
    """Yield the groups that say of themselves what a row does, with that row."""
    waiting: dict[Hashable, deque[RegisterRow]] = defaultdict(deque)
    for row in sorted(rows, key=lambda row: (row.into is not None, row.day, row.id)):
        waiting[_whole_key(row.identifiers, _title(row), row.sketch)].append(row)
    for position, group in enumerate(groups):
        identifiers = {
            scheme: value
            for record in reversed(group)
            for scheme, value in record.identifiers.items()
        }
        key = _whole_key(identifiers, group[0].title, _sketch(group))
        if waiting.get(key):
            yield position, waiting[key].popleft()


def _whole_key(identifiers: Mapping[str, str], title: str | None, sketch: Sketch) -> Hashable:
    return frozenset(identifiers.items()), fingerprint(title or ""), sketch


def _title(row: RegisterRow) -> str | None:
    return None if row.headline else row.title


def _sketch(group: Group) -> Sketch:
    """Return the sketch of a paper's abstract; empty if it has none."""
    return next((of_record(record) for record in group if record.abstract), "")


# --- papers that have changed --------------------------------------------------------------------


def _matches(
    groups: Sequence[Group], rows: Iterable[RegisterRow]
) -> Iterator[tuple[Rank, RegisterRow, int]]:
    """Yield every row that may be a group's, with its rank and the group's position."""
    places: dict[Hashable, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        for key in _keys(row.identifiers, _title(row), row.sketch):
            if len(places[key]) < MOST_ALIKE:
                places[key].append(row)
    if not places:
        return
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


def _keys(identifiers: Mapping[str, str], title: str | None, sketch: Sketch) -> Iterator[Hashable]:
    """Yield what two descriptions of a paper have in common, one of it at least."""
    yield from identifiers.items()
    yield from bands(sketch)
    if title:
        yield fingerprint(title)


def _certainty(record: Record, own: Sketch, row: RegisterRow) -> float:
    """Return how certain it is that a record is of a row's paper: 0 to 3, enough from `SAME`.

    Where the identifiers are those of two papers, it is the same only if one of them
    was corrected: all else is as it was.
    """
    if any(row.identifiers.get(scheme) == value for scheme, value in record.identifiers.items()):
        return 3.0
    similarity = estimate_similarity(own, row.sketch)
    if are_of_two_papers(record.identifiers, row.identifiers):
        same = record.title and fingerprint(record.title) == fingerprint(row.title)
        return similarity if same and similarity >= SAME_ABSTRACT else 0.0
    if not record.title or row.headline:
        return similarity
    mine, its = fingerprint(record.title), fingerprint(row.title)
    if mine == its:
        return 1 + similarity if len(mine) >= MIN_TITLE or similarity >= SAME else similarity
    return similarity if fingerprint_similarity(mine, its) >= SAME else 0.0


# --- papers that are new -------------------------------------------------------------------------


class _NewIds:
    """Ids for new papers, none of which is taken."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._next: dict[str, int] = defaultdict(int)

    def new(self, group: Group) -> str:
        """Return an id made of a paper's text, else of all that tells it from others of that text."""
        first = group[0]
        text = fingerprint(first.abstract or first.title or "")
        whole = "\n".join(
            [text, first.title or "", *first.authors, *sorted(first.identifiers.values())]
        )
        for attempt in (text, whole):
            if (id := _id(attempt)) not in self._taken:
                break
        else:
            while (id := _id(f"{whole}{self._next[whole]}")) in self._taken:
                self._next[whole] += 1
        self._taken.add(id)
        return id


def _id(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "".join(_ALPHABET[byte & 31] for byte in digest[:_ID_LENGTH])

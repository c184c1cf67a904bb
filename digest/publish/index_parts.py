"""How the papers are divided among the parts of the search index.

Each part is an index of its own, and costs a reader a few requests: so there are few.
It is made again when a paper in it changes: so a new day must touch a small one only.
From the oldest paper on, parts are filled; what is left over is the newest days, in a
small part, and what lies between:

    2,800 · 2,800 · … · up to 2,800 · up to 700

Nothing but the papers decides, so that a warm build divides them as a clean one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias
from zlib import crc32

PART_SIZE = 2_800
"""Most papers in a part: Pagefind needs 140 kB of memory for each while it runs."""
NEWEST_SIZE = 700
"""Most papers in the newest part, which nearly every build makes again."""

LinePaper: TypeAlias = Mapping[str, Any]
"""A paper as a line of papers.jsonl has it."""


def divide(papers: Iterable[LinePaper]) -> list[list[LinePaper]]:
    """Return the papers of each part, the oldest first; no part is empty.

    Papers of a later day never change which are in a full part.
    """
    ordered = sorted(papers, key=lambda paper: (paper["date"], paper["id"]))
    full, rest = _cut_off(ordered, PART_SIZE)
    small, newest = _cut_off(rest, NEWEST_SIZE)
    parts = [*full, [*chain.from_iterable(small)], newest]
    return [part for part in parts if part]


def _cut_off(papers: list[LinePaper], size: int) -> tuple[list[list[LinePaper]], list[LinePaper]]:
    """Return pieces of nearly `size` papers, and the rest, which has no more than that."""
    pieces = []
    while len(papers) > size:
        place = _cut(papers, size)
        pieces.append(papers[:place])
        papers = papers[place:]
    return pieces, papers


def _cut(papers: Sequence[LinePaper], size: int) -> int:
    """Return where to cut: before one paper among the last eighth, chosen by its id.

    Were it simply the last, one paper more or less would move every cut after it.
    """
    places = range(size - size // 8, size + 1)
    return min(places, key=lambda place: (crc32(papers[place]["id"].encode()), -place))

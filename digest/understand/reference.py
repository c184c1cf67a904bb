"""The reference corpus: the papers by which the words of all papers are weighed.

If every paper counted at once, each new one would change the document frequencies
of its words, and with them a little the keyphrases and related papers of thousands
of others: their pages would change every morning, and nobody would see why. So in a
large digest the oldest papers are counted, and more of them only when the digest
has grown by a quarter. Between two steps a new day changes no older paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.models import Paper

LEAST = 2_000
"""Papers up to which all are counted: such a digest is built in seconds."""
STEP = 1.25
"""How much a digest grows before more papers are counted."""


def size(papers: int) -> int:
    """Return how many papers of a digest are counted.

    >>> [size(papers) for papers in (374, 2000, 2499, 2500, 8729, 8874)]
    [374, 2000, 2000, 2500, 7627, 7627]
    """
    if papers <= LEAST:
        return papers
    counted = LEAST
    while int(counted * STEP) <= papers:
        counted = int(counted * STEP)
    return counted


def by_age(papers: Sequence[Paper]) -> list[Paper]:
    """Return papers with those that are counted first: the oldest, by day and id."""
    return sorted(papers, key=lambda paper: (paper.date, paper.id))


def counted(papers: Sequence[Paper]) -> list[bool]:
    """Return for each paper whether it is in the reference corpus."""
    among = {paper.id for paper in by_age(papers)[: size(len(papers))]}
    return [paper.id in among for paper in papers]

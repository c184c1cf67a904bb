"""Cutting a long list of papers into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.models import Paper


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a long list."""

    number: int
    """1 for the first."""
    papers: tuple[Paper, ...]
    address: str
    """Of the list, relative to the site; its further pages are below: `…/2/`."""
    newer_number: int | None = None
    """The number of the page with the papers before these."""
    older_number: int | None = None
    """The number of the page with the papers after these."""
    of: int = 0
    """Number of pages; 0 if this page does not say, as it is to stay as it is."""

    @property
    def path(self) -> str:
        """The Markdown file of this page."""
        stem = self.address.rstrip("/")
        return f"{stem}.md" if self.number == 1 else f"{stem}/{self.number}.md"

    @property
    def url(self) -> str:
        """The address of this page, relative to the site."""
        return self._address(self.number) or self.address

    @property
    def newer(self) -> str | None:
        """The address of the page before, relative to the site."""
        return self._address(self.newer_number)

    @property
    def older(self) -> str | None:
        """The address of the page after, relative to the site."""
        return self._address(self.older_number)

    def _address(self, number: int | None) -> str | None:
        if number is None:
            return None
        return self.address if number == 1 else f"{self.address}{number}/"


def slices(papers: Sequence[Paper], address: str, size: int) -> Iterator[Slice]:
    """Yield pages of `size` papers; one empty page if there are no papers.

    >>> [page.path for page in slices([], "topics/optics/", 50)]
    ['topics/optics.md']
    """
    of = max(1, -(-len(papers) // size))
    for number in range(1, of + 1):
        part = tuple(papers[(number - 1) * size : number * size])
        newer, older = number - 1 or None, number + 1 if number < of else None
        yield Slice(number, part, address, newer, older, of)


def growing(papers: Sequence[Paper], address: str, size: int) -> Iterator[Slice]:
    """Yield pages of a list that grows at its beginning, the newest first.

    The first page has the newest `size` papers. The others are numbered from the oldest (2)
    upwards, and so keep their papers and their address; what is on the newest of them may
    be on the first page, too.

    >>> [page.number for page in growing(["newer", "new", "old", "older"], "papers/", 1)]
    [1, 4, 3, 2]
    """
    full = max(0, (len(papers) - 1) // size)
    first = tuple(papers[:size])
    yield Slice(1, first, address, older_number=full + 1 if full else None)
    for number in range(full + 1, 1, -1):
        end = len(papers) - (number - 2) * size
        yield Slice(
            number,
            tuple(papers[end - size : end]),
            address,
            newer_number=number + 1 if number <= full else 1,
            older_number=number - 1 if number > 2 else None,
        )

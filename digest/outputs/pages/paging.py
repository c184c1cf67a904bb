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
    of: int
    papers: tuple[Paper, ...]
    address: str
    """Of the list, relative to the site; its further pages lie below: `…/2/`."""

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
        return self._address(self.number - 1)

    @property
    def older(self) -> str | None:
        """The address of the page after, relative to the site."""
        return self._address(self.number + 1)

    def _address(self, number: int) -> str | None:
        if not 1 <= number <= self.of:
            return None
        return self.address if number == 1 else f"{self.address}{number}/"


def slices(papers: Sequence[Paper], address: str, size: int) -> Iterator[Slice]:
    """Cut papers into pages of `size`; an empty list has one page too.

    >>> [page.path for page in slices([], "topics/optics/", 50)]
    ['topics/optics.md']
    """
    of = max(1, -(-len(papers) // size))
    for number in range(1, of + 1):
        part = tuple(papers[(number - 1) * size : number * size])
        yield Slice(number, of, part, address)

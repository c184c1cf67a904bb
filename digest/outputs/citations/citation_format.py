"""What a citation format is: how papers are written for reference managers or programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digest.models import Paper, Site


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A format for papers; each is written once, because it is in several files."""

    extension: str
    """Of its files, without the dot."""
    entry: Callable[[Paper, Site], str]
    """Returns one paper as text."""
    join: Callable[[Iterable[str]], str]
    """Returns the content of the file with these entries."""
    single: bool = True
    """Whether each paper has a file of its own, too (`cite.*`)."""

    def write(self, papers: Iterable[Paper], site: Site) -> str:
        """Return the content of the file with these papers."""
        return self.join(self.entry(paper, site) for paper in papers)

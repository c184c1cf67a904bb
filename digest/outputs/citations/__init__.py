"""Papers for reference managers and programs: BibTeX, RIS, CSL-JSON, JSON Lines.

One module for each format; `references` has what all of them say of a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from digest.models import Digest, Page, Paper, Site
from digest.outputs.citations.bibtex_writer import BIBTEX, bibtex
from digest.outputs.citations.citation_format import CitationFormat
from digest.outputs.citations.csl_writer import CSL
from digest.outputs.citations.paper_json import JSON_LINES
from digest.outputs.citations.references import issued, publication_line, published_as
from digest.outputs.citations.ris_writer import RIS
from digest.outputs.output import Output, Renderer

__all__ = [
    "CITATION_FORMATS",
    "OUTPUT",
    "bibtex",
    "issued",
    "publication_line",
    "published_as",
]

CITATION_FORMATS: tuple[CitationFormat, ...] = (BIBTEX, RIS, CSL, JSON_LINES)


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield papers.* for everything, each day and each topic, and cite.* for each paper."""
    lists: dict[str, tuple[Paper, ...]] = {"": digest.papers}
    lists |= {edition.url: edition.papers for edition in digest.editions}
    lists |= {topic.url: topic.papers for topic in digest.topics}
    for format in CITATION_FORMATS:
        entries = Entries(format, digest.site)
        for url, papers in lists.items():
            path = f"{url}papers.{format.extension}"
            yield renderer.file(path, partial(entries.text, papers), digest.site, papers)
        if format.single:
            for paper in digest.papers:
                path = f"{paper.url}cite.{format.extension}"
                yield renderer.file(path, partial(entries.text, [paper]), digest.site, paper)


class Entries:
    """The entries of papers in one format: each is in several files, and written once."""

    def __init__(self, format: CitationFormat, site: Site) -> None:
        """Write entries that lead to papers of a site."""
        self._format = format
        self._site = site
        self._written: dict[str, str] = {}

    def text(self, papers: Iterable[Paper]) -> str:
        """Return the content of the file with these papers."""
        return self._format.join(self._entry(paper) for paper in papers)

    def _entry(self, paper: Paper) -> str:
        if paper.id not in self._written:
            self._written[paper.id] = self._format.entry(paper, self._site)
        return self._written[paper.id]


OUTPUT = Output("citations", pages)

"""Papers for reference managers and programs: BibTeX, RIS, CSL-JSON, JSON Lines.

One module for each format; `references` has what all of them say of a paper.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page, Paper
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


def pages(digest: Digest, _: Renderer) -> Iterator[Page]:
    """Yield papers.* for everything, each day and each topic, and cite.* for each paper."""
    lists: dict[str, tuple[Paper, ...]] = {"": digest.papers}
    lists |= {edition.url: edition.papers for edition in digest.editions}
    lists |= {topic.url: topic.papers for topic in digest.topics}
    for format in CITATION_FORMATS:
        entries = {paper.id: format.entry(paper, digest.site) for paper in digest.papers}
        for url, papers in lists.items():
            text = format.join(entries[paper.id] for paper in papers)
            yield Page(f"{url}papers.{format.extension}", text.encode())
        if format.single:
            for paper in digest.papers:
                text = format.join([entries[paper.id]])
                yield Page(f"{paper.url}cite.{format.extension}", text.encode())


OUTPUT = Output("citations", pages)

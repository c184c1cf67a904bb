"""Papers for reference managers and programs: BibTeX, RIS, CSL-JSON, JSON Lines.

One module for each format; `references` has what all of them say of a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from digest.models import Digest, Edition, Page, Paper, Topic
from digest.outputs.citations.bibtex_writer import BIBTEX, bibtex
from digest.outputs.citations.citation_format import CitationFormat
from digest.outputs.citations.csl_writer import CSL
from digest.outputs.citations.paper_json import JSON_LINES
from digest.outputs.citations.references import issued, publication_line, published_as
from digest.outputs.citations.ris_writer import RIS
from digest.outputs.output import Output, Renderer
from digest.store import version

__all__ = [
    "CITATION_FORMATS",
    "MOST_OF_TOPIC",
    "OUTPUT",
    "bibtex",
    "issued",
    "publication_line",
    "published_as",
]

MOST_OF_TOPIC = 500
"""Papers in the files of a topic, the newest: a paper is in several topics, and those of a large
digest would take more room than all else. The files of everything have the rest."""
BLOCK = 500
"""Papers whose entries are kept together: what is new changes the last block only."""
CITATION_FORMATS: tuple[CitationFormat, ...] = (BIBTEX, RIS, CSL, JSON_LINES)


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield papers.* for everything, each day and each topic, and cite.* for each paper."""
    lists: list[tuple[Digest | Edition | Topic, str, tuple[Paper, ...]]] = [
        (digest, "", digest.papers),
        *((edition, edition.url, edition.papers) for edition in digest.editions),
        *((topic, topic.url, topic.papers[:MOST_OF_TOPIC]) for topic in digest.topics),
    ]
    for format in CITATION_FORMATS:
        entries = Entries(format, digest, renderer)
        for subject, url, papers in lists:
            path = f"{url}papers.{format.extension}"
            of = papers if subject is digest else subject
            yield renderer.file(path, partial(entries.text, papers), digest.site, of)
        if format.single:
            for paper in digest.papers:
                path = f"{paper.url}cite.{format.extension}"
                yield renderer.file(path, partial(entries.text, [paper]), digest.site, paper)


class Entries:
    """The entries of papers in one format: each is in several files, and written once.

    They are kept from build to build in blocks of papers, from the oldest on.
    """

    def __init__(self, format: CitationFormat, digest: Digest, renderer: Renderer) -> None:
        """Write entries that lead to papers of the digest's site."""
        self._format = format
        self._site = digest.site
        self._kept = renderer.kept
        oldest = sorted(digest.papers, key=lambda paper: (paper.date, paper.id))
        self._blocks = [oldest[start : start + BLOCK] for start in range(0, len(oldest), BLOCK)]
        of = renderer.keys.of
        self._keys = [of(version(), format.extension, self._site, each) for each in self._blocks]
        self._kept.keep(self._keys)
        self._block_of = {
            paper.id: number for number, block in enumerate(self._blocks) for paper in block
        }
        self._written: dict[str, str] = {}

    def text(self, papers: Iterable[Paper]) -> str:
        """Return the content of the file with these papers."""
        return self._format.join(self._entry(paper) for paper in papers)

    def _entry(self, paper: Paper) -> str:
        if paper.id not in self._written:
            number = self._block_of[paper.id]
            ids = (each.id for each in self._blocks[number])
            self._written |= zip(ids, self._block(number), strict=True)
        return self._written[paper.id]

    def _block(self, number: int) -> list[str]:
        """Return the entries of a block of papers."""
        kept: list[str] | None = self._kept.get(self._keys[number])
        if kept is None or len(kept) != len(self._blocks[number]):
            kept = [self._format.entry(paper, self._site) for paper in self._blocks[number]]
            self._kept.put(self._keys[number], kept)
        return kept


OUTPUT = Output("citations", pages)

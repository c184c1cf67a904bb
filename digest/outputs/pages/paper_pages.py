"""A page for every paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote_plus

from markupsafe import Markup

from digest.language import tex
from digest.language.sentences import shorten
from digest.models import Digest, Page, Paper, Publication, Site
from digest.outputs.citations import bibtex, issued, publication_line, published_as
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.topic_labels import labels
from digest.papers import ids
from digest.papers.publication_types import ARTICLE, CHAPTER, CONFERENCE, REPORT, THESIS

MAX_AUTHORS = 60
"""Authors in a page's metadata and its BibTeX; the citation files have all."""

_SEARCHES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=all&query={}"),
    ("Google Scholar", "https://scholar.google.com/scholar?q={}"),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q={}"),
    ("Hugging Face", "https://huggingface.co/papers?q={}"),
)
_SCHEMES = {
    "doi": "Publisher",
    "arxiv": "arXiv",
    "acl": "ACL Anthology",
    "openreview": "OpenReview",
    "pmid": "PubMed",
}
_LINK_KINDS = {
    "paper": "Paper",
    "code": "Code",
    "data": "Data",
    "model": "Model",
    "project": "Project page",
    "video": "Video",
    "other": "Link",
}


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield papers/<id>.md for each paper."""
    by_id = {paper.id: paper for paper in digest.papers}
    by_name = labels(digest.topics)
    for paper in digest.papers:
        yield renderer.page(
            f"papers/{paper.id}.md",
            partial(_details, paper, digest.site),
            digest=digest,
            paper=paper,
            topics=[by_name[each.topic] for each in paper.topics if each.topic in by_name],
            related=[(by_id[each.id], each.shared) for each in paper.related if each.id in by_id],
        )


def _details(paper: Paper, site: Site) -> dict[str, Any]:
    """Return what takes time to say about a paper."""
    return {
        "metadata": _metadata(paper, site),
        "abstract": Markup(tex.to_html(paper.markup or paper.abstract)),  # noqa: S704 - escapes
        "links": [*_links(paper), *_searches(paper)],
        "cited": publication_line(paper),
        "bibtex": bibtex([paper], site, abstracts=False, most=MAX_AUTHORS),
    }


def _metadata(paper: Paper, site: Site) -> dict[str, Any]:
    """Return the page's metadata for search engines and reference managers.

    `citation` is named as in Google Scholar's guidelines, which Zotero follows too; a
    paper whose title the authors did not write has none.
    """
    return {
        "title": paper.title,
        "description": shorten(paper.tldr or paper.abstract, 200),
        "date": paper.date.isoformat(),
        "canonical": ids.primary_address(paper.identifiers),
        "citation": None if paper.is_untitled else _citation(paper, site),
    }


def _citation(paper: Paper, site: Site) -> dict[str, Any]:
    return {
        "title": paper.title,
        "author": list(paper.authors[:MAX_AUTHORS]),
        "publication_date": "/".join(f"{part:02}" for part in issued(paper)),
        "abstract_html_url": f"{site.url}{paper.url}",
        "doi": paper.identifiers.get("doi", ""),
        "arxiv_id": paper.identifiers.get("arxiv", ""),
        "keywords": "; ".join(paper.keyphrases),
        **_publication_tags(published_as(paper)),
    }


_CONTAINERS = {
    ARTICLE: "journal_title",
    "article-magazine": "journal_title",
    "article-newspaper": "journal_title",
    CONFERENCE: "conference_title",
    CHAPTER: "inbook_title",
}
_PUBLISHERS = {THESIS: "dissertation_institution", REPORT: "technical_report_institution"}


def _publication_tags(publication: Publication) -> dict[str, Any]:
    """Return a publication as Highwire Press tags, from which Zotero infers its type, too."""
    kind = publication.kind
    first, _, last = publication.pages.partition("-")
    return {
        _CONTAINERS.get(kind, "source"): publication.container,
        "volume": publication.volume,
        "technical_report_number" if kind == REPORT else "issue": publication.issue,
        "firstpage": first,
        "lastpage": last,
        _PUBLISHERS.get(kind, "publisher"): publication.publisher,
        "isbn": publication.isbn.split(),
        "issn": publication.issn.split(),
    }


def _links(paper: Paper) -> list[tuple[str, str, str]]:
    """Return (name, address, shown text) of the paper and of what belongs to it, arXiv first."""
    found = []
    addresses = ids.addresses(paper.identifiers)
    for scheme, url in sorted(addresses.items(), key=lambda pair: pair[0] != "arxiv"):
        found.append((_SCHEMES[scheme], url, paper.identifiers[scheme]))
        if scheme == "arxiv":
            found.append(("PDF", url.replace("/abs/", "/pdf/"), ""))
    known = {_comparable(url) for _, url, _ in found}
    ordered = sorted(paper.links, key=lambda link: list(_LINK_KINDS).index(link.kind))
    found += [
        (_LINK_KINDS[link.kind], link.url, _readable(link.url))
        for link in ordered
        if _comparable(link.url) not in known
    ]
    return found


def _comparable(url: str) -> str:
    """Return an address without what may differ between two ways to write it."""
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").casefold()


def _readable(url: str) -> str:
    """Return an address for display: without scheme, `www.`, query and last slash."""
    bare = re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url).rstrip("/")
    return shorten(bare, 60) or url


def _searches(paper: Paper) -> list[tuple[str, str, str]]:
    """Return (name, address, '') of searches for a paper whose address is unknown."""
    if ids.primary_address(paper.identifiers) or any(link.kind == "paper" for link in paper.links):
        return []
    words = paper.title if not paper.is_untitled else " ".join(paper.abstract.split()[:16])
    return [
        (f"Search {name}", address.format(quote_plus(words)), "") for name, address in _SEARCHES
    ]


OUTPUT = Output("paper", pages, "pages/paper.md.j2", indexed=True, feeds="papers")

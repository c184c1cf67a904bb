"""A page for every paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from markupsafe import Markup

from digest.language import tex
from digest.language.text import shorten
from digest.models import Digest, Page, Paper, Publication
from digest.outputs.citations import bibtex, issued, line, published_as
from digest.outputs.pages.marks import labels
from digest.outputs.rendering.templates import Templates, front_matter
from digest.papers import ids
from digest.papers.publication_types import ARTICLE, CHAPTER, CONFERENCE, REPORT, THESIS

AUTHORS = 60
"""Authors that a page names to programs and in its BibTeX; the files for citing have all."""

_SEARCHES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=all&query={}"),
    ("Google Scholar", "https://scholar.google.com/scholar?q={}"),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q={}"),
    ("Hugging Face", "https://huggingface.co/papers?q={}"),
)


_PLACES = {
    "doi": "Publisher",
    "arxiv": "arXiv",
    "acl": "ACL Anthology",
    "openreview": "OpenReview",
    "pmid": "PubMed",
}
_KINDS = {
    "paper": "Paper",
    "code": "Code",
    "data": "Data",
    "model": "Model",
    "project": "Project page",
    "video": "Video",
    "other": "Link",
}


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give papers/<id>.md for each paper."""
    by_id = {paper.id: paper for paper in digest.papers}
    marks = labels(digest.topics)
    for paper in digest.papers:
        yield templates.page(
            f"papers/{paper.id}.md",
            "pages/paper.md.j2",
            digest=digest,
            paper=paper,
            head=_head(paper, digest),
            abstract=Markup(tex.to_html(paper.markup or paper.abstract)),  # noqa: S704 - escapes
            topics=[marks[each.topic] for each in paper.topics if each.topic in marks],
            related=[(by_id[each.id], each.shared) for each in paper.related if each.id in by_id],
            links=[*_links(paper), *_searches(paper)],
            cited=line(paper),
            bibtex=bibtex([paper], digest.site, abstracts=False, most=AUTHORS),
        )


def _head(paper: Paper, digest: Digest) -> Markup:
    """What the page tells search engines and reference managers.

    The names are those of Google Scholar's guidelines, which Zotero reads too.
    A headline of ours is not given out as the paper's title.
    """
    given = not paper.is_untitled
    return front_matter(
        title=paper.title,
        description=shorten(paper.tldr or paper.abstract, 200),
        date=paper.date.isoformat(),
        kind="paper",
        canonical=ids.place(paper.identifiers),
        citation={
            "title": paper.title,
            "author": list(paper.authors[:AUTHORS]),
            "publication_date": "/".join(f"{part:02}" for part in issued(paper)),
            "abstract_html_url": f"{digest.site.url}{paper.url}",
            "doi": paper.identifiers.get("doi", ""),
            "arxiv_id": paper.identifiers.get("arxiv", ""),
            "keywords": "; ".join(paper.keyphrases),
            **_tags(published_as(paper)),
        }
        if given
        else None,
    )


_CONTAINERS = {
    ARTICLE: "journal_title",
    "article-magazine": "journal_title",
    "article-newspaper": "journal_title",
    CONFERENCE: "conference_title",
    CHAPTER: "inbook_title",
}
_PUBLISHERS = {THESIS: "dissertation_institution", REPORT: "technical_report_institution"}


def _tags(told: Publication) -> dict[str, Any]:
    """The publication by the names of Highwire's tags, from which Zotero tells its kind, too."""
    first, _, last = told.pages.partition("-")
    numbers = "technical_report_number" if told.kind == REPORT else "issue"
    return {
        _CONTAINERS.get(told.kind, "source"): told.container,
        "volume": told.volume,
        numbers: told.issue,
        "firstpage": first,
        "lastpage": last,
        _PUBLISHERS.get(told.kind, "publisher"): told.publisher,
        "isbn": told.isbn.split(),
        "issn": told.issn.split(),
    }


def _links(paper: Paper) -> list[tuple[str, str, str]]:
    """Where the paper and what belongs to it are: (what it is, address, how the address reads)."""
    found = []
    places = ids.places(paper.identifiers)
    for scheme, url in sorted(
        places.items(), key=lambda place: place[0] != "arxiv"
    ):  # free to read
        found.append((_PLACES[scheme], url, paper.identifiers[scheme]))
        if scheme == "arxiv":
            found.append(("PDF", url.replace("/abs/", "/pdf/"), ""))
    known = {_bare(url) for _, url, _ in found}
    ordered = sorted(paper.links, key=lambda link: list(_KINDS).index(link.kind))
    found += [
        (_KINDS[link.kind], link.url, _readable(link.url))
        for link in ordered
        if _bare(link.url) not in known
    ]
    return found


def _bare(url: str) -> str:
    """What two ways to write one address share."""
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").casefold()


def _readable(url: str) -> str:
    """An address as people read it: without scheme, `www.`, query and last slash."""
    bare = re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url).rstrip("/")
    return shorten(bare, 60) or url


def _searches(paper: Paper) -> list[tuple[str, str, str]]:
    """Where to look for a paper whose address nobody gave."""
    if ids.place(paper.identifiers) or any(link.kind == "paper" for link in paper.links):
        return []
    words = paper.title if not paper.is_untitled else " ".join(paper.abstract.split()[:16])
    return [(f"Search {name}", place.format(quote_plus(words)), "") for name, place in _SEARCHES]

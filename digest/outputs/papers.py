"""A page for every paper."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

from markupsafe import Markup

from digest import tex
from digest.models import Digest, Page, Paper
from digest.outputs.templates import Templates, front_matter
from digest.text import shorten

_SEARCHES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=all&query={}"),
    ("Google Scholar", "https://scholar.google.com/scholar?q={}"),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q={}"),
    ("Hugging Face", "https://huggingface.co/papers?q={}"),
)


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give papers/<id>.md for each paper."""
    by_id = {paper.id: paper for paper in digest.papers}
    topics = {topic.name: topic for topic in digest.topics}
    for paper in digest.papers:
        yield templates.page(
            f"papers/{paper.id}.md",
            "pages/paper.md.j2",
            digest=digest,
            paper=paper,
            head=_head(paper, digest),
            abstract=Markup(tex.to_html(paper.markup or paper.abstract)),  # noqa: S704 - escapes
            topics=[topics[each.topic] for each in paper.topics if each.topic in topics],
            related=[(by_id[each.id], each.shared) for each in paper.related if each.id in by_id],
            searches=_searches(paper),
        )


def _head(paper: Paper, digest: Digest) -> Markup:
    """What the page tells search engines and reference managers.

    The names are those of Google Scholar's guidelines, which Zotero reads too.
    A headline of ours is not given out as the paper's title.
    """
    given = paper.title_from != "headline"
    return front_matter(
        title=paper.title,
        description=shorten(paper.tldr or paper.abstract, 200),
        date=paper.date.isoformat(),
        canonical=_original(paper),
        citation={
            "title": paper.title,
            "author": list(paper.authors),
            "publication_date": (paper.published or paper.date).strftime("%Y/%m/%d"),
            "abstract_html_url": f"{digest.site.url}{paper.url}",
            "doi": paper.identifiers.get("doi", ""),
            "arxiv_id": paper.identifiers.get("arxiv", ""),
            "keywords": "; ".join(paper.keyphrases),
        }
        if given
        else None,
    )


def _original(paper: Paper) -> str | None:
    """The paper's own address, where an identifier tells it."""
    if "doi" in paper.identifiers:
        return f"https://doi.org/{paper.identifiers['doi']}"
    if "arxiv" in paper.identifiers:
        return f"https://arxiv.org/abs/{paper.identifiers['arxiv']}"
    return None


def _searches(paper: Paper) -> list[tuple[str, str]]:
    """Where to look for a paper whose address nobody gave: (name, address)."""
    if _original(paper) or any(link.kind == "paper" for link in paper.links):
        return []
    words = paper.title if paper.title_from != "headline" else " ".join(paper.abstract.split()[:16])
    return [(name, address.format(quote_plus(words))) for name, address in _SEARCHES]

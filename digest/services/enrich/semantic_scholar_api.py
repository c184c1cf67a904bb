"""Semantic Scholar's Graph API; a key (`SEMANTIC_SCHOLAR_API_KEY`) makes it quicker and is not needed.

    graph/v1/paper/ARXIV:2106.13401?fields=title,…
    graph/v1/paper/search?query=contrastive estimator&limit=5&fields=title,…

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.queries import About

NAME = "semanticscholar"
LABEL = "Semantic Scholar"
BASE = "https://api.semanticscholar.org"
HOSTS: tuple[str, ...] = ()
PAUSE = 1.5
GIVES = frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue"})
KEY = "SEMANTIC_SCHOLAR_API_KEY"
KEY_NEEDED = False

_FIELDS = "title,abstract,authors,externalIds,venue,publicationDate,year,url,openAccessPdf"
_SCHEMES = {"arxiv": "ARXIV", "doi": "DOI", "acl": "ACL", "pmid": "PMID"}


def questions(about: About) -> Iterator[str]:
    """By an identifier; by words of the title; by words of the abstract."""
    for scheme, name in _SCHEMES.items():
        if scheme in about.identifiers:
            value = quote(about.identifiers[scheme], safe="/")
            yield f"graph/v1/paper/{name}:{value}?{urlencode({'fields': _FIELDS})}"
            break
    if about.title_words:
        yield _search(about.title_words)
    for words in about.tries() if about.abstract else ():
        if words:
            yield _search(words)


def _search(words: tuple[str, ...]) -> str:
    asked = {"query": " ".join(words), "limit": 5, "fields": _FIELDS}
    return f"graph/v1/paper/search?{urlencode(asked)}"


def read(text: str) -> tuple[Record, ...]:
    """Read a paper or a list of papers; raises ValueError for what is neither."""
    return replies.from_json(
        "semantic-scholar", text, lambda found: "total" in found or "paperId" in found
    )


def sign(key: str, contact: str) -> tuple[dict[str, str], dict[str, str]]:
    """The key, where there is one."""
    return {}, {"x-api-key": key} if key else {}

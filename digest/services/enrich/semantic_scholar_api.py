"""Semantic Scholar's Graph API; a key (`SEMANTIC_SCHOLAR_API_KEY`) is optional and makes it faster.

    graph/v1/paper/ARXIV:2106.13401?fields=title,…
    graph/v1/paper/search?query=contrastive estimator&limit=5&fields=title,…

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.index import Credentials, Index
from digest.services.enrich.queries import LookupQuery

_FIELDS = "title,abstract,authors,externalIds,venue,publicationDate,year,url,openAccessPdf"
_SCHEMES = {"arxiv": "ARXIV", "doi": "DOI", "acl": "ACL", "pmid": "PMID"}


def _requests(query: LookupQuery) -> Iterator[str]:
    """Ask by an identifier; by words of the title; by words of the abstract."""
    for scheme, name in _SCHEMES.items():
        if scheme in query.identifiers:
            value = quote(query.identifiers[scheme], safe="/")
            yield f"graph/v1/paper/{name}:{value}?{urlencode({'fields': _FIELDS})}"
            break
    if query.title_words:
        yield _search(query.title_words)
    for words in query.word_sets() if query.abstract else ():
        if words:
            yield _search(words)


def _search(words: tuple[str, ...]) -> str:
    asked = {"query": " ".join(words), "limit": 5, "fields": _FIELDS}
    return f"graph/v1/paper/search?{urlencode(asked)}"


def _parse(text: str) -> tuple[Record, ...]:
    return replies.from_json(
        "semantic-scholar", text, lambda found: "total" in found or "paperId" in found
    )


def _credentials(key: str, contact: str) -> Credentials:
    return Credentials(headers={"x-api-key": key} if key else {})


INDEX = Index(
    name="semanticscholar",
    label="Semantic Scholar",
    base_url="https://api.semanticscholar.org",
    hosts=("api.semanticscholar.org",),
    pause=1.5,
    provides=frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue"}),
    key_variable="SEMANTIC_SCHOLAR_API_KEY",
    key_required=False,
    requests=_requests,
    parse=_parse,
    credentials=_credentials,
)

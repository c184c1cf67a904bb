"""OpenAlex's API, which requires a (free) key since February 2026: `OPENALEX_API_KEY`.

    works/doi:10.1000/x
    works?filter=title.search:monotone deep boltzmann&per_page=5

https://developers.openalex.org/api-reference/authentication
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.index import Credentials, Index
from digest.services.enrich.queries import LookupQuery

_SELECT = (
    "id,doi,ids,display_name,publication_date,authorships,primary_location,abstract_inverted_index"
)


def _requests(query: LookupQuery) -> Iterator[str]:
    """Ask by DOI (arXiv registers one for its papers); by words of the title; of the abstract."""
    if doi := _doi(query):
        yield f"works/doi:{quote(doi, safe='/')}?{urlencode({'select': _SELECT})}"
    if query.title_words:
        yield _search("title.search", query.title_words)
    for words in query.word_sets() if query.abstract else ():
        if words:
            yield _search("title_and_abstract.search", words)


def _doi(query: LookupQuery) -> str:
    if "doi" in query.identifiers:
        return query.identifiers["doi"]
    arxiv = query.identifiers.get("arxiv")
    return f"10.48550/arxiv.{arxiv}" if arxiv else ""


def _search(field: str, words: tuple[str, ...]) -> str:
    asked = {"filter": f"{field}:{' '.join(words)}", "per_page": 5, "select": _SELECT}
    return f"works?{urlencode(asked)}"


def _parse(text: str) -> tuple[Record, ...]:
    return replies.from_json(
        "openalex", text, lambda found: "results" in found or "authorships" in found
    )


def _credentials(key: str, contact: str) -> Credentials:
    return Credentials(parameters={"api_key": key} | ({"mailto": contact} if contact else {}))


INDEX = Index(
    name="openalex",
    label="OpenAlex",
    base_url="https://api.openalex.org",
    hosts=("api.openalex.org",),
    pause=0.5,
    provides=frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue"}),
    key_variable="OPENALEX_API_KEY",
    key_required=True,
    requests=_requests,
    parse=_parse,
    credentials=_credentials,
)

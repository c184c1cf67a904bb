"""Crossref's REST API, which has most DOIs.

    works/10.1000/x
    works?query.bibliographic=monotone deep boltzmann machines&rows=5

Few of its records have an abstract and none can be found by it, so papers without
a title are not looked up here. A contact address (`mailto`) admits requests to the
polite pool.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.index import Credentials, Index
from digest.services.enrich.queries import LookupQuery

_SELECT = "DOI,title,subtitle,abstract,author,issued,published,container-title,URL"


def _requests(query: LookupQuery) -> Iterator[str]:
    """Ask by DOI; then by the title, with the first author if one is known."""
    if "doi" in query.identifiers:
        yield f"works/{quote(query.identifiers['doi'], safe='/')}"
    if query.title:
        asked = {"query.bibliographic": query.title[:300], "rows": 5, "select": _SELECT}
        if query.authors:
            asked["query.author"] = query.authors[0]
        yield f"works?{urlencode(asked)}"


def _parse(text: str) -> tuple[Record, ...]:
    return replies.from_json("crossref", text, lambda found: found.get("status") == "ok")


def _credentials(key: str, contact: str) -> Credentials:
    return Credentials(parameters={"mailto": contact} if contact else {})


INDEX = Index(
    name="crossref",
    label="Crossref",
    base_url="https://api.crossref.org",
    hosts=("api.crossref.org",),
    pause=1.0,
    provides=frozenset({"title", "abstract", "authors", "link", "date", "doi", "venue"}),
    key_variable="",
    key_required=False,
    requests=_requests,
    parse=_parse,
    credentials=_credentials,
)

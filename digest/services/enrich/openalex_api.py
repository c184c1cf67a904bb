"""OpenAlex, which wants a (free) key since February 2026: `OPENALEX_API_KEY`.

    works/doi:10.1000/x
    works?filter=title.search:monotone deep boltzmann&per_page=5

https://developers.openalex.org/api-reference/authentication
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.queries import About

NAME = "openalex"
LABEL = "OpenAlex"
BASE = "https://api.openalex.org"
HOSTS: tuple[str, ...] = ()
PAUSE = 0.5
GIVES = frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue"})
KEY = "OPENALEX_API_KEY"
KEY_NEEDED = True

_SELECT = (
    "id,doi,ids,display_name,publication_date,authorships,primary_location,abstract_inverted_index"
)


def questions(about: About) -> Iterator[str]:
    """By DOI, also the one that arXiv gives its papers; by words of the title; of the abstract."""
    if doi := _doi(about):
        yield f"works/doi:{quote(doi, safe='/')}?{urlencode({'select': _SELECT})}"
    if about.title_words:
        yield _search("title.search", about.title_words)
    for words in about.tries() if about.abstract else ():
        if words:
            yield _search("title_and_abstract.search", words)


def _doi(about: About) -> str:
    if "doi" in about.identifiers:
        return about.identifiers["doi"]
    arxiv = about.identifiers.get("arxiv")
    return f"10.48550/arxiv.{arxiv}" if arxiv else ""


def _search(field: str, words: tuple[str, ...]) -> str:
    asked = {"filter": f"{field}:{' '.join(words)}", "per_page": 5, "select": _SELECT}
    return f"works?{urlencode(asked)}"


def read(text: str) -> tuple[Record, ...]:
    """Read a work or a list of works; raises ValueError for what is neither."""
    return replies.from_json(
        "openalex", text, lambda found: "results" in found or "authorships" in found
    )


def sign(key: str, contact: str) -> tuple[dict[str, str], dict[str, str]]:
    """The key, and whom to write to."""
    return {"api_key": key} | ({"mailto": contact} if contact else {}), {}

"""Crossref, which knows most DOIs.

    works/10.1000/x
    works?query.bibliographic=monotone deep boltzmann machines&rows=5

Abstracts are in few of its records and in none of its searches, so a paper
without a title is not asked for here. A contact address (`mailto`) brings a
request into the polite pool.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.queries import About

NAME = "crossref"
LABEL = "Crossref"
BASE = "https://api.crossref.org"
HOSTS: tuple[str, ...] = ()
PAUSE = 1.0
GIVES = frozenset({"title", "abstract", "authors", "link", "date", "doi", "venue"})
KEY = ""
KEY_NEEDED = False

_SELECT = "DOI,title,subtitle,abstract,author,issued,published,container-title,URL"


def questions(about: About) -> Iterator[str]:
    """By DOI; else by the title, with the first author where one is known."""
    if "doi" in about.identifiers:
        yield f"works/{quote(about.identifiers['doi'], safe='/')}"
    if about.title:
        asked = {"query.bibliographic": about.title[:300], "rows": 5, "select": _SELECT}
        if about.authors:
            asked["query.author"] = about.authors[0]
        yield f"works?{urlencode(asked)}"


def read(text: str) -> tuple[Record, ...]:
    """Read a work or a list of works; raises ValueError for what is neither."""
    return replies.from_json("crossref", text, lambda found: found.get("status") == "ok")


def sign(key: str, contact: str) -> tuple[dict[str, str], dict[str, str]]:
    """Whom to write to."""
    return {"mailto": contact} if contact else {}, {}

"""arXiv's API, which answers in Atom: one question every three seconds.

    query?search_query=abs:contrastive AND abs:estimator&max_results=5
    query?id_list=2106.13401

https://info.arxiv.org/help/api/user-manual.html, https://info.arxiv.org/help/api/tou.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.queries import About

NAME = "arxiv"
LABEL = "arXiv"
BASE = "https://export.arxiv.org/api"
HOSTS: tuple[str, ...] = ("arxiv.org", "export.arxiv.org")
PAUSE = 3.0
GIVES = frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue"})
KEY = ""
KEY_NEEDED = False


def questions(about: About) -> Iterator[str]:
    """By its number; else by words of the title; else by words of the abstract."""
    if "arxiv" in about.identifiers:
        yield f"query?{urlencode({'id_list': about.identifiers['arxiv']})}"
        return
    if len(about.title_words) > 1:
        yield _search("ti", about.title_words)
    if about.abstract:
        yield from (_search("abs", words) for words in about.tries() if len(words) > 1)


def _search(field: str, words: Sequence[str]) -> str:
    # `and`, `or` and `andnot` in any case are operators
    query = " AND ".join(f"{field}:{word}" for word in words if word.lower() != "andnot")
    return f"query?{urlencode({'search_query': query, 'max_results': 5})}"


def read(text: str) -> tuple[Record, ...]:
    """Read an answer; raises ValueError for what is no feed.

    An error is an entry of that title, and is left out.
    """
    return replies.from_atom(text)


def sign(key: str, contact: str) -> tuple[dict[str, str], dict[str, str]]:
    """Nothing beside the name of the program."""
    return {}, {}

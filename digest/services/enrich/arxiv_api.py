"""arXiv's API, which replies in Atom: one request every three seconds.

    query?search_query=abs:contrastive AND abs:estimator&max_results=5
    query?id_list=2106.13401

https://info.arxiv.org/help/api/user-manual.html, https://info.arxiv.org/help/api/tou.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from digest.services.enrich import replies
from digest.services.enrich.index import Credentials, Index
from digest.services.enrich.queries import LookupQuery


def _requests(query: LookupQuery) -> Iterator[str]:
    """Ask by id; else by words of the title; else by words of the abstract."""
    if "arxiv" in query.identifiers:
        yield f"query?{urlencode({'id_list': query.identifiers['arxiv']})}"
        return
    if len(query.title_words) > 1:
        yield _search("ti", query.title_words)
    if query.abstract:
        yield from (_search("abs", words) for words in query.word_sets() if len(words) > 1)


def _search(field: str, words: Sequence[str]) -> str:
    # `and`, `or` and `andnot` in any case are operators
    terms = " AND ".join(f"{field}:{word}" for word in words if word.lower() != "andnot")
    return f"query?{urlencode({'search_query': terms, 'max_results': 5})}"


INDEX = Index(
    name="arxiv",
    label="arXiv",
    base_url="https://export.arxiv.org/api",
    hosts=("export.arxiv.org", "arxiv.org"),
    pause=3.0,
    provides=frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "doi", "venue"}),
    key_variable="",
    key_required=False,
    requests=_requests,
    parse=replies.from_atom,  # an error is an entry of that title, which the format ignores
    credentials=lambda key, contact: Credentials(),
)

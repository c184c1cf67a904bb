"""Hugging Face papers: arXiv papers that its users discuss, with links to their code.

    api/papers/2503.01234
    api/papers/search?q=We present a contrastive estimator …

https://huggingface.co/docs/hub/en/paper-pages
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.index import Credentials, Index
from digest.services.enrich.queries import LookupQuery


def _requests(query: LookupQuery) -> Iterator[str]:
    """Ask by arXiv id; else by the title or the opening of the abstract: the search is semantic."""
    if "arxiv" in query.identifiers:
        yield f"api/papers/{quote(query.identifiers['arxiv'], safe='/')}"
    elif text := query.title[:240] or query.opening:
        yield f"api/papers/search?{urlencode({'q': text})}"


def _parse(text: str) -> tuple[Record, ...]:
    return replies.from_json("daily-papers", text, lambda found: "id" in found, one="paper")


INDEX = Index(
    name="huggingface",
    label="Hugging Face",
    base_url="https://huggingface.co",
    hosts=("huggingface.co",),
    pause=1.0,
    provides=frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "code"}),
    key_variable="",
    key_required=False,
    requests=_requests,
    parse=_parse,
    credentials=lambda key, contact: Credentials(),
)

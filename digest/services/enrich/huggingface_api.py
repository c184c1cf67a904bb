"""Hugging Face papers: arXiv papers that people there speak of, with the code they point at.

    api/papers/2503.01234
    api/papers/search?q=We present a contrastive estimator …

https://huggingface.co/docs/hub/en/paper-pages
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from digest.models import Record
from digest.services.enrich import replies
from digest.services.enrich.queries import About

NAME = "huggingface"
LABEL = "Hugging Face"
BASE = "https://huggingface.co"
HOSTS: tuple[str, ...] = ()
PAUSE = 1.0
GIVES = frozenset({"title", "abstract", "authors", "link", "date", "arxiv", "code"})
KEY = ""
KEY_NEEDED = False


def questions(about: About) -> Iterator[str]:
    """By its arXiv number; else by its title or how its abstract begins: this search goes by meaning."""
    if "arxiv" in about.identifiers:
        yield f"api/papers/{quote(about.identifiers['arxiv'], safe='/')}"
    elif asked := about.title[:240] or about.opening:
        yield f"api/papers/search?{urlencode({'q': asked})}"


def read(text: str) -> tuple[Record, ...]:
    """Read a paper or a list of papers; raises ValueError for what is neither."""
    return replies.from_json("daily-papers", text, lambda found: "id" in found, one="paper")


def sign(key: str, contact: str) -> tuple[dict[str, str], dict[str, str]]:
    """Nothing beside the name of the program."""
    return {}, {}

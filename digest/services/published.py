"""The addresses of the site that is published now, by its own sitemap."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import urlsplit

from digest.errors import WebError
from digest.services.web import Client

LARGEST = 100_000_000
"""Bytes that a sitemap, or the list of all papers, may have."""
_LOC = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")


def addresses(url: str, site_url: str, contact: str = "") -> set[str] | None:
    """Return the paths of a published site's pages; None if nothing is published there.

    They are those of its sitemap, or of `papers.jsonl` if that has none. A copy of
    the site elsewhere speaks of its own address, `site_url`. Raises `WebError` if
    the site does not answer.
    """
    base = url.rstrip("/") + "/"
    bases = (base, site_url)
    client = Client("the published site", base, pause=0.0, contact=contact, largest=LARGEST)
    found = {_path(unescape(each), bases) for each in _LOC.findall(client.get("sitemap.xml") or "")}
    if found:
        return found
    papers = client.get("papers.jsonl")
    return None if papers is None else set(_papers(papers))


def papers(url: str, contact: str = "") -> str | None:
    """Return the text of a published papers.jsonl; None if there is none at this address.

    Raises `WebError` if the site does not answer.
    """
    base, _, name = url.rpartition("/")
    return Client("the published site", base, pause=0.0, contact=contact, largest=LARGEST).get(name)


def _path(address: str, bases: tuple[str, ...]) -> str:
    """Return an address relative to the site, or to its host if it was built for another one."""
    for base in bases:
        if address.startswith(base):
            return address.removeprefix(base)
    return urlsplit(address).path.lstrip("/")


def _papers(text: str) -> list[str]:
    try:
        return [str(json.loads(line)["url"]) for line in text.splitlines() if line.strip()]
    except (ValueError, KeyError, TypeError) as error:
        raise WebError(
            "the published site", f"answered with a papers.jsonl that is none: {error}"
        ) from None

"""Asking a source page by page; pages that are there already are not asked for again.

The pages of an answer wait in the folder of caches until the last of them has come:
half an answer is never among the documents, and a run that was broken off goes on
with the next page.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.errors import WebError
from digest.files import write_file
from digest.services.fetch.answers import ReadPage, read_page
from digest.services.fetch.history import Fetched
from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry
from digest.services.web import Client

MOST_PAGES = 60
"""Pages an answer may have."""
NOTHING_HERE = (404, 410)
"""Status codes that say that there is nothing at an address."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The pages of an unfinished answer, in a folder of their own."""

    folder: Path

    def load(self, answer: str) -> list[AnswerPage]:
        """Return the pages of an answer; those of another are none."""
        pages: list[AnswerPage] = []
        try:
            for file in sorted(self.folder.glob("*.page")):
                head, _, body = file.read_bytes().partition(b"\n")
                known = json.loads(head)
                if known["answer"] != answer or known["number"] != len(pages) + 1:
                    break
                pages.append(AnswerPage(known["address"], known["number"], body, known["headers"]))
        except (OSError, ValueError, KeyError, TypeError):
            return []
        return pages

    def add(self, page: AnswerPage, answer: str) -> None:
        """Keep a page of an answer; raises `WriteError`."""
        headers = dict(page.headers)
        head = {
            "answer": answer,
            "address": page.address,
            "number": page.number,
            "headers": headers,
        }
        content = json.dumps(head).encode() + b"\n" + page.body
        write_file(self.folder / f"{page.number:04}.page", content)

    def clear(self) -> None:
        """Forget them."""
        shutil.rmtree(self.folder, ignore_errors=True)


def over_http(
    source: FetchSource, inquiry: Inquiry, client: Client, waiting: Waiting, last: Fetched | None
) -> Iterator[ReadPage]:
    """Yield the pages of an answer, each read and found to be good; none if nothing has changed.

    Raises `WebError` for a page that is missing, damaged, of somebody else, or the
    same as one before.
    """
    first = source.first(inquiry)
    answer = f"{inquiry.until} {first}"
    known = {page.number: page for page in waiting.load(answer)}
    address: str | None = first
    asked: set[str] = set()
    number = total = 0
    while address is not None:
        number += 1
        if address in asked:
            raise WebError(client.name, f"expected another page, was sent back to {address[:80]!r}")
        if number > MOST_PAGES:
            raise WebError(
                client.name,
                f"expected at most {MOST_PAGES} pages, found no end — ask for fewer `days`, or"
                " for less",
            )
        asked.add(address)
        page = known.get(number) or _ask(client, address, number, last)
        if page is None:
            return
        read = read_page(client.name, source, page)
        if number not in known:
            waiting.add(page, answer)
        yield read
        total = max(total, source.total(page) or 0)
        address = source.following(page, total)


def _ask(client: Client, address: str, number: int, last: Fetched | None) -> AnswerPage | None:
    """Ask for one page; None if it has not changed since the last time."""
    headers: dict[str, str] = {}
    if last and number == 1 and last.address == address:
        given = {"If-None-Match": last.etag, "If-Modified-Since": last.modified}
        headers = {name: value for name, value in given.items() if value}
    answer = client.fetch(address, headers)
    if answer.status == 304:
        if headers:
            return None
        raise WebError(client.name, "expected an answer, found 304 (unchanged), unasked")
    if answer.status in NOTHING_HERE:
        raise WebError(
            client.name, f"expected an answer, found {answer.status}: there is nothing at {address}"
        )
    return AnswerPage(address, number, answer.body, answer.headers)

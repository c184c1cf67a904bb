"""The description of a kind of source; each `*_source` module of this package holds one, `SOURCE`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

Protocol = Literal["https", "imap"]
"""How a source is asked."""
Content = Literal["json", "xml", "bibtex", "any"]
"""What an answer has to be; `any` is whatever a document may be."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is wanted of a source: a query, and the first and last day of interest."""

    query: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer, as it came."""

    address: str
    """Relative to the base of the source."""
    number: int
    """From 1."""
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    """Their names in small letters."""

    @property
    def json(self) -> Any:
        """The value of a page in JSON; it was checked to be some."""
        return json.loads(self.body.decode("utf-8-sig"), strict=False)

    @property
    def text(self) -> str:
        """The text of a page, to look for a count in."""
        return self.body.decode("utf-8", errors="replace")


def no_complaint(query: str) -> str:
    """Take any query."""
    return ""


def last_page(page: AnswerPage, total: int) -> str | None:
    """Ask for no other page."""
    return None


def no_total(page: AnswerPage) -> int | None:
    """Know no total."""
    return None


def a_document(page: AnswerPage) -> bool:
    """Take every page for a document."""
    return True


def nothing_sent(key: str, contact: str) -> Mapping[str, str]:
    """Send nothing that identifies the user."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSource:
    """A kind of source: where it is, how to ask it, and what an answer must be like."""

    name: str
    """Its key in mkdocs.yml."""
    label: str
    """Its name for people."""
    about: str
    """What stands behind the key, in one line of Markdown, for the guide."""
    example: str
    """Something that may stand behind the key."""
    protocol: Protocol = "https"
    base_url: str = ""
    """The address that requests begin with; empty where the query itself is an address."""
    hosts: tuple[str, ...] = ()
    """Its own host, and any others to which it may redirect."""
    pause: float = 1.0
    """Seconds between two requests, as its terms ask."""
    days: int = 7
    """How many days back it is asked. A week has a weekend in it, whenever it begins."""
    quiet: int = 7
    """After so many days with nothing new, something is wrong."""
    dated: bool = False
    """Whether its papers have the day on which it listed them, so that old ones are stale."""
    content: Content = "json"
    suffix: str = ".json"
    """Of the stored documents."""
    key_variable: str = ""
    """The environment variable with the user's key; empty if it takes none."""
    complaint: Callable[[str], str] = no_complaint
    """Returns what is expected in place of a query that cannot be one; empty for a good one."""
    first: Callable[[Inquiry], str]
    """Returns the address of the first page, relative to the base."""
    following: Callable[[AnswerPage, int], str | None] = last_page
    """Returns the address of the page after one, of so many papers in total; None after the last."""
    total: Callable[[AnswerPage], int | None] = no_total
    """Returns how many papers the source says that it has on all pages."""
    exact: bool = True
    """Whether fewer papers than the total are a broken answer; some only estimate it."""
    is_document: Callable[[AnswerPage], bool] = a_document
    """Returns whether a page holds papers; others only lead to the next."""
    parameters: Callable[[str, str], Mapping[str, str]] = nothing_sent
    """Returns the parameters that identify the user, from the key and the contact address."""
    headers: Callable[[str, str], Mapping[str, str]] = nothing_sent
    """Returns the headers that do."""


def address(path: str, /, **parameters: object) -> str:
    """Return an address with parameters.

    >>> address("query", search="a b", start=0)
    'query?search=a+b&start=0'
    """
    return f"{path}?{urlencode(parameters)}"


def changed(page: AnswerPage, /, **parameters: object) -> str:
    """Return the address of a page with other parameters.

    >>> changed(AnswerPage("query?search=a+b&start=0", 1, b""), start=100)
    'query?search=a+b&start=100'
    """
    parts = urlsplit(page.address)
    return address(parts.path, **{**dict(parse_qsl(parts.query)), **parameters})


def number(page: AnswerPage, parameter: str) -> int:
    """Return a number among the parameters of a page's address; 0 if there is none.

    >>> number(AnswerPage("query?search=a+b&start=200", 1, b""), "start")
    200
    """
    found = dict(parse_qsl(urlsplit(page.address).query)).get(parameter, "")
    return int(found) if found.isascii() and found.isdigit() else 0


def count(value: object) -> int | None:
    """Return a count that may be written as a text; None if it is none.

    >>> count("12"), count(3), count("many"), count(None)
    (12, 3, None, None)
    """
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else None

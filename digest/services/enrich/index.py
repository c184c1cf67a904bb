"""The description of a public index; each `*_api` module of this package holds one, `INDEX`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from digest.models import Record
from digest.papers.lookups.fill import PaperField
from digest.services.enrich.queries import LookupQuery


@dataclass(frozen=True, slots=True)
class Credentials:
    """Query parameters and headers that identify the user to an index."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A public index: where it is, what it provides, how to ask it and how to read its replies."""

    name: str
    """Its id in mkdocs.yml and in the file of lookups."""
    label: str
    """Its name for people."""
    base_url: str
    """The address that all requests begin with."""
    hosts: tuple[str, ...]
    """Its own host, and any others to which it may redirect."""
    pause: float
    """Seconds between two requests, as its terms ask."""
    provides: frozenset[PaperField]
    """The fields of a paper that it may know."""
    key_variable: str
    """The environment variable with the user's API key; empty if it takes none."""
    key_required: bool
    """Whether it replies to nobody without a key."""
    requests: Callable[[LookupQuery], Iterator[str]]
    """Yields the addresses to ask for a paper, relative to the base, the surest first."""
    parse: Callable[[str], tuple[Record, ...]]
    """Returns the records of a reply; raises ValueError if it is not one."""
    credentials: Callable[[str, str], Credentials]
    """Returns what identifies the user, from the API key and the contact address."""

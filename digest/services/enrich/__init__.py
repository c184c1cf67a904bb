"""Looking papers up: public indexes are asked about what no document says.

INDEXES names every index, in the order they are asked. An index is a module: the
questions it takes, as addresses, and how its answers read. The rest is the same
for all: asking (`client`), reading (`replies`) and accepting (`match`). What is
accepted is remembered by `answers`, so that a build needs no network.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from digest.errors import EnrichError, UsageError, nearest
from digest.language.text import fingerprint, squeeze, visible
from digest.models import Link, Paper, Record
from digest.papers.lookups import Answer, fill, load, lookup_file
from digest.papers.lookups.fill import CORE, missing
from digest.papers.normalize import clean
from digest.services.enrich import (
    arxiv_api,
    crossref_api,
    huggingface_api,
    openalex_api,
    semantic_scholar_api,
    verification,
)
from digest.services.enrich.http_client import Client
from digest.services.enrich.queries import About, about, rarity

__all__ = [
    "INDEXES",
    "Asked",
    "Index",
    "Outcome",
    "choose",
    "enrich",
]

AGAIN = timedelta(days=30)
"""What was not found is asked for again after this time."""
FAILURES = 3
"""An index that fails this often in a row is left for this run."""
_LONGEST_TITLE = 1_000
_MOST_AUTHORS = 5_000
_LONGEST_ABSTRACT = 20_000


class Index(Protocol):
    """What a module of this package offers to ask one index."""

    NAME: str
    """Its id, in mkdocs.yml and in the file of answers."""
    LABEL: str
    """What people call it."""
    BASE: str
    """The address all questions begin with."""
    HOSTS: tuple[str, ...]
    """Hosts to which it may send us on."""
    PAUSE: float
    """Seconds between two questions, as its terms ask."""
    GIVES: frozenset[str]
    """What it may know of a paper, in the words of `fill.missing`."""
    KEY: str
    """The environment variable with the person's key; empty where it takes none."""
    KEY_NEEDED: bool
    """Whether it answers nobody without one."""

    def questions(self, about: About) -> Iterator[str]:
        """Give the addresses to ask for a paper, after the base, the surest first."""

    def read(self, text: str) -> tuple[Record, ...]:
        """Give the records of an answer; ValueError for what is none."""

    def sign(self, key: str, contact: str) -> tuple[dict[str, str], dict[str, str]]:
        """Give the parameters and headers that say who asks."""


INDEXES: Sequence[Index] = (
    arxiv_api,
    crossref_api,
    huggingface_api,
    openalex_api,
    semantic_scholar_api,
)
"""Every index, in the order they are asked and believed, which is that of the file."""


@dataclass(slots=True)
class Asked:
    """An index that takes part in a run."""

    index: Index
    client: Client
    failures: int = 0
    off: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did."""

    papers: int
    """How many papers were asked about."""
    found: int
    """Of how many of them anything was found."""
    titles: int
    """How many of them have a title now that had none."""
    requests: int
    failed: bool = False
    """Whether every index that was asked is down."""


Say = Callable[[str], None]
Progress = Callable[[str, int, int], None]


# --- whom to ask -----------------------------------------------------------------------------------


def choose(names: Sequence[str], contact: str, say: Say) -> list[Asked]:
    """Give the indexes of these names, ready to be asked, in the order of INDEXES.

    A name may come with another address, as `crossref=https://mirror.example.org`.
    One that needs a key is passed over with a word where the environment has none.
    Raises `UsageError` for a name that no index has.
    """
    known = {index.NAME: index for index in INDEXES}
    chosen: dict[str, str] = {}
    for given in names:
        name, _, base = given.partition("=")
        if name not in known:
            raise UsageError(
                f"no index is called {name!r}{nearest(name, known)} (there are {', '.join(known)})"
            )
        chosen[name] = base
    return [
        asked
        for index in INDEXES
        if index.NAME in chosen
        if (asked := _ready(index, chosen[index.NAME], contact, say))
    ]


def _ready(index: Index, base: str, contact: str, say: Say) -> Asked | None:
    key = os.environ.get(index.KEY, "") if index.KEY else ""
    if index.KEY_NEEDED and not key:
        say(f"{index.LABEL} is not asked: it wants a (free) key, in the variable {index.KEY}")
        return None
    parameters, headers = index.sign(key, contact)
    client = Client(
        index.LABEL,
        base or index.BASE,
        pause=index.PAUSE,
        hosts=() if base else index.HOSTS,
        contact=contact,
        parameters=parameters,
        headers=headers,
    )
    return Asked(index, client)


# --- asking ------------------------------------------------------------------------------------------


def enrich(
    papers: Sequence[Paper],
    indexes: Sequence[Asked],
    file: Path,
    today: date,
    *,
    again: bool = False,
    full: bool = False,
    limit: int | None = None,
    say: Say = lambda _: None,
    progress: Progress = lambda stage, done, total: None,
) -> Outcome:
    """Ask about the papers that want something, and store what was found in `file`.

    `papers` are as the documents tell of them. Every answer is on the disk
    before the next question, so that a run may be broken off at any moment and
    goes on where it was. Raises only for a disk that cannot be written to.
    """
    lookup_file.tidy(file)
    answers, problems = load(file)
    for problem in problems:
        say(f"{file.parent}/{problem}")
    run = _Run(indexes, file, today, again, full, say)
    queue = run.queue(papers, answers)[:limit]
    say(_intent(queue, indexes, file, full))
    seen = rarity(papers)
    found = titles = 0
    try:
        for done, (paper, own) in enumerate(queue):
            progress("looked up", done, len(queue))
            if all(each.off for each in indexes):
                break
            now = run.ask(paper, own, seen)
            found += now != fill(paper, own)
            titles += bool(now.title) and not fill(paper, own).title
        progress("looked up", len(queue), len(queue))
    finally:
        lookup_file.tidy(file)
    requests = sum(each.client.asked for each in indexes)
    down = [each.off for each in indexes if each.client.asked]
    return Outcome(len(queue), found, titles, requests, failed=bool(down) and all(down))


def _intent(queue: Sequence[object], indexes: Sequence[Asked], file: Path, full: bool) -> str:
    """Say in a line what is going to be asked, and whom."""
    if not queue:
        return "nothing to look up: every paper has what the indexes may tell, or they were asked"
    who = ", ".join(f"{each.index.LABEL} ({each.client.host})" for each in indexes)
    slowest = max((each.index.PAUSE for each in indexes), default=0)
    wants = "anything an index may know" if full else "a title, authors or a link"
    return (
        f"papers that want {wants}: {len(queue):,}; their identifiers, titles and some words of"
        f" their abstracts go to {who}; the answers go into {file};"
        f" from {len(queue) * slowest / 60:.0f} minutes upwards, and you may break off at any time"
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same from paper to paper."""

    indexes: Sequence[Asked]
    file: Path
    today: date
    again: bool
    full: bool
    say: Say

    def queue(
        self, papers: Sequence[Paper], answers: Sequence[Answer]
    ) -> list[tuple[Paper, list[Answer]]]:
        """The papers there is something to ask about, each with the answers it has."""
        known = lookup_file.of_papers(papers, answers)
        return [
            (paper, own)
            for paper, own in zip(papers, known, strict=True)
            if any(self._wants(paper, own, each) for each in self.indexes)
        ]

    def _wants(self, paper: Paper, own: Sequence[Answer], asked: Asked) -> bool:
        """Whether this index may still tell something about the paper."""
        if asked.off or not (self.full or missing(paper) & CORE):
            return False
        if any(each.index == asked.index.NAME and self._holds(each) for each in own):
            return False
        lacking = missing(fill(paper, own)) & asked.index.GIVES
        return bool(lacking if self.full else lacking & (CORE | {"code"}))

    def _holds(self, answer: Answer) -> bool:
        """Whether an answer still counts: for ever, but where nothing was found."""
        return answer.found or (not self.again and self.today - answer.asked < AGAIN)

    def ask(self, paper: Paper, own: Sequence[Answer], seen: dict[str, int]) -> Paper:
        """Ask every index that may add something, and give the paper with what they did."""
        known = list(own)
        for asked in self.indexes:
            if not self._wants(paper, known, asked):
                continue
            try:
                found = _found(asked, about(fill(paper, known), seen))
                asked.failures = 0
            except EnrichError as error:
                self._failed(asked, error)
                continue
            answer = _answer(paper, asked.index, found, self.today)
            lookup_file.add(self.file, answer)
            known = [each for each in known if each.index != asked.index.NAME] + [answer]
        return fill(paper, known)

    def _failed(self, asked: Asked, error: EnrichError) -> None:
        asked.failures += 1
        asked.off = error.final or asked.failures >= FAILURES
        self.say(f"{error}" + (" — it is not asked any more in this run" if asked.off else ""))


def _found(asked: Asked, known: About) -> verification.Match | None:
    """Put the questions one after the other until an answer can be accepted."""
    for address in asked.index.questions(known):
        text = asked.client.get(address)
        if text is None:
            continue
        try:
            records = asked.index.read(text)
        except ValueError as error:
            message = f"answered something that cannot be read ({str(error)[:120]})"
            raise EnrichError(asked.index.LABEL, message) from error
        if accepted := verification.best(known, [_plain(record) for record in records]):
            return accepted
    return None


def _plain(record: Record) -> Record:
    """A record as its author meant it, with nothing that cannot be seen or is beyond reason."""
    record = clean(record)
    return replace(
        record,
        title=squeeze(visible(record.title or ""))[:_LONGEST_TITLE] or None,
        abstract=visible(record.abstract),
        authors=tuple(visible(name) for name in record.authors[:_MOST_AUTHORS]),
    )


def _answer(paper: Paper, index: Index, found: verification.Match | None, today: date) -> Answer:
    """What is remembered of an answer; that nothing was found is one, too."""
    answer = Answer(
        paper.id, index.NAME, today, lookup_file.sketched(paper.abstract or paper.title)
    )
    if found is None:
        return answer
    record = found.record
    return replace(
        answer,
        by=found.by,
        score=found.score,
        title=record.title or "",
        authors=record.authors,
        date=record.date,
        identifiers=dict(record.identifiers),
        venue=_venue(record.venue),
        links=_links(record),
        abstract=record.abstract[:_LONGEST_ABSTRACT] if not (paper.title or paper.abstract) else "",
    )


def _venue(name: str | None) -> str | None:
    """A venue that is one: arXiv is where the preprint is."""
    return None if not name or fingerprint(name).startswith("arxiv") else visible(name)[:300]


def _links(record: Record) -> tuple[Link, ...]:
    """The first paper link, and every link to code or a project page."""
    papers = [link for link in record.links if link.kind == "paper"]
    return (*papers[:1], *(link for link in record.links if link.kind in ("code", "project")))

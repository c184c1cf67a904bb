"""Looking papers up: public indexes are asked for what no document says.

INDEXES lists every index, in the order they are asked. The rest is the same for
all: asking (`services.web`), reading replies (`replies`) and accepting them
(`verification`). What is accepted goes into the file of lookups, so that a build
needs no network.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from digest.errors import UsageError, WebError, nearest
from digest.language.strings import fingerprint, squeeze, visible
from digest.models import Link, Paper, Record
from digest.papers.lookups import Lookup, fill_paper, load, lookup_file
from digest.papers.lookups.fill import CORE_FIELDS, missing_fields
from digest.papers.minhash import sketch
from digest.papers.normalize import clean
from digest.progress import Progress, Say, silent, unsaid
from digest.services.enrich import (
    arxiv_api,
    crossref_api,
    huggingface_api,
    openalex_api,
    semantic_scholar_api,
    verification,
)
from digest.services.enrich.index import Index
from digest.services.enrich.queries import LookupQuery, count_words, make_query
from digest.services.web import Client

__all__ = [
    "INDEXES",
    "Index",
    "IndexSession",
    "LookupSummary",
    "choose",
    "enrich",
]

ALL = "all"
"""Stands for every index in the option `indexes`."""
RETRY_AFTER = timedelta(days=30)
"""What was not found is looked up again after this time."""
MAX_FAILURES = 3
"""An index that fails this often in a row is not asked again in this run."""
_LONGEST_TITLE = 1_000
_MOST_AUTHORS = 5_000
_LONGEST_ABSTRACT = 20_000

INDEXES: tuple[Index, ...] = (
    arxiv_api.INDEX,
    crossref_api.INDEX,
    huggingface_api.INDEX,
    openalex_api.INDEX,
    semantic_scholar_api.INDEX,
)
"""Every index, in the order they are asked and believed, which is that of the file."""


@dataclass(slots=True)
class IndexSession:
    """An index that takes part in a run, and how it fares."""

    index: Index
    client: Client
    failures: int = 0
    """In a row."""
    off: bool = False
    """Whether it is not asked any more in this run."""


@dataclass(frozen=True, slots=True)
class LookupSummary:
    """The result of a run."""

    papers: int
    """Papers looked up."""
    found: int
    """Those for which anything was found."""
    titles: int
    """Those that had no title and now have one."""
    requests: int
    failed: bool = False
    """Whether every index that was asked is down."""


# --- choosing indexes -----------------------------------------------------------------------------


def choose(names: Sequence[str], contact: str, say: Say) -> list[IndexSession]:
    """Return sessions with the indexes of these names, in the order of INDEXES.

    `all` stands for every index. A name may come with another address, as in
    `crossref=https://mirror.example.org`. An index that requires a key is skipped
    with a message if the environment has none. Raises `UsageError` for an unknown
    name.
    """
    known = {index.name: index for index in INDEXES}
    chosen: dict[str, str] = {}
    for given in names:
        name, _, base = given.partition("=")
        if name == ALL:
            chosen = {**dict.fromkeys(known, ""), **chosen}
            continue
        if name not in known:
            raise UsageError(
                f"no index is called {name!r}{nearest(name, known)} (there are {', '.join(known)})"
            )
        chosen[name] = base
    return [
        session
        for index in INDEXES
        if index.name in chosen
        if (session := _open_session(index, chosen[index.name], contact, say))
    ]


def _open_session(index: Index, base_url: str, contact: str, say: Say) -> IndexSession | None:
    """Return a session with an index, perhaps at a mirror; None if the key is missing."""
    key = os.environ.get(index.key_variable, "") if index.key_variable else ""
    if index.key_required and not key:
        say(
            f"{index.label} is not asked: it wants a (free) key, in the variable"
            f" {index.key_variable}"
        )
        return None
    credentials = index.credentials(key, contact)
    client = Client(
        index.label,
        base_url or index.base_url,
        pause=index.pause,
        hosts=() if base_url else index.hosts,
        contact=contact,
        parameters=credentials.parameters,
        headers=credentials.headers,
    )
    return IndexSession(index, client)


# --- asking them ----------------------------------------------------------------------------------


def enrich(
    papers: Sequence[Paper],
    sessions: Sequence[IndexSession],
    file: Path,
    today: date,
    *,
    again: bool = False,
    full: bool = False,
    limit: int | None = None,
    say: Say = unsaid,
    progress: Progress = silent,
) -> LookupSummary:
    """Look up the papers that lack something, and store what is found in `file`.

    `papers` are as documents describe them. With `full`, every field that an index
    provides is wanted, not only the core; with `again`, also what was not found
    lately; `limit` counts papers. Every lookup is on disk before the next request,
    so a run may be interrupted at any moment and the next one continues it. Raises
    `WriteError` if the disk cannot be written to; a failing index is only reported.
    """
    lookup_file.tidy(file)
    lookups, problems = load(file)
    for problem in problems:
        say(f"{file.parent}/{problem}")
    run = _Run(sessions, file, today, again, full, say, count_words(papers))
    queue = run.queue(papers, lookups)[:limit]
    say(_announce(queue, sessions, file, full))
    found = titles = 0
    try:
        for done, (paper, own) in enumerate(queue):
            progress("looked up", done, len(queue))
            if all(session.off for session in sessions):
                break
            before, after = fill_paper(paper, own), run.look_up(paper, own)
            found += after != before
            titles += bool(after.title) and not before.title
        progress("looked up", len(queue), len(queue))
    finally:
        lookup_file.tidy(file)
    requests = sum(session.client.asked for session in sessions)
    down = [session.off for session in sessions if session.client.asked]
    return LookupSummary(len(queue), found, titles, requests, failed=bool(down) and all(down))


def _announce(
    queue: Sequence[object], sessions: Sequence[IndexSession], file: Path, full: bool
) -> str:
    """Return a message that says what is going to be sent, and to whom."""
    if not queue:
        return "nothing to look up: every paper has what the indexes may tell, or they were asked"
    who = ", ".join(f"{each.index.label} ({each.client.host})" for each in sessions)
    slowest = max((each.index.pause for each in sessions), default=0)
    wants = "anything an index may know" if full else "a title, authors or a link"
    return (
        f"papers that want {wants}: {len(queue):,}; their identifiers, titles and some words of"
        f" their abstracts go to {who}; the answers go into {file};"
        f" from {len(queue) * slowest / 60:.0f} minutes upwards, and you may break off at any time"
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same from paper to paper."""

    sessions: Sequence[IndexSession]
    file: Path
    today: date
    again: bool
    full: bool
    say: Say
    word_counts: Mapping[str, int]

    def queue(
        self, papers: Sequence[Paper], lookups: Sequence[Lookup]
    ) -> list[tuple[Paper, list[Lookup]]]:
        """Return the papers to look up, each with its lookups so far."""
        known = lookup_file.match_papers(papers, lookups)
        return [
            (paper, own)
            for paper, own in zip(papers, known, strict=True)
            if any(self._is_due(paper, own, each) for each in self.sessions)
        ]

    def _is_due(self, paper: Paper, own: Sequence[Lookup], session: IndexSession) -> bool:
        """Return whether this index may still add something to the paper."""
        if session.off or not (self.full or missing_fields(paper) & CORE_FIELDS):
            return False
        if any(each.index == session.index.name and self._is_valid(each) for each in own):
            return False
        lacking = missing_fields(fill_paper(paper, own)) & session.index.provides
        return bool(lacking if self.full else lacking & (CORE_FIELDS | {"code"}))

    def _is_valid(self, lookup: Lookup) -> bool:
        """Return whether a lookup still counts: permanently, unless nothing was found."""
        return lookup.found or (not self.again and self.today - lookup.asked < RETRY_AFTER)

    def look_up(self, paper: Paper, own: Sequence[Lookup]) -> Paper:
        """Ask every index that may add something, and return the paper with what they added."""
        known = list(own)
        for session in self.sessions:
            if not self._is_due(paper, known, session):
                continue
            query = make_query(fill_paper(paper, known), self.word_counts)
            try:
                match = _ask(session, query)
                session.failures = 0
            except WebError as error:
                self._count_failure(session, error)
                continue
            lookup = _to_lookup(paper, session.index, match, self.today)
            lookup_file.add(self.file, lookup)
            known = [each for each in known if each.index != lookup.index] + [lookup]
        return fill_paper(paper, known)

    def _count_failure(self, session: IndexSession, error: WebError) -> None:
        session.failures += 1
        session.off = error.final or session.failures >= MAX_FAILURES
        self.say(f"{error}" + (" — it is not asked any more in this run" if session.off else ""))


def _ask(session: IndexSession, query: LookupQuery) -> verification.Match | None:
    """Send the requests for a paper one after the other until a reply can be accepted."""
    for address in session.index.requests(query):
        text = session.client.get(address)
        if text is None:
            continue
        try:
            records = session.index.parse(text)
        except ValueError as error:
            message = f"answered something that cannot be read ({str(error)[:120]})"
            raise WebError(session.index.label, message) from error
        if match := verification.best_match(query, [_sanitize(record) for record in records]):
            return match
    return None


def _sanitize(record: Record) -> Record:
    """Return a clean record without invisible characters and of bounded size."""
    record = clean(record)
    return replace(
        record,
        title=squeeze(visible(record.title or ""))[:_LONGEST_TITLE] or None,
        abstract=visible(record.abstract),
        authors=tuple(visible(name) for name in record.authors[:_MOST_AUTHORS]),
    )


def _to_lookup(paper: Paper, index: Index, match: verification.Match | None, today: date) -> Lookup:
    """Return what is stored of a match; that nothing was found is stored, too."""
    lookup = Lookup(paper.id, index.name, today, sketch(paper.abstract or paper.title))
    if match is None:
        return lookup
    record = match.record
    return replace(
        lookup,
        by=match.by,
        score=match.score,
        title=record.title or "",
        authors=record.authors,
        date=record.date,
        identifiers=dict(record.identifiers),
        venue=_venue(record.venue),
        links=_links(record),
        abstract=record.abstract[:_LONGEST_ABSTRACT] if not (paper.title or paper.abstract) else "",
    )


def _venue(name: str | None) -> str | None:
    """Return the name of a venue; None for arXiv, which hosts the preprint but is no venue."""
    return None if not name or fingerprint(name).startswith("arxiv") else visible(name)[:300]


def _links(record: Record) -> tuple[Link, ...]:
    """Return the first link to the paper, and every link to code or a project page."""
    papers = [link for link in record.links if link.kind == "paper"]
    return (*papers[:1], *(link for link in record.links if link.kind in ("code", "project")))

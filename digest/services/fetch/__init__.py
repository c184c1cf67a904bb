"""Fetching: sources are asked for new papers, and their answers stored among the documents.

SOURCES lists every kind of source. The rest is the same for all: asking (`asking`),
what an answer must be like (`answers`), and what was fetched last (`history`). An
answer is stored as it came, or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digest.config import Settings
from digest.errors import WebError
from digest.inputs import intake
from digest.language.strings import counted
from digest.progress import Progress, Say
from digest.services.fetch import (
    answers,
    arxiv_source,
    biorxiv_source,
    dblp_source,
    europepmc_source,
    feed_source,
    huggingface_source,
    imap_source,
    inspire_source,
    openalex_source,
    openreview_source,
    pubmed_source,
    semanticscholar_source,
    web_source,
    zotero_source,
)
from digest.services.fetch.answers import ReadPage
from digest.services.fetch.asking import Waiting, over_http
from digest.services.fetch.history import Fetched, load_history, save_history
from digest.services.fetch.orders import Order
from digest.services.fetch.source import FetchSource, Inquiry

__all__ = ["SOURCES", "FetchSummary", "fetch"]

SOURCES: tuple[FetchSource, ...] = (
    arxiv_source.SOURCE,
    huggingface_source.SOURCE,
    biorxiv_source.BIORXIV,
    biorxiv_source.MEDRXIV,
    openreview_source.SOURCE,
    pubmed_source.SOURCE,
    europepmc_source.SOURCE,
    openalex_source.SOURCE,
    semanticscholar_source.SOURCE,
    dblp_source.SOURCE,
    inspire_source.SOURCE,
    feed_source.SOURCE,
    zotero_source.SOURCE,
    imap_source.SOURCE,
    web_source.SOURCE,
)
"""Every kind of source, in the order in which the guide explains them."""


@dataclass(frozen=True, slots=True)
class FetchSummary:
    """The result of a run."""

    stored: tuple[Path, ...] = ()
    new: int = 0
    """Papers that the answers before did not have."""
    unchanged: int = 0
    """Sources that had nothing new."""
    failed: tuple[str, ...] = ()
    """Sources whose answer was not taken."""


@dataclass(frozen=True, slots=True)
class _FetchRun:
    """What stays the same from source to source."""

    settings: Settings
    today: date
    since: date | None
    accept: bool
    say: Say
    progress: Progress


def fetch(
    orders: Sequence[Order],
    settings: Settings,
    today: date,
    *,
    since: date | None = None,
    accept: bool = False,
    say: Say,
    progress: Progress,
) -> FetchSummary:
    """Ask each source, and store what is new in the folder of documents.

    A source that fails is said, with what to do, and the others are still asked.
    With `accept` an answer is taken that is whole but small or old. What was fetched
    is on disk before the next source is asked. Raises `WriteError` if the disk cannot
    be written to.
    """
    run = _FetchRun(settings, today, since, accept, say, progress)
    history = load_history(settings.seeds, say)
    summary = FetchSummary()
    for order in orders:
        last = history.get(order.key)
        try:
            found, stored, new = _fetch_one(order, last, run)
        except WebError as error:
            stays = f"; what was fetched on {last.day} stays" if last else ""
            say(f"{error} — nothing was stored{stays}; the next run asks again")
            summary = replace(summary, failed=(*summary.failed, order.name))
            continue
        history[order.key] = found
        save_history(settings.seeds, history)
        summary = replace(
            summary,
            stored=(*summary.stored, *stored),
            new=summary.new + new,
            unchanged=summary.unchanged + (not new),
        )
    return summary


def _fetch_one(
    order: Order, last: Fetched | None, run: _FetchRun
) -> tuple[Fetched, list[Path], int]:
    """Return what is to be remembered of a source, the stored documents, and how many are new."""
    waiting = Waiting(_folder(run.settings, order))
    inquiry = order.inquiry(run.today, last, run.since)
    resumed = waiting.folder.is_dir()
    try:
        pages = _ask_for_all(order, inquiry, waiting, None if run.since else last, run)
        if pages:
            answers.check_complete(order.name, order.source, pages)
            if not run.accept:
                answers.check_sound(order.name, order.source, inquiry, pages, last)
        known = last.papers if last else frozenset()
        marks = frozenset[str]().union(*(page.marks for page in pages))
        if not marks - known:
            waiting.clear()
            return _nothing_new(order, last, bool(pages), run), [], 0
        stored = _store(order, inquiry, [page for page in pages if page.marks - known], run)
    except WebError:
        if resumed:  # what did not go on from the pages of an earlier run begins anew
            waiting.clear()
        raise
    waiting.clear()
    new = len(marks - known)
    run.say(f"{order.name}: {counted(len(marks), 'paper')}, {new} of them new")
    return _remember(order, inquiry, pages, marks, run.today), stored, new


def _folder(settings: Settings, order: Order) -> Path:
    return settings.cache / "fetch" / hashlib.sha256(order.key.encode()).hexdigest()[:16]


def _ask_for_all(
    order: Order, inquiry: Inquiry, waiting: Waiting, last: Fetched | None, run: _FetchRun
) -> list[ReadPage]:
    """Return all pages of an answer; none if the source says that nothing has changed."""
    source, pages = order.source, []
    run.progress(f"asking {order.name}", 0, 0)
    if source.protocol == "imap":
        found = imap_source.messages(order.name, source, inquiry)
    else:
        found = over_http(source, inquiry, order.client(), waiting, last)
    for page in found:
        pages.append(page)
        total = source.total(pages[0].page) or 0
        run.progress(f"asking {order.name}", sum(each.papers for each in pages), total)
    return pages


def _nothing_new(order: Order, last: Fetched | None, answered: bool, run: _FetchRun) -> Fetched:
    """Return what to remember of a source without news; raise `WebError` if that is not right."""
    if last is None:
        raise WebError(
            order.name, "expected papers, found none at all; is the query what was meant?"
        )
    if (run.today - last.new).days > order.source.quiet and not run.accept:
        raise WebError(
            order.name,
            f"expected something new within {order.source.quiet} days, found nothing since"
            f" {last.new}; if that is right, `digest fetch --accept` takes it",
        )
    how = "the same papers as" if answered else "unchanged since"
    run.say(f"{order.name}: nothing new, {how} {last.day}")
    return replace(last, day=run.today, new=run.today if run.accept else last.new)


def _store(order: Order, inquiry: Inquiry, pages: Sequence[ReadPage], run: _FetchRun) -> list[Path]:
    """Store pages as they came, and return where; one that is there already is not stored."""
    stored = []
    url = f"{order.base}/{order.source.first(inquiry)}".rstrip("/")
    provenance = intake.Provenance(
        day=run.today, name=order.name, url=url if order.source.protocol == "https" else None
    )
    for read in pages:
        name = f"answer{answers.suffix_of(order.source, read.page)}"
        document = intake.RawDocument(name, read.page.body)
        if file := intake.store(document, provenance, run.settings).stored:
            stored.append(file)
    return stored


def _remember(
    order: Order, inquiry: Inquiry, pages: Sequence[ReadPage], marks: frozenset[str], today: date
) -> Fetched:
    """Return what the next run has to know; validators only of an answer of one page."""
    last = Fetched(order.key, today, today, marks, (inquiry.until - inquiry.since).days)
    if len(pages) > 1:
        return last
    headers = pages[0].page.headers
    return replace(
        last,
        address=pages[0].page.address,
        etag=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
    )

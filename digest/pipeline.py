"""The whole program in five steps: read, merge, understand, render, publish.

    documents → records → papers → a digest → pages → files for MkDocs

Everything is read before anything is written. Between the two the digest is a
value: no clock, no network, and the same bytes from the same documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from digest import inputs
from digest.config import Settings
from digest.errors import ConfigError, RegisterError
from digest.files import write_file
from digest.inputs import kept
from digest.memory import uncollected
from digest.models import (
    UNREADABLE,
    Account,
    Digest,
    Page,
    Paper,
    Problem,
    Reading,
    RegisterRow,
)
from digest.papers import lookups, recognition, register, register_file
from digest.papers.assembly import assemble, group
from digest.papers.audit import account
from digest.papers.editions import document_days, editions, newest_first
from digest.papers.redirects import redirects
from digest.progress import Progress, silent
from digest.publish import addresses
from digest.publish.write import Written, stage
from digest.store import Cache
from digest.understand.topics import Table
from digest.understand.topics.arrangement import arrange, keep


def build(
    settings: Settings, today: date, progress: Progress = silent, *, forget: bool = False
) -> Report:
    """Turn the documents into the Markdown, data and feeds that MkDocs makes a site of.

    Raises a `DigestError` only where going on would be unsafe; whatever costs a record
    or a document is among the report's problems. `forget` goes on where the register has
    lost papers.
    """
    report = compose(settings, today, progress, forget=forget)
    pages = render(report.digest, settings, progress)
    return replace(report, written=publish(pages, report, settings, progress))


def compose(
    settings: Settings, today: date, progress: Progress = silent, *, forget: bool = False
) -> Report:
    """Turn the documents into a digest, as a value; nothing is written but caches."""
    with uncollected():
        readings = read(settings, progress)
        merged = merge(readings, settings, today, progress, forget=forget)
        return understand(merged, settings, today, progress)


# --- 1. read: documents → records ----------------------------------------------------------


def read(settings: Settings, progress: Progress = silent) -> list[Reading]:
    """Read every document in the seeds folder that is not known yet, in the order of their names.

    Raises `ConfigError` if there is no such folder: that is not the same as no papers.
    """
    if not settings.seeds.is_dir():
        raise ConfigError(
            settings.seeds, "expected a folder with documents, found none — make it, or set `seeds`"
        )
    readings: list[Reading] = []
    with Cache(settings.cache, "readings") as cache:
        for found in inputs.documents(settings.seeds):
            progress("read", len(readings), 0)
            readings.append(kept.reading(found, cache))
    return readings


# --- 2. merge: records → papers --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """The papers that the documents describe, at the addresses they already have."""

    papers: tuple[Paper, ...]
    """As documents alone describe them; the title of one that has none is ""."""
    rows: tuple[RegisterRow, ...]
    """The line of the register of each paper, in the same order."""
    former: tuple[RegisterRow, ...]
    """The lines of papers that no document describes any more."""
    accounts: tuple[Account, ...]
    lookups: tuple[lookups.Lookup, ...]
    problems: tuple[Problem, ...]


def merge(
    readings: Sequence[Reading],
    settings: Settings,
    today: date,
    progress: Progress = silent,
    *,
    forget: bool = False,
) -> Merged:
    """Group the records by paper, and give each paper its address.

    Raises `RegisterError` if the register is damaged, lacks papers that have pages
    (unless it is to `forget` them), or has papers and all documents are gone.
    """
    progress("merge", 0, 0)
    records = [record for reading in readings for record in reading.records]
    looked_up, damaged = lookups.load(settings.index)
    # Lookups say here only which records are the same paper. What else they know fills in
    # papers in `understand`, so that `digest enrich` sees what the documents alone lack.
    groups, conflicts = group(records, looked_up)
    days, undated = document_days(readings, today)
    known = register_file.load(settings.register)
    if known and all(reading.format == UNREADABLE for reading in readings):
        raise RegisterError(
            f"{settings.seeds}: expected the documents of {len(known)} registered papers, found"
            " none — nothing is published; bring them back, or remove register.jsonl as well"
        )
    rows, former = recognition.settle(groups, known, today)
    if not forget:
        addresses.check(known, rows, settings)
    accounts = account(readings, groups, days, [*conflicts, *undated])
    return Merged(
        papers=tuple(assemble(groups, rows, readings, days, today)),
        rows=tuple(rows),
        former=tuple(former),
        accounts=tuple(accounts),
        lookups=tuple(looked_up),
        problems=(*(problem for each in accounts for problem in each.problems), *damaged),
    )


# --- 3. understand: papers → a digest --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Report:
    """A digest, and what its editor should know of how it was made."""

    digest: Digest
    problems: tuple[Problem, ...]
    rows: tuple[RegisterRow, ...]
    """The register, as it is to be written."""
    table: Table
    """The topics, with the phrases that lead to them."""
    written: Written = field(default_factory=Written)


def understand(
    merged: Merged, settings: Settings, today: date, progress: Progress = silent
) -> Report:
    """Work out headlines, keyphrases, topics and related papers, and make the papers a digest."""
    from digest.understand.annotate import annotate  # loads SciPy: only where papers are compared

    # The papers are final now: a lookup that helped to group them also fills in what they lack.
    described = lookups.fill_papers(merged.papers, merged.lookups)
    annotated, table = annotate(described, settings, progress)
    published = {slug for row in (*merged.rows, *merged.former) for slug in row.topics}
    table = table.keeping(published)
    rows = register.remember(merged.rows, merged.former, annotated, table.topics, today)
    papers = newest_first(_dated(annotated, rows))
    digest = Digest(
        site=settings.site,
        papers=papers,
        editions=editions(papers),
        topics=arrange(papers, table),
        accounts=merged.accounts,
        today=today,
        redirects=redirects(rows, papers, table.topics, table.redirects()),
    )
    return Report(digest, merged.problems, tuple(rows), table)


def _dated(papers: Iterable[Paper], rows: Iterable[RegisterRow]) -> list[Paper]:
    """Add the day on which the documents last changed what they say of each paper."""
    updated = {row.id: row.updated for row in rows}
    return [replace(paper, updated=updated[paper.id]) for paper in papers]


# --- 4. render: a digest → pages -------------------------------------------------------------


def render(digest: Digest, settings: Settings, progress: Progress = silent) -> Iterator[Page]:
    """Yield every page and file of the site, one after the other."""
    from digest import outputs  # loads Jinja and what draws: only where there are pages

    with Cache(settings.cache, "outputs") as cache:
        for done, page in enumerate(outputs.render(digest, settings.templates, cache)):
            progress("render", done, 0)
            yield page


# --- 5. publish: pages → files ---------------------------------------------------------------


def publish(
    pages: Iterable[Page], report: Report, settings: Settings, progress: Progress = silent
) -> Written:
    """Put what changed in place, once the last page is made.

    The register comes first, so that no address is shown and then forgotten.
    """
    staged = stage(pages, settings.site_src, settings.cache)
    progress("publish", 0, 0)
    if report.rows:
        write_file(settings.register, register_file.dumps(report.rows).encode())
    keep(report.table, settings)
    return staged.publish()

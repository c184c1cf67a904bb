"""The whole program, top to bottom: documents in, the pages of a site out."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digest import inputs, outputs, register, related, topics
from digest.cache import Cache
from digest.clean import clean
from digest.config import Settings
from digest.editions import document_days, editions, first_day
from digest.errors import AccountError, UsageError, nearest
from digest.headline import contribution, headline
from digest.keyphrases import Text, extract
from digest.merge import Group, merge, paper
from digest.models import (
    Account,
    Digest,
    Page,
    Paper,
    Problem,
    Reading,
    Record,
    Seed,
    Site,
    Source,
    Topic,
)
from digest.topics import table as tables
from digest.topics.discover import discover
from digest.topics.suggest import suggest
from digest.write import Written, write, write_file

AUTO = "auto"
"""The name that stands for topics found in the papers themselves."""

TOPICS_HEAD = """\
Topics found in the papers. They stay as they are from build to build, and new
ones are added below; edit names, phrases and weights as you like. A topic you
rename keeps its address with `was: [Old name]`.
"""

Progress = Callable[[str, int, int], None]
"""Told now and then how far a stage is: its name, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, for whoever asked for it."""

    digest: Digest
    problems: tuple[Problem, ...]
    rows: tuple[register.Row, ...]
    table: topics.Table
    written: Written
    seconds: Mapping[str, float]
    """Seconds a stage, by its name."""


def silent(stage: str, done: int, total: int) -> None:
    """Say nothing of the progress."""


def build(settings: Settings, today: date, progress: Progress = silent) -> Report:
    """Turn seeds into the Markdown, data and feeds that MkDocs publishes.

    Raises a `DigestError` only for what makes going on unsafe; whatever costs a
    record or a document is among the report's problems.
    """
    report = compose(settings, today, progress)
    pages = render(report.digest, settings, progress)
    return publish(report, pages, settings)


def compose(settings: Settings, today: date, progress: Progress = silent) -> Report:
    """Turn seeds into a digest, as a value; nothing is written."""
    clock = _Clock()
    # 1. Read: documents → records, and what could not be read
    readings = read(settings, progress)
    clock.lap("read")
    # 2. Agree: records → papers, at the addresses they already have
    records = [clean(record) for reading in readings for record in reading.records]
    clock.lap("clean")
    groups, conflicts = merge(records)
    days, undated = document_days(readings, today)
    rows = register.load(written_beside_seeds(settings)[0])
    settled, others = register.settle(groups, rows, today)
    papers = assemble(groups, settled, readings, days, today)
    clock.lap("merge")
    # 3. Understand: titles, contributions, keyphrases, topics, neighbours
    papers, table = understand(papers, settings, progress)
    clock.lap("understand")
    # 4. Account: every record is published, merged or refused
    accounts = account(readings, groups, days, [*conflicts, *undated])
    # 5. Remember: what is published today keeps its address
    by_id = {row.id: row for row in settled}
    remembered = register.remember(by_id, others, papers, today)
    papers = dated(papers, remembered)
    digest = Digest(
        site=_site(settings),
        papers=tuple(paper for edition in editions(papers) for paper in edition.papers),
        editions=editions(papers),
        topics=sections(papers, table),
        accounts=accounts,
        today=today,
        departures=tuple(register.departures(remembered, papers)),
    )
    problems = tuple(problem for account in accounts for problem in account.problems)
    return Report(digest, problems, tuple(remembered), table, Written(), clock.laps)


def read(settings: Settings, progress: Progress = silent) -> list[Reading]:
    """Read every document of the seeds folder, in the order of their names."""
    readings = []
    for found in inputs.documents(settings.seeds):
        readings.append(inputs.read(found) if isinstance(found, Seed) else _unread(found))
        progress("documents", len(readings), 0)
    return readings


def assemble(
    groups: Sequence[Group],
    rows: Sequence[register.Row],
    readings: Iterable[Reading],
    days: Mapping[str, date | None],
    today: date,
) -> list[Paper]:
    """Make each group of records the paper whose row it has, and say where it comes from."""
    seeds = {reading.seed.name: reading for reading in readings}
    return [
        paper(
            group,
            row.id,
            first_day(group, days, row.day, today),
            [_source(record, seeds[record.seed], days) for record in group],
        )
        for group, row in zip(groups, rows, strict=True)
    ]


def understand(
    papers: Sequence[Paper], settings: Settings, progress: Progress = silent
) -> tuple[list[Paper], topics.Table]:
    """Give papers what their documents do not say: a point, a title, keyphrases, topics, neighbours."""
    pointed = [
        replace(
            paper,
            tldr=contribution(paper.abstract),
            title=paper.title or headline(paper.abstract),
        )
        for paper in papers
    ]
    texts = [
        Text("" if paper.title_from == "headline" else paper.title, paper.abstract)
        for paper in pointed
    ]
    cache = Cache(settings.cache, "keyphrases")
    found = extract(
        texts,
        settings.options.keyphrases,
        cache,
        lambda done: progress("keyphrases", done, len(texts)),
    )
    cache.save()
    keyed = [
        replace(paper, keyphrases=phrases) for paper, phrases in zip(pointed, found, strict=True)
    ]
    table = sort(keyed, settings)
    return related.neighbours(topics.assign(keyed, table), settings.options.related), table


def sort(papers: Sequence[Paper], settings: Settings) -> topics.Table:
    """Give the table of topics: the ones that people wrote, and with `auto` those found.

    What was found is remembered in seeds/topics.yml, where a person may edit it.
    """
    written = [name for name in settings.options.topics if name != AUTO]
    table = topics.load(written, settings.root) if written else topics.Table()
    if AUTO not in settings.options.topics:
        return table
    remembered = written_beside_seeds(settings)[1]
    known = tables.read(remembered) if remembered.exists() else None
    return tables.combine([table, discover(papers, known)])


def written_beside_seeds(settings: Settings) -> tuple[Path, Path]:
    """The files that remember what was published, and the topics nobody wrote down."""
    return settings.seeds / "register.jsonl", settings.seeds / "topics.yml"


def sections(papers: Iterable[Paper], table: topics.Table) -> tuple[Topic, ...]:
    """Give every topic its papers, the newest first; in the order of the table."""
    newest = [paper for edition in editions(papers) for paper in edition.papers]
    return tuple(
        replace(
            topic,
            papers=tuple(
                paper for paper in newest if topic.name in {each.topic for each in paper.topics}
            ),
        )
        for topic in table.topics
    )


def account(
    readings: Sequence[Reading],
    groups: Sequence[Group],
    days: Mapping[str, date | None],
    remarks: Iterable[Problem],
) -> tuple[Account, ...]:
    """Say what became of each document: read = published + merged + refused.

    Raises `AccountError` where the sums do not agree: then a paper was lost.
    """
    published = Counter(group[0].seed for group in groups)
    later: dict[str, list[Problem]] = {}
    for remark in remarks:
        later.setdefault(remark.seed, []).append(remark)
    accounts = tuple(
        _account(reading, published[reading.seed.name], days, later.get(reading.seed.name, []))
        for reading in readings
    )
    kept = sum(len(group) for group in groups)
    if sum(account.published + account.merged for account in accounts) != kept or any(
        account.merged < 0 for account in accounts
    ):
        raise AccountError(
            f"{kept} records became papers, but the documents account for "
            f"{sum(account.published + account.merged for account in accounts)} — nothing is"
            " published; please report this with the documents"
        )
    return accounts


def dated(papers: Iterable[Paper], rows: Iterable[register.Row]) -> list[Paper]:
    """Tell papers when what is said of them last changed."""
    updated = {row.id: row.updated for row in rows}
    return [replace(paper, updated=updated[paper.id]) for paper in papers]


def render(digest: Digest, settings: Settings, progress: Progress = silent) -> list[Page]:
    """Turn the digest into every page and file of the site, still in memory."""
    progress("pages", 0, len(digest.papers))
    pages = outputs.render(digest, settings.templates)
    progress("pages", len(digest.papers), len(digest.papers))
    return pages


def publish(report: Report, pages: Sequence[Page], settings: Settings) -> Report:
    """Write what changed; the register first, so that no address is shown and then forgotten."""
    file, found = written_beside_seeds(settings)
    if report.rows:
        write_file(file, register.dumps(report.rows).encode())
    if AUTO in settings.options.topics and report.table.rows:
        write_file(found, tables.dump(report.table, TOPICS_HEAD).encode())
    return replace(report, written=write(pages, settings.site_src))


def _unread(problem: Problem) -> Reading:
    """A document of which only the problem is known."""
    return Reading(Seed(problem.seed, ""), "unreadable", problems=(problem,))


def _account(
    reading: Reading, published: int, days: Mapping[str, date | None], remarks: Sequence[Problem]
) -> Account:
    refused = sum(problem.refused for problem in reading.problems)
    return Account(
        seed=reading.seed.name,
        name=_name(reading),
        url=reading.seed.note.url,
        format=reading.format,
        confidence=reading.confidence,
        day=days.get(reading.seed.name),
        read=len(reading.records) + refused,
        published=published,
        merged=len(reading.records) - published,
        refused=refused,
        problems=tuple(
            sorted((*reading.problems, *remarks), key=lambda problem: (problem.line, problem.message))
        ),
    )


def _source(record: Record, reading: Reading, days: Mapping[str, date | None]) -> Source:
    return Source(
        seed=record.seed,
        line=record.line,
        format=record.format,
        position=record.position,
        name=_name(reading),
        url=reading.seed.note.url,
        day=days.get(record.seed),
    )


def _name(reading: Reading) -> str:
    """What readers call a document: what a person wrote down, else what it is."""
    labels = {form.NAME: form.LABEL for form in inputs.FORMATS}
    return reading.seed.note.name or labels.get(reading.format, reading.format)


def _site(settings: Settings) -> Site:
    options = settings.options
    return Site(
        name=settings.site_name,
        url=settings.site_url,
        description=settings.site_description,
        feed_id=options.feed_id,
        per_page=options.per_page,
        feed_items=options.feed_items,
        hub=options.hub,
        queries=options.feeds,
        signup=options.mail_signup,
    )


class _Clock:
    """Seconds a stage took, for the benchmark and the last line of a build."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = now - self._last
        self._last = now


# --- what the commands ask besides ------------------------------------------------------------


def forget(settings: Settings) -> None:
    """Throw away results kept from earlier builds; the register is not one of them."""
    shutil.rmtree(settings.cache, ignore_errors=True)


def with_topics(settings: Settings, table: str) -> Settings:
    """The same settings with another table of topics."""
    return replace(settings, options=replace(settings.options, topics=(table,)))


def explained(report: Report, paper_id: str) -> str:
    """Say of every topic what one paper has for it.

    Raises `UsageError` for an id that no paper has.
    """
    papers = {paper.id: paper for paper in report.digest.papers}
    if paper_id not in papers:
        raise UsageError(f"no paper has the id {paper_id!r}{nearest(paper_id, papers)}")
    lines = [papers[paper_id].title]
    for score in topics.explain(papers[paper_id], report.table):
        lines.append(f"{'*' if score.chosen else ' '} {score.points:6.2f}  {score.topic}")
        for part in score.parts:
            written = ", ".join(part.written)
            lines.append(f"    {part.points:+6.2f}  {part.phrase} ({part.weight:g}): {written}")
    return "\n".join(lines) + "\n"


def suggested(report: Report) -> str:
    """Rows for what the table does not cover, as YAML ready to paste."""
    rows = suggest(report.digest.papers, report.table)
    return tables.dump(topics.Table(tuple(rows))) if rows else ""

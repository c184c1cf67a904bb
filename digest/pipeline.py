"""The whole program, top to bottom: documents in, the pages of a site out."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from digest import inputs, outputs
from digest.config import Settings
from digest.errors import ConfigError, RegisterError, UsageError, nearest
from digest.files import write_file
from digest.models import (
    Digest,
    Page,
    Paper,
    Problem,
    Reading,
    Record,
    RegisterRow,
    Seed,
    Site,
    Source,
    Topic,
)
from digest.papers import ids, lookups, register
from digest.papers.audit import account
from digest.papers.editions import document_days, editions, first_day
from digest.papers.merge import Group, merge, paper
from digest.papers.normalize import clean
from digest.papers.redirects import redirects
from digest.publish.write import Staged, Written, stage
from digest.store import Cache, version
from digest.store import key as content_key
from digest.understand import related, topics
from digest.understand.headline import contribution, headline
from digest.understand.keyphrases import Text, extract
from digest.understand.topics import table as tables
from digest.understand.topics.discover import discover
from digest.understand.topics.suggest import suggest

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
    rows: tuple[RegisterRow, ...]
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
    clock = _Clock(report.seconds)
    staged = stage(render(report.digest, settings, progress), settings.site_src)
    clock.lap("render")
    written = publish(report, staged, settings)
    clock.lap("write")
    return replace(report, written=written, seconds=clock.laps)


def compose(settings: Settings, today: date, progress: Progress = silent) -> Report:
    """Turn seeds into a digest, as a value; nothing is written."""
    clock = _Clock()
    # 1. Read: documents → records, and what could not be read
    readings = read(settings, progress)
    clock.lap("read")
    records = [clean(record) for reading in readings for record in reading.records]
    clock.lap("clean")
    # 2. Agree: records → papers, at the addresses they already have
    looked_up, damaged = lookups.load(settings.index)
    groups, conflicts = agree(records, looked_up)
    days, undated = document_days(readings, today)
    known = register.load(settings.register)
    if known and not any(reading.seed.text for reading in readings):
        raise RegisterError(
            f"{settings.seeds}: expected the documents of {len(known)} registered papers, found"
            " none — nothing is published; bring them back, or remove register.jsonl as well"
        )
    settled, others = register.settle(groups, known, today)
    papers = assemble(groups, settled, readings, days, today)
    papers = lookups.filled(papers, looked_up)
    clock.lap("merge")
    # 3. Understand: titles, contributions, keyphrases, topics, neighbours
    with uncollected():
        papers, table = understand(papers, settings, clock, progress)
    # 4. Remember and account: addresses last, and every record is somewhere
    rows = register.remember({row.id: row for row in settled}, others, papers, table.topics, today)
    papers = dated(papers, rows)
    accounts = account(readings, groups, days, [*conflicts, *undated])
    digest = Digest(
        site=site_of(settings),
        papers=newest_first(papers),
        editions=editions(papers),
        topics=sections(newest_first(papers), table),
        accounts=accounts,
        today=today,
        redirects=redirects(rows, papers, table.topics, table.redirects()),
    )
    problems = (*(problem for each in accounts for problem in each.problems), *damaged)
    clock.lap("remember")
    return Report(digest, problems, tuple(rows), table, Written(), clock.laps)


def read(settings: Settings, progress: Progress = silent) -> list[Reading]:
    """Read every document of the seeds folder, in the order of their names.

    Raises `ConfigError` where there is no such folder: that is not the same as no paper.
    """
    if not settings.seeds.is_dir():
        raise ConfigError(
            settings.seeds, "expected a folder with documents, found none — make it, or set `seeds`"
        )
    readings = []
    for found in inputs.documents(settings.seeds):
        readings.append(inputs.read(found) if isinstance(found, Seed) else _unread(found))
        progress("documents", len(readings), 0)
    return readings


def told(settings: Settings, today: date, progress: Progress = silent) -> list[Paper]:
    """Give the papers as documents alone tell of them, untitled ones without a title."""
    readings = read(settings, progress)
    records = [clean(record) for reading in readings for record in reading.records]
    groups, _ = agree(records, lookups.load(settings.index)[0])
    days, _ = document_days(readings, today)
    settled, _ = register.settle(groups, register.load(settings.register), today)
    return assemble(groups, settled, readings, days, today)


def agree(
    records: Sequence[Record], looked_up: Sequence[lookups.Answer]
) -> tuple[list[Group], list[Problem]]:
    """Group the records by paper, with the help of what indexes answered about their texts."""
    groups, conflicts = merge(lookups.lent(records, looked_up))
    if not looked_up:
        return groups, conflicts
    own = {(record.seed, record.position): record for record in records}
    given = [[own[record.seed, record.position] for record in group] for group in groups]
    # a document that gives the title comes before one that was lent it
    return [tuple(sorted(group, key=lambda each: each.title is None)) for group in given], conflicts


def assemble(
    groups: Sequence[Group],
    rows: Sequence[RegisterRow],
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
    papers: Sequence[Paper], settings: Settings, clock: _Clock, progress: Progress = silent
) -> tuple[list[Paper], topics.Table]:
    """Give papers all that is worked out from their texts, and the table of topics.

    What depends on one paper alone is kept from build to build.
    """
    kept = Cache(settings.cache, "headlines")
    papers = [say(paper, kept) for paper in papers]
    kept.save()
    clock.lap("headlines")
    papers = key(papers, settings, progress)
    clock.lap("keyphrases")
    table = sort(papers, settings)
    kept = Cache(settings.cache, "topics")
    papers = topics.assign(papers, table, kept)
    kept.save()
    clock.lap("topics")
    kept = Cache(settings.cache, "related")
    papers = related.neighbours(papers, settings.options.related, kept)
    kept.save()
    clock.lap("related")
    return papers, table


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nobody look for cycles among the objects made meanwhile: there are millions, and none.

    Looking takes a quarter of the time of a build that finds most results kept.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def say(paper: Paper, cache: Cache) -> Paper:
    """Give a paper the sentence that says what it contributes, and a headline if it has no title.

    Both depend on the abstract alone, and are kept by it. A paper of which only an identifier
    is known goes by that until it is looked up.
    """
    if not paper.abstract and not paper.title:
        return replace(paper, title=ids.name(paper.identifiers, paper.links))
    name = content_key(version(), "" if paper.title else "untitled", paper.abstract)
    said = cache.get(name)
    if said is None:
        said = contribution(paper.abstract), "" if paper.title else headline(paper.abstract)
        cache.put(name, said)
    return replace(paper, tldr=said[0], title=paper.title or said[1])


def key(papers: Sequence[Paper], settings: Settings, progress: Progress = silent) -> list[Paper]:
    """Give papers their keyphrases; what was worked out for a text before is kept in the cache."""
    texts = [Text("" if paper.is_untitled else paper.title, paper.abstract) for paper in papers]
    cache = Cache(settings.cache, "keyphrases")
    found = extract(
        texts,
        settings.options.keyphrases,
        cache,
        lambda done: progress("keyphrases", done, len(texts)),
    )
    cache.save()
    return [replace(paper, keyphrases=own) for paper, own in zip(papers, found, strict=True)]


def sort(papers: Sequence[Paper], settings: Settings) -> topics.Table:
    """Give the table of topics: the ones that people wrote, and with `auto` those found.

    What was found is remembered in seeds/topics.yml, where a person may edit it.
    """
    written = [name for name in settings.options.topics if name != AUTO]
    table = topics.load(written, settings.root) if written else topics.Table()
    if AUTO not in settings.options.topics:
        return table
    remembered = settings.found_topics
    known = tables.read(remembered) if remembered.exists() else None
    return tables.combine([table, discover(papers, known)])


def newest_first(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Put papers in the order of their editions."""
    return tuple(paper for edition in editions(papers) for paper in edition.papers)


def sections(papers: Iterable[Paper], table: topics.Table) -> tuple[Topic, ...]:
    """Give every topic of the table its papers, in the order they come in."""
    within: dict[str, list[Paper]] = {topic.name: [] for topic in table.topics}
    for one in papers:
        for each in one.topics:
            within[each.topic].append(one)
    return tuple(replace(topic, papers=tuple(within[topic.name])) for topic in table.topics)


def dated(papers: Iterable[Paper], rows: Iterable[RegisterRow]) -> list[Paper]:
    """Tell papers when what is said of them last changed."""
    updated = {row.id: row.updated for row in rows}
    return [replace(paper, updated=updated[paper.id]) for paper in papers]


def render(digest: Digest, settings: Settings, progress: Progress = silent) -> Iterator[Page]:
    """Turn the digest into every page and file of the site, one after the other."""
    drawn = Cache(settings.cache, "pictures")
    for done, page in enumerate(outputs.render(digest, settings.templates, drawn)):
        progress("pages", done, 0)
        yield page
    drawn.save()


def publish(report: Report, staged: Staged, settings: Settings) -> Written:
    """Put what changed in its place; the register first, so that no address is shown and forgotten."""
    if report.rows:
        write_file(settings.register, register.dumps(report.rows).encode())
    if AUTO in settings.options.topics and report.table.rows:
        remember(report.table, settings)
    return staged.publish()


def remember(table: topics.Table, settings: Settings) -> None:
    """Keep the topics that were found in a file that people may edit; what they wrote stays."""
    file = settings.found_topics
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    after = tables.update(before, table, TOPICS_HEAD)
    if after != before:
        write_file(file, after.encode())


def _unread(problem: Problem) -> Reading:
    """A document of which only the problem is known."""
    return Reading(Seed(problem.seed, ""), "unreadable", problems=(problem,))


def _source(record: Record, reading: Reading, days: Mapping[str, date | None]) -> Source:
    return Source(
        seed=record.seed,
        line=record.line,
        format=record.format,
        position=record.position,
        name=reading.name,
        url=reading.seed.note.url,
        day=days.get(record.seed),
    )


def site_of(settings: Settings) -> Site:
    """What the settings say of the site as a whole."""
    options = settings.options
    return Site(
        name=settings.site_name,
        url=settings.site_url,
        is_preview=settings.is_preview,
        description=settings.site_description,
        feed_id=options.feed_id,
        per_page=options.per_page,
        feed_items=options.feed_items,
        hub=options.hub,
        queries=options.feeds,
        signup=options.mail_signup,
        guide=settings.guide,
    )


class _Clock:
    """Seconds a stage took, for the benchmark and the last line of a build."""

    def __init__(self, laps: Mapping[str, float] | None = None) -> None:
        self.laps = dict(laps or {})
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

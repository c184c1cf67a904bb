"""The command line: the one module that prints and exits.

Results go to standard output, everything said to a person to standard error.
Exit status: 0 done; 1 something could not be read or published; 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from digest import __version__, add, enrich, hub, mail, pipeline, site, starter
from digest.clock import today
from digest.config import Settings
from digest.errors import DigestError, UsageError
from digest.keyphrases import Text, extract
from digest.models import Account, Problem
from digest.outputs import feeds
from digest.outputs.citations import to_json
from digest.outputs.templates import Templates
from digest.write import write_file

config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The digest's settings.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="For programs: JSON.")


def main() -> None:
    """Run the command that was typed; never ends in a traceback for bad input."""
    try:
        digest(prog_name="digest")
    except UsageError as error:
        _say(f"Error: {error}")
        sys.exit(2)
    except DigestError as error:
        _say(f"Error: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has seen enough
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def digest() -> None:
    """Turn what you collect about research papers into a daily digest."""


# --- the folder ------------------------------------------------------------------------------


@digest.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new digest in FOLDER; never overwrites anything."""
    for path in starter.create(folder):
        _say(f"wrote {path}")
    _say(f"Put documents into {folder / 'seeds'}, then: cd {folder} && digest serve")


@digest.command(name="add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The document's day.")
@click.option("--name", help="What readers call the document.")
@click.option("--url", help="Where it was found.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and store nothing.")
@config_file
def add_(
    files: tuple[Path, ...],
    day: datetime | None,
    name: str | None,
    url: str | None,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Check documents (- is standard input) and store them among the seeds."""
    settings = site.settings_from(config_file)
    failed = False
    for document in add.documents(files, sys.stdin.buffer):
        about = add.About(day=day.date() if day else None, name=name, url=url)
        added = add.store(document, about, settings.seeds, dry_run=dry_run)
        for problem in added.reading.problems:
            _say(f"{document.name}:{problem.line}: {problem.message}")
        refused = sum(problem.refused for problem in added.reading.problems)
        records = len(added.reading.records)
        _say(
            f"{document.name}: {added.reading.format}, {_number(records, 'record')},"
            f" {refused} refused → {added.outcome}"
        )
        if added.stored:
            click.echo(added.stored)
        failed |= records == 0 or refused > 0
    sys.exit(int(failed))


@digest.command()
@as_json
@click.option("--refused", is_flag=True, help="Print the refused pieces as they were.")
@config_file
def check(as_json: bool, refused: bool, config_file: Path) -> None:
    """Say, for every document, what was read and what became of it."""
    report = _composed(config_file)
    if refused:
        for problem in report.problems:
            if problem.refused:
                click.echo(f"# {_place(problem, config_file)}\n{problem.text}\n")
    elif as_json:
        seeds = [_account_json(account) for account in report.digest.accounts]
        click.echo(_dumps({"seeds": seeds, "totals": report.digest.totals.to_json()}))
    else:
        for account in report.digest.accounts:
            click.echo(_account_line(account))
            for problem in account.problems:
                click.echo(f"  {problem}")
        click.echo(_totals_line(report))
    sys.exit(_status(report.problems))


# --- the site --------------------------------------------------------------------------------


@digest.command()
@config_file
def generate(config_file: Path) -> None:
    """Write Markdown, data and feeds into site_src, and no site."""
    started = time.perf_counter()
    with _Bar() as bar:
        report = pipeline.build(site.settings_from(config_file), today(), bar)
    _tell(report, config_file)
    _say(_last_line(report, started))
    sys.exit(_status(report.problems))


@digest.command()
@click.option("--strict", is_flag=True, help="Any problem at all fails; the old site stays.")
@click.option("--clean", is_flag=True, help="Forget kept results, and do all work anew.")
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Where the site goes.")
@config_file
def build(strict: bool, clean: bool, site_dir: Path | None, config_file: Path) -> None:
    """Build the finished, searchable site."""
    started = time.perf_counter()
    settings = site.settings_from(config_file)
    if clean:
        pipeline.forget(settings)
    with _Bar() as bar:
        report = pipeline.build(settings, today(), bar)
        _tell(report, config_file)
        if strict and report.problems:
            raise DigestError(
                f"{_number(len(report.problems), 'problem')}, and --strict: the site is as it was"
            )
        bar("site", 0, 0)
        site.build(config_file, strict=strict, site_dir=site_dir)
    _say(_last_line(report, started))
    sys.exit(_status(report.problems))


@digest.command()
@click.option("-a", "--dev-addr", help="IP:PORT to serve at; 127.0.0.1:8000 by default.")
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
@config_file
def serve(dev_addr: str | None, open_: bool, config_file: Path) -> None:
    """Build, serve, and reload pages as files change."""
    site.settings_from(config_file)
    site.serve(config_file, dev_addr=dev_addr, open_in_browser=open_)


# --- the data --------------------------------------------------------------------------------


@digest.command()
@as_json
@config_file
def papers(as_json: bool, config_file: Path) -> None:
    """List the papers; with --json one object a line."""
    report = _composed(config_file)
    for paper in report.digest.papers:
        line = f"{paper.date} {paper.id} {paper.title}"
        click.echo(_dumps(to_json(paper)) if as_json else line)


@digest.command(name="topics")
@as_json
@click.option("--explain", metavar="PAPER", help="Why this paper (its id) is where it is.")
@click.option("--try", "table", metavar="TABLE", help="Use this table instead, to see its effect.")
@click.option("--suggest", is_flag=True, help="Propose rows for what the table does not cover.")
@config_file
def topics_(
    as_json: bool, explain: str | None, table: str | None, suggest: bool, config_file: Path
) -> None:
    """List the topics, their papers, and why each paper is there."""
    settings = site.settings_from(config_file)
    report = _composed(config_file, pipeline.with_topics(settings, table) if table else settings)
    if explain:
        click.echo(pipeline.explained(report, explain), nl=False)
    elif suggest:
        click.echo(pipeline.suggested(report), nl=False)
    else:
        for topic in report.digest.topics:
            why = {
                paper.id: list(each.why)
                for paper in topic.papers
                for each in paper.topics
                if each.topic == topic.name
            }
            if as_json:
                found = {"topic": topic.name, "url": topic.url, "papers": why}
                click.echo(_dumps(found | {"description": topic.description}))
                continue
            click.echo(f"{topic.name} ({len(why)})")
            for paper in topic.papers:
                click.echo(f"  {paper.id} {paper.title} — {', '.join(why[paper.id])}")


@digest.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--json", "as_json", is_flag=True, help="The default, and the only form.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1), help="At most.")
def keyphrases(file: Iterable[str], as_json: bool, top: int) -> None:
    """Read JSON Lines (id, and text or abstract), write each one's keyphrases."""
    texts, ids = [], []
    for number, line in enumerate(file, start=1):
        if line.strip():
            id, text = _text_of(line, number)
            ids.append(id)
            texts.append(text)
    for id, phrases in zip(ids, extract(texts, top), strict=True):
        click.echo(_dumps({"id": id, "keyphrases": list(phrases)}))


@digest.command(name="enrich")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME[=ADDRESS]",
    help="Ask only this index, perhaps at a mirror; may be repeated. [default: `indexes`]",
)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most this many papers.")
@click.option("--full", is_flag=True, help="Ask until DOI, venue, day and code are known, too.")
@click.option("--again", is_flag=True, help="Ask anew for what was not found lately.")
@config_file
def enrich_(
    sources: tuple[str, ...], limit: int | None, full: bool, again: bool, config_file: Path
) -> None:
    """Look up papers without a title, authors or a link in public indexes.

    What they answer is stored in seeds/index.jsonl and used by every later
    build, which needs no network. Only what agrees with the paper is taken.
    """
    settings = site.settings_from(config_file)
    contact = settings.options.contact
    asked = enrich.choose(sources or settings.options.indexes, contact, _say)
    if not contact:
        _say(f"{config_file}: with `contact: you@example.org` the indexes know whom to write to")
    try:
        with _Bar() as bar:
            outcome = enrich.enrich(
                pipeline.told(settings, today(), bar),
                asked,
                settings.index,
                today(),
                again=again,
                full=full,
                limit=limit,
                say=bar.say,
                progress=bar,
            )
    except KeyboardInterrupt:
        _say("stopped; what was answered is kept, and the next run goes on from here")
        sys.exit(130)
    _say(
        f"{_number(outcome.papers, 'paper')} looked up with {_number(outcome.requests, 'request')}:"
        f" something found for {outcome.found}, a title for {outcome.titles}"
    )
    sys.exit(int(outcome.failed))


# --- what goes out ---------------------------------------------------------------------------


@digest.command(name="mail")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Which edition; else the newest.")
@click.option(
    "--eml",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the message into a file to look at (- is standard output).",
)
@click.option("--preview", is_flag=True, help="Show the message in a browser on this machine.")
@click.option("--to", "to", multiple=True, metavar="ADDRESS", help="Send to one; may be repeated.")
@click.option(
    "--list", "list_", type=click.Path(path_type=Path), help="Send to all in a CSV file ('email')."
)
@click.option(
    "--smtp",
    metavar="URL",
    envvar="DIGEST_SMTP",
    help="smtps://host or smtp://host (STARTTLS); user and password only from the environment:"
    " DIGEST_SMTP_USER, DIGEST_SMTP_PASSWORD.",
)
@click.option("--from", "from_", metavar="ADDRESS", help="The sender; else `mail_from`.")
@click.option("--rate", type=click.IntRange(0), default=0, help="Messages a minute; 0: no limit.")
@click.option("--again", is_flag=True, help="With --to: even to those who have, or may have it.")
@click.option("--dry-run", is_flag=True, help="Say who would get what, and send nothing.")
@config_file
def mail_(
    day: datetime | None,
    eml: Path | None,
    preview: bool,
    to: tuple[str, ...],
    list_: Path | None,
    smtp: str | None,
    from_: str | None,
    rate: int,
    again: bool,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Make an edition a mail: to look at, or to send to subscribers, each once."""
    if not (eml or preview or to or list_):
        raise UsageError("say what to do with the mail: --eml FILE, --preview, --to, or --list")
    if again and list_:
        raise UsageError("--again is for people named with --to, not for a whole --list")
    settings = site.settings_from(config_file)
    sender = mail.Sender.of(
        from_ or settings.options.mail_from,
        settings.options.mail_unsubscribe,
        pipeline.site_of(settings),
        os.environ,
    )
    found = _composed(config_file).digest
    edition = mail.edition_of(found, day.date() if day else None)
    if edition is None:
        _say("there is no edition yet, so there is no mail")
        return
    letter = mail.letter(edition, found.site, Templates(settings.templates))
    people, problems = mail.read(list_) if list_ else ([], [])
    people = [*map(mail.person, to), *people]
    if eml or preview:
        reader = people[0] if people else mail.Person("reader@example.invalid")
        message = mail.to_message(letter, reader, sender)
        if eml:
            _write(eml, mail.to_bytes(message))
        if preview:
            mail.preview(message, _say)
        return
    for problem in problems:
        _say(str(problem))
    if not dry_run:
        _may_send(settings, smtp, from_)
    server = mail.Server.of(smtp, os.environ) if smtp and not dry_run else None
    post = mail.Post(letter, sender, server, settings.seeds / mail.LOG, rate)
    outcome = mail.Outcome()
    try:
        post.send(people, outcome, again=again)
    finally:
        _tell_mail(letter, outcome)
    sys.exit(int(bool(problems or outcome.unsure or outcome.refused or outcome.later)))


@digest.command()
@click.option("--dry-run", is_flag=True, help="Say which feeds, and tell nobody.")
@config_file
def ping(dry_run: bool, config_file: Path) -> None:
    """Tell the WebSub hub that the feeds are new; to be run once they are published."""
    settings = site.settings_from(config_file)
    if not settings.options.hub:
        raise UsageError(f"{config_file}: set `hub:` to the address of a WebSub hub")
    if settings.site_url == site.PREVIEW:
        raise UsageError(f"{config_file}: a hub needs `site_url`, where the feeds stand")
    addresses = feeds.addresses(_composed(config_file).digest)
    failed = False
    for address, wrong in hub.ping(settings.options.hub, [] if dry_run else addresses):
        failed |= bool(wrong)
        if wrong:
            _say(f"{address}: the hub was not told: {wrong}")
    _say(
        f"{_number(len(addresses), 'feed')} {'to tell' if dry_run else 'told'} {settings.options.hub}"
    )
    sys.exit(int(failed))


# --- what is said ----------------------------------------------------------------------------


class _Bar:
    """Progress on one line of a terminal; nothing at all in a pipe."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def say(self, text: str) -> None:
        """Say something above the progress."""
        self.__exit__()
        _say(text)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is, at most ten times a second."""
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or done in (0, total)):
            self._last = now
            of = f" {done:,}/{total:,}" if total else f" {done:,}" if done else ""
            click.echo(f"\r\033[K{stage}{of} …", nl=False, err=True)


def _composed(config_file: Path, settings: Settings | None = None) -> pipeline.Report:
    with _Bar() as bar:
        return pipeline.compose(settings or site.settings_from(config_file), today(), bar)


def _tell(report: pipeline.Report, config_file: Path) -> None:
    """Say every problem once, and what a person may want to know besides."""
    for problem in report.problems:
        _say(_place(problem, config_file))
    for path in report.written.kept:
        _say(f"site_src/{path} is yours and stays; remove it to have the page of that name")
    if report.digest.site.url == site.PREVIEW:
        _say(
            f"{config_file}: feeds need `site_url`, the address the site will stand at;"
            f" they are written for the preview at {site.PREVIEW}"
        )


def _place(problem: Problem, config_file: Path) -> str:
    """A problem with its place as an editor or a terminal can open it."""
    return f"{config_file.parent / site.settings_from(config_file).options.seeds}/{problem}"


def _may_send(settings: Settings, smtp: str | None, from_: str | None) -> None:
    """Refuse what would reach readers broken."""
    if not smtp:
        raise UsageError("say which server sends: --smtp smtps://host, or DIGEST_SMTP")
    if not (from_ or settings.options.mail_from):
        raise UsageError("say who sends: `mail_from` in mkdocs.yml, or --from")
    if settings.site_url == site.PREVIEW:
        raise UsageError(
            "mkdocs.yml: mail needs `site_url`, the address the site stands at: its links would"
            " lead nowhere; --eml and --preview work without"
        )


def _tell_mail(letter: mail.Letter, outcome: mail.Outcome) -> None:
    """Say what became of everybody, those first who need something done."""
    for person, said in outcome.refused:
        _say(f"{person.address}: refused by the server: {said}")
    for person, said in outcome.later:
        _say(f"{person.address}: not sent: {said} — run this again")
    for person in outcome.unsure:
        _say(
            f"{person.address}: may have it: the connection broke before the answer came, and nobody"
            f" is written to twice; to do so: digest mail --day {letter.day}"
            f" --to {person.address} --again"
        )
    size = len(letter.html.encode()) / 1000
    went = f"would go to {len(outcome.would)}" if outcome.would else f"sent to {len(outcome.sent)}"
    _say(
        f"{letter.subject} ({letter.shown} shown, {size:.0f} kB): {went}, {len(outcome.had)} had it,"
        f" {len(outcome.unsure)} may have it, {len(outcome.refused)} refused,"
        f" {len(outcome.later)} to try again"
    )


def _write(file: Path, content: bytes) -> None:
    if str(file) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_file(file, content)
        _say(f"wrote {file}")


def _last_line(report: pipeline.Report, started: float) -> str:
    changed = len(report.written.changed) + len(report.written.removed)
    return (
        f"{_totals_line(report)}, {_number(changed, 'page')} changed,"
        f" {time.perf_counter() - started:.1f} seconds"
    )


def _totals_line(report: pipeline.Report) -> str:
    totals = report.digest.totals
    return (
        f"{_number(totals.read, 'record')} read, {_number(totals.published, 'paper')} published,"
        f" {totals.merged} merged, {totals.refused} refused"
    )


def _account_line(account: Account) -> str:
    day = account.day or "undated"
    return (
        f"{account.seed}: {account.format} ({account.confidence:.0%} sure), {day},"
        f" {_number(account.read, 'record')} read, {account.published} published,"
        f" {account.merged} merged, {account.refused} refused"
    )


def _account_json(account: Account) -> dict[str, Any]:
    return {
        "seed": account.seed,
        "format": account.format,
        "confidence": round(account.confidence, 2),
        "date": account.day.isoformat() if account.day else None,
        "read": account.read,
        "published": account.published,
        "merged": account.merged,
        "refused": account.refused,
        "problems": [
            {"line": problem.line, "message": problem.message, "refused": problem.refused}
            for problem in account.problems
        ],
    }


def _status(problems: Iterable[Problem]) -> int:
    """1 where something could not be read; a mere remark is no failure."""
    return int(any(problem.refused for problem in problems))


def _text_of(line: str, number: int) -> tuple[Any, Text]:
    try:
        found = json.loads(line)
        title = str(found.get("title") or "")
        return found["id"], Text(title, str(found.get("abstract") or found.get("text") or ""))
    except (ValueError, KeyError, AttributeError) as error:
        raise DigestError(
            f"line {number}: expected a JSON object with 'id' and 'text' or 'abstract',"
            f" found {line[:60]!r}"
        ) from error


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _say(text: str) -> None:
    click.echo(text, err=True)

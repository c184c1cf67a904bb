"""Commands for the folder and its documents: init, add, check."""

from __future__ import annotations

import shlex
import sys
from datetime import datetime
from pathlib import Path

import click

from digest.cli.console import (
    account_json,
    account_line,
    as_json,
    compose,
    config_file,
    exit_status,
    json_line,
    say,
    seeds_folder,
    totals_line,
)
from digest.errors import UsageError
from digest.inputs import intake
from digest.mkdocs import scaffold, site
from digest.outputs.rendering.filters import counted


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new digest in FOLDER; never overwrites anything."""
    for path in scaffold.create(folder):
        say(f"wrote {path}")
    change_folder = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    say(f"Put documents into {folder / 'seeds'}, then: {change_folder}digest serve")


@click.command(name="add")
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
    """Check documents (- is standard input) and store them among the seeds.

    An identifier or a paper's address (arXiv:2503.01234, https://doi.org/…) is a document too.
    """
    settings = site.settings_from(config_file)
    failed = False
    for document in intake.documents(files, sys.stdin.buffer, say):
        provenance = intake.Provenance(day=day.date() if day else None, name=name, url=url)
        added = intake.store(document, provenance, settings.seeds, dry_run=dry_run)
        for problem in added.reading.problems:
            say(f"{document.name}:{problem.line}: {problem.message}")
        refused = sum(problem.refused for problem in added.reading.problems)
        records = len(added.reading.records)
        say(
            f"{document.name}: {added.reading.format},"
            f" {counted(records + refused, 'record')} read, {refused} refused → {added.outcome}"
        )
        bare = sum(not (each.title or each.abstract) for each in added.reading.records)
        if bare:
            say(
                f"{document.name}: {counted(bare, 'paper')} known by an identifier alone —"
                " `digest enrich` asks public indexes for titles and abstracts"
            )
        if added.stored:
            click.echo(added.stored)
        failed |= records == 0 or refused > 0
    sys.exit(int(failed))


@click.command(context_settings={"allow_extra_args": True})
@as_json
@click.option("--refused", is_flag=True, help="Print the refused pieces as they were.")
@config_file
@click.pass_context
def check(context: click.Context, as_json: bool, refused: bool, config_file: Path) -> None:
    """Show, for every document, what was read and what became of it."""
    if context.args:
        raise UsageError(
            f"expected no file, for check reads the documents in seeds/, found {context.args[0]!r}"
            f" — to try a document: digest add --dry-run {shlex.join(context.args)}"
        )
    report = compose(config_file)
    if refused:
        folder = seeds_folder(config_file)
        for problem in report.problems:
            if problem.refused:
                click.echo(f"# {folder}/{problem}\n{problem.text}\n")
    elif as_json:
        seeds = [account_json(account) for account in report.digest.accounts]
        click.echo(json_line({"seeds": seeds, "totals": report.digest.totals.to_json()}))
    else:
        for account in report.digest.accounts:
            click.echo(account_line(account))
            for problem in account.problems:
                click.echo(f"  {problem}")
        click.echo(totals_line(report))
    sys.exit(exit_status(report.problems))

"""digest add: documents checked, and stored among the seeds."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from digest.cli.console import say
from digest.inputs import intake
from digest.language.strings import counted
from digest.mkdocs import site


def run(
    files: tuple[Path, ...],
    day: datetime | None,
    name: str | None,
    url: str | None,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Check and store each document; exit with 1 if one of them gave no paper."""
    settings = site.settings_from(config_file)
    failed = False
    for document in intake.documents(files, sys.stdin.buffer, say):
        provenance = intake.Provenance(day=day.date() if day else None, name=name, url=url)
        added = intake.store(document, provenance, settings, dry_run=dry_run)
        for problem in added.reading.problems:
            say(f"{document.name}:{problem.line}: {problem.message}")
        refused = sum(problem.refused for problem in added.reading.problems)
        records = len(added.reading.records)
        say(
            f"{document.name}: {added.reading.format}, "
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

"""What commands share: options, messages, progress, and the lines they print."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from digest import pipeline
from digest.clock import today
from digest.config import PREVIEW, Settings
from digest.mkdocs import site
from digest.models import Account, Problem
from digest.outputs.rendering.filters import counted

config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The digest's settings.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="For programs: JSON.")


class ProgressBar:
    """Shows progress on one line of a terminal; does nothing in a pipe."""

    def __init__(self) -> None:
        """Find out whether standard error is a terminal."""
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> ProgressBar:
        """Return the bar."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def say(self, text: str) -> None:
        """Print a message above the progress."""
        self.__exit__()
        say(text)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, at most ten times a second."""
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or done in (0, total)):
            self._last = now
            count = f" {done:,}/{total:,}" if total else f" {done:,}" if done else ""
            click.echo(f"\r\033[K{stage}{count} …", nl=False, err=True)


def compose(config_file: Path, settings: Settings | None = None) -> pipeline.Report:
    """Read and analyse all documents without writing anything."""
    with ProgressBar() as bar:
        return pipeline.compose(settings or site.settings_from(config_file), today(), bar)


def say(text: str) -> None:
    """Print a message to standard error."""
    click.echo(text, err=True)


def print_problems(report: pipeline.Report, config_file: Path) -> None:
    """Print every problem once, and what else an editor should know."""
    folder = seeds_folder(config_file)
    for problem in report.problems:
        say(f"{folder}/{problem}")
    for path in report.written.kept:
        say(f"site_src/{path} is yours and stays; remove it to have the page of that name")
    if report.digest.site.is_preview:
        say(
            f"{config_file}: feeds need `site_url`, the address of the published site;"
            f" they are written for the preview at {PREVIEW}"
        )


def seeds_folder(config_file: Path) -> Path:
    """Return the folder of the documents, relative to the current folder if possible."""
    return config_file.parent / site.settings_from(config_file).options.seeds


def done_line(report: pipeline.Report) -> str:
    """Return what a build did, for its last line."""
    changed = len(report.written.changed) + len(report.written.removed)
    return f"{totals_line(report)}, {counted(changed, 'page')} changed"


def totals_line(report: pipeline.Report) -> str:
    """Return the sums over all documents."""
    totals = report.digest.totals
    return (
        f"{counted(totals.read, 'record')} read, {counted(totals.published, 'paper')} published,"
        f" {totals.merged} merged, {totals.refused} refused"
    )


def account_line(account: Account) -> str:
    """Return what became of one document; without a format there is no confidence."""
    day = account.day or "undated"
    confidence = f" ({account.confidence:.0%} sure)" if account.confidence else ""
    return (
        f"{account.seed}: {account.format}{confidence}, {day},"
        f" {counted(account.read, 'record')} read, {account.published} published,"
        f" {account.merged} merged, {account.refused} refused"
    )


def account_json(account: Account) -> dict[str, Any]:
    """Return what became of one document, as `check --json` prints it."""
    return {
        "seed": account.seed,
        "format": account.format,
        "confidence": round(account.confidence, 2),
        "date": account.day.isoformat() if account.day else None,
        "read": account.read,
        "published": account.published,
        "merged": account.merged,
        "refused": account.refused,
        "letters": asdict(account.letters),
        "problems": [
            {"line": problem.line, "message": problem.message, "refused": problem.refused}
            for problem in account.problems
        ],
    }


def exit_status(problems: Iterable[Problem]) -> int:
    """Return 1 if something could not be read; problems that cost no record are no failure."""
    return int(any(problem.refused for problem in problems))


def json_line(value: object) -> str:
    """Return a value as one line of JSON, without ASCII escapes."""
    return json.dumps(value, ensure_ascii=False)

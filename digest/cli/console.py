"""What the commands have in common: what they take, and how they speak to a person."""

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

config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The digest's settings.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="For programs: JSON.")


class Bar:
    """Progress on one line of a terminal; nothing at all in a pipe."""

    def __init__(self) -> None:
        """Show anything only where a person is looking."""
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> Bar:
        """Begin with an empty line."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave an empty line."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def say(self, text: str) -> None:
        """Say something above the progress."""
        self.__exit__()
        say(text)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is, at most ten times a second."""
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or done in (0, total)):
            self._last = now
            of = f" {done:,}/{total:,}" if total else f" {done:,}" if done else ""
            click.echo(f"\r\033[K{stage}{of} …", nl=False, err=True)


def composed(config_file: Path, settings: Settings | None = None) -> pipeline.Report:
    """Read and understand everything, write nothing."""
    with Bar() as bar:
        return pipeline.compose(settings or site.settings_from(config_file), today(), bar)


def say(text: str) -> None:
    """Say something to the person at the keyboard."""
    click.echo(text, err=True)


def tell(report: pipeline.Report, config_file: Path) -> None:
    """Say every problem once, and what a person may want to know besides."""
    folder = seeds_of(config_file)
    for problem in report.problems:
        say(f"{folder}/{problem}")
    for path in report.written.kept:
        say(f"site_src/{path} is yours and stays; remove it to have the page of that name")
    if report.digest.site.is_preview:
        say(
            f"{config_file}: feeds need `site_url`, the address the site will stand at;"
            f" they are written for the preview at {PREVIEW}"
        )


def seeds_of(config_file: Path) -> Path:
    """The folder of the documents, as an editor or a terminal can open them from here."""
    return config_file.parent / site.settings_from(config_file).options.seeds


def done_line(report: pipeline.Report) -> str:
    """What a build did, for its last line."""
    changed = len(report.written.changed) + len(report.written.removed)
    return f"{totals_line(report)}, {number(changed, 'page')} changed"


def totals_line(report: pipeline.Report) -> str:
    """The sums over all documents."""
    totals = report.digest.totals
    return (
        f"{number(totals.read, 'record')} read, {number(totals.published, 'paper')} published,"
        f" {totals.merged} merged, {totals.refused} refused"
    )


def account_line(account: Account) -> str:
    """What became of one document; a format that was not found is nothing to be sure of."""
    day = account.day or "undated"
    sure = f" ({account.confidence:.0%} sure)" if account.confidence else ""
    return (
        f"{account.seed}: {account.format}{sure}, {day},"
        f" {number(account.read, 'record')} read, {account.published} published,"
        f" {account.merged} merged, {account.refused} refused"
    )


def account_json(account: Account) -> dict[str, Any]:
    """What became of one document, as `check --json` gives it."""
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


def status(problems: Iterable[Problem]) -> int:
    """1 where something could not be read; a mere remark is no failure."""
    return int(any(problem.refused for problem in problems))


def number(count: int, noun: str) -> str:
    """Count things in words."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def dumps(value: object) -> str:
    """One line of JSON, in any script."""
    return json.dumps(value, ensure_ascii=False)

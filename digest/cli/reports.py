"""The digest that a command works on, and the lines that are printed of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from digest import pipeline
from digest.cli.console import ProgressBar
from digest.clock import today
from digest.config import PREVIEW, Settings
from digest.language.strings import counted
from digest.mkdocs import site
from digest.models import Account, Problem, Totals


def merge(config_file: Path) -> pipeline.Merged:
    """Read all documents and merge their records, without looking into the texts of papers."""
    settings = site.settings_from(config_file)
    with ProgressBar() as bar:
        return pipeline.merge(pipeline.read(settings, bar), settings, today(), bar)


def compose(config_file: Path, settings: Settings | None = None) -> pipeline.Report:
    """Read and analyse all documents without writing anything."""
    with ProgressBar() as bar:
        return pipeline.compose(settings or site.settings_from(config_file), today(), bar)


def problem_lines(report: pipeline.Report, config_file: Path) -> Iterator[str]:
    """Yield every problem once, and what else an editor should know."""
    folder = seeds_folder(config_file)
    for problem in report.problems:
        yield f"{folder}/{problem}"
    for path in report.written.kept:
        yield f"site_src/{path} is yours and stays; remove it to have the page of that name"
    if report.digest.site.is_preview:
        yield (
            f"{config_file}: feeds need `site_url`, the address of the published site;"
            f" they are written for the preview at {PREVIEW}"
        )


def seeds_folder(config_file: Path) -> Path:
    """Return the folder of the documents, relative to the current folder if possible."""
    return config_file.parent / site.settings_from(config_file).options.seeds


def totals_line(totals: Totals) -> str:
    """Return the sums over all documents."""
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

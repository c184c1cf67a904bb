"""digest build: the finished site."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from digest import store
from digest.cli.console import ProgressBar, say
from digest.clock import today
from digest.errors import DigestError
from digest.language.strings import counted
from digest.mkdocs import site
from digest.mkdocs.last_build import LastBuild, Outcome


def run(strict: bool, clean: bool, site_dir: Path | None, config_file: Path) -> None:
    """Write site_src, and have MkDocs build the site from it."""
    started = time.perf_counter()
    site_dir = site_dir.absolute() if site_dir else None
    settings = site.settings_from(config_file, site_dir)
    if clean:
        store.forget(settings.cache)
    last = LastBuild(site.load(config_file), settings, today(), strict=strict)
    if outcome := last.outcome():
        for line in outcome.lines:
            say(line)
        changed = 0
    else:
        outcome, changed = _build(last, strict, site_dir, config_file)
    seconds = time.perf_counter() - started
    say(f"{outcome.totals}, {counted(changed, 'page')} changed, {seconds:.1f} seconds")
    sys.exit(outcome.status)


def _build(
    last: LastBuild, strict: bool, site_dir: Path | None, config_file: Path
) -> tuple[Outcome, int]:
    """Build the site, and return how that ended and how many pages changed."""
    from digest import pipeline
    from digest.cli import reports
    from digest.mkdocs import builder

    with ProgressBar() as bar:
        report = pipeline.build(site.settings_from(config_file, site_dir), today(), bar)
        lines = tuple(reports.problem_lines(report, config_file))
        for line in lines:
            say(line)
        if strict and report.problems:
            raise DigestError(
                f"{counted(len(report.problems), 'problem')}, and --strict: the site is as it was"
            )
        changed = reports.changed(report.written)
        status = reports.exit_status(report.problems)
        outcome = Outcome(lines, reports.totals_line(report.digest.totals), status)
        del report  # MkDocs needs as much memory again
        bar("site", 0, 0)
        warnings = builder.build(config_file, strict=strict, site_dir=site_dir)
    if not warnings:
        last.remember(outcome)
    return outcome, changed

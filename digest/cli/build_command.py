"""digest build: the finished site."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from digest import pipeline, store
from digest.cli.console import ProgressBar, say
from digest.cli.reports import done_line, exit_status, print_problems
from digest.clock import today
from digest.errors import DigestError
from digest.language.strings import counted
from digest.mkdocs import builder, site


def run(strict: bool, clean: bool, site_dir: Path | None, config_file: Path) -> None:
    """Write site_src, and have MkDocs build the site from it."""
    started = time.perf_counter()
    site_dir = site_dir.absolute() if site_dir else None
    settings = site.settings_from(config_file, site_dir)
    if clean:
        store.forget(settings.cache)
    with ProgressBar() as bar:
        report = pipeline.build(settings, today(), bar)
        print_problems(report, config_file)
        if strict and report.problems:
            raise DigestError(
                f"{counted(len(report.problems), 'problem')}, and --strict: the site is as it was"
            )
        done, code = done_line(report), exit_status(report.problems)
        del report  # MkDocs needs as much memory again
        bar("site", 0, 0)
        builder.build(config_file, strict=strict, site_dir=site_dir)
    say(f"{done}, {time.perf_counter() - started:.1f} seconds")
    sys.exit(code)

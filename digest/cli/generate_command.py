"""digest generate: site_src alone, for another builder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from digest import pipeline
from digest.cli.console import ProgressBar, say
from digest.cli.reports import exit_status, problem_lines, totals_line
from digest.clock import today
from digest.language.strings import counted
from digest.locks import FOREVER, writing
from digest.mkdocs import site


def run(wait: bool, forget_addresses: bool, config_file: Path) -> None:
    """Write site_src, and print the problems and the sums."""
    settings = site.settings_from(config_file)
    with writing(settings.cache, "site", wait=FOREVER if wait else 0, say=say):
        started = time.perf_counter()
        with ProgressBar() as bar:
            report = pipeline.build(settings, today(), bar, forget=forget_addresses)
    for line in problem_lines(report, config_file):
        say(line)
    totals, pages = totals_line(report.digest.totals), counted(report.written.count, "page")
    say(f"{totals}, {pages} changed, {time.perf_counter() - started:.1f} seconds")
    sys.exit(exit_status(report.problems))

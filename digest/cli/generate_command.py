"""digest generate: site_src alone, for another builder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from digest import pipeline
from digest.cli.console import ProgressBar, say
from digest.cli.reports import done_line, exit_status, print_problems
from digest.clock import today
from digest.mkdocs import site


def run(config_file: Path) -> None:
    """Write site_src, and print the problems and the sums."""
    started = time.perf_counter()
    with ProgressBar() as bar:
        report = pipeline.build(site.settings_from(config_file), today(), bar)
    print_problems(report, config_file)
    say(f"{done_line(report)}, {time.perf_counter() - started:.1f} seconds")
    sys.exit(exit_status(report.problems))

"""digest doctor: everything that may go wrong one morning, looked at today."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import click

from digest import doctor
from digest.cli.console import ProgressBar, json_line, say
from digest.clock import today
from digest.language.strings import visible
from digest.mkdocs import site

MARKS = {"ok": "ok", "skipped": "--", "warning": "!", "error": "!!"}
"""What stands before a finding of each level."""


def run(
    as_json: bool, offline: bool, selectors: tuple[str, ...], dns: str | None, config_file: Path
) -> None:
    """Print what every check found; exit with 1 if anything is wrong."""
    checkup = doctor.Checkup(
        site.settings_from(config_file),
        str(config_file),
        today(),
        offline=offline,
        selectors=selectors,
        dns=dns or "",
        environment=dict(os.environ),
    )
    with ProgressBar() as bar:
        found = []
        for check, finding in doctor.examine(checkup):
            bar(check.name, 0, 0)
            found.append((check, finding))
    levels = Counter[str](finding.level for _, finding in found)
    if as_json:
        rows = [
            {
                "check": check.name,
                "level": finding.level,
                "message": finding.message,
                "advice": finding.advice,
            }
            for check, finding in found
        ]
        click.echo(json_line({"checks": rows, "levels": dict(levels)}))
    else:
        for check, finding in found:
            click.echo(f"{MARKS[finding.level]:3}{check.name}: {visible(str(finding))}")
    say(f"{levels['error']} wrong, {levels['warning']} to look at, {levels['ok']} well")
    sys.exit(int(bool(levels["error"])))

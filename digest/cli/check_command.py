"""digest check: an account of every document, for which papers need not be understood."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from digest.cli.console import json_line
from digest.cli.reports import (
    account_json,
    account_line,
    exit_status,
    merge,
    seeds_folder,
    totals_line,
)
from digest.errors import UsageError
from digest.models import Totals


def run(as_json: bool, refused: bool, config_file: Path) -> None:
    """Print what became of each document, or the refused pieces alone."""
    if files := click.get_current_context().args:
        raise UsageError(
            f"expected no file, for check reads the documents in seeds/, found {files[0]!r}"
            f" — to try a document: digest add --dry-run {shlex.join(files)}"
        )
    merged = merge(config_file)
    totals = Totals.of(merged.accounts)
    if refused:
        folder = seeds_folder(config_file)
        for problem in merged.problems:
            if problem.refused:
                click.echo(f"# {folder}/{problem}\n{problem.text}\n")
    elif as_json:
        seeds = [account_json(account) for account in merged.accounts]
        click.echo(json_line({"seeds": seeds, "totals": totals.to_json()}))
    else:
        for account in merged.accounts:
            click.echo(account_line(account))
            for problem in account.problems:
                click.echo(f"  {problem}")
        click.echo(totals_line(totals))
    sys.exit(exit_status(merged.problems))

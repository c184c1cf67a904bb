"""digest papers: a line a paper."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.console import json_line
from digest.cli.reports import compose
from digest.papers.paper_object import to_json


def run(as_json: bool, config_file: Path) -> None:
    """Print every paper, the newest first."""
    report = compose(config_file)
    for paper in report.digest.papers:
        line = f"{paper.date} {paper.id} {paper.title}"
        click.echo(json_line(to_json(paper)) if as_json else line)

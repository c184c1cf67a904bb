"""digest fetch: sources asked for new papers, and their answers stored among the seeds."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from digest.cli.console import ProgressBar, say
from digest.clock import today
from digest.errors import UsageError
from digest.language.strings import counted
from digest.locks import writing
from digest.mkdocs import site
from digest.services import fetch
from digest.services.fetch.orders import choose_orders, make_orders


def run(
    sources: tuple[str, ...],
    since: datetime | None,
    accept: bool,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Ask each source, and print what was stored; exit with 1 if one of them failed."""
    settings = site.settings_from(config_file)
    options = settings.options
    if not options.fetch:
        say(
            f"{config_file}: nothing is listed under 'fetch:', such as '- arxiv: cs.LG', so nothing"
            " was asked; the guide has them all"
        )
        return
    orders = make_orders(options.fetch, fetch.SOURCES, options.contact, config_file)
    orders = choose_orders(orders, sources)
    first = since.date() if since else None
    if first and first > today():
        raise UsageError(f"--since expects a day that has been, found {first}")
    if dry_run:
        for order in orders:
            address = order.source.first(order.inquiry(today(), None, first))
            click.echo(f"{order.name}: {order.base}/{address}".rstrip("/"))
        return
    if not options.contact:
        say(f"{config_file}: with `contact: you@example.org` the sources know whom to write to")
    try:
        with writing(settings.cache, "fetch"), ProgressBar() as bar:
            summary = fetch.fetch(
                orders, settings, today(), since=first, accept=accept, say=bar.say, progress=bar
            )
    except KeyboardInterrupt:
        say("stopped; what was fetched is kept, and the next run goes on from here")
        sys.exit(130)
    for file in summary.stored:
        click.echo(file)
    failed = f", {counted(len(summary.failed), 'source')} failed" if summary.failed else ""
    say(
        f"{counted(len(orders), 'source')} asked: {counted(summary.new, 'new paper')},"
        f" {summary.unchanged} with nothing new{failed}"
    )
    sys.exit(int(bool(summary.failed)))

"""Commands for the site: generate, build, serve, ping."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from digest import pipeline, store
from digest.cli.console import (
    ProgressBar,
    compose,
    config_file,
    done_line,
    exit_status,
    print_problems,
    say,
)
from digest.clock import today
from digest.errors import DigestError, UsageError
from digest.mkdocs import site
from digest.outputs import feeds
from digest.outputs.rendering.filters import counted
from digest.services import websub


@click.command()
@config_file
def generate(config_file: Path) -> None:
    """Write Markdown, data and feeds into site_src, without building the site."""
    started = time.perf_counter()
    with ProgressBar() as bar:
        report = pipeline.build(site.settings_from(config_file), today(), bar)
    print_problems(report, config_file)
    say(f"{done_line(report)}, {time.perf_counter() - started:.1f} seconds")
    sys.exit(exit_status(report.problems))


@click.command()
@click.option("--strict", is_flag=True, help="Fail on any problem; the old site stays.")
@click.option("--clean", is_flag=True, help="Delete cached results, and do all work again.")
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Where the site goes.")
@config_file
def build(strict: bool, clean: bool, site_dir: Path | None, config_file: Path) -> None:
    """Build the finished, searchable site."""
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
        site.build(config_file, strict=strict, site_dir=site_dir)
    say(f"{done}, {time.perf_counter() - started:.1f} seconds")
    sys.exit(code)


@click.command()
@click.option("-a", "--dev-addr", help="IP:PORT to serve at; 127.0.0.1:8000 by default.")
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
@config_file
def serve(dev_addr: str | None, open_: bool, config_file: Path) -> None:
    """Build, serve, and reload pages as files change."""
    site.settings_from(config_file)
    site.serve(config_file, dev_addr=dev_addr, open_in_browser=open_)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show how many feeds, and notify nobody.")
@config_file
def ping(dry_run: bool, config_file: Path) -> None:
    """Notify the WebSub hub that the feeds have changed; run it once they are published."""
    settings = site.settings_from(config_file)
    if not settings.options.hub:
        raise UsageError(f"{config_file}: set `hub:` to the address of a WebSub hub")
    if settings.is_preview:
        raise UsageError(
            f"{config_file}: a hub needs `site_url`, the address of the published feeds"
        )
    addresses = feeds.addresses(compose(config_file).digest)
    failed = False
    for address, wrong in websub.ping(settings.options.hub, [] if dry_run else addresses):
        failed |= bool(wrong)
        if wrong:
            say(f"{address}: the hub was not told: {wrong}")
    done = "to tell" if dry_run else "told"
    say(f"{counted(len(addresses), 'feed')} {done} {settings.options.hub}")
    sys.exit(int(failed))

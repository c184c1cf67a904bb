"""digest build: the finished site."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from digest import __version__, store
from digest.cli.console import ProgressBar, say
from digest.clock import today
from digest.config import Settings
from digest.errors import DigestError
from digest.files import write_file
from digest.hosting import hosts
from digest.language.strings import counted, visible
from digest.locks import FOREVER, writing
from digest.mkdocs import site
from digest.mkdocs.last_build import LastBuild, Outcome
from digest.progress import Stopwatch
from digest.publish.write import Written

TIMES = "build.json"
"""The file in the site with what no two builds have in common, such as how long they took."""
MAX_CAUSES = 20
"""Changed documents and other causes that are named."""


def run(
    strict: bool,
    clean: bool,
    explain: bool,
    times: bool,
    wait: bool,
    forget_addresses: bool,
    site_dir: Path | None,
    config_file: Path,
) -> None:
    """Write site_src, and have MkDocs build the site from it."""
    site_dir = site_dir.absolute() if site_dir else None
    settings = site.settings_from(config_file, site_dir)
    with writing(settings.cache, "site", wait=FOREVER if wait else 0, say=say):
        status = _run(settings, strict, clean, explain, times, forget_addresses, config_file)
    sys.exit(status)


def _run(
    settings: Settings,
    strict: bool,
    clean: bool,
    explain: bool,
    times: bool,
    forget: bool,
    config_file: Path,
) -> int:
    """Build the site, and return the exit status."""
    started = time.perf_counter()
    if clean:
        store.forget(settings.cache)
    last = LastBuild(site.load(config_file), settings, today(), strict=strict)
    causes, written = last.causes(), Written()
    if outcome := last.outcome():
        for line in outcome.lines:
            say(line)
    else:
        outcome, written = _build(last, settings, strict, times, forget, config_file)
    for line in hosts.warnings(settings.site_dir, os.environ):
        say(line)
    if explain:
        for line in explanation(causes, written):
            say(line)
    seconds = time.perf_counter() - started
    say(f"{outcome.totals}, {counted(written.count, 'page')} changed, {seconds:.1f} seconds")
    return outcome.status


def explanation(causes: Sequence[str] | None, written: Written) -> Iterator[str]:
    """Yield what has changed since the last build, and how many files of each kind that changed."""
    if causes is None:
        yield "no earlier build is known"
    else:
        none = "nothing has changed" if not written.changed else "what was written has changed"
        yield from (f"  {_on_one_line(cause)}" for cause in causes[:MAX_CAUSES] or [none])
        if len(causes) > MAX_CAUSES:
            yield f"  and {len(causes) - MAX_CAUSES:,} more"
    every = Counter(written.outputs.values())
    new = Counter(written.outputs[path] for path in written.new)
    for output in sorted(every):
        yield f"  {output}: {new[output]:,} new, {every[output] - new[output]:,} changed"
    if written.removed:
        yield f"  {len(written.removed):,} removed"


def _on_one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _build(
    last: LastBuild, settings: Settings, strict: bool, times: bool, forget: bool, config_file: Path
) -> tuple[Outcome, Written]:
    """Build the site, and return how that ended and what changed."""
    from digest import pipeline
    from digest.cli import reports
    from digest.mkdocs import builder
    from digest.publish import search

    with ProgressBar() as bar:
        watch = Stopwatch(bar)
        report = pipeline.build(settings, today(), watch, forget=forget)
        lines = tuple(reports.problem_lines(report, config_file))
        for line in lines:
            say(line)
        if strict and report.problems:
            raise DigestError(
                f"{counted(len(report.problems), 'problem')}, and --strict: the site is as it was"
            )
        written = report.written
        status = reports.exit_status(report.problems)
        outcome = Outcome(lines, reports.totals_line(report.digest.totals), status)
        del report  # MkDocs needs as much memory again
        watch("site", 0, 0)
        warnings = builder.build(config_file, strict=strict, site_dir=settings.site_dir)
    if times:
        _write_times(settings, watch.stop())
    last.remember(outcome, is_whole=not warnings and bool(search.version()))
    return outcome, written


def _write_times(settings: Settings, seconds: dict[str, float]) -> None:
    """Write when the site was built, how long each stage took, and when each source answered.

    It is no page of the digest, whose files are the same whenever they are made.
    """
    from digest.services.fetch.history import load_history

    history = load_history(settings.seeds, say)
    latest = max((last.day for last in history.values()), default=None)
    found = {
        "generator": f"digest {__version__}",
        "built_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "seconds": {stage: round(each, 2) for stage, each in seconds.items()},
        "total": round(sum(seconds.values()), 2),
        "fetched": [
            {
                "source": name,
                "answered": str(last.day),
                "new": str(last.new),
                "behind": last.day != latest,
            }
            for name, last in sorted(history.items())
        ],
    }
    write_file(settings.site_dir / TIMES, (json.dumps(found, indent=1) + "\n").encode())

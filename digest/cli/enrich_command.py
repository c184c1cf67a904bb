"""digest enrich: what papers lack, asked of public indexes."""

from __future__ import annotations

import sys
from pathlib import Path

from digest import pipeline
from digest.cli.console import ProgressBar, say
from digest.clock import today
from digest.language.strings import counted
from digest.locks import writing
from digest.mkdocs import site
from digest.services import enrich


def run(
    sources: tuple[str, ...], limit: int | None, full: bool, again: bool, config_file: Path
) -> None:
    """Ask the indexes, and print how much was found; what they answered is kept at once."""
    settings = site.settings_from(config_file)
    contact = settings.options.contact
    asked = enrich.choose(sources or settings.options.indexes, contact, say)
    if not contact:
        say(f"{config_file}: with `contact: you@example.org` the indexes know whom to write to")
    try:
        with writing(settings.cache, "index"), ProgressBar() as bar:
            outcome = enrich.enrich(
                pipeline.merge(pipeline.read(settings, bar), settings, today()).papers,
                asked,
                settings.index,
                today(),
                again=again,
                full=full,
                limit=limit,
                say=bar.say,
                progress=bar,
            )
    except KeyboardInterrupt:
        say("stopped; what was answered is kept, and the next run goes on from here")
        sys.exit(130)
    say(
        f"{counted(outcome.papers, 'paper')} looked up with {counted(outcome.requests, 'request')}:"
        f" something found for {outcome.found}, a title for {outcome.titles}"
    )
    sys.exit(int(outcome.failed))

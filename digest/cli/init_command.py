"""digest init: a new folder."""

from __future__ import annotations

import shlex
from pathlib import Path

from digest.cli.console import say
from digest.mkdocs import scaffold


def run(folder: Path) -> None:
    """Make the folder, and print what was written and what comes next."""
    for path in scaffold.create(folder):
        say(f"wrote {path}")
    change_folder = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    say(f"Put documents into {folder / 'seeds'}, then: {change_folder}digest serve")

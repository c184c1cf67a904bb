"""digest init: a new folder, and what publishes it."""

from __future__ import annotations

import shlex
from pathlib import Path

from digest.cli.console import say
from digest.hosting import examples
from digest.mkdocs import scaffold


def run(folder: Path, publish: str | None) -> None:
    """Make the folder, and print what was written and what comes next."""
    example = examples.named(publish) if publish else None
    files = examples.files(example) if example else {}
    if example and (folder / "mkdocs.yml").is_file():
        _print_written(scaffold.extend(folder, files))
        _print_missing_settings(example)
        return
    option, knows = (example.publish, example.knows_address) if example else ("", False)
    _print_written(scaffold.create(folder, option, knows, files))
    change_folder = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    say(f"Put documents into {folder / 'seeds'}, then: {change_folder}digest serve")
    if example:
        say(
            f"To publish by {example.title}: the first lines of {_first(example)} say what it needs"
        )


def _print_written(paths: list[Path]) -> None:
    for path in paths:
        say(f"wrote {path}")


def _print_missing_settings(example: examples.Example) -> None:
    """Print the settings that a new digest would have for this example."""
    if example.knows_address:
        say(f"mkdocs.yml needs: {scaffold.FROM_ENVIRONMENT}")
    if example.publish:
        say(f"mkdocs.yml needs, under `digest:`: publish: {example.publish}")
    say(f"The first lines of {_first(example)} say what else it needs")


def _first(example: examples.Example) -> str:
    """Return the file that is particular to an example."""
    return next(path for path in example.files if path not in examples.LOCKED)

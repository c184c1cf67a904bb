"""What commands print with: messages, JSON, and how far a stage is."""

from __future__ import annotations

import json
import sys
import time

import click


class ProgressBar:
    """Shows progress on one line of a terminal; does nothing in a pipe."""

    def __init__(self) -> None:
        """Find out whether standard error is a terminal."""
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> ProgressBar:
        """Return the bar."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def say(self, text: str) -> None:
        """Print a message above the progress."""
        self.__exit__()
        say(text)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, at most ten times a second."""
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or done in (0, total)):
            self._last = now
            count = f" {done:,}/{total:,}" if total else f" {done:,}" if done else ""
            click.echo(f"\r\033[K{stage}{count} …", nl=False, err=True)


def say(text: str) -> None:
    """Print a message to standard error."""
    click.echo(text, err=True)


def json_line(value: object) -> str:
    """Return a value as one line of JSON, without ASCII escapes."""
    return json.dumps(value, ensure_ascii=False)

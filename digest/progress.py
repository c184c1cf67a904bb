"""Reporting how far a long run is, and measuring how long its stages take."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called now and then with a stage's name, how many items are done, and of how many (0:
unknown)."""


Say = Callable[[str], None]
"""Called with a message for the person who runs the program."""


def unsaid(message: str) -> None:
    """Say nothing."""


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


class Stopwatch:
    """A `Progress` that measures the seconds of every stage, from its first report to the next's.

    >>> watch = Stopwatch()
    >>> for stage in ("read", "merge", "read"):
    ...     watch(stage, 0, 0)
    >>> list(watch.stop())
    ['read', 'merge']
    """

    def __init__(self, progress: Progress = silent) -> None:
        """Pass every report on to another `Progress`."""
        self._progress = progress
        self._seconds: dict[str, float] = {}
        self._stage = ""
        self._since = time.perf_counter()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report a stage; a new name ends the one before."""
        if stage != self._stage:
            self._lap()
            self._stage = stage
        self._progress(stage, done, total)

    def stop(self) -> dict[str, float]:
        """Return the seconds of each stage so far, in the order in which they began."""
        self._lap()
        return dict(self._seconds)

    def _lap(self) -> None:
        now = time.perf_counter()
        if self._stage:
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._since = now

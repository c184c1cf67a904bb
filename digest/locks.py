"""One writer at a time: a lock on each part of a digest that commands write.

A lock is the system's own and ends with its process, however that ends. Beside it
is a note of who holds it, for whoever comes second. Readers take no lock: files are
replaced whole, so that a reader finds the old one or the new one.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from digest.errors import BusyError
from digest.files import explain_failure, write_file
from digest.progress import Say, unsaid

Part = Literal["site", "seeds", "index", "fetch", "mail"]
"""What is locked: all that a build writes, documents and notes, lookups, what was fetched, or
the log of the mail."""
FOREVER = -1.0
"""Seconds to wait, for as long as it takes."""
BRIEFLY = 60.0
"""Seconds to wait for what takes a moment, such as storing a document."""
_LOOKS, _PAUSE = 10, 0.05
"""How often, and every how many seconds, to look for the note."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, and since when."""

    command: str
    process: int
    host: str
    since: str
    """By the machine's clock, as 2025-03-11 06:00:12."""

    def __str__(self) -> str:
        """Format as part of a message."""
        elsewhere = f" on {self.host}" if self.host != platform.node() else ""
        return f"`{self.command}` (process {self.process}{elsewhere}, since {self.since})"


@contextmanager
def writing(cache: Path, part: Part, *, wait: float = 0.0, say: Say = unsaid) -> Iterator[None]:
    """Hold the lock on a part of the digest whose folder of caches this is.

    The same process may hold it more than once. Who has to wait is told by `say` for
    whom. Raises `BusyError` if another process still holds it after `wait` seconds,
    `WriteError` if there can be no lock.
    """
    file = cache.with_name(f"{cache.name}-{part}.lock")
    with explain_failure(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file, is_singleton=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            _wait(lock, file, wait, say, "; `digest build --wait` waits" if part == "site" else "")
    try:
        if lock.lock_counter == 1:
            with suppress(OSError):
                write_file(_note(file), json.dumps(asdict(_this_process())).encode())
        yield
    finally:
        if lock.lock_counter == 1:
            with suppress(OSError):
                _note(file).unlink()
        lock.release()


def _wait(lock: FileLock, file: Path, wait: float, say: Say, hint: str) -> None:
    holder = _holder(file)
    if wait:
        say(f"waiting for {holder} to end …")
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise BusyError(
            f"{file.parent.parent}: expected to be the only one who writes here, found"
            f" {_holder(file)} — try again when it has ended{hint}"
        ) from error


def _note(lock: Path) -> Path:
    return lock.with_suffix(".json")


def _this_process() -> Holder:
    name = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return Holder(name, os.getpid(), platform.node(), f"{datetime.now():%Y-%m-%d %H:%M:%S}")


def _holder(lock: Path) -> Holder | str:
    """Return who holds a lock; the note comes a moment after the lock itself."""
    for _ in range(_LOOKS):
        with suppress(OSError, ValueError, TypeError):
            return Holder(**json.loads(_note(lock).read_bytes()))
        time.sleep(_PAUSE)
    return "another process"

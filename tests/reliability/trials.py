"""Trials of a digest, and processes that are ended, starved or stopped in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from tests.conftest import DAY, Folder

HUNG = 120
"""Seconds after which a command counts as hung."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that was done to a digest."""

    what: str
    lost: str = ""
    """What did not survive it; empty if all did."""


class Part(Protocol):
    """A module of trials of one kind."""

    TITLE: str

    def trials(self, place: Path, share: float) -> Iterator[Trial]:
        """Try it in an empty folder; `share` is how much of the full number, from 0 to 1."""


def some(full: int, share: float) -> int:
    """A share of a number, at least one."""
    return max(1, round(full * share))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit status, -9 if it was killed, and what it said."""

    status: int
    said: str

    @property
    def fault(self) -> str:
        """What no command may do, whatever happens to it."""
        if "Traceback" in self.said:
            return "traceback: " + self.said.strip().splitlines()[-1]
        return f"ended with {self.status}" if self.status not in (0, 1, 2, -9) else ""


def child(
    folder: Folder,
    *words: str,
    today: date = DAY,
    before: Callable[[], None] = lambda: None,
    kill_after: float = HUNG,
) -> Ended:
    """Run a command in a process of its own, made by a fork: an import would take a second."""
    said = folder.path.with_name(f"{folder.path.name}.said")
    said.unlink(missing_ok=True)
    process = os.fork()
    if not process:
        _run(folder, words, today, before, said)
    status = _wait(process, kill_after)
    return Ended(status, said.read_text(errors="replace") if said.exists() else "")


def _run(
    folder: Folder, words: tuple[str, ...], today: date, before: Callable[[], None], said: Path
) -> None:
    """Run the command and end this process; it never returns."""
    status, text = 70, ""
    os.setsid()  # what it starts is killed with it
    output = os.open(said, os.O_WRONLY | os.O_CREAT)
    try:
        before()
        done = folder.run(*words, today=today)
        status, text = done.returncode, done.stderr
    except BaseException as error:
        text = f"Traceback: {type(error).__name__}: {error}"
    os.write(output, text.encode(errors="replace")[-20_000:])
    os._exit(status)


def _wait(process: int, kill_after: float) -> int:
    end = time.monotonic() + kill_after
    while time.monotonic() < end:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.killpg(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


CHANGING = ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate")


def at_each_change(folder: Path, act: Callable[[int], None]) -> Callable[[], None]:
    """Return what makes a process call `act` with a number before each change below a folder."""

    def listen() -> None:
        count = 0

        def heard(event: str, given: tuple[object, ...]) -> None:
            nonlocal count
            if event == "open":
                flags = given[2] if isinstance(given[2], int) else 0
                changing = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND))
            else:
                changing = event in CHANGING
            if changing and str(given[0]).startswith(str(folder)):
                count += 1
                act(count)

        sys.addaudithook(heard)

    return listen


def killed_at(number: int, folder: Path) -> Callable[[], None]:
    """Return what makes a process kill itself at a change."""

    def act(count: int) -> None:
        if count == number:
            os.killpg(0, signal.SIGKILL)

    return at_each_change(folder, act)


def both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    """Return what does one thing and then the other."""

    def act() -> None:
        one()
        other()

    return act


def changes(
    folder: Folder,
    *words: str,
    today: date = DAY,
    before: Callable[[], None] = lambda: None,
) -> int:
    """Run a command, and return how many changes it makes below its folder."""
    counted = folder.path.with_name("changes")
    counted.write_bytes(b"")
    handle = os.open(counted, os.O_WRONLY)
    count = at_each_change(folder.path, lambda _: _dot(handle))
    ended = child(folder, *words, today=today, before=both(before, count))
    assert not ended.status, ended.said
    os.close(handle)
    return counted.stat().st_size


def _dot(handle: int) -> None:
    os.write(handle, b".")


def copy(folder: Folder, place: Path) -> Folder:
    """A copy of a digest, with the times of its files, at a place that is emptied first."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.path, place, symlinks=True)
    return Folder(place)


def snapshot(folder: Folder, *parts: str) -> dict[str, bytes]:
    """The files of a digest by path: the bytes of those that are published or kept for good."""
    found = {}
    for file in sorted(folder.path.rglob("*")):
        path = file.relative_to(folder.path).as_posix()
        if file.is_file() and not path.startswith(".cache/") and path.startswith(parts or ""):
            found[path] = file.read_bytes()
    assert found
    return found


def difference(found: dict[str, bytes], expected: dict[str, bytes]) -> str:
    """What of a snapshot is not as it should be, in words."""
    missing, more = expected.keys() - found.keys(), found.keys() - expected.keys()
    other = {path for path in found.keys() & expected.keys() if found[path] != expected[path]}
    named = {"missing": missing, "left over": more, "different": other}
    return "; ".join(
        f"{len(paths)} {word}, such as {min(paths)}" for word, paths in named.items() if paths
    )


def healed(
    folder: Folder,
    words: tuple[str, ...],
    old: dict[str, bytes],
    new: dict[str, bytes],
    today: date,
    before: Callable[[], None] = lambda: None,
) -> str:
    """What is not well: the site as it was left, the next runs, or what they made."""
    left = snapshot(folder, "site/")
    whole = {path: data for path, data in new.items() if path.startswith("site/")}
    if left not in (old, whole):
        return f"the site was left damaged: {difference(left, old)}"
    for command in dict.fromkeys((words, ("build",))):
        ended = child(folder, *command, today=today, before=before)
        if ended.fault or (ended.status and command == ("build",)):
            return ended.fault or f"the next {command[0]} failed: {ended.said[-200:]}"
    return difference(snapshot(folder), new)

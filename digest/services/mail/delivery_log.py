"""Who has which edition: a line before a message counts, a line after.

A message counts for the server once it has read the lone dot at its end
(RFC 5321, section 4.1.1.4). The line `sending` reaches the disk before that
dot is sent, the line `sent` after the server said yes. So whatever happens in
between, nobody gets an edition twice: a reader with `sending` and nothing
after it may have it, is named, and is not written to again unless asked for.

Readers are logged under a hash, because the log stands beside the seeds,
where it may become public.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal

from digest.errors import DigestError

State = Literal["", "sending", "sent", "failed"]
NAME = "mail.log"


class Log:
    """The log of one edition, held by one process at a time.

    Raises `DigestError` where another process holds it, or it cannot be read:
    going on would send editions twice.
    """

    def __init__(self, file: Path, day: str, *, to_read: bool = False) -> None:
        """Stand for what `file` knows of the edition of a day; `to_read` never makes a file."""
        self._file, self._day, self._to_read = file, day, to_read
        self._states: dict[str, State] = {}
        self._open: BinaryIO | None = None

    def __enter__(self) -> Log:
        """Take the log for this process."""
        if self._to_read and not self._file.exists():
            return self
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._open = self._file.open("a+b")
        except OSError as error:
            raise DigestError(
                f"{self._file}: expected to keep the log of the mail here, found: {error.strerror}"
                " — nothing is sent without it"
            ) from error
        try:
            _lock(self._open, self._file)
            self._load()
        except BaseException:
            self._open.close()
            raise
        _sync_folder(self._file.parent)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the log."""
        if self._open:
            self._open.close()

    def state(self, address: str) -> State:
        """Say what is known of a reader and this edition; '' where nothing is."""
        return self._states.get(_key(address), "")

    def write(self, address: str, event: State, note: str = "") -> None:
        """Put down what happens; before a message counts, that is on the disk when this returns.

        What comes after is left to the system to write: a crash of the machine
        may lose it, and then the reader counts as one who may have it.
        """
        line = {
            "day": self._day,
            "to": _key(address),
            "event": event,
            "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "note": note[:200],
        }
        known = {name: value for name, value in line.items() if value}
        data = (json.dumps(known, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        self._append(data, to_disk=event == "sending")
        self._states[_key(address)] = event

    def _append(self, data: bytes, *, to_disk: bool) -> None:
        if self._open is None:
            raise DigestError(f"{self._file}: the log is not open")
        try:
            self._open.write(data)
            self._open.flush()
            if to_disk:
                os.fsync(self._open.fileno())
        except OSError as error:
            raise DigestError(
                f"{self._file}: expected to write the log of the mail, found: {error.strerror}"
                " — no more is sent without it"
            ) from error

    def _load(self) -> None:
        """Read the log. A last line cut short was cut before its message counted."""
        if self._open is None:
            return
        self._open.seek(0)
        data = self._open.read()
        *lines, torn = data.split(b"\n")
        for number, line in enumerate(lines, start=1):
            self._take(line, number)
        if torn:
            self._open.truncate(len(data) - len(torn))

    def _take(self, line: bytes, number: int) -> None:
        try:
            found: dict[str, Any] = json.loads(line) if line.strip() else {"day": ""}
            if found["day"] == self._day:
                self._states[str(found["to"])] = found["event"]
        except (ValueError, KeyError, TypeError) as error:
            raise DigestError(
                f"{self._file}:{number}: expected a line of the mail's log, found {line[:60]!r} —"
                " restore it from a copy, or remove this line; without it editions go out twice"
            ) from error


def _key(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()[:24]


def _lock(file: BinaryIO, path: Path) -> None:
    """Let no other process send at the same time; a crash lets go of it."""
    try:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DigestError(
            f"{path}: another `digest mail` is sending; wait for it to end"
        ) from error


def _sync_folder(folder: Path) -> None:
    """Make sure that the file's name is on the disk too, where systems allow to ask for it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""The delivery log: who has which edition, with a line before and a line after each message.

A server has accepted a message once it has read the lone dot at its end
(RFC 5321, section 4.1.1.4). The line `sending` is on disk before that dot is
sent, the line `sent` follows when the server has confirmed. So whatever happens
in between, nobody gets an edition twice: a reader with `sending` and nothing
after it may have it, is reported, and does not get it again unless requested.

Readers are logged by a hash, because the log is kept beside the seeds, where it
may become public.
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


class DeliveryLog:
    """The log of one edition, for one process at a time: who sends holds `locks.writing`.

    Entering it raises `DigestError` if it cannot be read: going on would send
    editions twice.
    """

    def __init__(self, file: Path, day: str, *, to_read: bool = False) -> None:
        """Use the lines of `file` about the edition of a day; `to_read` never creates the file."""
        self._file, self._day, self._to_read = file, day, to_read
        self._states: dict[str, State] = {}
        self._open: BinaryIO | None = None

    def __enter__(self) -> DeliveryLog:
        """Open the log, and read it."""
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
        """Close the log."""
        if self._open:
            self._open.close()

    def state(self, address: str) -> State:
        """Return the last event of this edition for a reader; '' if there is none."""
        return self._states.get(_key(address), "")

    def write(self, address: str, event: State, note: str = "") -> None:
        """Append an event; `sending` is on disk when this returns.

        The others are left to the system to write: a crash of the machine may lose
        them, and the reader then counts as one who may have the edition.
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
        """Read the log. An incomplete last line was cut off before its message was accepted."""
        if self._open is None:
            return
        self._open.seek(0)
        data = self._open.read()
        *lines, torn = data.split(b"\n")
        for number, line in enumerate(lines, start=1):
            self._parse(line, number)
        if torn:
            self._open.truncate(len(data) - len(torn))

    def _parse(self, line: bytes, number: int) -> None:
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


def _sync_folder(folder: Path) -> None:
    """Make sure that the file's name is on disk too, on systems that support it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

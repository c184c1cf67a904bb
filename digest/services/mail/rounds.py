"""One round of sending: who is due, what they get, and what is remembered of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.services.mail.delivery_log import Log
from digest.services.mail.message import Letter, Sender, to_bytes, to_message
from digest.services.mail.recipients import Person
from digest.services.mail.smtp import Outcome, Server, deliver, due


@dataclass(frozen=True, slots=True)
class Post:
    """A letter and the way it goes out."""

    letter: Letter
    sender: Sender
    server: Server | None
    """None for a dry run: then nothing is sent and nothing written."""
    log: Path
    rate: int = 0
    sleep: Callable[[float], None] = time.sleep

    def send(self, people: Iterable[Person], outcome: Outcome, *, again: bool = False) -> None:
        """Send the letter to whoever is due; `again` asks not whether they have it.

        The outcome is filled in as it comes about, so that it is known even
        where this raises `DigestError` half-way.
        """
        with Log(self.log, self.letter.day, to_read=self.server is None) as log:
            waiting = due(people, log, outcome, again=again)
            if self.server is None:
                outcome.would += waiting
                return
            deliver(
                waiting,
                self._compose,
                self.server,
                self.sender.address,
                log,
                outcome,
                rate=self.rate,
                sleep=self.sleep,
            )

    def _compose(self, reader: Person) -> bytes:
        return to_bytes(to_message(self.letter, reader, self.sender, datetime.now(UTC)))

"""One round of sending: who is due, what they get, and what is logged of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.services.mail.delivery import DeliveryReport, deliver, select_due
from digest.services.mail.delivery_log import DeliveryLog
from digest.services.mail.message import Letter, Sender, to_bytes, to_message
from digest.services.mail.recipients import Recipient
from digest.services.mail.smtp import Server


@dataclass(frozen=True, slots=True)
class Mailing:
    """A letter, and how it is sent."""

    letter: Letter
    sender: Sender
    server: Server | None
    """None for a dry run: nothing is sent and nothing written."""
    log: Path
    rate: int = 0
    """Messages a minute; 0 for no limit."""
    sleep: Callable[[float], None] = time.sleep

    def send(
        self, recipients: Iterable[Recipient], report: DeliveryReport, *, again: bool = False
    ) -> None:
        """Send the letter to those who are due; with `again`, even to those who may have it.

        The report is filled in on the way, so that it is complete even if this
        raises `DigestError` half-way.
        """
        with DeliveryLog(self.log, self.letter.day, to_read=self.server is None) as log:
            waiting = select_due(recipients, log, report, again=again)
            if self.server is None:
                report.would += waiting
                return
            deliver(
                waiting,
                self._compose,
                self.server,
                self.sender.address,
                log,
                report,
                rate=self.rate,
                sleep=self.sleep,
            )

    def _compose(self, reader: Recipient) -> bytes:
        return to_bytes(to_message(self.letter, reader, self.sender, datetime.now(UTC)))

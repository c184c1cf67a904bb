"""Delivery: a message to each reader, exactly once as far as SMTP can tell.

A round goes through the readers once. A reader whom the server does not accept now,
as greylisting does with every new one, is tried again in a later round, and does not
hold up others. A connection that fails is opened again; one that keeps failing ends
the delivery, with its own reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from digest.services.mail.delivery_log import DeliveryLog
from digest.services.mail.recipients import Recipient
from digest.services.mail.smtp import (
    ClosedError,
    Connection,
    DeferredError,
    RefusedError,
    Server,
    TemporaryError,
    UnsureError,
)

PAUSES = (0.0, 5.0, 60.0, 300.0)
"""Seconds before each round: most greylisting accepts after one to five minutes."""
MAX_FAILURES = 8
"""Failures of the connection in a row, after which the delivery ends."""
MAX_CLOSED = 25
"""The same for connections closed at a reader (421): that may be about some readers only."""
LONGEST_WAIT = 30.0
"""Seconds before another connection, at most."""

Deferred = list[tuple[Recipient, str]]
"""Recipients who certainly do not have the message, each with the reason."""


@dataclass(slots=True)
class DeliveryReport:
    """The result for each recipient."""

    sent: list[Recipient] = field(default_factory=list)
    would: list[Recipient] = field(default_factory=list)
    """Would get it, were this not a dry run."""
    had: list[Recipient] = field(default_factory=list)
    """Had it from an earlier run."""
    unsure: list[Recipient] = field(default_factory=list)
    """May have it: the server never confirmed their message."""
    refused: list[tuple[Recipient, str]] = field(default_factory=list)
    """With the server's reason."""
    later: Deferred = field(default_factory=list)
    """Certainly do not have it, with the reason; the next run tries again."""


def select_due(
    recipients: Iterable[Recipient], log: DeliveryLog, report: DeliveryReport, *, again: bool
) -> list[Recipient]:
    """Return the recipients to send to, and add the others to the report."""
    waiting = []
    for recipient in recipients:
        state = "" if again else log.state(recipient.address)
        if state == "sent":
            report.had.append(recipient)
        elif state == "sending":
            report.unsure.append(recipient)
        else:
            waiting.append(recipient)
    return waiting


def deliver(
    recipients: Iterable[Recipient],
    compose: Callable[[Recipient], bytes],
    server: Server,
    sender: str,
    log: DeliveryLog,
    report: DeliveryReport,
    *,
    rate: int,
    sleep: Callable[[float], None],
) -> None:
    """Send one message to each recipient, over one connection as long as it lasts.

    `rate` is messages a minute, 0 for no limit. Who is not accepted in any round is
    left to the next run. Raises `DigestError` if no message can be sent at all.
    """
    connection = Connection(server, sender)
    line = _Line(compose, connection, log, report, 60 / rate if rate else 0.0, sleep)
    deferred = [(recipient, "") for recipient in recipients]
    try:
        for pause in PAUSES:
            if deferred and not line.is_dead:
                sleep(pause)
                deferred = line.round([recipient for recipient, _ in deferred])
    finally:
        connection.close()
    report.later += deferred


@dataclass(slots=True)
class _Line:
    """A connection in use, and how well it does."""

    compose: Callable[[Recipient], bytes]
    connection: Connection
    log: DeliveryLog
    report: DeliveryReport
    pause: float
    """Seconds between two messages."""
    sleep: Callable[[float], None]
    failures: int = 0
    """How often it failed in a row."""
    is_dead: bool = False
    """Whether it failed too often."""

    def round(self, recipients: list[Recipient]) -> Deferred:
        """Try each recipient once, and return those who have to be tried again."""
        self.failures = 0
        deferred: Deferred = []
        for place, recipient in enumerate(recipients, start=1):
            failure = self._attempt(recipient)
            if isinstance(failure, TemporaryError):
                deferred.append((recipient, str(failure)))
            rest = recipients[place:]
            self._count(failure)
            if self.is_dead:
                reason = f"not tried: the connection failed {self.failures} times: {failure}"
                return deferred + [(waiting, reason) for waiting in rest]
            growing = min(LONGEST_WAIT, 0.25 * 2**self.failures) if self.failures else self.pause
            self.sleep(growing if rest else 0)
        return deferred

    def _count(self, failure: Exception | None) -> None:
        """Note whether the connection did its work; a refusal of one recipient is that."""
        closed = isinstance(failure, ClosedError)
        if failure is None or (isinstance(failure, DeferredError) and not closed):
            self.failures = 0
            return
        self.failures += 1
        self.is_dead = self.failures >= (MAX_CLOSED if closed else MAX_FAILURES)

    def _attempt(self, recipient: Recipient) -> Exception | None:
        """Try one recipient once, log the result, and return what may be temporary."""
        to = recipient.address
        try:
            self.connection.send(to, self.compose(recipient), lambda: self.log.write(to, "sending"))
        except RefusedError as refused:
            self.log.write(to, "failed", str(refused))
            self.report.refused.append((recipient, str(refused)))
        except TemporaryError as temporary:
            if self.log.state(to) == "sending":
                self.log.write(to, "failed", str(temporary))
            return temporary
        except UnsureError as unsure:
            self.report.unsure.append(recipient)
            return unsure
        else:
            self.log.write(to, "sent")
            self.report.sent.append(recipient)
        return None

"""Sending: to each reader one message, by TLS, exactly once as far as SMTP can know it."""

from __future__ import annotations

import ipaddress
import re
import select
import smtplib
import socket
import ssl
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from digest.errors import DigestError, UsageError
from digest.services.mail.delivery_log import Log
from digest.services.mail.recipients import Person

ATTEMPTS = 6
"""Times a reader is tried in one run."""
PATIENCE = 8
"""Failures in a row after which a server is given up for now."""
LONGEST = 30.0
"""Seconds waited at most before another attempt."""
TIMEOUT = 60.0
"""Seconds a silent server is waited for."""
USER, PASSWORD = "DIGEST_SMTP_USER", "DIGEST_SMTP_PASSWORD"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server to hand messages to."""

    host: str
    port: int
    tls_at_once: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str]) -> Server:
        """Read `smtps://host` (TLS at once) or `smtp://host` (TLS by STARTTLS).

        Credentials come from the environment alone, so that none end up in
        histories and logs. Raises `UsageError`.
        """
        try:
            parts = urlsplit(url if "://" in url else f"smtps://{url}")
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if (
            not host
            or parts.scheme not in ("smtp", "smtps")
            or parts.path.strip("/")
            or parts.query
        ):
            raise UsageError(f"expected smtps://host:port or smtp://host:port, found {url!r}")
        if parts.username or parts.password:
            raise UsageError(f"put the server's user and password into {USER} and {PASSWORD}")
        at_once = parts.scheme == "smtps"
        return cls(
            host,
            port or (465 if at_once else 587),
            at_once,
            environment.get(USER, ""),
            environment.get(PASSWORD, ""),
        )

    def connect(self) -> smtplib.SMTP:
        """Open a connection that nobody can read or take over, and log in.

        Certificates are checked against the system's, or SSL_CERT_FILE. Only
        a server on this very machine is spoken to without TLS.
        """
        context = ssl.create_default_context()
        if self.tls_at_once:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT, context=context
            )
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            # else the dot that ends a message waits for the answer to what came before it
            _socket(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if not self.tls_at_once and not _is_here(smtp):
                smtp.starttls(context=context)
                smtp.ehlo()
            if self.user:
                smtp.login(self.user, self.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


@dataclass(slots=True)
class Outcome:
    """What became of everybody."""

    sent: list[Person] = field(default_factory=list)
    would: list[Person] = field(default_factory=list)
    """Would get it, were this no dry run."""
    had: list[Person] = field(default_factory=list)
    """Had it from an earlier run."""
    unsure: list[Person] = field(default_factory=list)
    """May have it: the answer to their message never came."""
    refused: list[tuple[Person, str]] = field(default_factory=list)
    later: list[tuple[Person, str]] = field(default_factory=list)
    """Surely do not have it; the next run tries again."""


def due(people: Iterable[Person], log: Log, outcome: Outcome, *, again: bool) -> list[Person]:
    """Give those who are to be written to; note the others in the outcome."""
    waiting = []
    for person in people:
        state = "" if again else log.state(person.address)
        if state == "sent":
            outcome.had.append(person)
        elif state == "sending":
            outcome.unsure.append(person)
        else:
            waiting.append(person)
    return waiting


def deliver(
    people: Iterable[Person],
    compose: Callable[[Person], bytes],
    server: Server,
    sender: str,
    log: Log,
    outcome: Outcome,
    *,
    rate: int,
    sleep: Callable[[float], None],
) -> None:
    """Send to each of the people one message, over one connection as long as it holds.

    A server that is busy or hangs up is tried again, ever more slowly; `rate`
    is messages a minute, 0 for no limit. Raises `DigestError` where no
    message can be sent at all.
    """
    queue = deque((person, 1) for person in people)
    line = _Line(server, sender)
    failures = 0
    try:
        while queue:
            person, attempt = queue.popleft()
            failure = _attempt(person, compose, line, log, outcome)
            failures = failures + 1 if failure else 0
            if failure is None:
                sleep(60 / rate if rate and queue else 0)
                continue
            if failure.sure and attempt < ATTEMPTS:
                queue.append((person, attempt + 1))
            elif failure.sure:
                outcome.later.append((person, failure.reason))
            if failures >= PATIENCE:
                outcome.later += [(waiting, failure.reason) for waiting, _ in queue]
                return
            sleep(min(LONGEST, 0.25 * 2**failures) if queue else 0)
    finally:
        line.close()


@dataclass(frozen=True, slots=True)
class _Failure:
    """A failure that may pass."""

    reason: str
    sure: bool
    """Whether it is sure that the message did not arrive."""


def _attempt(
    person: Person, compose: Callable[[Person], bytes], line: _Line, log: Log, outcome: Outcome
) -> _Failure | None:
    """Try one reader once; the log says what happened before this returns."""
    try:
        line.send(person.address, compose(person), lambda: log.write(person.address, "sending"))
    except _RefusedError as refused:
        log.write(person.address, "failed", str(refused))
        outcome.refused.append((person, str(refused)))
    except _LaterError as later:
        if log.state(person.address) == "sending":
            log.write(person.address, "failed", str(later))
        return _Failure(str(later), sure=True)
    except _UnsureError as unsure:
        outcome.unsure.append(person)
        return _Failure(str(unsure), sure=False)
    else:
        log.write(person.address, "sent")
        outcome.sent.append(person)
    return None


# --- one message over the wire ---------------------------------------------------------------


class _RefusedError(Exception):
    """The server will never take this message for this reader."""


class _LaterError(Exception):
    """The server did not take it now, and surely does not have it."""


class _UnsureError(Exception):
    """The server has the whole message and never answered."""


class _Line:
    """A connection that is opened when it is needed, and again when it broke."""

    def __init__(self, server: Server, sender: str) -> None:
        self._server, self._sender = server, sender
        self._smtp: smtplib.SMTP | None = None

    def send(self, to: str, data: bytes, before_it_counts: Callable[[], None]) -> None:
        """Hand over a message; `before_it_counts` is called before the dot that ends it."""
        smtp = self._connected()
        try:
            self._envelope(smtp, to)
            smtp.send(_dotted(data))
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _LaterError(_said(error)) from error
        before_it_counts()
        try:
            if _has_hung_up(smtp):
                raise smtplib.SMTPServerDisconnected("the server hung up")
            smtp.send(b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _LaterError(_said(error)) from error
        try:
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _UnsureError(_said(error)) from error
        self._expect(250, code, reply)

    def close(self) -> None:
        """Hang up, politely if the other side still listens."""
        if self._smtp:
            with suppress(OSError, smtplib.SMTPException):
                _socket(self._smtp).settimeout(2)
                self._smtp.quit()
            with suppress(OSError):
                self._smtp.close()
        self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            where = f"{self._server.host}:{self._server.port}"
            try:
                self._smtp = self._server.connect()
            except ssl.SSLCertVerificationError as error:
                raise DigestError(
                    f"{where}: its certificate is not to be trusted: {error.verify_message} —"
                    " nothing is sent"
                ) from error
            except smtplib.SMTPNotSupportedError as error:
                raise DigestError(f"{where}: {error} — nothing is sent without it") from error
            except smtplib.SMTPAuthenticationError as error:
                if error.smtp_code >= 500:
                    raise DigestError(f"{where}: does not accept {USER} and {PASSWORD}") from error
                raise _LaterError(_said(error)) from error
            except (OSError, smtplib.SMTPException) as error:
                raise _LaterError(f"{where}: {_said(error)}") from error
        return self._smtp

    def _envelope(self, smtp: smtplib.SMTP, to: str) -> None:
        code, reply = smtp.mail(self._sender)
        if code >= 500:
            raise DigestError(
                f"{self._server.host} takes no mail from {self._sender}: {code}"
                f" {reply.decode('utf-8', 'replace')[:200]}"
            )
        self._expect(250, code, reply)
        code, reply = smtp.rcpt(to)
        self._expect(250, 250 if code == 251 else code, reply)
        code, reply = smtp.docmd("DATA")
        self._expect(354, code, reply)

    def _expect(self, wanted: int, code: int, reply: bytes) -> None:
        """Go on if the server agrees; else leave the connection ready for the next message."""
        if code == wanted:
            return
        said = f"{code} {reply.decode('utf-8', 'replace')[:200]}"
        smtp = self._smtp
        if code == 421 or smtp is None:
            self.close()
        else:
            try:
                smtp.rset()
            except (OSError, smtplib.SMTPException):
                self.close()
        raise _RefusedError(said) if 500 <= code < 600 else _LaterError(said)


def _dotted(data: bytes) -> bytes:
    """A message as it stands after DATA: lines that begin with a dot get another (RFC 5321, 4.5.2)."""
    data = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    return re.sub(rb"(?m)^\.", b"..", data) + (b"" if data.endswith(b"\r\n") else b"\r\n")


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection is closed")
    return smtp.sock


def _has_hung_up(smtp: smtplib.SMTP) -> bool:
    """Whether the server spoke or left before its turn; in the middle of a message it never speaks."""
    return bool(select.select([_socket(smtp)], [], [], 0)[0])


def _is_here(smtp: smtplib.SMTP) -> bool:
    """Whether the other end of the connection is this very machine."""
    peer = _socket(smtp).getpeername()
    return ipaddress.ip_address(peer[0].partition("%")[0]).is_loopback


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {text}"[:200]
    return str(error) or type(error).__name__

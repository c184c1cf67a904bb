"""Sending by SMTP: one message to each reader, over TLS, exactly once as far as SMTP can tell."""

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
from digest.services.mail.delivery_log import DeliveryLog
from digest.services.mail.recipients import Recipient

ATTEMPTS = 6
"""Attempts per reader in one run."""
MAX_FAILURES = 8
"""Failures in a row after which the run ends."""
LONGEST_WAIT = 30.0
"""Seconds before another attempt, at most."""
TIMEOUT = 60.0
"""Seconds to wait for a silent server."""
USER, PASSWORD = "DIGEST_SMTP_USER", "DIGEST_SMTP_PASSWORD"
"""The environment variables with the credentials."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server that accepts messages for delivery."""

    host: str
    port: int
    tls_at_once: bool
    """Whether the connection begins with TLS, rather than with STARTTLS."""
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str]) -> Server:
        """Parse `smtps://host` (TLS at once) or `smtp://host` (TLS by STARTTLS).

        Credentials come only from the environment, so that none end up in
        histories and logs. Raises `UsageError` for any other address.
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
        """Open an encrypted connection, and log in.

        Certificates are checked against the system's, or SSL_CERT_FILE. Only a
        server on this machine may be used without TLS.
        """
        context = ssl.create_default_context()
        if self.tls_at_once:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT, context=context
            )
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            # else Nagle's algorithm delays the dot that ends a message
            _socket(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if not self.tls_at_once and not _is_local(smtp):
                smtp.starttls(context=context)
                smtp.ehlo()
            if self.user:
                smtp.login(self.user, self.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


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
    later: list[tuple[Recipient, str]] = field(default_factory=list)
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

    If the server is busy or hangs up, it is tried again after growing pauses;
    `rate` is messages a minute, 0 for no limit. Raises `DigestError` if no message
    can be sent at all.
    """
    queue = deque((recipient, 1) for recipient in recipients)
    connection = _Connection(server, sender)
    failures = 0
    try:
        while queue:
            recipient, attempt = queue.popleft()
            failure = _attempt(recipient, compose, connection, log, report)
            failures = failures + 1 if failure else 0
            if failure is None:
                sleep(60 / rate if rate and queue else 0)
                continue
            if failure.sure and attempt < ATTEMPTS:
                queue.append((recipient, attempt + 1))
            elif failure.sure:
                report.later.append((recipient, failure.reason))
            if failures >= MAX_FAILURES:
                report.later += [(waiting, failure.reason) for waiting, _ in queue]
                return
            sleep(min(LONGEST_WAIT, 0.25 * 2**failures) if queue else 0)
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Failure:
    """A failure that may be temporary."""

    reason: str
    sure: bool
    """Whether the message certainly did not arrive."""


def _attempt(
    recipient: Recipient,
    compose: Callable[[Recipient], bytes],
    connection: _Connection,
    log: DeliveryLog,
    report: DeliveryReport,
) -> _Failure | None:
    """Try one recipient once, and log the result before returning."""
    to = recipient.address
    try:
        connection.send(to, compose(recipient), lambda: log.write(to, "sending"))
    except _RefusedError as refused:
        log.write(to, "failed", str(refused))
        report.refused.append((recipient, str(refused)))
    except _TemporaryError as temporary:
        if log.state(to) == "sending":
            log.write(to, "failed", str(temporary))
        return _Failure(str(temporary), sure=True)
    except _UnsureError as unsure:
        report.unsure.append(recipient)
        return _Failure(str(unsure), sure=False)
    else:
        log.write(to, "sent")
        report.sent.append(recipient)
    return None


# --- one message over the wire ---------------------------------------------------------------


class _RefusedError(Exception):
    """The server will never accept this message for this recipient."""


class _TemporaryError(Exception):
    """The server did not accept the message now, and certainly does not have it."""


class _UnsureError(Exception):
    """The server has the whole message and never replied."""


class _Connection:
    """A connection that is opened when needed, and again after it broke."""

    def __init__(self, server: Server, sender: str) -> None:
        self._server, self._sender = server, sender
        self._smtp: smtplib.SMTP | None = None

    def send(self, to: str, data: bytes, before_the_dot: Callable[[], None]) -> None:
        """Transmit a message; `before_the_dot` is called before the dot that completes it."""
        smtp = self._connected()
        try:
            self._envelope(smtp, to)
            smtp.send(_dot_stuff(data))
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _TemporaryError(_reason(error)) from error
        before_the_dot()
        try:
            if _has_hung_up(smtp):
                raise smtplib.SMTPServerDisconnected("the server hung up")
            smtp.send(b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _TemporaryError(_reason(error)) from error
        try:
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _UnsureError(_reason(error)) from error
        self._expect(250, code, reply)

    def close(self) -> None:
        """Close the connection, with QUIT if the server still responds."""
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
                raise _TemporaryError(_reason(error)) from error
            except (OSError, smtplib.SMTPException) as error:
                raise _TemporaryError(f"{where}: {_reason(error)}") from error
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
        """Raise the server's refusal if `code` is not `wanted`, ready for the next message."""
        if code == wanted:
            return
        refusal = f"{code} {reply.decode('utf-8', 'replace')[:200]}"
        smtp = self._smtp
        if code == 421 or smtp is None:
            self.close()
        else:
            try:
                smtp.rset()
            except (OSError, smtplib.SMTPException):
                self.close()
        raise _RefusedError(refusal) if 500 <= code < 600 else _TemporaryError(refusal)


def _dot_stuff(data: bytes) -> bytes:
    """Return a message as sent after DATA: a leading dot is doubled (RFC 5321, section 4.5.2)."""
    data = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    return re.sub(rb"(?m)^\.", b"..", data) + (b"" if data.endswith(b"\r\n") else b"\r\n")


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection is closed")
    return smtp.sock


def _has_hung_up(smtp: smtplib.SMTP) -> bool:
    """Return whether the server sent something or left in the middle of a message."""
    return bool(select.select([_socket(smtp)], [], [], 0)[0])


def _is_local(smtp: smtplib.SMTP) -> bool:
    """Return whether the server is on this machine."""
    peer = _socket(smtp).getpeername()
    return ipaddress.ip_address(peer[0].partition("%")[0]).is_loopback


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        return f"{error.smtp_code} {text}"[:200]
    return str(error) or type(error).__name__

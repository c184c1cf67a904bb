"""A mail server, and one message at a time over a connection to it, by TLS (RFC 5321)."""

from __future__ import annotations

import ipaddress
import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from digest.errors import DigestError, UsageError

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


# --- one message over the wire ---------------------------------------------------------------


class RefusedError(Exception):
    """The server will never accept this message for this recipient."""


class TemporaryError(Exception):
    """The server did not accept the message now, and certainly does not have it.

    Without more, the connection failed, or the server takes nothing from anybody.
    """


class DeferredError(TemporaryError):
    """The server did not accept this recipient now; it may accept others."""


class ClosedError(DeferredError):
    """It closed the connection as well (421): because of the recipient, or of itself."""


class UnsureError(Exception):
    """The server has the whole message and never replied."""


class Connection:
    """A connection that is opened when needed, and again after it broke."""

    def __init__(self, server: Server, sender: str) -> None:
        """Send to a server as a sender; nothing is opened yet."""
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
            raise TemporaryError(_reason(error)) from error
        before_the_dot()
        try:
            if _has_hung_up(smtp):
                raise smtplib.SMTPServerDisconnected("the server hung up")
            smtp.send(b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TemporaryError(_reason(error)) from error
        try:
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise UnsureError(_reason(error)) from error
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
                raise TemporaryError(_reason(error)) from error
            except (OSError, smtplib.SMTPException) as error:
                raise TemporaryError(f"{where}: {_reason(error)}") from error
        return self._smtp

    def _envelope(self, smtp: smtplib.SMTP, to: str) -> None:
        code, reply = smtp.mail(self._sender)
        if code >= 500:
            raise DigestError(
                f"{self._server.host} takes no mail from {self._sender}: {code}"
                f" {reply.decode('utf-8', 'replace')[:200]}"
            )
        self._expect(250, code, reply, TemporaryError)
        code, reply = smtp.rcpt(to)
        self._expect(250, 250 if code == 251 else code, reply)
        code, reply = smtp.docmd("DATA")
        self._expect(354, code, reply)

    def _expect(
        self, wanted: int, code: int, reply: bytes, kind: type[TemporaryError] = DeferredError
    ) -> None:
        """Raise the server's refusal if `code` is not `wanted`, ready for the next message.

        A temporary one is of a `kind`.
        """
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
        if 500 <= code < 600:
            raise RefusedError(refusal)
        closed = code == 421 and kind is DeferredError
        raise ClosedError(refusal) if closed else kind(refusal)


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

"""A mail server on loopback: it counts what each reader got, and can be told to misbehave."""

from __future__ import annotations

import socket
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Box:
    """A mailbox for everybody; `mood` decides what happens to whom."""

    def __init__(self, mood: Callable[[str, str, int], str | None] = lambda *_: None) -> None:
        self.got: Counter[str] = Counter()
        self.tries: Counter[tuple[str, str]] = Counter()
        self.messages: list[bytes] = []
        self.mood = mood

    def answer(self, phase: str, to: str) -> str | None:
        self.tries[phase, to] += 1
        return self.mood(phase, to, self.tries[phase, to])

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _: object, envelope: object, to: str, __: object
    ) -> str:
        answer = self.answer("rcpt", to)
        if answer == "cut":
            server.transport.abort()
        elif answer:
            return answer
        envelope.rcpt_tos.append(to)  # type: ignore[attr-defined]
        return "250 yes"

    async def handle_DATA(self, server: SMTP, _: object, envelope: object) -> str:  # noqa: N802
        [to] = envelope.rcpt_tos  # type: ignore[attr-defined]
        answer = self.answer("end", to)
        if answer and answer != "lost":
            return answer
        self.got[to] += 1
        self.messages.append(envelope.content)  # type: ignore[attr-defined]
        if answer == "lost":
            server.transport.abort()
        return "250 yes"


class Server(SMTP):
    """Hangs up before a message where the box says so."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        box = self.event_handler
        if self.envelope.rcpt_tos and box.answer("data", self.envelope.rcpt_tos[0]) == "cut":
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Listening(Controller):
    def factory(self) -> SMTP:
        return Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """Knock once, so that the first session is made: by TLS where there is TLS."""
        with socket.create_connection((self.hostname, self.port), 5) as knock:
            if not self.ssl_context:
                knock.recv(1024)
                return
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with context.wrap_socket(knock) as secret:
                secret.recv(1024)


@contextmanager
def listening(box: Box, authority: trustme.CA | None = None, **options: object) -> Iterator[int]:
    """A server on loopback: with TLS from the start where there is an authority, else without."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        options["ssl_context"] = context
    controller = Listening(box, hostname="127.0.0.1", port=port, ready_timeout=30, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()

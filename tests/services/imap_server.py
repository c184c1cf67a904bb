"""A mailbox on loopback: as much of IMAP4rev1 over TLS as reading a folder takes (RFC 3501)."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """Folders with messages, one user, and what was asked of it."""

    folders: dict[str, list[bytes]]
    user: str = "me"
    password: str = "s3cret"  # noqa: S105
    port: int = 0
    greeting: bytes = b"* OK ready\r\n"
    fault: str = ""
    """A command that is answered with a word that nobody expects."""
    asked: list[str] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    """One connection."""

    box: Mailbox

    def handle(self) -> None:
        self.messages: list[bytes] = []
        with suppress(ConnectionError, ssl.SSLError):
            self.wfile.write(self.box.greeting)
            while line := self.rfile.readline().decode("latin-1").strip():
                tag, _, rest = line.partition(" ")
                self.box.asked.append(rest)
                if not self._answer(tag, rest):
                    return

    def _answer(self, tag: str, rest: str) -> bool:
        word, _, given = rest.partition(" ")
        name = f"{word} {given.partition(' ')[0]}" if word.lower() == "uid" else word
        name = name.lower()
        if self.box.fault == name:
            self.wfile.write(b"* BYE overloaded\r\n")
            return False
        good, lines = getattr(self, f"_{name.replace(' ', '_')}")(given)
        self.wfile.write(b"".join(lines) + f"{tag} {'OK' if good else 'NO'} done\r\n".encode())
        return name != "logout"

    def _capability(self, given: str) -> tuple[bool, list[bytes]]:
        return True, [b"* CAPABILITY IMAP4rev1\r\n"]

    def _login(self, given: str) -> tuple[bool, list[bytes]]:
        return given.replace('"', "") == f"{self.box.user} {self.box.password}", []

    def _examine(self, given: str) -> tuple[bool, list[bytes]]:
        name = given.strip('"')
        self.messages = self.box.folders.get(name, [])
        return name in self.box.folders, [f"* {len(self.messages)} EXISTS\r\n".encode()]

    def _uid_search(self, given: str) -> tuple[bool, list[bytes]]:
        uids = " ".join(str(number) for number in range(1, len(self.messages) + 1))
        return True, [f"* SEARCH {uids}\r\n".encode()]

    def _uid_fetch(self, given: str) -> tuple[bool, list[bytes]]:
        number = int(re.findall(r"\d+", given)[0])
        message = self.messages[number - 1]
        if "BODY" not in given:
            size = f"* {number} FETCH (UID {number} RFC822.SIZE {len(message)})\r\n"
            return True, [size.encode()]
        head = f"* {number} FETCH (UID {number} BODY[] {{{len(message)}}}\r\n"
        return True, [head.encode(), message, b")\r\n"]

    def _logout(self, given: str) -> tuple[bool, list[bytes]]:
        return True, [b"* BYE\r\n"]


@contextmanager
def serve_mailbox(box: Mailbox, context: ssl.SSLContext) -> Iterator[Mailbox]:
    """Serve a mailbox on loopback."""
    handler = type("Session", (_Session,), {"box": box})

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self):  # type: ignore[no-untyped-def]
            connection, address = super().get_request()
            return context.wrap_socket(connection, server_side=True), address

        def handle_error(self, *_: object) -> None:
            """Stay silent when a client breaks off."""

    with Server(("127.0.0.1", 0), handler) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()

"""Telling a WebSub hub, on loopback, in good and in bad health."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

import pytest

from digest.services.websub import ping
from tests.conftest import COMET, Folder

FEEDS = ["https://example.org/feed.xml", "https://example.org/atom.xml"]


@contextmanager
def hub(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A hub that always answers the same, and what it was told."""
    told: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = 0
            while line := self.rfile.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            told.append(self.rfile.read(length))
            self.wfile.write(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", told
        server.shutdown()


def test_a_hub_is_told_of_every_feed() -> None:
    """One request a feed, as the recommendation's publishers do."""
    with hub(b"HTTP/1.0 204 No Content\r\n\r\n") as (address, told):
        assert list(ping(address, FEEDS)) == [(feed, "") for feed in FEEDS]
    asked = [parse_qs(body.decode()) for body in told]
    assert [each["hub.mode"] for each in asked] == [["publish"], ["publish"]]
    assert [each["hub.url"] for each in asked] == [[feed] for feed in FEEDS]


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.0 500 Broken\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.0 two\r\n\r\n", b""],
    ids=["an error", "no web server", "no number", "nothing"],
)
def test_a_broken_hub_is_a_message_a_feed(answer: bytes) -> None:
    """Whatever it answers, the hub is notified of the other feeds, and nothing is raised."""
    with hub(answer) as (address, _):
        found = list(ping(address, FEEDS))
    assert [feed for feed, _ in found] == FEEDS
    assert all(wrong for _, wrong in found)


def test_the_command_notifies_of_every_feed_of_the_site(folder: Folder) -> None:
    """`digest ping` is run after publishing, and fails where the hub was not told."""
    folder.seed("a.txt", COMET + "\n")
    file = folder.path / "mkdocs.yml"
    with hub(b"HTTP/1.0 204 No Content\r\n\r\n") as (address, told):
        settings = file.read_text().replace("# site_url:", "site_url:")
        file.write_text(settings.replace("  - digest:\n", f"  - digest:\n      hub: {address}\n"))
        assert folder.run("ping", "--dry-run").returncode == 0
        assert told == []
        assert folder.run("ping").returncode == 0
    assert any(b"example.org%2Fdigest%2Ffeed.xml" in body for body in told)
    assert folder.run("ping").returncode == 1

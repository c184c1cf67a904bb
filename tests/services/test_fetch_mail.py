"""Fetching alerts from a mailbox: the real program against an IMAP server on loopback."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme

from digest.services import web
from tests.conftest import DAY, Folder
from tests.services.imap_server import Mailbox, serve_mailbox
from tests.services.sources import Work, works
from tests.services.test_fetch import TOMORROW, configure, documents, stored

ENVIRONMENT = {"DIGEST_IMAP_USER": "me", "DIGEST_IMAP_PASSWORD": "s3cret"}


def alert(found: list[Work]) -> bytes:
    """An alert as services send them."""
    message = EmailMessage()
    message["From"], message["To"] = "alerts@example.org", "me@example.org"
    message["Subject"], message["Date"] = "New articles", "Wed, 12 Mar 2025 06:00:00 +0000"
    message.set_content(
        "\n\n".join(f"{work['title']}\n\n{work['abstract']}" for work in found) + "\n"
    )
    return message.as_bytes().replace(b"\n", b"\r\n")


def chatter() -> bytes:
    """A mail about something else."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Lunch?"
    message.set_content("Shall we have lunch on Friday?\n")
    return message.as_bytes()


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setattr(web, "TIMEOUT", 1.0)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    box = Mailbox({"Alerts": [alert(works(4, DAY)), chatter()], "Empty": []})
    with serve_mailbox(box, context):
        yield box


def entry(box: Mailbox, folder: str = "Alerts") -> dict[str, str]:
    return {"imap": f"127.0.0.1:{box.port}/{folder}", "name": "Alerts by mail"}


def test_alerts_are_stored_as_they_came_and_left_unread(folder: Folder, box: Mailbox) -> None:
    """A message with papers is a document; others are passed over; the folder is only looked at."""
    done = configure(folder, entry(box)).run("fetch", env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    assert "Alerts by mail: 4 papers, 4 of them new" in done.stderr
    (file,) = map(Path, done.stdout.splitlines())
    assert file.name == f"{DAY}-alerts-by-mail.eml"
    assert file.read_bytes() == box.folders["Alerts"][0]
    assert not any("SELECT" in line or "STORE" in line for line in box.asked)
    assert all("PEEK" in line for line in box.asked if "BODY" in line)
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    assert not any(b"s3cret" in path.read_bytes() for path in files)


def test_a_message_is_stored_once(folder: Folder, box: Mailbox) -> None:
    """The next day has the new message only."""
    configure(folder, entry(box)).run("fetch", env=ENVIRONMENT)
    again = folder.run("fetch", env=ENVIRONMENT, today=TOMORROW)
    assert again.returncode == 0
    assert "nothing new" in again.stderr
    box.folders["Alerts"].append(alert(works(3, TOMORROW, 12)))
    more = folder.run("fetch", env=ENVIRONMENT, today=TOMORROW)
    assert "3 of them new" in more.stderr
    assert len(stored(folder)) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"env": {}}, "expected DIGEST_IMAP_USER and DIGEST_IMAP_PASSWORD in the environment"),
        ({"password": "other"}, "expected the messages, found:"),
        ({"folder": "Spam"}, "expected the messages, found:"),
        ({"folder": "Empty"}, "expected papers, found none at all"),
        ({"greeting": b"* BYE too many connections\r\n"}, "expected the messages, found:"),
        ({"greeting": b"HTTP/1.1 400 Bad Request\r\n\r\n"}, "expected the messages, found:"),
        ({"greeting": b""}, "expected the messages, found: "),
        ({"fault": "login"}, "expected the messages, found:"),
        ({"fault": "examine"}, "expected the messages, found:"),
        ({"fault": "uid search"}, "expected the messages, found:"),
        ({"fault": "uid fetch"}, "expected the messages, found:"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_mailbox_in_bad_health_is_a_message(
    folder: Folder, box: Mailbox, change: dict[str, object], said: str
) -> None:
    """Whatever the server does, nothing is stored, and neither password nor traceback is shown."""
    given = dict(change)
    env = given.pop("env", ENVIRONMENT)
    where = str(given.pop("folder", "Alerts"))
    for name, value in given.items():
        setattr(box, name, value)
    before = documents(folder)
    done = configure(folder, entry(box, where)).run("fetch", env=env)  # type: ignore[arg-type]
    assert done.returncode == 1
    assert f"Alerts by mail: {said}" in done.stderr
    assert "s3cret" not in done.stderr
    assert "Traceback" not in done.stderr
    assert documents(folder) == before


def test_a_server_that_is_not_trusted_gets_no_password(
    folder: Folder, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a good certificate nobody signs in."""
    monkeypatch.delenv("SSL_CERT_FILE")
    done = configure(folder, entry(box)).run("fetch", env=ENVIRONMENT)
    assert done.returncode == 1
    assert "certificate verify failed" in done.stderr
    assert box.asked == []

"""A folder of a mailbox, by IMAP over TLS: alerts that scholars' services send.

Messages stay as they are, unread ones unread. User and password come from the
environment alone (DIGEST_IMAP_USER, DIGEST_IMAP_PASSWORD).
"""

from __future__ import annotations

import imaplib
import os
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import imap_tools

from digest.errors import WebError
from digest.services import web
from digest.services.fetch.answers import ReadPage, read_page
from digest.services.fetch.source import AnswerPage, FetchSource, Inquiry

USER, PASSWORD = "DIGEST_IMAP_USER", "DIGEST_IMAP_PASSWORD"
_PORT = 993
MOST = 500
"""Messages that are read, at most; the newest ones."""
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


def _complaint(query: str) -> str:
    parts = urlsplit(f"imaps://{query}")
    good = parts.hostname and len(parts.path) > 1 and "@" not in query and "://" not in query
    return "" if good else "a server and a folder (imap.example.org/Alerts)"


def messages(name: str, source: FetchSource, inquiry: Inquiry) -> Iterator[ReadPage]:
    """Yield the messages of the folder that hold papers; others are passed over.

    Raises `WebError` if there is no user or password, the server cannot be reached,
    has no such folder, or does not let us in.
    """
    with _folder(name, inquiry.query) as box:
        found = box.uids(imap_tools.AND(date_gte=inquiry.since))[-MOST:]
        for number, uid in enumerate(found, 1):
            body = _message(box, uid)
            if not body:
                continue
            page = AnswerPage(f"{inquiry.query};uid={uid}", number, body)
            try:
                yield read_page(name, source, page)
            except WebError:
                continue  # a mail about something else


@contextmanager
def _folder(name: str, query: str) -> Iterator[imap_tools.BaseMailBox]:
    """Open a folder for reading; every failure inside becomes a `WebError`."""
    parts = urlsplit(f"imaps://{query}")
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if not (user and password):
        raise WebError(name, f"expected {USER} and {PASSWORD} in the environment, found none")
    try:
        with imap_tools.MailBox(
            parts.hostname or "",
            parts.port or _PORT,
            timeout=web.TIMEOUT,
            ssl_context=ssl.create_default_context(),
        ) as box:
            box.login(user, password, initial_folder=None)
            box.folder.set(unquote(parts.path[1:]), readonly=True)
            yield box
    except (imap_tools.ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as error:
        said = " ".join(str(getattr(error, "strerror", None) or error).split())
        raise WebError(name, f"expected the messages, found: {said[:160]}") from error


def _message(box: imap_tools.BaseMailBox, uid: str) -> bytes:
    """Return a message as it came, and leave it unread; nothing of one that is too large."""
    size = _SIZE.search(repr(box.client.uid("fetch", uid, "(RFC822.SIZE)")[1]).encode())
    if size and int(size[1]) > web.LARGEST:
        return b""
    _, parts = box.client.uid("fetch", uid, "(BODY.PEEK[])")
    return next((bytes(part[1]) for part in parts or () if isinstance(part, tuple)), b"")


def _nothing(inquiry: Inquiry) -> str:
    return ""


SOURCE = FetchSource(
    name="imap",
    label="mail",
    about="a server and a folder; user and password from the environment",
    example="imap.example.org/Alerts",
    protocol="imap",
    quiet=14,
    content="any",
    suffix=".eml",
    complaint=_complaint,
    first=_nothing,
)

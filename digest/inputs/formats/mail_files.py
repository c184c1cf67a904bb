"""Mails saved by mail programs: .eml files and mbox folders.

    From: no-reply@arXiv.org
    Subject: cs daily Subj-class mailing
    Content-Transfer-Encoding: quoted-printable

Bodies are decoded (quoted-printable, base64) and read as if they had been pasted;
of the alternatives of a multipart mail, the one with the most papers is used.
RFC 5322, RFC 2045, RFC 4155.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.utils import parsedate_to_datetime

from digest.errors import SeedError
from digest.inputs import evidence, findings
from digest.inputs.decoding import decode
from digest.inputs.document import HEAD, as_document
from digest.inputs.format import Format
from digest.inputs.formats import html_page
from digest.inputs.layout import pasted
from digest.inputs.syntax.extents import DocumentText, Extent, as_long_as
from digest.models import DateLine, Guess, Reading, Seed

NAME = "mail"

_FIELD = re.compile(
    r"^(from|to|subject|date|mime-version|content-type|received|message-id|content-transfer-encoding|return-path"
    r"|delivered-to|reply-to|list-unsubscribe|dkim-signature|x-[\w-]{1,40}):", re.I | re.M
)  # fmt: skip
_ENCODED = re.compile(
    r"^content-(?:transfer-encoding:\s*(?:quoted-printable|base64)|type:\s*(?:multipart/|text/html))",
    re.I | re.M,
)
# the line before each mail of an mbox folder
_BETWEEN = re.compile(r"^From \S.{5,100}\d{4}\s*$\n(?=[\w-]{1,40}:)", re.M)


def recognise(seed: Seed) -> Guess:
    """Sure if a mail's header precedes an encoded body."""
    header = _BETWEEN.sub("", seed.text[:20_000].lstrip(), count=1).split("\n\n", 1)[0]
    fields = {field.lower() for field in _FIELD.findall(header)}
    if not re.match(r"[\w-]{1,40}:", header) or not fields & {"from", "subject"} or len(fields) < 3:
        return Guess(0.0, "a mail's header: 'From:', 'Subject:', 'Date:'")
    return Guess(0.98 if _ENCODED.search(seed.text[:HEAD]) else 0.72)


def read(seed: Seed) -> Reading:
    """Read every mail."""
    mails = list(_mails(seed.text))
    finds = (find for line, text in mails for find in _read_entries(seed, line, text))
    return findings.reading(seed, NAME, finds, _day(mails))


def _mails(text: str) -> Iterator[tuple[int, str]]:
    """Yield the mails of an mbox folder, or a single mail, each with its 1-based line."""
    between = list(_BETWEEN.finditer(text))
    if not between:
        yield 1, text.lstrip("\n")
        return
    line, at = 1, 0
    for match, after in zip(between, [*between[1:], None], strict=True):
        line, at = line + text.count("\n", at, match.end()), match.end()
        yield line, text[at : after.start() if after else len(text)]


def _day(mails: list[tuple[int, str]]) -> DateLine | None:
    """Return the day on which the last mail was sent."""
    line, text = mails[-1]
    try:
        sent = parsedate_to_datetime(str(email.message_from_string(text[:20_000])["Date"]))
    except (TypeError, ValueError):
        return None
    return DateLine(sent.month, sent.day, sent.year, line)


def _read_entries(seed: Seed, line: int, text: str) -> Iterator[findings.Finding]:
    found = [(reading, at) for part, at in _parts(seed, text) if (reading := _read(part))]
    described = [
        (reading, at) for reading, at in found if evidence.judge(reading, pasted=True).records
    ]
    if not described:
        message = "expected a mail about papers, found a mail in which no paper is found"
        yield findings.refuse(seed, line, f"{message} — nothing is read")
        return
    best, at = max(described, key=lambda pair: len(pair[0].records))
    last = max([*(one.line for one in best.records), *(one.line for one in best.problems)])
    yield from pasted.relocate(best, [line + at + number for number in range(last)])


def _read(part: Seed) -> Reading | None:
    """Read a part of a mail as a page or as text; None if it has no papers."""
    seen = as_document(part)
    made = html_page.read(seen) if html_page.recognise(seen).confidence > 0.5 else pasted.read(seen)
    return made if made.records else None


def _parts(seed: Seed, text: str) -> Iterator[tuple[Seed, int]]:
    """Yield the decoded texts of a mail, each with its offset in lines."""
    whole = email.message_from_string(text)
    for part in whole.walk():
        if part.get_content_maintype() == "text" and (body := _body(seed, part)):
            raw = str(part.get_payload())
            yield (
                replace(body, sha=seed.sha, note=seed.note),
                text.count("\n", 0, max(0, text.find(raw[:200]))),
            )


def _body(seed: Seed, part: Message) -> Seed | None:
    raw = str(part.get_payload())
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("quoted-printable", "base64"):
        return replace(seed, text=raw) if raw.strip() else None
    data = part.get_payload(decode=True)
    try:
        return decode(seed.name, data) if isinstance(data, bytes) else None
    except SeedError:
        return None


def _end(text: DocumentText, at: int) -> int:
    """Return the line after a mail: after its last part or page, or where another format begins."""
    header = text.whole[text.starts[at] : text.starts[min(at + 200, len(text.lines))]]
    header = header.split("\n\n", 1)[0]
    if len(set(_HEADER.findall(header))) < 3:
        return at
    body = at + header.count("\n") + 1
    if re.search(r"^content-transfer-encoding:\s*base64", header, re.I | re.M):
        return _encoded(text, body)
    if boundary := re.search(r"boundary=\"?([^\s\";]{1,100})", header):
        closing = f"--{boundary[1]}--"
    elif re.search(r"^content-type:\s*text/html", header, re.I | re.M):
        closing = "</html>"
    else:
        closing = ""
    for number in range(body, len(text.lines)):
        if closing and text.lines[number].rstrip().lower().endswith(closing.lower()):
            return number + 1
        kind = None if closing else text.kind(number)
        if kind and kind.sure and (kind.name != "mail" or text.lines[number].startswith("From ")):
            if kind.name == "mail":
                continue  # an mbox folder is one document
            if kind.end(text, number) > number:
                return number
    return len(text.lines)


_encoded = as_long_as(r"[A-Za-z0-9+/=]{1,1000}\s*$", 1)
"""Returns the line after a body in base64."""

_HEADER = re.compile(
    r"^(from|to|subject|date|mime-version|content-type|received|message-id|return-path|reply-to):",
    re.I | re.M,
)


_EXTENTS = (
    Extent("mail", r"(?i:from|subject|date|received|return-path|mime-version|message-id|delivered-to): \S|From \S{1,200} .{4,100}\d{4}\s*$", _end, alone=True),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "mail",
    "mail",
    recognise,
    read,
    extents=_EXTENTS,
    about="mails as programs save them: .eml, mbox; encoded, with HTML or without",
    example="From: …\nSubject: …\nContent-Transfer-Encoding: base64",
)

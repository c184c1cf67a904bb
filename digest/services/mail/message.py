"""An edition as a message: a plain text, and HTML that mail programs display correctly.

Styles are inline, as mail programs require, and defined once as variables at the
top of the template, so that neither our template nor a user's needs a library to
inline them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime
from html import escape
from typing import cast
from urllib.parse import quote

from digest.errors import ConfigError, UsageError
from digest.language.sentences import shorten
from digest.language.strings import counted, squeeze, visible, well_formed
from digest.models import Digest, Edition, Paper, Site
from digest.outputs.rendering.filters import long_day
from digest.outputs.rendering.grouping import sections
from digest.outputs.rendering.templates import Templates
from digest.services.mail.recipients import Recipient, parse_address, parse_recipient

LIMIT = 98_000
"""Bytes of HTML, at most: Gmail truncates a message at 102 kB."""
WHOLE = 420
"""Characters of an abstract that is shown whole; a longer one is shortened to its point."""
SECRET = "DIGEST_MAIL_SECRET"  # noqa: S105 - its name
"""The environment variable with the key that signs unsubscribe links."""

_LEAVE = "https://leave.invalid/this-list"
"""The placeholder in a letter for each reader's unsubscribe address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An edition as a mail, without what differs between readers."""

    day: str
    subject: str
    text: str
    html: str
    shown: int
    """Papers in it; the others are only counted and linked."""
    list_id: str
    web: str
    """The address of the edition's page."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and how readers unsubscribe."""

    name: str
    address: str
    leave: str = ""
    """A `mailto:` or `https:` address; the latter may contain {email} and {token}."""
    secret: str = ""
    """The key that signs {token}."""

    @classmethod
    def of(cls, given: str, leave: str, site: Site, environment: Mapping[str, str]) -> Sender:
        """Return the sender from the options; without them, one that is only for previews.

        Raises `ConfigError` for an invalid address, `UsageError` if the key is missing.
        """
        try:
            found = parse_recipient(given or f"digest@{site.feed_id}.digest.invalid")
        except UsageError as error:
            raise ConfigError("mkdocs.yml", f"option 'mail_from': {error}") from error
        if leave and not leave.startswith(("https://", "mailto:")):
            raise ConfigError(
                "mkdocs.yml",
                f"option 'mail_unsubscribe' expects a https:// or mailto: address, found {leave!r}",
            )
        secret = environment.get(SECRET, "")
        if "{token}" in leave and not secret:
            raise UsageError(
                f"'mail_unsubscribe' holds {{token}}: set {SECRET} in the environment to sign it"
            )
        return cls(found.name or site.name, found.address, leave, secret)

    def unsubscribe_address(self, reader: Recipient) -> str:
        """Return where this reader unsubscribes; an address given in the list comes first."""
        if reader.unsubscribe.startswith(("https://", "mailto:")):
            return _ascii(reader.unsubscribe)
        if not self.leave:
            return f"mailto:{self.address}?subject=unsubscribe"
        signed = hmac.new(self.secret.encode(), reader.address.lower().encode(), "sha256")
        known = {"{email}": quote(reader.address, safe=""), "{token}": signed.hexdigest()[:32]}
        return _ascii(re.sub(r"\{email\}|\{token\}", lambda found: known[found[0]], self.leave))


def find_edition(digest: Digest, day: date | None = None) -> Edition | None:
    """Return the newest edition, or that of a day; None for a digest without papers.

    Raises `UsageError` if the day has none.
    """
    if day is None:
        return digest.editions[0] if digest.editions else None
    for edition in digest.editions:
        if edition.day == day:
            return edition
    near = sorted(digest.editions, key=lambda each: abs(each.day - day))[:1]
    hint = f"; the nearest is {near[0].day}" if near else ""
    raise UsageError(f"there is no edition of {day}{hint}")


def write_letter(edition: Edition, site: Site, templates: Templates) -> Letter:
    """Write an edition as a letter: as many papers as fit, and how many more there are."""
    shown = len(edition.papers)
    html = _html(edition, shown, site, templates)
    while (size := len(html.encode())) > LIMIT and shown:
        shown = min(shown - 1, int(shown * LIMIT / size))
        html = _html(edition, shown, site, templates)
    name = squeeze(visible(site.name))
    return Letter(
        day=edition.day.isoformat(),
        subject=f"{shorten(name, 80)}, {long_day(edition.day)}:"
        f" {counted(len(edition.papers), 'paper')}",
        text=well_formed(
            templates.text("mail/edition.txt.j2", **_context(edition, shown, site), wrap=wrap)
        ),
        html=html,
        shown=shown,
        list_id=f"{site.feed_id}.digest.invalid",
        web=f"{site.url}{edition.url}",
    )


def wrap(text: str, indent: int = 0) -> str:
    """Break a text into lines of at most 72 characters, all but the first indented.

    >>> print(wrap("1. " + "word " * 20, 3))
    1. word word word word word word word word word word word word word
       word word word word word word word
    """
    filled = textwrap.fill(
        squeeze(text),
        72,
        initial_indent=" " * indent,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.lstrip(" ")


def to_message(
    letter: Letter, reader: Recipient, sender: Sender, when: datetime | None = None
) -> EmailMessage:
    """Return a letter as a message to one reader; only `when` can differ between runs.

    The `Message-ID` is derived from the edition and the reader, so that a server
    can recognise a duplicate. Unsubscribing takes one click if the address is an
    https: one (RFC 8058).
    """
    leave = sender.unsubscribe_address(reader)
    message = EmailMessage(policy=_POLICY)
    message["From"] = _header_address(sender.name, sender.address)
    message["To"] = _header_address(reader.name, reader.address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(when or datetime.fromisoformat(f"{letter.day}T00:00:00Z"))
    message["Message-ID"] = _message_id(letter, reader, sender)
    message["List-Id"] = f"<{letter.list_id}>"
    message["List-Unsubscribe"] = f"<{leave}>"
    if leave.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Archive"] = f"<{_ascii(letter.web)}>"
    message["Auto-Submitted"] = "auto-generated"
    text = letter.text.replace(_LEAVE, leave)
    html = letter.html.replace(_LEAVE, escape(leave))
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # derived from the content, so that no text can contain it
    message.set_boundary(f"digest-{hashlib.sha256((text + html).encode()).hexdigest()[:24]}")
    return message


def to_bytes(message: EmailMessage) -> bytes:
    """Return a message as it is transmitted."""
    return message.as_bytes(policy=_POLICY)


class _Unfolded(UniqueUnstructuredHeader):
    """A header whose address must not be folded, however long; it is ASCII by then."""

    def fold(self, *, policy: Policy) -> str:  # type: ignore[type-arg,unused-ignore]
        name = cast(BaseHeader, self).name
        return f"{name}: {self}\r\n"


_REGISTRY = HeaderRegistry()
for _name in ("list-unsubscribe", "list-archive", "message-id", "list-id"):
    _REGISTRY.map_to_type(_name, cast(type[BaseHeader], _Unfolded))
# 76 characters: the limit of quoted-printable (RFC 2045, section 6.7)
_POLICY = policy.SMTP.clone(header_factory=_REGISTRY, max_line_length=76)


def _html(edition: Edition, shown: int, site: Site, templates: Templates) -> str:
    return well_formed(templates.text("mail/edition.html.j2", **_context(edition, shown, site)))


def _context(edition: Edition, shown: int, site: Site) -> dict[str, object]:
    counts = sections(edition.papers)
    return {
        "site": site,
        "edition": edition,
        "counts": counts,
        "sections": sections(edition.papers[:shown]),
        "more": len(edition.papers) - shown,
        "point": point,
        "leave": _LEAVE,
        "glance": shorten(", ".join(f"{each.topic} ({len(each.papers)})" for each in counts), 140),
    }


def point(paper: Paper) -> str:
    """Return what a mail says of a paper: a short abstract, or the contribution of a long one."""
    if len(paper.abstract) <= WHOLE:
        return paper.abstract
    return shorten(paper.tldr or paper.abstract, WHOLE)


def _header_address(name: str, address: str) -> Address:
    """Return a name and an address for a header; nothing in the name can end it."""
    local, _, domain = parse_address(address).rpartition("@")
    name = shorten(squeeze(visible(name)), 100)
    if len(name) > _FOLDED:
        name = squeeze(_SPECIALS.sub(" ", name))
    return Address(name, local, domain)


_FOLDED = 50
"""Characters of a name that may be folded: Python's folding loses the quotes around it."""
_SPECIALS = re.compile(r'[<>()\[\]\\"@,:;]+')
"""Characters that may appear in a name only in quotes (RFC 5322, section 3.2.3)."""


def _message_id(letter: Letter, reader: Recipient, sender: Sender) -> str:
    who = hashlib.sha256(f"{letter.list_id} {reader.address.lower()}".encode()).hexdigest()[:20]
    return f"<{letter.day}.{who}@{sender.address.rpartition('@')[2]}>"


def _ascii(url: str) -> str:
    """Return an address that is safe between < and > in a header."""
    return quote(squeeze(url).encode("utf-8", "replace"), safe="%/:?#[]@!$&'()*+,;=-._~")

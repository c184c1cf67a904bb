"""Recipients of the mail: checked addresses, and lists of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from digest.errors import DigestError, UsageError
from digest.language.strings import squeeze, visible
from digest.models import Problem

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_COLUMNS = {
    "address": ("email", "emailaddress", "address", "mail"),
    "name": ("name", "fullname", "firstname"),
    "unsubscribe": ("unsubscribe", "unsubscribeurl", "unsubscribelink"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets the mail."""

    address: str
    """Checked (`parse_address`); ASCII only."""
    name: str = ""
    unsubscribe: str = ""
    """The recipient's own unsubscribe address, if the list has one."""


def parse_address(text: str) -> str:
    """Return a mail address that no server and no header can misunderstand.

    A dot-atom (RFC 5321) before the @, a host name after it, which may be in any
    script and becomes ASCII. Raises `UsageError` for anything else.

    >>> parse_address(" ada@bücher.example ")
    'ada@xn--bcher-kva.example'
    >>> parse_address("ada@example.org\\r\\nBcc: all@example.org")
    Traceback (most recent call last):
    digest.errors.UsageError: expected a mail address, found 'ada@example.org\\r\\nBcc: all@example.org'
    """
    local, _, domain = text.strip().rpartition("@")
    try:
        host = domain.encode("idna").decode() if domain else ""
    except UnicodeError:
        host = ""
    labels = host.split(".")
    if (
        not _LOCAL.fullmatch(local)
        or not all(_LABEL.fullmatch(label) for label in labels)
        or len(local) > 64
        or len(local) + len(host) > 253
    ):
        raise UsageError(f"expected a mail address, found {text[:80]!r}")
    return f"{local}@{host}"


def parse_recipient(text: str) -> Recipient:
    """Parse `Ada Lovelace <ada@example.org>`, or the address alone.

    Raises `UsageError` if the address is not valid.
    """
    if any(char in text for char in "\r\n"):
        raise UsageError(f"expected a mail address, found {text[:80]!r}")
    name, found = parseaddr(text)
    return Recipient(parse_address(found or text), squeeze(visible(name)))


def read_recipients(file: Path) -> tuple[list[Recipient], list[Problem]]:
    """Read a list of subscribers: CSV with a column `email`, or an address a line.

    Fields may be separated by commas, semicolons or tabs. A line of addresses, as mail
    programs give them (`Ada <a@x.org>; b@y.org`), is as many recipients. Columns `name` and `unsubscribe` are optional. Returns each address once, and
    a problem for each invalid line. Raises `DigestError` if the file cannot be
    read.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(
            f"{file}: expected a list of subscribers as UTF-8 text, found: {error}"
        ) from error
    try:
        rows = [(line, row) for line, row in _rows(text) if any(map(str.strip, row))]
    except csv.Error as error:
        raise DigestError(f"{file}: expected comma-separated values, found: {error}") from error
    return _parse_rows(rows, _find_columns(rows, file), file)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines; a line of several addresses is a row for each.

    Raises `csv.Error` if the text is no table.
    """
    head = text.lstrip().partition("\n")[0]
    delimiter = "\t" if "\t" in head else ";" if ";" in head and "," not in head else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    for row in reader:
        addresses = _addresses(row)
        if len(addresses) > 1:
            yield from ((reader.line_num, address) for address in addresses)
        else:
            yield reader.line_num, row


def _addresses(row: list[str]) -> list[list[str]]:
    """Return the addresses and names of a row that has nothing else; [] for another row.

    >>> _addresses(["Lovelace", " Ada <ada@x.org>; b@y.org;"])
    [['ada@x.org', 'Lovelace, Ada'], ['b@y.org', '']]
    """
    text = ",".join(row)
    for separators in (";", ";,"):
        parts = [part for part in re.split(f"[{separators}]", text) if part.strip()]
        if all(part.count("@") == 1 and "://" not in part for part in parts):
            return [_named(part) for part in parts]
    return []


def _named(text: str) -> list[str]:
    """Return the address and the name in `Ada Lovelace <ada@example.org>`."""
    name, _, address = text.strip().removesuffix(">").rpartition("<")
    return [address, name.strip(' "')]


def _find_columns(rows: list[tuple[int, list[str]]], file: Path) -> dict[str, int]:
    """Return the position of each column, and remove the header from the rows, if there is one.

    A list whose first line has an address has no header.
    """
    head = rows[0][1] if rows else []
    if not head or "@" in head[0]:
        return {"address": 0, "name": 1}
    plain = ["".join(char for char in cell.casefold() if char.isalnum()) for cell in head]
    columns = {
        part: next((place for place, cell in enumerate(plain) if cell in names), -1)
        for part, names in _COLUMNS.items()
    }
    if columns["address"] < 0:
        raise DigestError(f"{file}:1: expected a column 'email', found {', '.join(head)[:80]!r}")
    del rows[0]
    return columns


def _parse_rows(
    rows: Iterable[tuple[int, list[str]]], columns: dict[str, int], file: Path
) -> tuple[list[Recipient], list[Problem]]:
    recipients: dict[str, Recipient] = {}
    problems = []
    for line, row in rows:
        cells = {
            part: row[place].strip() if 0 <= place < len(row) else ""
            for part, place in columns.items()
        }
        try:
            found = parse_address(cells["address"])
        except UsageError as error:
            problems.append(Problem(file.name, line, f"{error} — the line is left out", 1))
            continue
        name = squeeze(visible(cells["name"]))
        recipients.setdefault(found.lower(), Recipient(found, name, cells.get("unsubscribe", "")))
    return list(recipients.values()), problems

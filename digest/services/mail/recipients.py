"""Who gets the mail: addresses, checked, and lists of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from digest.errors import DigestError, UsageError
from digest.language.text import squeeze, visible
from digest.models import Problem

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_COLUMNS = {
    "address": ("email", "emailaddress", "address", "mail"),
    "name": ("name", "fullname", "firstname"),
    "unsubscribe": ("unsubscribe", "unsubscribeurl", "unsubscribelink"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gets the mail."""

    address: str
    """Checked; ASCII only."""
    name: str = ""
    unsubscribe: str = ""
    """The person's own address for leaving, where the list gives one."""


def address(text: str) -> str:
    """Give back a mail address that no server and no header can misunderstand.

    A dot-atom of RFC 5321 before the @, a host name after it, which may be
    given in any script. Raises `UsageError` for anything else.

    >>> address(" ada@bücher.example ")
    'ada@xn--bcher-kva.example'
    >>> address("ada@example.org\\r\\nBcc: all@example.org")
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


def person(text: str) -> Person:
    """Read `Ada Lovelace <ada@example.org>`, or the address alone.

    Raises `UsageError` where that is no address.
    """
    if any(char in text for char in "\r\n"):
        raise UsageError(f"expected a mail address, found {text[:80]!r}")
    name, found = parseaddr(text)
    return Person(address(found or text), squeeze(visible(name)))


def read(file: Path) -> tuple[list[Person], list[Problem]]:
    """Read a list of subscribers: CSV with a column `email`, or an address a line.

    Columns `name` and `unsubscribe` are used where there are any. Gives each
    address once, and what is wrong with lines that are left out. Raises
    `DigestError` for a file that cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(
            f"{file}: expected a list of subscribers as UTF-8 text, found: {error}"
        ) from error
    dialect = "excel-tab" if "\t" in text.partition("\n")[0] else "excel"
    try:
        rows = [(line, row) for line, row in _rows(text, dialect) if any(map(str.strip, row))]
    except csv.Error as error:
        raise DigestError(f"{file}: expected comma-separated values, found: {error}") from error
    return _people(rows, _columns(rows, file), file)


def _rows(text: str, dialect: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), dialect)
    return [(reader.line_num, row) for row in reader]


def _columns(rows: list[tuple[int, list[str]]], file: Path) -> dict[str, int]:
    """Which column holds what; a list whose first line is an address has no head."""
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


def _people(
    rows: Iterable[tuple[int, list[str]]], columns: dict[str, int], file: Path
) -> tuple[list[Person], list[Problem]]:
    people: dict[str, Person] = {}
    problems = []
    for line, row in rows:
        cells = {
            part: row[place].strip() if 0 <= place < len(row) else ""
            for part, place in columns.items()
        }
        try:
            found = address(cells["address"])
        except UsageError as error:
            problems.append(Problem(file.name, line, f"{error} — the line is left out", 1))
            continue
        name = squeeze(visible(cells["name"]))
        people.setdefault(found.lower(), Person(found, name, cells.get("unsubscribe", "")))
    return list(people.values()), problems

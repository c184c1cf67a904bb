"""Notes on the documents, in seeds/sources.yml: reading and appending.

003_136367299d266926.txt:
  name: Trending papers
  url: https://example.org/papers
  date: 2025-03-11
  format: trending-page     # only where detection errs
  sha: 136367299d266926     # finds the document after renaming
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from digest.errors import ConfigError, nearest
from digest.files import write_file
from digest.language.strings import is_web_address
from digest.models import Note

FILE = "sources.yml"
KEYS = ("name", "url", "date", "format", "sha")
"""Keys of a note."""

HEAD = """\
# What people say about the documents in this folder. All of it may be left out.
#   name: what readers call the document     url: where it was found
#   date: its day, as YYYY-MM-DD             format: only where detection errs
#   sha:  the first 16 hex digits of its SHA-256; finds it again when it is renamed
"""
"""The beginning of a new sources.yml."""


@dataclass(frozen=True)
class Notes(Mapping[str, Note]):
    """The notes of a folder by document name; `find` also finds renamed documents."""

    named: Mapping[str, Note] = field(default_factory=dict)
    hashed: Mapping[str, str] = field(default_factory=dict)
    """The noted name of each document with a hash."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The 1-based line of each note."""

    def __getitem__(self, name: str) -> Note:
        """Return the note on the document of this name; raise `KeyError` if there is none."""
        return self.named[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the file."""
        return iter(self.named)

    def __len__(self) -> int:
        """Return the number of notes."""
        return len(self.named)

    def find(self, name: str, sha: str) -> tuple[str, Note] | None:
        """Return the noted name and the note of a document, by its name, else by its hash."""
        key = name if name in self.named else self.hashed.get(sha)
        return (key, self.named[key]) if key is not None else None


def load(folder: Path) -> Notes:
    """Read seeds/sources.yml; a missing file has no notes.

    Raises `ConfigError` if it is not a mapping, has an unknown key (naming the nearest
    known one), or an invalid date or hash.
    """
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Notes()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(file, f"expected a readable UTF-8 file, found: {error}") from error
    return parse(text, file)


def parse(text: str, file: Path | str = FILE) -> Notes:
    """Return the notes in the text of a sources.yml; raises as `load` does.

    >>> parse("a.txt: {name: Weekly, date: 2025-03-11}")["a.txt"].date
    datetime.date(2025, 3, 11)
    """
    named, hashed, lines = {}, {}, {}
    for name, line, values in _entries(text, file):
        if name in named:
            raise ConfigError(file, f"line {line}: {name!r} has a second entry here")
        named[name], lines[name] = _parse_note(name, values, file), line
        if sha := _parse_sha(name, values.get("sha"), file):
            hashed[sha] = name
    return Notes(named, hashed, lines)


def _entries(text: str, file: Path | str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield name, line and values; the mapping of PyYAML would drop a repeated name."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        loader = yaml.SafeLoader("")
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            raise ConfigError(file, "expected 'document name: {name: …, date: …}' entries")
        for key, value in root.value:
            name, line = str(key.value), key.start_mark.line + 1
            values = loader.construct_object(value, deep=True) or {}
            if not isinstance(values, dict):
                raise ConfigError(
                    file, f"line {line}: expected keys under {name!r}, found {values!r}"
                )
            yield name, line, values
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(file, f"expected YAML, found: {error}") from error


def _parse_note(name: str, values: dict[str, Any], file: Path | str) -> Note:
    """Return the note of one entry; raise `ConfigError` for an unknown key or a wrong type."""
    for key in values:
        if key not in KEYS:
            raise ConfigError(file, f"{name!r} has an unknown key {key!r}{nearest(str(key), KEYS)}")
    return Note(
        name=_parse_string(name, "name", values, file),
        url=_parse_url(name, values, file),
        date=_parse_date(name, values.get("date"), file),
        format=_parse_string(name, "format", values, file),
    )


def _parse_string(name: str, key: str, values: dict[str, Any], file: Path | str) -> str | None:
    """Return the text under a key; raise `ConfigError` for a list or a mapping."""
    value = values.get(key)
    if isinstance(value, (dict, list)):
        raise ConfigError(file, f"{name!r}: expected text after '{key}:', found {value!r}")
    return None if value is None else str(value)


def _parse_url(name: str, values: dict[str, Any], file: Path | str) -> str | None:
    """Return the address under `url:`; raise `ConfigError` if a browser would not just open it."""
    url = _parse_string(name, "url", values, file)
    if url is None or is_web_address(url):
        return url
    raise ConfigError(
        file, f"{name!r}: expected an address as https://example.org/ after 'url:', found {url!r}"
    )


def _parse_date(name: str, value: object, file: Path | str) -> date | None:
    """Return a date; raise `ConfigError` if it is not in ISO 8601 form."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ConfigError(
            file, f"{name!r}: expected a date as 2025-03-11, found {value!r}"
        ) from None


def _parse_sha(name: str, value: object, file: Path | str) -> str:
    """Return the first 16 hex digits of a hash; raise `ConfigError` if it is none."""
    # YAML reads a hash of digits as an integer, and of digits and one e as a float.
    text = "" if value is None else str(value).lower()
    if text and not re.fullmatch(r"[0-9a-f]{16}([0-9a-f]{48})?", text):
        raise ConfigError(
            file, f"{name!r}: expected 16 hex digits in quotes as sha, found {value!r}"
        )
    return text[:16]


# --- adding ----------------------------------------------------------------------------


def append(folder: Path, seed_name: str, note: Note, sha: str) -> None:
    """Append a note to seeds/sources.yml; the rest of the file stays unchanged.

    A note that is there already, from an attempt that was interrupted, is left as it is.
    Raises `ConfigError` if the name has another note or the file cannot take another
    entry (one in braces), `WriteError` if it cannot be written.
    """
    file = folder / FILE
    known = load(folder)
    if known.find(seed_name, sha) == (seed_name, note) and sha[:16] in known.hashed:
        return
    if seed_name in known:
        raise ConfigError(file, f"{seed_name!r} has a note already; change it there")
    before = file.read_text(encoding="utf-8") if file.exists() else HEAD
    after = f"{before.rstrip(chr(10))}\n\n{entry(seed_name, note, sha)}"
    if seed_name not in parse(after, file):
        raise ConfigError(file, f"cannot add {seed_name!r} at the end; add it by hand")
    _replace(file, after)


def entry(seed_name: str, note: Note, sha: str) -> str:
    """Return a note in the form of sources.yml.

    >>> print(entry("a.txt", Note(name="Weekly"), "0123456789abcdef"), end="")
    a.txt:
      name: Weekly
      sha: 0123456789abcdef
    """
    values = {"name": note.name, "url": note.url, "date": note.date, "format": note.format}
    known = {key: value for key, value in values.items() if value is not None}
    if sha:
        known["sha"] = sha
    return yaml.safe_dump({seed_name: known}, allow_unicode=True, sort_keys=False, width=10_000)


def _replace(file: Path, text: str) -> None:
    """Replace the text of a file atomically; its mode stays, for an editor of a group."""
    mode = file.stat().st_mode & 0o777 if file.exists() else None
    write_file(file, text.encode())
    if mode is not None:
        with suppress(OSError):
            file.chmod(mode)

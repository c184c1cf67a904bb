"""The folder of documents: which files are read, with their notes in sources.yml."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from digest.errors import SeedError
from digest.inputs import decoding, sources
from digest.models import Note, Problem

_NOT_DOCUMENTS = (
    "sources.yml",
    "register.jsonl",
    "index.jsonl",
    "fetched.jsonl",
    "topics.yml",
    "mail.log",
)
"""Files of a digest in the folder of documents."""

_SETTINGS = "mkdocs.yml"
_FOLDERS = ("site", "site_src", "templates")
"""Folders of a digest, beside its settings, that hold what it writes and how that looks."""

_TOPICS = re.compile(r"^topics:", re.MULTILINE)
"""The beginning of a table of topics, which may have any name."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in the folder, as it is before it is decoded."""

    name: str
    """Its path below the folder, with forward slashes."""
    data: bytes = field(repr=False)
    sha256: str
    """The hash of its bytes, in hex digits."""
    note: Note


def part_of_digest(file: Path) -> Path | None:
    """Return the file or folder of a digest's own that a file is or is in; None for a document."""
    file = file.absolute()
    root = next((folder for folder in file.parents if (folder / _SETTINGS).is_file()), None)
    if root is None:
        return None
    inside = file.relative_to(root).parts
    if inside[0] in _FOLDERS and len(inside) > 1:
        return root / inside[0]
    own = file.name in _NOT_DOCUMENTS and len(inside) <= 2
    beside = len(inside) == 1 and (file.name == _SETTINGS or _is_table(file))
    return file if own or beside else None


def _is_table(file: Path) -> bool:
    """Whether a file is a table of topics, as an editor keeps it beside the settings."""
    if file.suffix not in (".yml", ".yaml"):
        return False
    return bool(_TOPICS.search(file.read_text(encoding="utf-8", errors="replace")))


def documents(folder: Path) -> Iterator[StoredDocument | Problem]:
    """Yield the documents below a folder by name; files that cannot be read are problems.

    Raises `ConfigError` for an invalid sources.yml.
    """
    notes = sources.load(folder)
    used: set[str] = set()
    for path in stored_files(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            yield Problem(
                name, 1, "expected a document, found a folder — its files are read each by itself"
            )
            continue
        yield _document(path, name, notes, used)
    yield from _unused(notes, used)


def stored_files(folder: Path) -> list[Path]:
    """Return the documents, and the folders that are named like one."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts):
            continue
        if (len(parts) == 1 and path.name in _NOT_DOCUMENTS) or (path.is_dir() and not path.suffix):
            continue
        found.append(path)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _document(
    path: Path, name: str, notes: sources.Notes, used: set[str]
) -> StoredDocument | Problem:
    """Load a file and add its note, whose name is added to `used`."""
    try:
        if not path.is_file():
            raise SeedError(name, "expected a document, found something else than a file")
        if (size := path.stat().st_size) > decoding.LIMIT:
            raise decoding.too_large(name, size)
        data = path.read_bytes()
    except SeedError as error:
        return Problem(name, 1, error.message, refused=error.refused)
    except OSError as error:
        found = f"expected a readable file, found: {error.strerror or error}"
        return Problem(name, 1, found, refused=1)
    sha256 = hashlib.sha256(data).hexdigest()
    noted, note = notes.find(name, sha256[:16]) or ("", Note())
    used.add(noted)
    return StoredDocument(name, data, sha256, note)


def _unused(notes: sources.Notes, used: set[str]) -> Iterator[Problem]:
    """Yield a remark for each note without a document; mostly its name is misspelt."""
    for name in notes:
        if name not in used:
            message = f"no document is called {name!r} — its note is not used"
            yield Problem(sources.FILE, notes.lines.get(name, 1), message)

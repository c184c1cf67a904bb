"""The folder of documents: which files are read and decoded, with their notes in sources.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from digest.errors import SeedError
from digest.inputs import decoding, sources
from digest.models import Problem, Seed

_NOT_DOCUMENTS = ("sources.yml", "register.jsonl", "index.jsonl", "topics.yml", "mail.log")
"""Files of a digest in the folder of documents."""


def documents(folder: Path) -> Iterator[Seed | Problem]:
    """Yield the decoded documents below a folder by name; undecodable ones are problems.

    Raises `ConfigError` for an invalid sources.yml.
    """
    notes = sources.load(folder)
    used: set[str] = set()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            yield Problem(
                name, 1, "expected a document, found a folder — its files are read each by itself"
            )
            continue
        yield _document(path, name, notes, used)
    yield from _unused(notes, used)


def _files(folder: Path) -> list[Path]:
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


def _document(path: Path, name: str, notes: sources.Notes, used: set[str]) -> Seed | Problem:
    """Decode a file and add its note, whose name is added to `used`."""
    try:
        if not path.is_file():
            raise SeedError(name, "expected a document, found something else than a file")
        if (size := path.stat().st_size) > decoding.LIMIT:
            raise decoding.too_large(name, size)
        return _noted(decoding.decode(name, path.read_bytes()), notes, used)
    except SeedError as error:
        return Problem(name, 1, error.message, refused=error.refused)
    except OSError as error:
        found = f"expected a readable file, found: {error.strerror or error}"
        return Problem(name, 1, found, refused=1)


def _noted(seed: Seed, notes: sources.Notes, used: set[str]) -> Seed:
    """Return a document with its note, if it has one."""
    if not (found := notes.find(seed.name, seed.sha)):
        return seed
    used.add(found[0])
    return replace(seed, note=found[1])


def _unused(notes: sources.Notes, used: set[str]) -> Iterator[Problem]:
    """Yield a remark for each note without a document; mostly its name is misspelt."""
    for name in notes:
        if name not in used:
            message = f"no document is called {name!r} — its note is not used"
            yield Problem(sources.FILE, notes.lines.get(name, 1), message)

"""The folder of documents: which files are read, decoded, with what people say of each beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from digest.errors import SeedError
from digest.inputs import decoding, sources
from digest.models import Note, Problem, Seed

_OURS = ("sources.yml", "register.jsonl", "index.jsonl", "topics.yml", "mail.log")


def documents(folder: Path) -> Iterator[Seed | Problem]:
    """Go through the documents below a folder by name, decoded; what cannot be is a problem.

    Raises ConfigError for a sources.yml that says something that cannot be.
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
        seed = _document(path, name, notes, used)
        yield seed
    yield from _idle(notes, used)


def _files(folder: Path) -> list[Path]:
    """The documents, and the folders that are named like one."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts):
            continue
        if (len(parts) == 1 and path.name in _OURS) or (path.is_dir() and not path.suffix):
            continue
        found.append(path)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _document(path: Path, name: str, notes: sources.Notes, used: set[str]) -> Seed | Problem:
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
    """Put what people say about a document beside it."""
    if not (found := notes.find(seed.name, seed.sha)):
        return seed
    used.add(found[0])
    return replace(seed, note=found[1])


def _idle(notes: Mapping[str, Note], used: set[str]) -> Iterator[Problem]:
    """Notes that speak of no document, which is mostly a name misspelt."""
    for name in notes:
        if name not in used:
            line = notes.lines.get(name, 1) if isinstance(notes, sources.Notes) else 1
            yield Problem(
                sources.FILE, line, f"no document is called {name!r} — its note is not used"
            )

"""Documents added by a user: checked, dated, and stored in the folder of documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from digest import inputs
from digest.clock import today
from digest.config import Settings
from digest.errors import SeedError, UsageError
from digest.files import write_file
from digest.inputs import findings, sources
from digest.inputs.decoding import decode
from digest.inputs.folder import part_of_digest, stored_files
from digest.inputs.layout import id_lists
from digest.language.strings import is_web_address, slug
from digest.locks import BRIEFLY, writing
from digest.models import Note, Problem, Reading, Seed
from digest.progress import Say

STANDARD_INPUT = "standard input"
"""The name of the document read from standard input."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document before decoding: a name for messages, and bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Provenance:
    """Day, name and address that the user gives for a document."""

    day: date | None = None
    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A reading, and whether and where its document was stored."""

    reading: Reading
    outcome: str
    stored: Path | None = None


def documents(paths: Iterable[Path], standard_input: BinaryIO, say: Say) -> Iterator[RawDocument]:
    """Yield the documents that paths name: files, all files of folders, `-` for standard input.

    An identifier or the address of a paper is a document of one line. The settings of a
    digest and what it has written are no documents: `say` is told that they are skipped.
    Raises `UsageError` if a path does not exist or cannot be read, or a folder has none.
    """
    for path in paths:
        if not path.exists() and (identifier := id_lists.find_identifier(_address(path))):
            yield RawDocument(identifier, f"{identifier}\n".encode())
            continue
        if str(path) == "-":
            yield RawDocument(STANDARD_INPUT, standard_input.read())
            continue
        if not path.exists() and _ADDRESS.match(path.as_posix()):
            raise UsageError(
                f"{_address(path)}: expected a file, an identifier, or the address of a paper that"
                " is known by one (arXiv, DOI, PubMed, OpenReview, ACL) — save the page, and add"
                " the file"
            )
        for file in _documents_at(path, say):
            try:
                yield RawDocument(str(file), file.read_bytes())
            except OSError as error:
                raise UsageError(f"{file}: expected a document, found: {error.strerror}") from error


def _address(path: Path) -> str:
    """Return an argument as it was written: a path has one slash where an address has two."""
    return _ADDRESS.sub(r"\1://", path.as_posix())


_ADDRESS = re.compile(r"\A(https?):/+")


def _documents_at(path: Path, say: Say) -> list[Path]:
    """Return a file, or the files of a folder, without those that are a digest's own."""
    owned = {file: part_of_digest(file) for file in _files_at(path)}
    for own in dict.fromkeys(filter(None, owned.values())):
        say(f"{own}: skipped, because it is part of a digest and no document")
    files = [file for file, own in owned.items() if own is None]
    if not files and path.is_dir():
        raise UsageError(f"{path}: expected a folder with documents, found none in it")
    return files


def _files_at(path: Path) -> list[Path]:
    return _files_below(path) if path.is_dir() else [path]


def _files_below(folder: Path) -> list[Path]:
    """Return the files below a folder; hidden ones such as `.git` are no documents."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def store(
    document: RawDocument, provenance: Provenance, settings: Settings, *, dry_run: bool = False
) -> Added:
    """Read a document and store it in the folder of documents if papers were read.

    It is stored byte for byte, under its day and source; name and address go into
    sources.yml. A document that is already stored is not stored again. Of several
    processes that store documents, each waits for the others. Raises `BusyError` if
    that takes long, `WriteError` if nothing can be written, `UsageError` for an
    address that no browser would just open.
    """
    if provenance.url and not is_web_address(provenance.url):
        raise UsageError(
            f"expected an address as https://example.org/ after --url, found {provenance.url!r}"
        )
    reading = _read(document)
    seeds = settings.seeds
    with nullcontext() if dry_run else writing(settings.cache, "seeds", wait=BRIEFLY):
        twin = _twin(document.data, seeds)
        if twin:
            return Added(reading, f"not stored: it is there already, as {twin.name}")
        if not reading.records:
            return Added(reading, "not stored: no paper could be read")
        day = provenance.day or _own_day(reading) or today()
        file = _free(seeds, f"{day}-{_stem(document, provenance)}", _suffix(document))
        if dry_run:
            return Added(reading, f"would be stored as {file}")
        if provenance.name or provenance.url:
            # the note comes first: who is interrupted and tries again finds no document yet
            note = Note(name=provenance.name, url=provenance.url)
            sources.append(seeds, file.name, note, reading.seed.sha)
        write_file(file, document.data)
        return Added(reading, f"stored as of {day}", file)


def _read(document: RawDocument) -> Reading:
    """Decode and read a document; one that cannot be decoded is a problem."""
    try:
        return inputs.read(decode(Path(document.name).name, document.data))
    except SeedError as error:
        problem = Problem(document.name, 1, error.message, refused=1)
        return findings.unreadable(Seed(document.name, ""), problem)


def _own_day(reading: Reading) -> date | None:
    """Return the date in the document, if it has a year."""
    line = reading.date
    return date(line.year, line.month, line.day) if line and line.year else None


def _twin(data: bytes, seeds: Path) -> Path | None:
    """Return the stored file with the same bytes, if there is one."""
    digest = hashlib.sha256(data).digest()
    for file in stored_files(seeds):
        with suppress(OSError):
            same_size = file.is_file() and file.stat().st_size == len(data)
            if same_size and hashlib.sha256(file.read_bytes()).digest() == digest:
                return file
    return None


def _stem(document: RawDocument, provenance: Provenance) -> str:
    """Return the stem of the file name, from where the document came from."""
    if provenance.name:
        return slug(provenance.name)
    if id_lists.find_identifier(document.name):
        return slug(re.sub(r"\Ahttps?://(?:www\.)?", "", document.name))
    return "pasted" if document.name == STANDARD_INPUT else slug(Path(document.name).stem)


def _suffix(document: RawDocument) -> str:
    """Return the suffix of the document if it says what it is, else `.txt`.

    A format is known by its content; what version control, backups and cleaning pass
    over by its name would never reach the next build.
    """
    unnamed = document.name == STANDARD_INPUT or id_lists.find_identifier(document.name)
    own = "" if unnamed else Path(document.name).suffix.lower()
    return own if _SUFFIX.fullmatch(own) and own not in _PASSED_OVER else ".txt"


_SUFFIX = re.compile(r"\.[a-z0-9]{1,12}", re.ASCII)
_PASSED_OVER = frozenset(
    f".{name}"
    for name in [
        "aux",
        "bak",
        "bbl",
        "blg",
        "cache",
        "crdownload",
        "db",
        "download",
        "err",
        "lock",
        "log",
        "new",
        "old",
        "orig",
        "out",
        "part",
        "pid",
        "pyc",
        "rej",
        "swo",
        "swp",
        "temp",
        "tmp",
    ]
)
"""Suffixes that common lists of ignored files hold."""


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """Return a file name that is not in use."""
    file, number = folder / f"{stem}{suffix}", 2
    while file.exists():
        file, number = folder / f"{stem}-{number}{suffix}", number + 1
    return file

"""Documents that a person hands over are checked, dated, and stored among the seeds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from digest import inputs
from digest.clock import today
from digest.errors import SeedError, UsageError
from digest.files import write_file
from digest.inputs import sources
from digest.inputs.decoding import decode
from digest.inputs.layout import id_lists
from digest.language.text import slug
from digest.models import Note, Problem, Reading, Seed

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Document:
    """Something handed over: a name for messages, and bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class About:
    """What a person says about a document as they add it."""

    day: date | None = None
    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What was read, and what became of the document."""

    reading: Reading
    outcome: str
    stored: Path | None = None


def documents(paths: Iterable[Path], standard_input: BinaryIO) -> Iterator[Document]:
    """Give the documents that paths name: files, all files of folders, `-` for standard input.

    An identifier or the address of a paper is a document of one line.
    Raises `UsageError` for a path that is not there or cannot be read, and for
    a folder without files.
    """
    for path in paths:
        if not path.exists() and (mark := id_lists.mark(_address(path))):
            yield Document(mark, f"{mark}\n".encode())
            continue
        if str(path) == "-":
            yield Document(STANDARD_INPUT, standard_input.read())
            continue
        if not path.exists() and _ADDRESS.match(path.as_posix()):
            raise UsageError(
                f"{_address(path)}: expected a file, an identifier, or the address of a paper that"
                " is known by one (arXiv, DOI, PubMed, OpenReview, ACL) — save the page, and add the file"
            )
        files = _below(path) if path.is_dir() else [path]
        if not files:
            raise UsageError(f"{path}: expected a folder with documents, found none in it")
        for file in files:
            try:
                yield Document(str(file), file.read_bytes())
            except OSError as error:
                raise UsageError(f"{file}: expected a document, found: {error.strerror}") from error


def _address(path: Path) -> str:
    """What a person wrote, where that was an address: a path has one slash where it has two."""
    return _ADDRESS.sub(r"\1://", path.as_posix())


_ADDRESS = re.compile(r"\A(https?):/+")


def _below(folder: Path) -> list[Path]:
    """The files of a folder and of those in it; what is hidden is no document, such as `.git`."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def store(document: Document, about: About, seeds: Path, *, dry_run: bool = False) -> Added:
    """Read a document and put it among the seeds, unless nothing in it could be read.

    It is stored byte for byte, under its day and source; what is said about it
    goes into sources.yml. A document that is there already is not stored again.
    """
    reading = _read(document)
    twin = _twin(document.data, seeds)
    if twin:
        return Added(reading, f"not stored: it is there already, as {twin.name}")
    if not reading.records:
        return Added(reading, "not stored: no paper could be read")
    day = about.day or _own_day(reading) or today()
    file = _free(seeds, f"{day}-{_stem(document, about)}", _suffix(document))
    if dry_run:
        return Added(reading, f"would be stored as {file}")
    write_file(file, document.data)
    if about.name or about.url:
        note = Note(name=about.name, url=about.url)
        sources.append(seeds, file.name, note, reading.seed.sha)
    return Added(reading, f"stored as of {day}", file)


def _read(document: Document) -> Reading:
    try:
        return inputs.read(decode(Path(document.name).name, document.data))
    except SeedError as error:
        problem = Problem(document.name, 1, error.message, refused=1)
        return Reading(Seed(document.name, ""), "unreadable", problems=(problem,))


def _own_day(reading: Reading) -> date | None:
    """The day that the document gives itself, year and all."""
    line = reading.date
    return date(line.year, line.month, line.day) if line and line.year else None


def _twin(data: bytes, seeds: Path) -> Path | None:
    """The file among the seeds that holds the same bytes."""
    sum = hashlib.sha256(data).digest()
    files = sorted(file for file in seeds.rglob("*") if file.is_file()) if seeds.is_dir() else []
    return next(
        (
            file
            for file in files
            if file.stat().st_size == len(data)
            and hashlib.sha256(file.read_bytes()).digest() == sum
        ),
        None,
    )


def _stem(document: Document, about: About) -> str:
    """A name for the file, from what is known of where it came from."""
    if about.name:
        return slug(about.name)
    if id_lists.mark(document.name):
        return slug(re.sub(r"\Ahttps?://(?:www\.)?", "", document.name))
    return "pasted" if document.name == STANDARD_INPUT else slug(Path(document.name).stem)


def _suffix(document: Document) -> str:
    """The document's own suffix; what is pasted has none and is text."""
    nameless = document.name == STANDARD_INPUT or id_lists.mark(document.name)
    own = "" if nameless else Path(document.name).suffix.lower()
    return own or ".txt"


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """A file name that is not taken."""
    file, number = folder / f"{stem}{suffix}", 2
    while file.exists():
        file, number = folder / f"{stem}-{number}{suffix}", number + 1
    return file

"""Atomic writing of files, beside their place and then moved there; and linking them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.errors import WriteError


def write_file(file: Path, content: bytes) -> bool:
    """Write content to a file, all or nothing, and return whether that changed it.

    Raises `WriteError`, which says what to do, if the file cannot be written.
    """
    if has_content(file, content):
        return False
    beside = file.with_name(f".{file.name}.new")
    try:
        with explain_failure(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(file)
    except WriteError:
        with suppress(OSError):
            beside.unlink()
        raise
    return True


@contextmanager
def explain_failure(file: Path) -> Iterator[None]:
    """Raise `WriteError`, which says what to do, if the file cannot be written."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"{file}: expected to write this file, found: {error.strerror or error} — make room"
            " or allow writing, then try again; the file is as it was before"
        ) from error


def has_content(file: Path, content: bytes) -> bool:
    """Return whether a file has exactly this content."""
    with suppress(OSError):
        return file.stat().st_size == len(content) and file.read_bytes() == content
    return False


def link_all(source: Path, target: Path, paths: Iterable[str]) -> None:
    """Make files appear at a second place, which has none of them: there are tens of thousands."""
    made: set[str] = set()
    for path in paths:
        file = f"{target}/{path}"
        parent = file.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        link(f"{source}/{path}", file)


def link(source: str, target: str) -> None:
    """Make a hard link, or a copy where the disk has no links."""
    try:
        os.link(source, target)
    except FileExistsError:
        Path(target).unlink()
        link(source, target)
    except OSError:
        shutil.copy2(source, target)

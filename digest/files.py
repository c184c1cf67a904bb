"""Atomic writing of files: beside their place, then moved there."""

from __future__ import annotations

from collections.abc import Iterator
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

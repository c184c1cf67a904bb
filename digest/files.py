"""Files written all or nothing: beside their place, then moved there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.errors import WriteError


def write_file(file: Path, content: bytes) -> bool:
    """Put content into a file, all or nothing; say whether that changed it.

    Raises `WriteError`, with what to do, where the disk does not let it.
    """
    if holds(file, content):
        return False
    beside = file.with_name(f".{file.name}.new")
    try:
        with allowed(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(file)
    except WriteError:
        with suppress(OSError):
            beside.unlink()
        raise
    return True


@contextmanager
def allowed(file: Path) -> Iterator[None]:
    """Say what to do where the disk does not let a file be written."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"{file}: expected to write this file, found: {error.strerror or error} — make room"
            " or allow writing, then try again; what stood here before still does"
        ) from error


def holds(file: Path, content: bytes) -> bool:
    """Say whether a file has this very content."""
    with suppress(OSError):
        return file.stat().st_size == len(content) and file.read_bytes() == content
    return False

"""A cache of results between runs, keyed by the content they were computed from.

A cache never changes what is published, only how long it takes: a key is a hash
of everything a result depends on, so an entry is either right or absent. The
results of all stages are in one SQLite file, which is safe to delete.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any
from zlib import crc32

__all__ = ["FILE", "Cache", "forget", "key", "version"]

FILE = "results.sqlite"
"""The file of all results, in the folder of caches."""
DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""What queries of a damaged file raise: its text, or that of an error, may be no UTF-8."""
LOCKED = 10.0
"""Seconds to wait while another build writes its results; after that they are not stored."""


def key(*parts: str) -> str:
    """Return the key of the result that is computed from these strings.

    >>> key("title", "abstract") == key("title", "abstract") != key("titlea", "bstract")
    True
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def version() -> str:
    """Return a hash of the program's source, of its libraries, and of the Python version.

    With it in the name of a cache, nobody has to remember which change of a word
    list or a rule invalidates old results, nor whether an extra is installed by now; the
    price is one slow build after it.
    """
    folder = Path(__file__).parent
    files = sorted(file for file in folder.rglob("*.*") if file.suffix in (".py", ".yml", ".json"))
    sources = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    names = (str(file.relative_to(folder)) for file in files)
    return key(sys.version, *names, *sources, *_libraries())


def _libraries() -> Iterator[str]:
    """Yield the libraries that the program asks for, those of extras too, with their versions."""
    with contextlib.suppress(metadata.PackageNotFoundError):  # a copy that nobody installed
        asked = metadata.requires("paper-digest") or ()
        names = {re.split(r"[^\w.-]", line)[0] for line in asked}
        for name in sorted(names | {"markdown", "pymdown-extensions", "pygments"}):  # of Material
            yield f"{name} {_installed(name)}"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "is not installed"


def forget(folder: Path) -> None:
    """Delete everything that earlier builds kept in a folder of caches."""
    shutil.rmtree(folder, ignore_errors=True)


class Cache:
    """Values by key, of one stage of a build: bytes, or whatever JSON can represent.

    All stages share one SQLite file, from which a value is loaded when it is asked
    for. A file that is damaged or cannot be read counts as empty; it is never an error.
    """

    def __init__(self, folder: Path | None, stage: str) -> None:
        """Open the results of a stage in a folder, which need not exist yet; None stores nothing."""
        self.stage = stage
        self._file = folder / FILE if folder else None
        self._stored = _open(self._file) if self._file and self._file.is_file() else None
        self._new: dict[str, bytes | str] = {}
        self._used: set[str] = set()
        self._damaged = False

    @classmethod
    def none(cls) -> Cache:
        """Return a cache that lasts only as long as the run."""
        return cls(None, "none")

    def get(self, key: str) -> Any:
        """Return the value stored under a key, or None."""
        value = self._new[key] if key in self._new else self._load(key)
        try:
            return json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):  # a checksum is no signature
            self._damaged = True
            return None

    def _load(self, key: str) -> bytes | str | None:
        """Return a stored value, unless it is not the one that was put."""
        if self._stored is None:
            return None
        try:
            row = self._stored.execute(_GET, (self.stage, key)).fetchone()
        except DAMAGE as error:
            self._damaged |= not _is_whole_after(error)
            return None
        if row is None:
            return None
        checksum, value = row
        if isinstance(value, bytes | str) and checksum == _checksum(value):
            self._used.add(key)
            return value
        self._damaged = True
        return None

    def keep(self, keys: Iterable[str]) -> None:
        """Keep what is stored under keys, though this run does not ask for it."""
        self._used.update(keys)

    def put(self, key: str, value: Any) -> None:
        """Store bytes, or a value that JSON can represent."""
        self._new[key] = (
            value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":"))
        )

    def save(self) -> None:
        """Store what this run made, and drop what it did not use, so that the file stays bounded.

        That is one transaction: another process finds all of it or nothing. If the
        file cannot be written, nothing is stored, which costs only time.
        """
        if self._file is None:
            return
        with contextlib.suppress(OSError, *DAMAGE):
            try:
                if not self._damaged:
                    self._save(self._file)
            except DAMAGE as error:
                self._damaged = not _is_whole_after(error)
            if self._damaged:
                self.close()
                self._file.unlink()
                self._save(self._file)
        self.close()

    def _save(self, file: Path) -> None:
        if self._stored is None:
            if not self._new:
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            self._stored = _open(file)
        known = {key for (key,) in self._stored.execute(_KEYS, (self.stage,))}
        unused = known - self._used - self._new.keys()
        if not unused and not self._new:
            return
        new = ((self.stage, key, _checksum(value), value) for key, value in self._new.items())
        with self._stored:
            self._stored.executemany(_DROP, ((self.stage, key) for key in unused))
            self._stored.executemany(_PUT, new)

    def __enter__(self) -> Cache:
        """Return the cache, which is saved at the end of the block unless that failed."""
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Save what was made, or only close the file after an error."""
        if kind is None:
            self.save()
        else:
            self.close()

    def close(self) -> None:
        """Close the file; what was not saved is forgotten."""
        if self._stored is not None:
            self._stored.close()
            self._stored = None


_GET = "SELECT checksum, value FROM results WHERE stage = ? AND key = ?"
_KEYS = "SELECT key FROM results WHERE stage = ?"
_DROP = "DELETE FROM results WHERE stage = ? AND key = ?"
_PUT = "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)"


def _open(file: Path) -> sqlite3.Connection:
    """Open the file of results, with its table.

    It is not synchronised with the disk: a file that a power failure damages is made
    anew. Raises nothing for a damaged file; the first query does.
    """
    stored = sqlite3.connect(file, timeout=LOCKED)
    with contextlib.suppress(*DAMAGE):
        stored.execute("PRAGMA synchronous = OFF")
        stored.execute(
            "CREATE TABLE IF NOT EXISTS results"
            " (stage TEXT, key TEXT, checksum INTEGER, value, UNIQUE (stage, key))"
        )
    return stored


def _is_whole_after(error: Exception) -> bool:
    """Return whether a file is sound although it could not be written: locked, full, no right."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the higher bits only say it more exactly
    return code in (
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    )


def _checksum(value: bytes | str) -> int:
    """Return a checksum: without it, a damaged value could be taken for a result."""
    return crc32(value.encode() if isinstance(value, str) else value)

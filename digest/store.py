"""A cache of results between runs, keyed by the content they were computed from.

A cache never changes what is published, only how long it takes: a key is a hash
of everything a result depends on, so an entry is either right or absent. Each
stage has a file with one entry per line: `key checksum value`, the value as JSON.
Without the checksum, a damaged line could be taken for a result.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

__all__ = ["Cache", "forget", "key", "version"]


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


def _checksum(text: str) -> str:
    """Return a checksum of a line's value, which is ASCII."""
    return f"{crc32(text.encode()):08x}"


@lru_cache(maxsize=1)
def version() -> str:
    """Return a hash of the program's source and of the Python version.

    With it in the name of a cache, nobody has to remember which change of a word
    list or a rule invalidates old results; the price is one slow build after it.
    """
    folder = Path(__file__).parent
    files = sorted(file for file in folder.rglob("*.*") if file.suffix in (".py", ".yml", ".json"))
    sources = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return key(sys.version, *(str(file.relative_to(folder)) for file in files), *sources)


def forget(folder: Path) -> None:
    """Delete everything that earlier builds kept in a folder of caches."""
    shutil.rmtree(folder, ignore_errors=True)


class Cache:
    """JSON values by key, in one file that is read and written as a whole.

    The file is named after the first word of `name`, and the whole `name` is its
    first line: put the version of the algorithm there (`related 3`), so that
    results of an older one are ignored. A file that cannot be read, or that has
    another name, counts as empty; it is never an error.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        """Open the cache `name` in a folder, which need not exist yet; None stores nothing."""
        self.name = name
        self._file = folder / f"{name.partition(' ')[0]}.jsonl" if folder else None
        self._kept = self._load()
        self._used: dict[str, str] = {}

    @classmethod
    def none(cls) -> Cache:
        """Return a cache that lasts only as long as the run."""
        return cls(None, "none")

    def _load(self) -> dict[str, str]:
        """Read the lines of the file, without parsing their values."""
        if self._file is None:
            return {}
        try:
            first, *lines = self._file.read_text(encoding="ascii").split("\n")
        except (OSError, UnicodeDecodeError):
            return {}
        if first != self.name:
            return {}
        entries = (line.partition(" ") for line in lines)
        return {key: value for key, _, value in entries if value}

    def get(self, key: str) -> Any:
        """Return the value stored under a key, or None."""
        line = self._used.get(key) or self._kept.get(key) or ""
        check, _, text = line.partition(" ")
        if not text or check != _checksum(text):
            return None
        self._used[key] = line
        return json.loads(text)

    def put(self, key: str, value: Any) -> None:
        """Store a value that JSON can represent."""
        text = json.dumps(value, separators=(",", ":"))
        self._used[key] = f"{_checksum(text)} {text}"

    def save(self) -> None:
        """Write only the entries that this run used, so that the file does not grow without limit.

        It is written beside its place and renamed, so that another process reads
        either the old or the new file. If the folder cannot be written to, nothing
        is stored, which costs only time.
        """
        if self._file is None or self._used == self._kept:
            return
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        lines = (f"{key} {self._used[key]}\n" for key in sorted(self._used))
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("w", encoding="ascii", newline="\n") as out:
                    out.write(self.name + "\n")
                    out.writelines(lines)
                beside.replace(self._file)
            finally:
                beside.unlink(missing_ok=True)
        self._kept = dict(self._used)

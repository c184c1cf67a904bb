"""Results kept from one run to the next, found again by the content they were made from.

A cache never changes what is published, only how long it takes: a key is a
digest of everything a result depends on, so that an entry is right or absent.
One file a stage, a line an entry: `key sum value` with the value as JSON and a
checksum of it, without which a damaged line could be a result of another shape.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

__all__ = ["Cache", "key", "version"]


def key(*parts: str) -> str:
    """Give the name under which what was made from these strings is kept.

    >>> key("title", "abstract") == key("title", "abstract") != key("titlea", "bstract")
    True
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()


def _sum(text: str) -> str:
    """Give a checksum of a line's value, which is ASCII."""
    return f"{crc32(text.encode()):08x}"


@lru_cache(maxsize=1)
def version() -> str:
    """Name this program and its Python by their source: results of another one are not its own.

    With it in a cache's name nobody has to remember which change of a word list
    or a rule makes old results wrong; the price is one cold build after a change.
    """
    folder = Path(__file__).parent
    files = sorted(folder.rglob("*.py"))
    sources = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return key(sys.version, *(str(file.relative_to(folder)) for file in files), *sources)


class Cache:
    """JSON values by content, in one file that is read at once and written at once.

    The file is named after the first word of `name`, and the whole `name` is
    its first line: put the version of the algorithm there (`related 3`), and
    results of an older one are not found. A file that cannot be read, or is
    of another name, counts as empty; it is never an error.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        """Open the cache `name` in a folder that need not exist yet; None keeps nothing."""
        self.name = name
        self._file = folder / f"{name.partition(' ')[0]}.jsonl" if folder else None
        self._kept = self._load()
        self._used: dict[str, str] = {}

    @classmethod
    def none(cls) -> Cache:
        """Give a cache that lasts no longer than the run."""
        return cls(None, "none")

    def _load(self) -> dict[str, str]:
        """Read the lines of the file without parsing what they hold."""
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
        """Give back the value that was put under this key, or None."""
        line = self._used.get(key) or self._kept.get(key) or ""
        check, _, text = line.partition(" ")
        if not text or check != _sum(text):
            return None
        self._used[key] = line
        return json.loads(text)

    def put(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        text = json.dumps(value, separators=(",", ":"))
        self._used[key] = f"{_sum(text)} {text}"

    def save(self) -> None:
        """Write the entries that this run used, and only them, so that it does not grow for ever.

        Written beside and renamed: whoever reads meanwhile sees the old file or
        the new one. A folder that cannot be written to costs only time.
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

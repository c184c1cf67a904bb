"""What earlier builds wrote, so that a file whose key is the same is not made again.

Beside the key of each file there is what shows that it is still the one that was
written: its size and its time of change. Copies in the folder of caches (hard links,
where the disk has them) bring back files that are gone, as in a fresh checkout.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from digest.files import link
from digest.models import Page
from digest.path_names import is_below
from digest.store import Cache, key, version

FOLDER = "written"
"""The folder of copies, in the folder of caches."""


def checksum(content: bytes) -> str:
    """Return the checksum of a file's content, 16 hexadecimal digits."""
    return sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was written."""

    key: str
    """`Page.key`"""
    checksum: str
    size: int
    mtime_ns: int

    def row(self) -> tuple[str, str, int, int]:
        """Return its fields, of which it is made again; `astuple` would copy each of them."""
        return self.key, self.checksum, self.size, self.mtime_ns

    def is_at(self, file: str) -> bool:
        """Return whether this file is there, and nobody has changed it."""
        with suppress(OSError):
            stat = os.stat(file)  # noqa: PTH116
            return (stat.st_size, stat.st_mtime_ns) == (self.size, self.mtime_ns)
        return False


class KeptFiles:
    """The files of the last build, by path."""

    def __init__(self, cache: Path | None) -> None:
        """Open what is kept in a folder of caches; None keeps nothing."""
        self._copies = cache / FOLDER if cache else None
        self._cache = Cache(cache, FOLDER)
        self._name = key(version())
        self._known = _checked(self._cache.get(self._name))
        self._seen: set[str] = set()

    def find(self, page: Page) -> KeptFile | None:
        """Return the file of a page if it is the one that would be made now."""
        found = self._known.get(page.path)
        return found if found and page.key and found.key == page.key else None

    def is_written(self, page: Page, folder: Path) -> KeptFile | None:
        """Return the file of a page below a folder, if it is the one that would be made now."""
        found = self.find(page)
        if found and found.is_at(f"{folder}/{page.path}"):
            self._seen.add(page.path)
            return found
        return None

    def content(self, page: Page) -> bytes:
        """Return the content of a page, made only if there is no copy of it."""
        found = self.find(page)
        if found:
            with suppress(OSError):
                copy = Path(f"{self._copies}/{page.path}").read_bytes()
                if checksum(copy) == found.checksum:
                    return copy
        return page.make()

    def save(self, folder: Path, keys: Mapping[str, str], sums: Mapping[str, str]) -> None:
        """Keep the files below `folder` that have a key, and forget all others."""
        if self._copies is None:
            return
        now: dict[str, KeptFile] = {}
        for path, sum in sums.items():
            last = self._known.get(path)
            if last and path in self._seen:
                now[path] = last
            elif keys[path]:
                with suppress(OSError):
                    now[path] = self._keep(folder, path, keys[path], sum)
        for path in self._known.keys() - now.keys():
            with suppress(OSError):
                Path(f"{self._copies}/{path}").unlink(missing_ok=True)
        if now != self._known:
            self._cache.put(self._name, {path: each.row() for path, each in now.items()})
        self._cache.save()

    def _keep(self, folder: Path, path: str, key: str, sum: str) -> KeptFile:
        copy = f"{self._copies}/{path}"
        os.makedirs(copy.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        link(f"{folder}/{path}", copy)
        stat = os.stat(copy)  # noqa: PTH116
        return KeptFile(key, sum, stat.st_size, stat.st_mtime_ns)


def _checked(found: Any) -> dict[str, KeptFile]:
    """Return what is kept of files, of which nothing may lead out of the folder."""
    with suppress(TypeError, ValueError, AttributeError):
        known = {str(path): KeptFile(*each) for path, each in found.items()}
        if all(is_below(path) for path in known):
            return known
    return {}

"""Folders kept from one build to the next, found again by what they were made from.

They lie in the folder of caches, with a list of their files and checksums, and are
linked into the site. One that is damaged, or that another build has just removed,
counts as absent: that costs time only.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zlib import crc32

from digest.files import link_all
from digest.store import Cache


class PartCache:
    """The parts of the search index that the last build made, each a folder and a note."""

    def __init__(self, cache: Path) -> None:
        """Open the folders in a folder of caches, which need not exist yet."""
        self._folder = cache / "search"
        self._lists = Cache(cache, "search")
        self._used: set[str] = set()

    def take(self, key: str, target: Path) -> Any:
        """Link a folder to a place where nothing is, and return its note; None without one."""
        known = self._lists.get(key)
        source = self._folder / key
        with suppress(OSError):
            if known and all(_checksum(f"{source}/{path}") == sum for path, sum in known["files"]):
                link_all(source, target, (path for path, _ in known["files"]))
                self._used.add(key)
                return known["note"]
        shutil.rmtree(target, ignore_errors=True)
        return None

    def keep(self, key: str, source: Path, note: Any) -> None:
        """Keep a folder, by links to its files, which nobody must change in their place.

        It is filled beside its place and renamed. If that fails, nothing is kept.
        """
        files = [(path, _checksum(f"{source}/{path}")) for path in _files(source)]
        self._lists.put(key, {"files": files, "note": note})
        self._used.add(key)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = Path(mkdtemp(dir=self._folder, prefix=f"{key}."))
            try:
                link_all(source, beside, (path for path, _ in files))
                shutil.rmtree(self._folder / key, ignore_errors=True)
                beside.rename(self._folder / key)
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def save(self) -> None:
        """Remove what this build did not use, so that the folder does not grow without limit."""
        self._lists.save()
        with suppress(OSError):
            for entry in self._folder.iterdir():
                if entry.name not in self._used:
                    shutil.rmtree(entry, ignore_errors=True)


def _files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _checksum(file: str) -> int:
    with open(file, "rb", buffering=0) as content:  # noqa: PTH123 - there are thousands
        return crc32(content.read())

"""Writing to site_src: only what changed, and only what the digest owns.

A manifest lists the files written before. A file that is not in it was made by
a person and is never touched; a file in it that the digest no longer has is
removed. Every file is written beside its place and then moved there, so that none
is ever half-written. Pages are staged until the last of them is made, so that only
one is in memory at a time and none appears before all can. A page whose key is that
of the file already there is not made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from digest.errors import WriteError
from digest.files import explain_failure, has_content, write_file
from digest.models import Page
from digest.path_names import is_below
from digest.publish.kept_files import KeptFiles, checksum

MANIFEST = ".digest.json"
"""The name of the manifest; its leading dot keeps it out of the site."""
STAGE = ".digest.new"
"""The hidden folder of staged pages."""


@dataclass(frozen=True, slots=True)
class Written:
    """The result of writing, as paths relative to site_src."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Paths taken by a person's own files, which are left as they are."""
    new: frozenset[str] = frozenset()
    """Those of the changed that were not there before."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """The name of the output of each changed path."""

    @property
    def count(self) -> int:
        """How many pages and other files were written or removed."""
        return len(self.changed) + len(self.removed)


def write(pages: Iterable[Page], folder: Path, cache: Path | None = None) -> Written:
    """Bring a folder up to date with the pages.

    Raises `WriteError`, which says what to do, if a file cannot be written.
    """
    return stage(pages, folder, cache).publish()


def stage(pages: Iterable[Page], folder: Path, cache: Path | None = None) -> Staged:
    """Write the pages that changed into a hidden folder of `folder`, one at a time.

    `cache` is the folder of caches, which knows what earlier builds wrote.
    If a page fails or the disk is full, nothing has changed. Raises `WriteError`,
    which says what to do, if a file cannot be written.
    """
    before = _read_manifest(folder)
    kept_files = KeptFiles(cache)
    waiting = folder / STAGE
    shutil.rmtree(waiting, ignore_errors=True)
    sums: dict[str, str] = {}
    keys: dict[str, str] = {}
    changed: dict[str, str] = {}
    kept = []
    try:
        for page in pages:
            last = kept_files.is_written(page, folder)
            if last and before.get(page.path) == last.checksum:
                sums[page.path], keys[page.path] = last.checksum, page.key
                continue
            file = _inside(folder, page.path)
            content = kept_files.content(page)
            if _is_taken(page, content, file, before):
                kept.append(page.path)
                continue
            sums[page.path], keys[page.path] = checksum(content), page.key
            if not has_content(file, content):
                changed[page.path] = page.output
                write_file(_inside(waiting, page.path), content)
    except BaseException:
        shutil.rmtree(waiting, ignore_errors=True)
        raise
    return Staged(folder, before, sums, changed, tuple(kept), keys, kept_files)


@dataclass(frozen=True, slots=True)
class Staged:
    """Pages in a hidden folder, ready to be moved to their places."""

    folder: Path
    before: Mapping[str, str]
    """The checksums of the files written before, by path."""
    sums: Mapping[str, str]
    """The checksums of all files there will be, by path."""
    changed: Mapping[str, str]
    """The name of the output of each changed file, by path."""
    kept: tuple[str, ...]
    keys: Mapping[str, str]
    """The keys of all files there will be, by path."""
    kept_files: KeptFiles

    def publish(self) -> Written:
        """Move the pages to their places, and remove those that no longer exist.

        Raises `WriteError`, which says what to do, if a file cannot be written.
        """
        # the manifest comes first: an entry without a file is harmless, the reverse is not
        _write_manifest(self.folder, {**self.before, **self.sums})
        for path in self.changed:
            file = _inside(self.folder, path)
            with explain_failure(file):
                file.parent.mkdir(parents=True, exist_ok=True)
                _inside(self.folder / STAGE, path).replace(file)
        shutil.rmtree(self.folder / STAGE, ignore_errors=True)
        gone = [path for path in self.before if path not in self.sums]
        removed = [path for path in gone if _remove(self.folder, path, self.before)]
        _write_manifest(self.folder, self.sums)
        self.kept_files.save(self.folder, self.keys, self.sums)
        new = frozenset(self.changed.keys() - self.before.keys())
        return Written(tuple(self.changed), tuple(removed), self.kept, new, self.changed)


def written_files(folder: Path) -> dict[str, str]:
    """Return the checksums of the files that the digest has written into a folder, by path."""
    return _read_manifest(folder)


def hand_written(folder: Path) -> list[Path]:
    """Return the files and folders directly in `folder` that the digest did not write."""
    written = {PurePosixPath(path).parts[0] for path in _read_manifest(folder)}
    return sorted(
        path
        for path in folder.iterdir()
        if path.name not in written and not path.name.startswith(".")
    )


def files_by_hand(site_src: str, files: Mapping[str, str], place: str = "") -> Iterator[str]:
    """Yield the paths of files in site_src that the digest did not write."""
    with os.scandir(f"{site_src}/{place}") as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path = place + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from files_by_hand(site_src, files, f"{path}/")
            elif path not in files:
                yield path


def _is_taken(page: Page, content: bytes, file: Path, before: Mapping[str, str]) -> bool:
    """Return whether a person's own file is at the path of the page."""
    return page.path not in before and file.exists() and not has_content(file, content)


def _inside(folder: Path, path: str) -> Path:
    """Return the file at a path. Raises `WriteError` if that is outside the folder."""
    if not is_below(path):
        raise WriteError(f"{path!r} is no path below {folder}")
    return folder.joinpath(*PurePosixPath(path).parts)


def _remove(folder: Path, path: str, before: Mapping[str, str]) -> bool:
    """Remove a written file, and folders that are then empty; return False if it was edited."""
    file = _inside(folder, path)
    with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
        if checksum(file.read_bytes()) != before[path]:
            return False
        file.unlink()
        with suppress(OSError):
            for parent in file.parents:
                if parent == folder:
                    break
                parent.rmdir()
    return True


def _read_manifest(folder: Path) -> dict[str, str]:
    """Return the checksums of files written before; {} if the manifest is missing or damaged."""
    with suppress(OSError, ValueError):
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {str(path): str(sum) for path, sum in found.items()}
    return {}


def _write_manifest(folder: Path, sums: Mapping[str, str]) -> None:
    text = json.dumps(dict(sorted(sums.items())), ensure_ascii=False, indent=0)
    write_file(folder / MANIFEST, text.encode())

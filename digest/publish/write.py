"""The one module that writes to site_src: only what changed, only what it owns.

A manifest lists the files written before. A file that is not in it was made by
a person and is never touched; a file in it that the digest no longer has is
removed. Every file is written beside its place and then moved there, so that
none is ever half-written; pages wait until the last of them is made, so that
no more than one need be in memory and none appears before all can.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from digest.errors import WriteError
from digest.files import allowed, holds, write_file
from digest.models import Page

MANIFEST = ".digest.json"
"""Its leading dot keeps it out of the site."""
STAGE = ".digest.new"
"""Where pages wait."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a round of writing did, as paths relative to site_src."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Places taken by a person's own files, which stay as they are."""


def write(pages: Iterable[Page], folder: Path) -> Written:
    """Bring a folder up to date with the pages.

    Raises `WriteError`, with what to do, where the disk does not let it.
    """
    return stage(pages, folder).publish()


def stage(pages: Iterable[Page], folder: Path) -> Staged:
    """Write the pages that changed into a hidden folder of `folder`, each as it comes.

    A page that fails, or a disk that is full, leaves everything as it was.
    Raises `WriteError`, with what to do, where the disk does not let it.
    """
    before = _manifest(folder)
    waiting = folder / STAGE
    shutil.rmtree(waiting, ignore_errors=True)
    sums: dict[str, str] = {}
    changed, kept = [], []
    try:
        for page in pages:
            file = _inside(folder, page.path)
            if _is_taken(page, file, before):
                kept.append(page.path)
                continue
            sums[page.path] = _sum(page.content)
            if not holds(file, page.content):
                changed.append(page.path)
                write_file(_inside(waiting, page.path), page.content)
    except BaseException:
        shutil.rmtree(waiting, ignore_errors=True)
        raise
    return Staged(folder, before, sums, tuple(changed), tuple(kept))


@dataclass(frozen=True, slots=True)
class Staged:
    """Pages that wait in a hidden folder for the moment when all take their places."""

    folder: Path
    before: Mapping[str, str]
    """The check sums of the files written before, by path."""
    sums: Mapping[str, str]
    """Those of all files there will be."""
    changed: tuple[str, ...]
    kept: tuple[str, ...]

    def publish(self) -> Written:
        """Move the pages to their places, and remove those that are gone.

        Raises `WriteError`, with what to do, where the disk does not let it.
        """
        # the manifest comes first: what is in it but not on disk does no harm, the reverse would
        _remember(self.folder, {**self.before, **self.sums})
        for path in self.changed:
            file = _inside(self.folder, path)
            with allowed(file):
                file.parent.mkdir(parents=True, exist_ok=True)
                _inside(self.folder / STAGE, path).replace(file)
        shutil.rmtree(self.folder / STAGE, ignore_errors=True)
        gone = [path for path in self.before if path not in self.sums]
        removed = [path for path in gone if _remove(self.folder, path, self.before)]
        _remember(self.folder, self.sums)
        return Written(self.changed, tuple(removed), self.kept)


def hand_written(folder: Path) -> list[Path]:
    """The files and folders directly in `folder` that hold something a person made."""
    ours = {PurePosixPath(path).parts[0] for path in _manifest(folder)}
    return sorted(
        path for path in folder.iterdir() if path.name not in ours and not path.name.startswith(".")
    )


def _is_taken(page: Page, file: Path, before: Mapping[str, str]) -> bool:
    """Whether a person's own file stands where the page would go."""
    return page.path not in before and file.exists() and not holds(file, page.content)


def _inside(folder: Path, path: str) -> Path:
    """The file for a path, which must not lead out of the folder."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise WriteError(f"{path!r} is no path below {folder}")
    return folder.joinpath(*parts)


def _remove(folder: Path, path: str, before: Mapping[str, str]) -> bool:
    """Remove a file of ours, and its folder when that was the last; an edited one stays."""
    file = _inside(folder, path)
    with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
        if _sum(file.read_bytes()) != before[path]:
            return False
        file.unlink()
        with suppress(OSError):
            for parent in file.parents:
                if parent == folder:
                    break
                parent.rmdir()
    return True


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _manifest(folder: Path) -> dict[str, str]:
    """The files written before, and their check sums; none where the manifest is missing or damaged."""
    with suppress(OSError, ValueError):
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {str(path): str(sum) for path, sum in found.items()}
    return {}


def _remember(folder: Path, sums: Mapping[str, str]) -> None:
    text = json.dumps(dict(sorted(sums.items())), ensure_ascii=False, indent=0)
    write_file(folder / MANIFEST, text.encode())

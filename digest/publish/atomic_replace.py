"""Replacing one folder by another, in one step if the file system can do that."""

from __future__ import annotations

import filecmp
import os
import shutil
from contextlib import suppress
from pathlib import Path


def replace(new: Path, old: Path) -> None:
    """Move the folder `new` to `old`; unchanged files keep their modification times.

    A host that compares times then knows which pages are unchanged. Hidden files
    stay, as with MkDocs: `.git` if the site is published from its own branch. If
    the folder cannot be moved, such as one mounted into a container, the files are
    copied one by one.
    """
    old = old.resolve()  # a link to where the site is published stays a link
    if not old.exists():
        shutil.move(new, old)
        return
    _keep_times(str(new), str(old))
    last = old.with_name(f"{old.name}.old")
    shutil.rmtree(last, ignore_errors=True)
    try:
        for hidden in set(_hidden(old)) - set(_hidden(new)):
            (old / hidden).rename(new / hidden)
        old.rename(last)
        new.rename(old)
    except OSError:
        if last.exists() and not old.exists():
            last.rename(old)
        _copy_into(old, new)
    shutil.rmtree(last, ignore_errors=True)


def _keep_times(new: str, old: str) -> None:
    """Set unchanged files to the times they had before; linked files have them already."""
    if not Path(old).is_dir():
        return
    with os.scandir(old) as entries:
        before = {entry.name: entry.inode() for entry in entries}
    with os.scandir(new) as entries:
        for entry in entries:
            if entry.name not in before:
                continue
            last = f"{old}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                _keep_times(entry.path, last)
            elif entry.inode() != before[entry.name] and _is_same(entry.path, last):
                shutil.copystat(last, entry.path)


def _is_same(file: str, before: str) -> bool:
    with suppress(OSError):
        return filecmp.cmp(file, before, shallow=False)
    return False


def _hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".*")]


def _copy_into(old: Path, new: Path) -> None:
    """Replace the content of a folder, except hidden files, by that of `new`; remove `new`."""
    shutil.copytree(new, old, dirs_exist_ok=True, symlinks=True)
    kept = {path.relative_to(new) for path in new.rglob("*")}
    for path in sorted(old.rglob("*"), reverse=True):
        place = path.relative_to(old)
        if place not in kept and not place.parts[0].startswith("."):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.rmtree(new)

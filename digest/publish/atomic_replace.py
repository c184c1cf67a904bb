"""A finished folder takes the place of another, in one step where the disk can do that."""

from __future__ import annotations

import shutil
from pathlib import Path


def replace(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`; what is equal keeps its time of change.

    A host that compares times then knows that a page is the same as yesterday.
    What is hidden stays, as with MkDocs: `.git` where the site is published
    from a branch of its own. A folder that cannot be moved, such as one mounted
    into a container, gets the files one by one.
    """
    old = old.resolve()  # a link to where the site is published stays a link
    if not old.exists():
        shutil.move(new, old)
        return
    _keep_times(new, old)
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
        _fill(old, new)
    shutil.rmtree(last, ignore_errors=True)


def _keep_times(new: Path, old: Path) -> None:
    for file in new.rglob("*"):
        before = old / file.relative_to(new)
        if file.is_file() and before.is_file() and file.read_bytes() == before.read_bytes():
            shutil.copystat(before, file)


def _hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".*")]


def _fill(old: Path, new: Path) -> None:
    """Make the content of a folder that of another, but for what is hidden; remove the other."""
    shutil.copytree(new, old, dirs_exist_ok=True, symlinks=True)
    ours = {path.relative_to(new) for path in new.rglob("*")}
    for path in sorted(old.rglob("*"), reverse=True):
        place = path.relative_to(old)
        if place not in ours and not place.parts[0].startswith("."):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.rmtree(new)

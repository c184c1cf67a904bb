"""The one module that writes to site_src: only what changed, only what it owns.

A manifest lists the files written before. A file that is not in it was made by
a person and is never touched; a file in it that the digest no longer has is
removed. Every file is written beside its place and then moved there, so that
none is ever half-written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from digest.errors import WriteError
from digest.models import Page

MANIFEST = ".digest.json"
"""Its leading dot keeps it out of the site."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a round of writing did, as paths relative to site_src."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Places taken by a person's own files, which stay as they are."""


def write(pages: Sequence[Page], folder: Path) -> Written:
    """Bring a folder up to date with the pages.

    Raises `WriteError`, with what to do, where the disk does not let it.
    """
    before = _manifest(folder)
    ours = {page.path: page.content for page in pages if not _is_taken(page, folder, before)}
    # the manifest comes first: what is in it but not on disk does no harm, the reverse would
    _remember(folder, before | _sums(ours))
    changed = [path for path, content in ours.items() if write_file(_inside(folder, path), content)]
    removed = [path for path in before if path not in ours and _remove(folder, path, before)]
    _remember(folder, _sums(ours))
    return Written(
        changed=tuple(changed),
        removed=tuple(removed),
        kept=tuple(page.path for page in pages if page.path not in ours),
    )


def write_file(file: Path, content: bytes) -> bool:
    """Put content into a file, all or nothing; say whether that changed it.

    Raises `WriteError`, with what to do, where the disk does not let it.
    """
    beside = file.with_name(f".{file.name}.new")
    try:
        if file.is_file() and file.read_bytes() == content:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise WriteError(
            f"{file}: expected to write {len(content):,} bytes here, found: "
            f"{error.strerror or error} — make room or allow writing, then try again;"
            " what stood here before still does"
        ) from error
    return True


def hand_written(folder: Path) -> list[Path]:
    """The files and folders directly in `folder` that hold something a person made."""
    ours = {PurePosixPath(path).parts[0] for path in _manifest(folder)}
    return sorted(
        path for path in folder.iterdir() if path.name not in ours and not path.name.startswith(".")
    )


def _is_taken(page: Page, folder: Path, before: Mapping[str, str]) -> bool:
    """Whether a person's own file stands where the page would go."""
    file = _inside(folder, page.path)
    if page.path in before or not file.exists():
        return False
    return file.is_dir() or file.read_bytes() != page.content


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
        if hashlib.sha256(file.read_bytes()).hexdigest()[:16] != before[path]:
            return False
        file.unlink()
        with suppress(OSError):
            for parent in file.parents:
                if parent == folder:
                    break
                parent.rmdir()
    return True


def _sums(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest()[:16] for path, content in contents.items()}


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

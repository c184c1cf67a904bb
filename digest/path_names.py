"""Names of files and folders, and paths made of them: what holds on every system.

A path that is written stays below its folder. A name that a person or a document gives
is no name that Windows reserves, because a digest is kept in a repository, and a
repository is checked out anywhere.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from pathvalidate import is_valid_filename

_LONGEST = 255
"""Bytes of a name, at most, on nearly every file system."""


def is_below(path: str) -> bool:
    """Return whether a path, with forward slashes, stays below the folder that it is relative to.

    >>> [is_below(path) for path in ("a/b.md", "../a.md", "/a.md", "a/../../b.md", "")]
    [True, False, False, False, False]
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and path[0] != "/" and not {"..", "\\", "\0"} & {*parts, *path}


def is_portable(name: str) -> bool:
    """Return whether every system takes a name of one file or folder.

    >>> [is_portable(name) for name in ("a.md", "con", "AUX.txt", "a.", "a:b", "..", "a/b", "é" * 128)]
    [True, False, False, False, False, False, False, False]
    """
    return name not in ("", ".", "..") and is_valid_filename(
        name, platform="universal", max_len=_LONGEST
    )


def portable(name: str, suffix: str, *taken: str) -> str:
    """Return a name that every system takes, and that is none of those taken.

    >>> portable("optics", "topic"), portable("con", "topic"), portable("index", "topic", "index")
    ('optics', 'con-topic', 'index-topic')
    """
    return name if is_portable(name) and name not in taken else f"{name}-{suffix}"

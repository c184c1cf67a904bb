"""The preview says what it is at, keeps the last good site, and builds only when a person changed something."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from digest.errors import DigestError

log = logging.getLogger("mkdocs.plugins.digest")

State = dict[Path, tuple[int, int]]

OFTEN = 1_000
"""A long stage is told of again after so many papers."""


def telling(say: Callable[[str], None]) -> Callable[[str, int, int], None]:
    """Give what tells of a build's progress, a line a stage, where no line can be written over.

    >>> tell = telling(print)
    >>> for done in (0, 400, 1_200, 1_600):
    ...     tell("keyphrases", done, 1_600)
    keyphrases …
    keyphrases 1,200/1,600 …
    """
    at = ("", 0)

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal at
        now = (stage, done // OFTEN)
        if now != at:
            of = f" {done:,}" + (f"/{total:,}" if total else "")
            say(f"{stage}{of if now[1] else ''} …")
        at = now

    return progress


def steady(
    builder: Callable[[], None], watched: Sequence[Path], ours: Iterable[Path]
) -> Callable[[], None]:
    """Wrap MkDocs' builder for the preview server.

    A build that fails is reported in a line, and the server goes on with the
    site it has; MkDocs' own would leave every reader waiting. What a build
    itself writes among the watched files (`ours`) does not set off another.
    """
    own = frozenset(ours)
    seen = state(watched)

    def build() -> None:
        nonlocal seen
        now = state(watched)
        if now == seen:
            return
        try:
            builder()
        except (Exception, SystemExit) as error:
            if not isinstance(error, DigestError | SystemExit):
                log.debug("the build failed", exc_info=error)
            log.error("%s — the last good site stays; waiting for the next change", error)
        # an edit made while building is not in `now`, so it is built next
        after = state(watched)
        seen = {path: after.get(path, was) if path in own else was for path, was in now.items()}
        seen |= {path: after[path] for path in own & after.keys()}

    return build


def state(paths: Iterable[Path]) -> State:
    """Tell the time of change and size of every file at or below the paths."""
    found: State = {}
    for path in paths:
        for file in [path, *path.rglob("*")] if path.is_dir() else [path]:
            try:
                facts = file.stat()
            except OSError:
                continue
            if not file.is_dir():
                found[file] = (facts.st_mtime_ns, facts.st_size)
    return found

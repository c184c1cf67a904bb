"""The preview server: reports progress, keeps the last good site, builds only after edits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from digest.errors import DigestError
from digest.progress import Progress

log = logging.getLogger("mkdocs.plugins.digest")

Snapshot = dict[Path, tuple[int, int]]
"""The time of change (ns) and the size (bytes) of files."""

REPORT_EVERY = 1_000
"""Papers after which a long stage is reported again."""


def line_progress(say: Callable[[str], None]) -> Progress:
    """Return a progress that writes a line for each stage, for logs without a progress bar.

    >>> progress = line_progress(print)
    >>> for done in (0, 400, 1_200, 1_600):
    ...     progress("keyphrases", done, 1_600)
    keyphrases …
    keyphrases 1,200/1,600 …
    """
    reported = ("", 0)

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal reported
        now = (stage, done // REPORT_EVERY)
        if now != reported:
            count = f" {done:,}" + (f"/{total:,}" if total else "")
            say(f"{stage}{count if now[1] else ''} …")
        reported = now

    return progress


def keep_serving(
    builder: Callable[[], None], watched: Sequence[Path], written: Iterable[Path]
) -> Callable[[], None]:
    """Wrap MkDocs' builder for the preview server.

    A failed build is reported in a line, and the server keeps serving the last
    site; with MkDocs' own builder every request would wait. Files among the watched
    ones that a build itself writes (`written`) do not cause another.
    """
    own = frozenset(written)
    seen = snapshot(watched)

    def build() -> None:
        nonlocal seen
        now = snapshot(watched)
        if now == seen:
            return
        try:
            builder()
        except (Exception, SystemExit) as error:
            if not isinstance(error, DigestError | SystemExit):
                log.debug("the build failed", exc_info=error)
            log.error("%s — the last good site stays; waiting for the next change", error)
        # an edit made while building is not in `now`, so it is built next
        after = snapshot(watched)
        seen = {path: after.get(path, was) if path in own else was for path, was in now.items()}
        seen |= {path: after[path] for path in own & after.keys()}

    return build


def snapshot(paths: Iterable[Path]) -> Snapshot:
    """Return the snapshot of every file at or below the paths."""
    found: Snapshot = {}
    for path in paths:
        for file in [path, *path.rglob("*")] if path.is_dir() else [path]:
            try:
                facts = file.stat()
            except OSError:
                continue
            if not file.is_dir():
                found[file] = (facts.st_mtime_ns, facts.st_size)
    return found

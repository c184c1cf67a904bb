"""The preview server: shows the last good site at once, and builds it again after every edit."""

from __future__ import annotations

import logging
import os
import time
import webbrowser
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from digest.errors import DigestError
from digest.progress import Progress, Say

log = logging.getLogger("mkdocs.plugins.digest")

Facts = dict[str, tuple[int, int]]
"""The time of change (ns) and the size (bytes) of files, by their paths."""
Snapshot = dict[str, Facts]
"""The files at or below each watched path; a path that does not exist has none."""

PAUSE = 0.1
"""Seconds between two looks at the watched files, and within which a save is complete."""
SHARE = 0.1
"""Of the time, the most that looking may take: of many files it is done less often."""
REPORT_EVERY = 1_000
"""Papers after which a long stage is reported again."""


def line_progress(say: Say) -> Progress:
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


class PreviewServer(LiveReloadServer):
    """Serves a site, builds it again after edits, and shows in the page why a build failed.

    MkDocs' own server looks for edits every half second, does not notice a folder that
    is made later, and lets requests wait until a failed build is mended.
    """

    def __init__(
        self, builder: Callable[[], None], address: tuple[str, int], root: str, mount_path: str
    ) -> None:
        """Take the address. Raises `OSError` if that is not possible, `OverflowError` for 99999."""
        super().__init__(builder, *address, root=root, mount_path=mount_path)
        self.error_handler = self._error_page
        self.is_built = False
        self._edited: Callable[[], Iterable[Path]] = tuple
        self._written: frozenset[str] = frozenset()
        self._failure = ""
        try:
            self.server_bind()
            self.server_activate()
        except BaseException:
            self.server_close()
            raise

    @classmethod
    def in_place_of(cls, server: LiveReloadServer) -> PreviewServer:
        """Return a preview in place of MkDocs' server, whose first build is done."""
        host, port = server.server_address[:2]
        made = cls(server.builder, (str(host), int(port)), server.root, server.mount_path)
        made.is_built = True
        return made

    # --- what is watched ------------------------------------------------------------------------

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a file or a folder, which need not exist yet."""
        self._watched_paths[str(Path(path).absolute())] = 1

    def unwatch(self, path: str) -> None:
        """Watch a path no longer. Raises `KeyError` if it was not watched."""
        del self._watched_paths[str(Path(path).absolute())]

    def follow(self, edited: Callable[[], Iterable[Path]], written: Iterable[Path]) -> None:
        """Watch what people edit, asked for anew at every build, but for what a build writes."""
        self._edited = edited
        self._written = frozenset(map(str, written))

    def _look(self) -> Snapshot:
        return snapshot([*self._watched_paths, *map(str, self._edited())])

    # --- building -------------------------------------------------------------------------------

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until interrupted; the site of the last preview is shown while the first is built."""
        seen = self._look()
        if not (self.is_built or Path(self.root, "index.html").is_file()):
            self._wanted_epoch += 1  # nothing to show: requests wait for the first build
        log.info("Serving on %s", self.url)
        self.serve_thread.start()
        if open_in_browser:
            webbrowser.open(self.url)
        if not self.is_built:
            seen = self._build(seen)
        while True:
            seen = self._build(self._next_edit(seen))

    def _next_edit(self, seen: Snapshot) -> Snapshot:
        """Wait until files differ from those seen and change no more; return what they are then."""
        now, last = seen, seen
        while now == seen or now != last:
            started = time.perf_counter()
            last, now = now, snapshot(seen)
            time.sleep(max(PAUSE, (time.perf_counter() - started) / SHARE))
        with self._epoch_cond:
            self._wanted_epoch = self._now()  # requests wait for the new site
        return now

    def _build(self, before: Snapshot) -> Snapshot:
        """Build the site, reload browsers, and return the files that the site is made of."""
        errors = _Errors()
        logging.getLogger("mkdocs").addHandler(errors)
        try:
            self.builder()
            self._failure = ""
        except (Exception, SystemExit) as error:
            if not isinstance(error, DigestError | SystemExit):
                log.debug("the build failed", exc_info=error)
            # MkDocs' own way out says nothing but "aborted" of what it has logged
            own = [] if errors.messages and isinstance(error, SystemExit) else [str(error)]
            self._failure = "\n".join(dict.fromkeys([*errors.messages, *own]))
            log.error("%s — the last good site stays; waiting for the next change", error)
        finally:
            logging.getLogger("mkdocs").removeHandler(errors)
        made = made_of(before, self._look(), self._written)
        with self._epoch_cond:
            # whoever sees the new site may edit what the build has written
            self._wanted_epoch = self._visible_epoch = self._now()
            self._epoch_cond.notify_all()
        return made

    def _now(self) -> int:
        """Return the number of a new site, above that of the last."""
        return max(round(time.monotonic() * 1000), self._visible_epoch + 1)

    # --- what browsers get -----------------------------------------------------------------------

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add what reloads the page, and why the last build failed."""
        body, closing, after = content.rpartition(b"</body>")
        said = failure_dialog(self._failure).encode()
        page = body + said + closing + after if closing else content + said
        return bytes(super()._inject_js_into_html(page, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        """Return the site's own page for an error, or an empty one; both reload as others do."""
        try:
            content = Path(self.root, f"{code}.html").read_bytes()
        except OSError:
            content = f'<!doctype html><meta charset="utf-8"><title>{code}</title>'.encode()
        return self._inject_js_into_html(content, self._visible_epoch)


class _Errors(logging.Handler):
    """Collects what MkDocs logs as errors: its exception often has only their number."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def failure_dialog(message: str) -> str:
    """Return a dialog with the message of a failed build; nothing if none failed.

    It looks as browsers show dialogs: the policy of a page allows no style of its own.

    >>> failure_dialog("")
    ''
    >>> "<b>" in failure_dialog("<b>")
    False
    """
    if not message:
        return ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in message.splitlines())
    return (
        '<dialog id="digest-failure"><p><strong>The build failed. This is the last good site.'
        f'</strong></p>{lines}<form method="dialog"><button>Close</button></form></dialog>'
        '<script>document.getElementById("digest-failure").showModal()</script>'
    )


def snapshot(paths: Iterable[str]) -> Snapshot:
    """Return the facts of every file at or below each path."""
    return {path: dict(_facts(path)) for path in paths}


def _facts(path: str) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                yield from _facts(entry.path)
    except NotADirectoryError:
        stat = os.stat(path)  # noqa: PTH116 - there may be thousands
        yield path, (stat.st_mtime_ns, stat.st_size)
    except OSError:
        return


def made_of(before: Snapshot, after: Snapshot, written: Collection[str]) -> Snapshot:
    """Return the files that a site is made of, from how they were before and after its build.

    An edit made meanwhile is not in it, so it is built next; what the build itself
    wrote is, and so are paths that are watched only since.

    >>> before, after = {"seeds": {"a": (1, 1), "register": (1, 1)}}, {"seeds": {"a": (2, 2), "register": (3, 3)}}
    >>> made_of(before, after, {"register"})
    {'seeds': {'a': (1, 1), 'register': (3, 3)}}
    """
    return {
        path: _others(before.get(path, facts), written)
        | {file: fact for file, fact in facts.items() if file in written}
        for path, facts in after.items()
    }


def _others(facts: Mapping[str, tuple[int, int]], written: Collection[str]) -> Facts:
    return {file: fact for file, fact in facts.items() if file not in written}

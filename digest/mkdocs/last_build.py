"""Whether a build would find everything as the last one left it, and so has nothing to do.

A build is known by all that it reads: settings, documents, templates, pages written by
hand, the day, the program with its libraries; and by what it wrote. The first is
compared by content and taken before anything is read, so that an edit during a build
is not missed; the second by size and time of change, because there are tens of
thousands of files. Where a site depends on more, it is built every time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any

from digest.config import Settings, built_in
from digest.mkdocs.site import as_text
from digest.publish.write import files_by_hand, written_files
from digest.store import Cache, key, version

STAGE, READ = "last build", "read"
"""The stage of results, and the key of what the last build read."""
PLUGINS = frozenset({"digest", "material/search", "mkdocs/search", "search"})
"""Plugins that read no file of their own."""
EXTENSIONS = re.compile(
    r"(?:markdown\.extensions\.)?(?:abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code"
    r"|footnotes|legacy_attrs|legacy_em|md_in_html|meta|nl2br|sane_lists|smarty|tables|toc|wikilinks)"
    r"|pymdownx\.(?!snippets|b64)[\w.]+"
)
"""Markdown extensions that read no file of their own: others may be anybody's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build printed, and how it ended."""

    lines: tuple[str, ...]
    """The problems, which are printed again."""
    totals: str
    status: int


class LastBuild:
    """What the last build read and wrote."""

    def __init__(
        self, found: Mapping[str, Any], settings: Settings, today: date, *, strict: bool
    ) -> None:
        """Look at all that a build is about to read; `found` is what is in mkdocs.yml."""
        self._settings = settings
        places = [_within(settings, place) for place in (settings.site_src, settings.site_dir)]
        self._read = {
            "the program or a library": version(),
            "the settings": key(as_text([found, places])),
            "the day": str(today),
            **_files(settings),
        }
        is_plain = _is_plain(found) and not _has_linked_folders(settings)
        self._key = key(as_text(self._read), str(strict)) if is_plain else ""

    def outcome(self) -> Outcome | None:
        """Return how the last build ended, if this one would find everything as it left it."""
        found = self._kept(self._key)
        if not self._key or found.get("written") != _written(self._settings):
            return None
        return Outcome(tuple(found["lines"]), found["totals"], found["status"])

    def causes(self) -> tuple[str, ...] | None:
        """Return what is read now and was not, or not so, by the last build; None if there is none.

        Each is a file, or 'the settings' and the like, with 'new', 'changed' or 'gone'.
        """
        before, now = self._kept(READ), self._read
        if not before:
            return None
        return (
            *(f"new: {name}" for name in sorted(now.keys() - before.keys())),
            *(f"changed: {name}" for name in now if before.get(name, now[name]) != now[name]),
            *(f"gone: {name}" for name in sorted(before.keys() - now.keys())),
        )

    def remember(self, outcome: Outcome, *, is_whole: bool) -> None:
        """Remember a build that has ended; if it `is_whole`, the next one need not do it again."""
        with Cache(self._settings.cache, STAGE) as cache:
            cache.put(READ, self._read)
            if self._key and is_whole:
                cache.put(self._key, {"written": _written(self._settings), **asdict(outcome)})

    def _kept(self, key: str) -> dict[str, Any]:
        """Return what the last build kept under a key; {} if that is nothing."""
        cache = Cache(self._settings.cache, STAGE)
        found = cache.get(key)
        cache.close()  # what is only looked at is not to be dropped
        return found if isinstance(found, dict) else {}


def _is_plain(found: Mapping[str, Any]) -> bool:
    """Return whether everything that a build of these settings reads is known here."""
    theme = found.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, dict) else None
    return (
        not own
        and not found.get("hooks")
        and "custom_icons" not in as_text(found)
        and set(_names(found.get("plugins"))) <= PLUGINS
        and all(EXTENSIONS.fullmatch(name) for name in _names(found.get("markdown_extensions")))
    )


def _names(given: Any) -> Iterator[str]:
    """Yield the names in a list of names and of mappings from names to options."""
    for each in given or ():
        yield from each if isinstance(each, dict) else (str(each),)


def _files(settings: Settings) -> dict[str, str]:
    """Return the checksum of every file that a build reads, by its path."""
    written = written_files(settings.site_src)
    by_hand = files_by_hand(str(settings.site_src), written) if settings.site_src.is_dir() else ()
    tables = (settings.root / name for name in settings.options.topics)
    seeds = _below(settings.seeds, but={settings.register, settings.found_topics})
    files = (
        settings.seeds,
        *(file for file in seeds if file.name[0] != "."),
        *_below(settings.templates),
        *_below(built_in()),
        *(settings.site_src / path for path in by_hand),
        *(table for table in tables if table.is_file()),
    )
    return {_within(settings, file): _content(file) for file in files}


def _within(settings: Settings, place: Path) -> str:
    """Return a place as it is in any copy of the digest's folder."""
    root = built_in() if place.is_relative_to(built_in()) else settings.root
    try:
        return os.path.relpath(place, root)
    except ValueError:  # on another drive of Windows
        return str(place)


def _content(file: Path) -> str:
    """Return a checksum of a file, or why it cannot be read."""
    if not file.is_file():
        return "a folder" if file.is_dir() else "no file"
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        return str(error)


def _below(folder: Path, but: Iterable[Path] = ()) -> list[Path]:
    """Return the files and folders in a folder and in those below it."""
    walk = os.walk(folder)
    found = {Path(place, name) for place, folders, files in walk for name in (*folders, *files)}
    return sorted(found - set(but))


def _has_linked_folders(settings: Settings) -> bool:
    """Return whether files are read through links to folders, which are not followed here."""
    places = (settings.seeds, settings.templates)
    return any(file.is_symlink() and file.is_dir() for place in places for file in _below(place))


def _written(settings: Settings) -> str:
    """Return a checksum of all that a build writes."""
    state = blake2b(digest_size=16)
    for folder in (settings.site_src, settings.site_dir):
        for line in _stats(str(folder)):
            state.update(line.encode("utf-8", "surrogateescape"))
    for file in (settings.register, settings.found_topics):
        state.update(file.read_bytes() if file.is_file() else b"-")
    return state.hexdigest()


def _stats(folder: str) -> Iterator[str]:
    """Yield name, size and time of change of every file in a folder and below it, in order."""
    try:
        with os.scandir(folder) as entries:
            every = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in every:
        if entry.is_dir(follow_symlinks=False):
            yield f"{entry.name}/\n"
            yield from _stats(entry.path)
        else:
            stat = entry.stat(follow_symlinks=False)
            yield f"{entry.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n"

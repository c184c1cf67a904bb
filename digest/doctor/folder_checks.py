"""Checks of the folder and the machine: versions, settings, disk, clock, leftovers."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from digest import __version__
from digest.config import Options
from digest.doctor.checkup import Checkup
from digest.hosting import targets
from digest.hosting.finding import Finding
from digest.language.strings import counted
from digest.papers import register_file
from digest.publish import search

LIBRARIES = ("mkdocs", "mkdocs-material", "pagefind", "yake", "lxml")
"""Libraries whose versions are told."""
MB = 1_000_000
SPARE = 200 * MB
"""Bytes that should be free beside what a build needs."""
UNFINISHED = (".*.new", ".*.old")
"""What is made beside its place and then moved there."""


def versions(checkup: Checkup) -> Iterator[Finding]:
    """Tell the versions of what runs here, and whether search does."""
    known = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    yield Finding("ok", f"digest {__version__}, Python {platform.python_version()}, {known}")
    if not search.version():
        yield Finding(
            "warning",
            "Pagefind does not run here: whoever searches loads all papers",
            "pip install 'pagefind[bin]', on a machine for which there is one",
        )


def settings(checkup: Checkup) -> Iterator[Finding]:
    """Look at what a digest that is published should have set."""
    options, file, fine = checkup.settings.options, checkup.file, True
    if checkup.settings.is_preview:
        fine = False
        yield Finding(
            "warning",
            f"{file} has no `site_url`: feeds and mail are written for the preview",
            "set it to the address of the published site",
        )
    if options.feed_id == Options().feed_id:
        fine = False
        yield Finding(
            "warning",
            f"{file} has no `feed_id` of its own: readers of two digests may take their items for"
            " the same",
            "if nobody reads the feeds yet, give it one; else leave it for ever",
        )
    if (options.fetch or options.mail_from) and not options.contact:
        fine = False
        yield Finding(
            "warning", f"{file} has no `contact`", "sources want to know whom to write to: set it"
        )
    if options.publish:
        targets.destination(options.publish)  # raises what is wrong
    if fine:
        yield Finding("ok", f"{file} has what a published digest needs")


def disk(checkup: Checkup) -> Iterator[Finding]:
    """Look whether another build fits on the disk: a new site lies beside the old one."""
    site = checkup.settings.site_dir
    needed = 2 * sum((site / path).stat().st_size for path in checkup.site.files) + SPARE
    free = shutil.disk_usage(checkup.settings.root).free
    message = f"{free / MB:,.0f} MB are free, and a build may need {needed / MB:,.0f} MB"
    if free < needed:
        yield Finding(
            "error", message, "make room; `.cache/` may go, but makes the next build slow"
        )
    else:
        yield Finding("ok", message)
    if not os.access(checkup.settings.root, os.W_OK):
        yield Finding(
            "error",
            f"{checkup.settings.root} cannot be written to",
            "give it to the user who runs digest",
        )


def clock(checkup: Checkup) -> Iterator[Finding]:
    """Look whether the clock is right, as far as the register can tell."""
    if checkup.environment.get("SOURCE_DATE_EPOCH"):
        yield Finding(
            "warning",
            f"SOURCE_DATE_EPOCH is set: to digest it is {checkup.today}, whatever the clock says",
            "unset it where a digest is published",
        )
    newest = max(
        (row.updated for row in register_file.load(checkup.settings.register)), default=date.min
    )
    if newest > checkup.today + timedelta(days=1):
        yield Finding(
            "error",
            f"it is {checkup.today}, but papers were registered on {newest}",
            "set the clock; papers that are new now would get a day in the past",
        )
    else:
        yield Finding("ok", f"it is {checkup.today} (UTC)")


def leftovers(checkup: Checkup) -> Iterator[Finding]:
    """Look for what a run that was broken off has left beside the place where it belongs."""
    made = checkup.settings
    site = made.site_dir
    beside = [site.with_name(f"{site.name}{end}") for end in (".new", ".old")]
    places = [made.root, made.seeds, made.site_src, site]
    hidden = (found for place in places for pattern in UNFINISHED for found in place.glob(pattern))
    found = sorted({path for path in (*beside, *hidden) if path.exists()})
    if not found:
        yield Finding("ok", "no run that was broken off has left anything")
        return
    names = ", ".join(_relative(path, made.root) for path in found)
    yield Finding(
        "warning",
        f"{counted(len(found), 'leftover')} of runs that were broken off: {names}",
        "no build running, they may be deleted; the next build replaces its own",
    )


def _relative(path: Path, root: Path) -> str:
    return os.path.relpath(path, root) + ("/" if path.is_dir() else "")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "missing"

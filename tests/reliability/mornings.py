"""A year of mornings: each with an edit or an accident, and a build."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from digest.errors import DigestError
from digest.models import Totals
from tests.conftest import DAY, Folder
from tests.edits import EDITS, Edit, toy_digest
from tests.reliability.trials import Trial, difference

TITLE = "a year of mornings"
DAYS = 365
CLEAN_EVERY = 30
"""Mornings after which all is compared with a digest that keeps nothing."""
_ADDRESS = re.compile(r"(?:papers|days|topics)/[^/]+\.md")
_ENTRY = re.compile(rb"<entry>.*?<id>([^<]+)</id>", re.DOTALL)


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Build every morning, and look whether anything that was published is gone or doubled."""
    folder = toy_digest(place / "digest")
    chance = random.Random(1)
    published: set[str] = set()
    for number in range(some_days(share)):
        edit = chance.choice(EDITS)
        edit(folder, chance)
        yield Trial(f"morning {number}, {edit.__name__}", _lost(folder, number, published, edit))


def some_days(share: float) -> int:
    """A share of the year, at least two mornings."""
    return max(2, round(DAYS * share))


def _lost(folder: Folder, number: int, published: set[str], edit: Edit) -> str:
    try:
        report = folder.build(DAY + timedelta(number))
    except DigestError as error:
        return str(error)
    pages = folder.pages()
    if gone := published - pages.keys():
        return f"{len(gone)} addresses without a page, such as {min(gone)}"
    published |= {path for path in pages if _ADDRESS.fullmatch(path)}
    entries = _ENTRY.findall(pages["papers/atom.xml"])
    if len(entries) != len(set(entries)):
        return "the feed has an entry twice"
    totals = report.digest.totals
    if totals.read != totals.published + totals.merged + totals.refused:
        return f"sums do not agree: {totals}"
    if totals != Totals.of(report.digest.accounts):
        return "the sums of documents do not agree"
    return _unlike_clean(folder, number, pages) if number % CLEAN_EVERY == 0 else ""


def _unlike_clean(folder: Folder, number: int, pages: dict[str, bytes]) -> str:
    place = folder.path.with_name("clean")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.path, place, ignore=shutil.ignore_patterns(".cache", "site_src"))
    clean = Folder(place)
    clean.build(DAY + timedelta(number))
    made = {path: data for path, data in pages.items() if not path.startswith("notes/")}
    return difference(made, clean.pages())

"""Pages that are not made again are those that would be made: warm and clean are equal."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from digest import pipeline
from digest.mkdocs import site
from tests.conftest import DAY, Folder
from tests.edits import series, toy_digest

SERIES = int(os.environ.get("SERIES", "2"))
"""Random series of edits: `SERIES=200 pytest tests/test_warm_pages.py` by hand."""
STEPS = 6


@pytest.fixture
def toy(tmp_path: Path) -> Folder:
    """A small, complete digest, written once."""
    folder = toy_digest(tmp_path / "news")
    folder.build()
    return folder


def clean(folder: Folder, place: Path, days: int) -> dict[str, bytes]:
    """Every generated file as the same folder gives it elsewhere, with nothing kept."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.path, place, ignore=shutil.ignore_patterns(".cache", "site_src"))
    afresh = Folder(place)
    afresh.build(DAY + timedelta(days))
    return generated(afresh)


def generated(folder: Folder) -> dict[str, bytes]:
    """Everything in site_src but what is written by hand."""
    return {path: data for path, data in folder.pages().items() if not path.startswith("notes/")}


@pytest.mark.parametrize("seed", range(SERIES))
def test_warm_pages_are_clean_ones(toy: Folder, tmp_path: Path, seed: int) -> None:
    """After any series of edits, and on any day, every file is what a clean run makes of it."""
    days = 0
    chance, steps = series(seed, STEPS)
    for step in steps:
        step(toy, chance)
        days += chance.randrange(2)
        toy.build(DAY + timedelta(days))
        warm, afresh = generated(toy), clean(toy, tmp_path / "clean", days)
        assert [path for path in warm if warm[path] != afresh.get(path)] == [], step
        assert warm.keys() == afresh.keys()


def test_every_page_is_known_again(toy: Folder) -> None:
    """Without a change no page is made, whatever its kind; a paper of yesterday has its own key."""
    settings = site.settings_from(toy.path / "mkdocs.yml")
    reports = [pipeline.compose(settings, DAY) for _ in range(2)]
    one, other = (
        {page.path: page.key for page in pipeline.render(report.digest, settings)}
        for report in reports
    )
    assert one == other
    assert "" not in one.values()

"""Pages of the last build are taken over where nothing they depend on has changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests import ROOT
from tests.conftest import Folder
from tests.edits import by_hand, series, toy_digest

SERIES = int(os.environ.get("SERIES", "1"))
"""Random series of edits: `SERIES=200 pytest tests/mkdocs/test_reuse.py` by hand."""
STEPS = 5


@pytest.fixture
def toy(tmp_path: Path) -> Folder:
    """A small, complete digest, built once."""
    folder = toy_digest(tmp_path / "news")
    by_hand(folder, "index.md", "# Notes\n\n[A paper](../papers.md), [the feed](../feed.xml)\n")
    build(folder)
    return folder


def build(folder: Folder) -> dict[str, bytes]:
    """Build the site as an editor does, and return its files."""
    done = folder.run("build")
    assert done.returncode == 0, done.stderr
    return files(folder)


def files(folder: Folder) -> dict[str, bytes]:
    """Every file of the site by its path."""
    site = folder.path / "site"
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def clean(folder: Folder, place: Path) -> dict[str, bytes]:
    """Build the same folder elsewhere, with nothing kept of earlier builds but the register."""
    return build(copied(folder, place))


def copied(folder: Folder, place: Path) -> Folder:
    """Copy a folder without what earlier builds made and kept."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.path, place, ignore=shutil.ignore_patterns(".cache", "site"))
    return Folder(place)


def inode(folder: Folder, path: str) -> int:
    return (folder.path / "site" / path).stat().st_ino


def a_page(folder: Folder) -> str:
    """The page of one of the papers."""
    pages = sorted((folder.path / "site" / "papers").glob("*/index.html"))
    return pages[0].relative_to(folder.path / "site").as_posix()


def test_a_page_that_did_not_change_is_not_rendered_again(toy: Folder) -> None:
    """It is the very file of the last build; what is written by hand is rendered every time."""
    page = a_page(toy)
    before = inode(toy, page), inode(toy, "atom.xml"), inode(toy, "notes/index.html")
    by_hand(toy, "more.md", "# More\n")
    build(toy)
    assert (inode(toy, page), inode(toy, "atom.xml")) == before[:2]
    assert inode(toy, "notes/index.html") != before[2]


@pytest.mark.parametrize("file", ["mkdocs.yml", "templates/theme/main.html"])
def test_settings_and_templates_are_in_every_page(toy: Folder, file: str) -> None:
    """A change of one of them has every page rendered again."""
    page, name = a_page(toy), toy.path / file
    before = inode(toy, page)
    if not name.exists():
        name.parent.mkdir(parents=True)
        shutil.copy(ROOT / file, name)
    text = name.read_text(encoding="utf-8")
    name.write_text(text.replace("Small Hours", "Late Hours") + "\n", encoding="utf-8")
    build(toy)
    assert inode(toy, page) != before


def test_a_page_that_was_changed_by_somebody_else_is_made_again(
    toy: Folder, tmp_path: Path
) -> None:
    """A program that works on the finished site cannot make its changes last."""
    page = a_page(toy)
    (toy.path / "site" / page).write_text("minified", encoding="utf-8")
    assert build(toy)[page] == clean(toy, tmp_path / "clean")[page] != b"minified"


def test_a_damaged_manifest_costs_only_time(toy: Folder) -> None:
    """Whatever is in the folder of caches, the site is the same."""
    before = build(toy)
    for file in (toy.path / ".cache").rglob("*.json"):
        file.write_bytes(b'{"frame": 1, "pages": [')
    assert build(toy) == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SERIES))
def test_a_warm_site_is_a_clean_one(toy: Folder, tmp_path: Path, seed: int) -> None:
    """After any series of edits the site is, byte for byte, what a clean build makes of the
    folder."""
    chance, steps = series(seed, STEPS)
    for step in steps:
        step(toy, chance)
        warm = build(toy)
        afresh = clean(toy, tmp_path / "clean")
        assert [path for path in warm if warm[path] != afresh.get(path)] == [], step
        assert warm.keys() == afresh.keys()
    alone = copied(toy, tmp_path / "alone")  # a process of its own remembers nothing
    done = alone.process("build")
    assert done.returncode == 0, done.stderr
    assert files(alone) == warm

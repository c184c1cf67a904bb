"""A new site in the place of the old one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.publish import atomic_replace


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "gone").mkdir(parents=True)
    (folder / "gone" / "a.html").write_text("a")
    (folder / "same.html").write_text("same")
    (folder / ".git").write_text("gitdir: elsewhere")
    os.utime(folder / "same.html", (1, 1))
    return folder


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "site.new"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "b.html").write_text("b")
    (folder / "same.html").write_text("same")
    return folder


def found(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


AFTER = {".git", "same.html", "papers", "papers/b.html"}


def test_the_new_site_is_there_whole_and_nothing_is_left_beside_it(old: Path, new: Path) -> None:
    """What is hidden stays, and what is equal keeps its time."""
    atomic_replace.replace(new, old)
    assert found(old) == AFTER
    assert (old / "same.html").stat().st_mtime == 1
    assert [path.name for path in old.parent.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_moved_is_filled(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that is mounted into a container."""

    def busy(path: Path, target: Path) -> Path:
        raise OSError(16, "Device or resource busy", str(path))

    monkeypatch.setattr(Path, "rename", busy)
    atomic_replace.replace(new, old)
    assert found(old) == AFTER
    assert [path.name for path in old.parent.iterdir()] == ["site"]


def test_a_link_to_the_published_folder_stays_a_link(old: Path, new: Path, tmp_path: Path) -> None:
    """The site goes where it leads."""
    link = tmp_path / "link"
    link.symlink_to(old)
    atomic_replace.replace(new, link)
    assert link.is_symlink()
    assert found(old) == AFTER


def test_the_first_site_needs_no_folder(new: Path, tmp_path: Path) -> None:
    """It is moved to its place."""
    atomic_replace.replace(new, tmp_path / "first")
    assert (tmp_path / "first" / "same.html").exists()

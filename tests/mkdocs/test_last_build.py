"""A build that finds everything as the last one left it has nothing to do, and does nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from digest import pipeline
from tests import ROOT
from tests.conftest import COMET, DAY, Done, Folder
from tests.edits import toy_digest


class BuildError(Exception):
    """Raised in place of a build."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A small, complete digest with a page and a template of one's own, built once."""
    folder = toy_digest(tmp_path_factory.mktemp("built") / "news")
    page = folder.path / "site_src" / "notes" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Notes\n", encoding="utf-8")
    own = folder.path / "templates" / "pages" / "about.md.j2"
    own.parent.mkdir(parents=True)
    shutil.copy(ROOT / "templates" / "pages" / "about.md.j2", own)
    assert folder.run("build").returncode == 0
    return folder


@pytest.fixture
def toy(built: Folder, tmp_path: Path) -> Folder:
    """A copy of it, with the times of its files."""
    shutil.copytree(built.path, tmp_path / "news")
    return Folder(tmp_path / "news")


@pytest.fixture
def again(toy: Folder, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Build again; whatever has to be made raises `BuildError`."""

    def stop(*_: object, **__: object) -> None:
        raise BuildError

    def build(*words: str, **options: object) -> Done:
        with monkeypatch.context() as patch:
            patch.setattr(pipeline, "build", stop)
            return toy.run("build", *words, **options)  # type: ignore[arg-type]

    return build


def spoil(file: Path) -> None:
    """Change a file so that neither its size nor its times show it."""
    stat, data = file.stat(), file.read_bytes()
    file.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def append(file: Path, text: str) -> None:
    """Add a line to a file."""
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_nothing_is_made_where_nothing_has_changed(toy: Folder, again: Callable[..., Done]) -> None:
    """It says the same, and leaves every file as it is; a copy of the documents is the same."""
    before = {file: file.stat().st_mtime_ns for file in toy.path.rglob("site*/**/*")}
    first = toy.run("build")
    for file in (toy.path / "seeds").iterdir():
        os.utime(file)
    done = again()
    assert done.returncode == 0
    assert done.stderr.rpartition(",")[0] == first.stderr.rpartition(",")[0]
    assert before == {file: file.stat().st_mtime_ns for file in toy.path.rglob("site*/**/*")}


def test_a_problem_is_told_again(toy: Folder, again: Callable[..., Done]) -> None:
    """And the exit status is the same."""
    toy.seed("2025-03-12-broken.pdf", b"%PDF-1.4 nothing")
    first, second = toy.run("build"), again()
    assert (first.returncode, second.returncode) == (1, 1)
    problems = [done.stderr.splitlines()[:-1] for done in (first, second)]
    assert problems[0] == problems[1] != []


CHANGES: dict[str, Callable[[Path], object]] = {
    "a document": lambda root: spoil(root / "seeds" / "abstracts.txt"),
    "a new document": lambda root: (root / "seeds" / "new.txt").write_text("x"),
    "a folder among the documents": lambda root: (root / "seeds" / "old.bib").mkdir(),
    "a document that leads nowhere": lambda root: (root / "seeds" / "a.bib").symlink_to("/nowhere"),
    "a hidden template": lambda root: (root / "templates" / "pages" / ".a.j2").write_text("x"),
    "a note": lambda root: spoil(root / "seeds" / "sources.yml"),
    "the register": lambda root: spoil(root / "seeds" / "register.jsonl"),
    "a template": lambda root: spoil(root / "templates" / "pages" / "about.md.j2"),
    "the settings": lambda root: append(root / "mkdocs.yml", "copyright: me\n"),
    "a table of topics": lambda root: spoil(root / "topics.yml"),
    "a page of one's own": lambda root: spoil(root / "site_src" / "notes" / "index.md"),
    "a new page of one's own": lambda root: (root / "site_src" / "new.md").write_text("x"),
    "a written page": lambda root: (root / "site_src" / "about.md").write_text("x"),
    "a page of the site": lambda root: (root / "site" / "about" / "index.html").write_text("x"),
    "a page that is gone": lambda root: (root / "site" / "about" / "index.html").unlink(),
    "a site that is gone": lambda root: shutil.rmtree(root / "site"),
    "caches that are gone": lambda root: shutil.rmtree(root / ".cache"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_seen(toy: Folder, again: Callable[..., Done], change: str) -> None:
    """By content where it is read, so that it does not matter how it was copied."""
    CHANGES[change](toy.path)
    with pytest.raises(BuildError):
        again()


def test_another_day_and_another_way_of_building_are_seen(again: Callable[..., Done]) -> None:
    """Days are told on the front page, and `--strict` may refuse what was built."""
    with pytest.raises(BuildError):
        again(today=DAY + timedelta(1))
    with pytest.raises(BuildError):
        again("--strict")
    with pytest.raises(BuildError):
        again("--clean")


def test_a_build_explains_what_changed_and_what_that_changed(toy: Folder) -> None:
    """By the names of files, and by kinds of pages."""
    said = toy.run("build", "--explain").stderr.splitlines()
    assert said[:-1] == ["  nothing has changed"]
    append(toy.path / "templates" / "pages" / "about.md.j2", "\nMore.\n")
    (toy.path / "seeds" / "2025-03-12-new.txt").write_text(f"On a Comet\n\n{COMET}\n")
    (toy.path / "seeds" / "abstracts.txt").unlink()
    append(toy.path / "mkdocs.yml", "copyright: me\n")
    lines = toy.run("build", "--explain").stderr.splitlines()
    said = [line for line in lines if line.startswith("  ")]
    assert said[:4] == [
        "  new: seeds/2025-03-12-new.txt",
        "  changed: the settings",
        "  changed: templates/pages/about.md.j2",
        "  gone: seeds/abstracts.txt",
    ]
    assert "  about: 0 new, 1 changed" in said
    assert any(line.startswith("  paper: 1 new") for line in said)
    shutil.rmtree(toy.path / ".cache")
    assert "no earlier build is known" in toy.run("build", "--explain").stderr


@pytest.mark.parametrize(
    "setting",
    [
        "hooks: [mine.py]\n",
        "markdown_extensions: [pymdownx.snippets]\n",
        "markdown_extensions: [pymdownx.b64]\n",
    ],
)
def test_a_site_that_reads_more_is_built_every_time(
    toy: Folder, again: Callable[..., Done], setting: str
) -> None:
    """What such a setting reads cannot be known here."""
    (toy.path / "mine.py").write_text("")
    append(toy.path / "mkdocs.yml", setting)
    assert toy.run("build").returncode == 0
    with pytest.raises(BuildError):
        again()


def test_names_in_settings_may_be_numbers_and_days(toy: Folder) -> None:
    """YAML has them, and MkDocs takes them."""
    append(toy.path / "mkdocs.yml", "extra: {1: one, two: 2, 2025-03-01: day}\n")
    for _ in range(2):
        assert toy.run("build").returncode == 0


def test_a_warning_of_mkdocs_is_told_every_time(toy: Folder, again: Callable[..., Done]) -> None:
    """A link that leads nowhere is no less wrong the second time."""
    (toy.path / "site_src" / "notes" / "index.md").write_text("[lost](nowhere.md)\n")
    for _ in range(2):
        assert "nowhere.md" in toy.run("build").stderr
    with pytest.raises(BuildError):
        again()

"""Pages that are not made again are those that would be made: warm and clean are equal."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from digest import pipeline
from digest.mkdocs import site
from tests import ROOT
from tests.conftest import COMET, DAY, GRAPH, YEAST, Folder

SERIES = int(os.environ.get("SERIES", "2"))
"""Random series of edits: `SERIES=200 pytest tests/test_warm_pages.py` by hand."""
STEPS = 6
Edit = Callable[[Folder, random.Random], None]


@pytest.fixture
def toy(tmp_path: Path) -> Folder:
    """A small, complete digest, written once."""
    folder = Folder(tmp_path / "news")
    shutil.copytree(ROOT / "tests" / "toy", folder.path)
    folder.build()
    return folder


def clean(folder: Folder, place: Path, days: int) -> dict[str, bytes]:
    """Everything in site_src as the same folder gives it elsewhere, with nothing kept."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.path, place, ignore=shutil.ignore_patterns(".cache", "site_src"))
    afresh = Folder(place)
    afresh.build(DAY + timedelta(days))
    return afresh.pages()


EDITS: list[Edit] = []


def edit(step: Edit) -> Edit:
    EDITS.append(step)
    return step


@edit
def add_a_paper(folder: Folder, chance: random.Random) -> None:
    number, text = chance.randrange(10_000), chance.choice((COMET, YEAST, GRAPH))
    folder.seed(f"2025-03-12-paper-{number}.txt", f"On Question {number} and its Tail\n\n{text}\n")


@edit
def add_a_late_paper(folder: Folder, chance: random.Random) -> None:
    number = chance.randrange(10_000)
    folder.seed(f"2025-02-0{number % 9 + 1}-paper-{number}.txt", f"Late Word {number}\n\n{GRAPH}\n")


@edit
def remove_a_document(folder: Folder, chance: random.Random) -> None:
    documents = sorted((folder.path / "seeds").glob("*-paper-*.txt"))
    if documents:
        chance.choice(documents).unlink()


@edit
def correct_a_paper(folder: Folder, chance: random.Random) -> None:
    file = folder.path / "seeds" / "2025-03-11-list.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Random walks on", "Random walks along"), encoding="utf-8")


@edit
def rename_a_topic(folder: Folder, chance: random.Random) -> None:
    file = folder.path / "topics.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Cell biology", f"Cells {chance.randrange(9)}"), encoding="utf-8")


@edit
def change_a_setting(folder: Folder, chance: random.Random) -> None:
    file = folder.path / "mkdocs.yml"
    lines = [
        line
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("site_name", "site_url"))
    ]
    number = chance.randrange(3)
    lines += [f"site_name: News {number}", f"site_url: https://example.org/{number}/"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@edit
def change_a_template(folder: Folder, chance: random.Random) -> None:
    """In one of the editor's own, anything may be read, of the digest as well."""
    name = chance.choice(
        ("pages/paper.md.j2", "pages/card.md.j2", "feeds/paper.html.j2", "pictures/preview.svg.j2")
    )
    file = folder.path / "templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    more = {
        "pages/paper.md.j2": "\n{{ digest.papers | length }} {% include 'pages/own.md.j2' %}\n",
        "pages/card.md.j2": "",
        "feeds/paper.html.j2": f"<p>{chance.randrange(9)}</p>",
        "pictures/preview.svg.j2": f"<!-- {chance.randrange(9)} -->",
    }
    file.write_text(text.replace("headline", f"line {chance.randrange(9)}") + more[name])
    own = folder.path / "templates" / "pages" / "own.md.j2"
    own.parent.mkdir(exist_ok=True)
    own.write_text(f"{chance.randrange(9)} " + "{% set all = digest %}{{ all.editions | length }}")


@edit
def remove_a_template(folder: Folder, chance: random.Random) -> None:
    (folder.path / "templates" / "pages" / "card.md.j2").unlink(missing_ok=True)


@edit
def spoil_a_page(folder: Folder, chance: random.Random) -> None:
    file = chance.choice(sorted((folder.path / "site_src").rglob("*.*")))
    if chance.random() < 0.5:
        file.write_bytes(b"spoilt")
    else:
        file.unlink()


@edit
def lose_all_pages(folder: Folder, chance: random.Random) -> None:
    shutil.rmtree(folder.path / "site_src")


@edit
def change_nothing(folder: Folder, chance: random.Random) -> None:
    pass


@pytest.mark.parametrize("seed", range(SERIES))
def test_warm_pages_are_clean_ones(toy: Folder, tmp_path: Path, seed: int) -> None:
    """After any series of edits, and on any day, every file is what a clean run makes of it."""
    chance, days = random.Random(seed), 0
    for step in [chance.choice(EDITS) for _ in range(STEPS)]:
        step(toy, chance)
        days += chance.randrange(2)
        toy.build(DAY + timedelta(days))
        warm, afresh = toy.pages(), clean(toy, tmp_path / "clean", days)
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

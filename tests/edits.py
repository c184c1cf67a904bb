"""A toy digest, and what an editor, or an accident, may do to it between two builds."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tests import ROOT
from tests.conftest import COMET, GRAPH, YEAST, Folder

Edit = Callable[[Folder, random.Random], None]


def toy_digest(place: Path) -> Folder:
    """A copy of the toy digest, small and complete, which is not built yet."""
    shutil.copytree(ROOT / "tests" / "toy", place)
    return Folder(place)


def by_hand(folder: Folder, name: str, text: str) -> None:
    """Write a page by hand."""
    file = folder.path / "site_src" / "notes" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def series(seed: int, steps: int) -> tuple[random.Random, list[Edit]]:
    """A series of edits, and the chance by which each chooses what it changes."""
    chance = random.Random(seed)
    return chance, [chance.choice(EDITS) for _ in range(steps)]


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
        if not line.startswith(("site_name", "site_url", "copyright"))
    ]
    number = chance.randrange(3)
    lines += [f"site_name: News {number}", f"site_url: https://example.org/{number}/"]
    lines += [f"copyright: © {chance.randrange(9)}"]
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
def change_the_theme(folder: Folder, chance: random.Random) -> None:
    file = folder.path / "templates" / "theme" / "main.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "templates/theme/main.html").read_text(encoding="utf-8")
    file.write_text(text.replace("Back to the top", f"Up {chance.randrange(100)}"))


@edit
def remove_a_template(folder: Folder, chance: random.Random) -> None:
    (folder.path / "templates" / "pages" / "card.md.j2").unlink(missing_ok=True)


@edit
def write_a_page(folder: Folder, chance: random.Random) -> None:
    text = f"# Page {chance.random()}\n\n[all](../papers.md)\n"
    by_hand(folder, f"{chance.randrange(3)}.md", text)


@edit
def spoil_a_page(folder: Folder, chance: random.Random) -> None:
    file = chance.choice(sorted((folder.path / "site_src").rglob("*.*")))
    if chance.random() < 0.5:
        file.write_bytes(b"spoilt")
    else:
        file.unlink()


@edit
def lose_all_pages(folder: Folder, chance: random.Random) -> None:
    shutil.rmtree(folder.path / "site_src", ignore_errors=True)
    by_hand(folder, "index.md", "# Notes\n")


@edit
def change_nothing(folder: Folder, chance: random.Random) -> None:
    pass

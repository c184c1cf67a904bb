"""A register that has lost papers stops the build, and can be had again."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from digest.errors import RegisterError
from digest.models import RegisterRow
from digest.papers import register_file
from tests.browser.conftest import serving
from tests.conftest import COMET, DAY, GRAPH, YEAST, Folder

LATER = date(2025, 4, 1)
MOSS = (
    "We measure how mosses of the genus Sphagnum store water through dry summers. Over nine years"
    " we weighed cores from forty bogs, and we show that the upper ten centimetres hold most of"
    " the water. Our results suggest that drained bogs recover faster than models assume."
)
TIDES = (
    "Tides in long estuaries are distorted by friction. This paper derives an equation for the"
    " mean water level and compares it with gauges along the river Elbe. We find that deepening"
    " the channel has raised the tidal range by forty per cent since 1970."
)


@pytest.fixture
def published(folder: Folder) -> Folder:
    """A digest of three papers, one of them without a title, with its site."""
    paper = {"title": "On Comets and their Tails", "abstract": COMET, "id": "2503.00001"}
    folder.seed("a.jsonl", json.dumps(paper))
    folder.seed("b.txt", f"{YEAST}\n")
    folder.seed("2025-03-01.txt", f"Walks on Graphs\n\n{GRAPH}\n")
    assert folder.run("build").returncode == 0
    return folder


def register(folder: Folder) -> Path:
    return folder.path / "seeds" / "register.jsonl"


def damage(file: Path, how: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    if how == "deleted":
        file.unlink()
    else:
        file.write_text({"emptied": "", "cut at a line end": "".join(lines[:1])}[how])


LOST = ("emptied", "deleted", "cut at a line end")


@pytest.mark.parametrize("how", LOST)
def test_a_register_without_published_papers_stops_the_build(published: Folder, how: str) -> None:
    before = published.pages()
    damage(register(published), how)
    done = published.run("build", today=LATER)
    assert done.returncode == 1
    assert f"all but {2 if how == 'cut at a line end' else 3}" in done.stderr
    assert "digest restore" in done.stderr
    assert published.pages() == before


def test_addresses_can_be_forgotten(published: Folder) -> None:
    """Once; the next build knows of none that are missing."""
    damage(register(published), "deleted")
    assert published.run("build", "--forget-addresses", today=LATER).returncode == 0
    days = {row.day for row in register_file.load(register(published))}
    assert days == {LATER, date(2025, 3, 1)}
    assert published.run("generate", today=LATER).returncode == 0


@pytest.mark.parametrize("how", LOST)
def test_a_register_is_restored_from_the_published_papers(published: Folder, how: str) -> None:
    """The same rows but for what was never published, and no paper counts as changed."""
    before, pages = register(published).read_bytes(), published.pages()
    damage(register(published), how)
    done = published.run("restore")
    assert done.returncode == 0
    assert "restored from" in done.stderr
    assert published.run("generate").returncode == 0
    assert register(published).read_bytes() == before
    assert published.pages() == pages


def test_a_site_without_its_pages_here_is_evidence_too(published: Folder, tmp_path: Path) -> None:
    """Where site_src is made anew, as in a fresh checkout beside the published site."""
    (published.path / "site_src" / ".digest.json").unlink()
    damage(register(published), "emptied")
    with pytest.raises(RegisterError, match="all but 3"):
        published.build(LATER)
    papers = tmp_path / "kept.jsonl"
    (published.path / "site" / "papers.jsonl").rename(papers)
    assert published.run("restore", str(papers)).returncode == 0
    assert len(register_file.load(register(published))) == 3


def test_a_register_is_restored_from_the_published_site(published: Folder) -> None:
    """By its address; one without papers.jsonl, or none at all, restores nothing."""
    before = register(published).read_bytes()
    damage(register(published), "deleted")
    with serving(published.path / "site") as address:
        assert published.run("restore", f"{address}/nowhere/papers.jsonl").returncode == 1
        assert not register(published).exists()
        assert published.run("restore", f"{address}/papers.jsonl").returncode == 0
    assert published.run("generate").returncode == 0
    assert register(published).read_bytes() == before


@pytest.mark.parametrize("text", ["[]", "{}", "<html>", '{"id": "a", "date": "then"}', "[" * 5000])
def test_what_is_no_list_of_papers_restores_nothing(published: Folder, text: str) -> None:
    before = register(published).read_bytes()
    other = published.path / "other.jsonl"
    other.write_text(f"{text}\n")
    for file in (other, published.path / "missing.jsonl"):
        done = published.run("restore", str(file))
        assert done.returncode == 1
        assert f"{file}" in done.stderr
    assert register(published).read_bytes() == before


# --- two registers become one ------------------------------------------------------------------


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    name = ["-c", "user.name=An Editor", "-c", "user.email=editor@example.org"]
    return subprocess.run(
        ["git", *name, *words], cwd=folder, capture_output=True, text=True, check=True
    )


def test_two_branches_of_a_digest_are_merged_by_git(published: Folder) -> None:
    """Each has a paper of its own, and one has corrected a paper that both have."""
    root = published.path
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Start")
    git(root, "switch", "-qc", "other")
    published.seed("d.txt", f"On Comet Tails Once More\n\n{MOSS}\n")
    published.build(LATER)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Add a paper")
    git(root, "switch", "-q", "main")
    assert len(published.build(LATER).digest.papers) == 3  # what the other branch has is not lost
    text = (root / "seeds" / "a.jsonl").read_text()
    (root / "seeds" / "a.jsonl").write_text(text.replace("Comets and their Tails", "Comets' Tails"))
    published.seed("c.txt", f"On Yeast Once More\n\n{TIDES}\n")
    published.build(LATER)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Add another, and correct one")
    git(root, "merge", "-q", "other")
    report = published.build(LATER)
    assert len(report.digest.papers) == 5
    ids = [row.id for row in register_file.load(register(published))]
    assert len(ids) == len(set(ids)) == len(register(published).read_text().splitlines()) == 5


def row(**fields: object) -> RegisterRow:
    given = {"id": "k3v9q2xa", "day": DAY, "updated": DAY, "title": "On Comets"} | fields
    return RegisterRow(**given)  # type: ignore[arg-type]


def conflict(*sides: RegisterRow) -> str:
    ours, theirs = (register_file.dumps([side]) for side in sides)
    base = register_file.dumps([row(id="base0000")])
    return f"<<<<<<< HEAD\n{ours}||||||| base\n{base}=======\n{theirs}>>>>>>> other\n"


def test_a_conflict_is_resolved_where_both_sides_may_be_true(tmp_path: Path) -> None:
    """The newest of the paper, and every day and topic at which it was."""
    file = tmp_path / "register.jsonl"
    ours = row(identifiers={"doi": "10.1000/a"}, topics=("comets",), title="On Comet")
    theirs = row(
        day=LATER, updated=LATER, identifiers={"arxiv": "2503.00001"}, topics=("tails", "stars")
    )
    file.write_text(conflict(ours, theirs))
    assert register_file.load(file) == [
        row(
            updated=LATER,
            was=(LATER,),
            identifiers={"doi": "10.1000/a", "arxiv": "2503.00001"},
            topics=("comets", "tails", "stars"),
        )
    ]
    assert register_file.load(file) == [register_file.load(file)[0]]


@pytest.mark.parametrize(
    "sides",
    [
        (row(identifiers={"doi": "10.1000/a"}), row(identifiers={"doi": "10.1000/b"})),
        (row(into="aaaaaaaa"), row(into="bbbbbbbb")),
    ],
)
def test_a_contradiction_is_named(tmp_path: Path, sides: tuple[RegisterRow, RegisterRow]) -> None:
    file = tmp_path / "register.jsonl"
    file.write_text(conflict(*sides))
    with pytest.raises(RegisterError, match=r"register\.jsonl:6: expected what line 2 says"):
        register_file.load(file)

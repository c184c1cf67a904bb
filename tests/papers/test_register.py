"""Ids and addresses never change once given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest.errors import RegisterError
from digest.models import Record, RegisterRow
from digest.papers import recognition, register_file
from tests.conftest import COMET, DAY, GRAPH, YEAST, Folder

LATER = date(2025, 4, 1)


def ids(folder: Folder, today: date = DAY) -> dict[str, str]:
    """Ids by the first words of the abstract."""
    return {paper.abstract[:12]: paper.id for paper in folder.build(today).digest.papers}


def test_ids_survive_renamed_split_and_reordered_documents(folder: Folder) -> None:
    """Only what a paper says makes it the paper it is."""
    folder.seed("a.txt", f"{COMET}\n{YEAST}\n{GRAPH}\n")
    before = ids(folder)
    (folder.path / "seeds" / "a.txt").unlink()
    folder.seed("z.txt", f"{GRAPH}\n")
    folder.seed("b.txt", f"{YEAST}\n{COMET}\n")
    assert ids(folder, LATER) == before


def test_a_mended_typo_and_a_title_found_later_keep_the_address(folder: Folder) -> None:
    """The register knows the paper by a sketch of its abstract."""
    folder.seed("a.txt", COMET.replace("perihelion", "perihelium") + f"\n{YEAST}\n")
    before = ids(folder)
    folder.seed("a.txt", f"{COMET}\n{YEAST}\n")
    folder.seed("b.jsonl", json.dumps({"title": "A comet in pieces", "abstract": COMET}))
    report = folder.build(LATER)
    found = {paper.abstract[:12]: paper for paper in report.digest.papers}
    assert {start: paper.id for start, paper in found.items()} == before
    assert (found[COMET[:12]].title, found[COMET[:12]].title_from) == ("A comet in pieces", "match")
    assert found[COMET[:12]].date == DAY


def test_two_folders_give_the_same_ids(tmp_path: Path, folder: Folder) -> None:
    """An id is made of the text alone."""
    from digest.mkdocs import scaffold

    scaffold.create(tmp_path / "other")
    other = Folder(tmp_path / "other")
    folder.seed("a.txt", f"{COMET}\n{YEAST}\n")
    other.seed("2025.txt", f"{YEAST}\n{COMET}\n")
    assert ids(folder) == ids(other)


def test_an_address_outlives_its_paper(folder: Folder) -> None:
    """A removed document leaves a page that says so; a removed day one that leads on."""
    folder.seed("2025-03-01.txt", f"{COMET}\n{YEAST}\n")
    before = ids(folder)
    folder.seed("2025-03-01.txt", f"{YEAST}\n")
    folder.build()
    page = folder.pages()[f"papers/{before[COMET[:12]]}.md"].decode()
    assert "no longer part" in page
    folder.seed("2025-03-02.txt", f"{YEAST}\n")
    (folder.path / "seeds" / "2025-03-01.txt").unlink()
    folder.build()
    assert f"papers/{before[YEAST[:12]]}/" in folder.pages()["days/2025-03-01.md"].decode()


def test_two_papers_found_to_be_one_keep_both_addresses(folder: Folder) -> None:
    """The younger address leads to the older."""
    title = "Tails of comets that break near perihelion"
    folder.seed("a.jsonl", json.dumps({"title": title, "abstract": COMET, "id": "2503.00001"}))
    folder.seed("b.txt", f"{GRAPH}\n")
    before = {paper.id for paper in folder.build().digest.papers}
    folder.seed("b.txt", "")
    folder.seed("b.jsonl", json.dumps({"title": title, "abstract": GRAPH, "id": "2503.00001"}))
    report = folder.build(LATER)
    (kept,) = report.digest.papers
    (moved,) = before - {kept.id}
    assert f"../../papers/{kept.id}/" in folder.pages()[f"papers/{moved}.md"].decode()


def test_a_damaged_register_stops_the_build(folder: Folder) -> None:
    """Going on would give every paper a new address."""
    folder.seed("a.txt", f"{COMET}\n")
    (folder.path / "seeds" / "register.jsonl").write_text('{"id": "05r4xq5q"\n')
    with pytest.raises(RegisterError, match=r"register\.jsonl:1: expected a line of the register"):
        folder.build()
    done = folder.run("build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_row_reads_back_as_it_was_written(tmp_path: Path, record: Callable[..., Record]) -> None:
    """The file holds all that a row does."""
    (row,), _ = recognition.settle([[record(COMET)]], [], DAY)
    file = tmp_path / "register.jsonl"
    full = RegisterRow(
        row.id, DAY, LATER, "Größe", True, {"arxiv": "1"}, row.sketch, "ab", (DAY,), ("t",), "x"
    )
    assert len(full.sketch) == 72
    file.write_text(register_file.dumps([full]), encoding="utf-8")
    assert register_file.load(file) == [full]


def test_a_register_in_another_encoding_is_named(tmp_path: Path) -> None:
    """An editor may have saved it as Latin-1; that is said, and no address is lost."""
    file = tmp_path / "register.jsonl"
    file.write_bytes('{"id": "a", "day": "2025-03-12", "title": "Größe"}\n'.encode("latin-1"))
    with pytest.raises(RegisterError, match="expected the register as UTF-8 text"):
        register_file.load(file)


def test_a_title_may_hold_whatever_parts_lines_elsewhere(tmp_path: Path) -> None:
    """Only a line end parts rows, not the separators that Unicode has besides."""
    row = RegisterRow("a", DAY, DAY, "One\u2028two\x85three")
    file = tmp_path / "register.jsonl"
    file.write_text(register_file.dumps([row]), encoding="utf-8")
    assert register_file.load(file) == [row]


def test_documents_that_vanish_take_no_site_with_them(folder: Folder) -> None:
    """An empty folder beside a full register is a mistake, not a digest without papers."""
    file = folder.seed("a.txt", f"{COMET}\n{YEAST}\n")
    folder.build()
    before = folder.pages()
    file.unlink()
    with pytest.raises(RegisterError, match="expected the documents of 2 registered papers"):
        folder.build()
    assert folder.pages() == before


FIRST_VERSION = f"""\
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2503.00001v1</id>
<published>2025-03-01T00:00:00Z</published><updated>2025-03-01T00:00:00Z</updated>
<title>Two tails of a comet</title><summary>{COMET} It took a winter, a telescope and much patience.</summary>
</entry></feed>
"""
SECOND_VERSION = (
    FIRST_VERSION.replace("v1</id>", "v2</id>")
    .replace("<updated>2025-03-01", "<updated>2025-03-10")
    .replace(" It took a winter, a telescope and much patience.", " A third piece was lost.")
)


def test_a_replaced_entry_updates_its_paper(folder: Folder) -> None:
    """The newest version is announced, with its day; address, first day and place stay."""
    folder.seed("2025-03-02.xml", FIRST_VERSION)
    [before] = folder.build().digest.papers
    folder.seed("2025-03-11.xml", SECOND_VERSION)
    [after] = folder.build(today=LATER).digest.papers
    assert (after.id, after.date, after.published) == (before.id, before.date, before.published)
    assert after.abstract.endswith("A third piece was lost.")
    assert (after.revised, after.updated) == (date(2025, 3, 10), LATER)
    page = folder.pages()[f"papers/{after.id}.md"].decode()
    assert 'revised <time datetime="2025-03-10">10 March 2025</time>' in page
    feed = json.loads(folder.pages()["papers/feed.json"])
    assert feed["items"][0]["date_modified"].startswith(LATER.isoformat())


def test_a_withdrawn_paper_is_marked_and_keeps_its_address(folder: Folder) -> None:
    """Its page, its feeds and what cites it say so; nothing else about it is lost."""
    folder.seed("2025-03-02.xml", FIRST_VERSION)
    [before] = folder.build().digest.papers
    comment = (
        "<comment>This paper has been withdrawn by the authors: the plate was upside down</comment>"
    )
    folder.seed("2025-03-11.xml", SECOND_VERSION.replace("</entry>", f"{comment}</entry>"))
    [after] = folder.build(today=LATER).digest.papers
    assert (after.id, after.withdrawn, after.updated) == (before.id, True, LATER)
    pages = folder.pages()
    assert b"the plate was upside down" in pages[f"papers/{after.id}.md"]
    assert b"dg-withdrawn" in pages["index.md"]
    assert b"withdrawn this paper" in pages["papers/feed.xml"]
    assert b"Withdrawn by its authors" in pages["papers.bib"]


def test_a_paper_that_resembles_an_old_one_gets_an_address_of_its_own(
    record: Callable[..., Record],
) -> None:
    """Where their identifiers are of two papers; a corrected identifier keeps the address."""
    title = "Tails of comets that break near perihelion"
    old = record(COMET, title, identifiers={"doi": "10.1000/a"})
    (row,), _ = recognition.settle([[old]], [], DAY)
    row = replace(row, title=title, identifiers=old.identifiers)
    corrected = replace(old, identifiers={"doi": "10.1000/b"})
    other = replace(corrected, title="Tails of comets that break beyond perihelion")
    assert recognition.settle([[corrected]], [row], LATER)[0][0].id == row.id
    assert recognition.settle([[other]], [row], LATER)[0][0].id != row.id


def test_many_papers_that_are_alike_keep_their_addresses(record: Callable[..., Record]) -> None:
    """Also those that nothing but an identifier tells apart, and when one of them is new."""
    told = [
        [record("", "Editorial", line=line, identifiers={"doi": f"10.1000/{line}"})]
        for line in range(300)
    ]
    rows, _ = recognition.settle(told[1:], [], DAY)
    rows = [
        replace(row, title="Editorial", identifiers=group[0].identifiers)
        for row, group in zip(rows, told[1:], strict=True)
    ]
    again, gone = recognition.settle(told, rows[::-1], LATER)
    assert again[1:] == rows
    assert again[0].id not in {row.id for row in rows}
    assert gone == []

"""The index that browsers search, and the policy that pages carry."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from digest.errors import SearchError
from digest.mkdocs import csp
from digest.publish import index_parts, search

needs_pagefind = pytest.mark.skipif(
    not search.version(), reason="Pagefind does not run on this machine"
)


def paper(id: str, title: str, **more: Any) -> dict[str, Any]:
    """A line of papers.jsonl."""
    return {
        "id": id,
        "title": title,
        "title_from": "seed",
        "date": "2025-03-24",
        "published": None,
        "withdrawn": False,
        "abstract": "We read & write <papers>.",
        "tldr": "",
        "authors": [],
        "keyphrases": [],
        "topics": [],
        "sources": [],
        "links": [],
        **more,
    }


def site(folder: Path, papers: list[dict[str, Any]]) -> Path:
    """A built site, as far as searching is concerned."""
    folder.mkdir()
    lines = "".join(json.dumps(each) + "\n" for each in papers)
    (folder / "papers.jsonl").write_text(lines, encoding="utf-8")
    return folder


PAPERS = [
    paper("b2", "Bridges", topics=["Games", "Optics"], sources=["List"], date="2025-03-24"),
    paper("a1", 'The "<i>" & others', topics=["Optics"], date="2025-03-21"),
    paper("c3", "Code", links=[{"kind": "code", "url": "https://x.org"}], date="2025-02-01"),
]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most six papers in a part, and two in the newest."""
    monkeypatch.setattr(index_parts, "PART_SIZE", 6)
    monkeypatch.setattr(index_parts, "NEWEST_SIZE", 2)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What Pagefind is asked to do, as it is asked."""
    asked: list[tuple[str, ...]] = []
    run = search._pagefind

    def record(*arguments: str) -> subprocess.CompletedProcess[str]:
        asked.append(arguments)
        return run(*arguments)

    monkeypatch.setattr(search, "_pagefind", record)
    return asked


def days(*numbers: int) -> list[dict[str, Any]]:
    """Papers by their numbers, two a day, the newest first as in a digest."""
    return [
        paper(f"p{number}", f"Paper {number}", date=f"2025-03-{number // 2 + 1:02}")
        for number in sorted(numbers, reverse=True)
    ]


def indexed(folder: Path, papers: list[dict[str, Any]], cache: Path) -> dict[str, bytes]:
    """Every file of the index of these papers."""
    search.index(site(folder, papers), cache)
    files = (path for path in (folder / "pagefind").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@needs_pagefind
def test_the_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    """Two builds of one digest cannot be told apart, so that a host sends nothing twice."""
    topics = [f"Topic {number}" for number in range(30)]
    papers = [
        paper(f"p{number}", f"Paper {number}", topics=topics[number % 30 :][:3], sources=["A", "B"])
        for number in range(60)
    ]
    one, other = (indexed(tmp_path / name, papers, tmp_path / f"{name}-cache") for name in "ab")
    assert one == other


@needs_pagefind
@pytest.mark.usefixtures("small_parts")
def test_a_warm_index_is_a_clean_one(tmp_path: Path) -> None:
    """Whatever papers come, go and change, what was kept changes nothing but the time it takes."""
    chance = random.Random(7)
    papers = days(*range(14))
    for turn in range(8):
        edit = chance.choice(["come", "go", "change"])
        chosen = chance.randrange(len(papers))
        if edit == "come":
            papers = [*days(20 + turn), *papers]
        elif edit == "go":
            papers = papers[:chosen] + papers[chosen + 1 :]
        else:
            papers[chosen] = {**papers[chosen], "abstract": f"Corrected {turn}."}
        warm = indexed(tmp_path / f"warm{turn}", papers, tmp_path / "cache")
        clean = indexed(tmp_path / f"clean{turn}", papers, tmp_path / f"cache{turn}")
        assert warm == clean, (turn, edit)


@needs_pagefind
@pytest.mark.usefixtures("small_parts")
def test_only_parts_whose_papers_changed_are_made(
    tmp_path: Path, runs: list[tuple[str, ...]]
) -> None:
    """Nothing new costs nothing, a new day the newest part, a correction its own."""
    cache, papers = tmp_path / "cache", days(*range(13))
    indexed(tmp_path / "first", papers, cache)
    for name, after in (
        ("nothing", papers),
        ("correction", [*papers[:-1], {**papers[-1], "abstract": "Corrected."}]),
        ("day", [*days(13), *papers[:-1], {**papers[-1], "abstract": "Corrected."}]),
    ):
        runs.clear()
        indexed(tmp_path / name, after, cache)
        made = [Path(arguments[3]).name for arguments in runs]
        last = json.loads((tmp_path / name / "pagefind" / "parts.json").read_text())["parts"]
        assert made == {"nothing": [], "correction": ["1"], "day": [str(last)]}[name], name


@needs_pagefind
@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("harm", ["other", "cut", "gone", "folder", "list"])
def test_a_damaged_part_is_made_again(tmp_path: Path, harm: str) -> None:
    """What was kept and is not what was made counts as absent, and is right the next time."""
    cache, papers = tmp_path / "cache", days(*range(9))
    clean = indexed(tmp_path / "clean", papers, cache)
    for file in [path for path in (cache / "search").rglob("*") if path.is_file()]:
        content = file.read_bytes()
        file.unlink()  # it is linked into the site
        if harm in ("other", "cut"):
            file.write_bytes(content[:-1] + (b"?" if harm == "other" else b""))
    if harm == "folder":
        shutil.rmtree(cache / "search")
        (cache / "search").write_text("no folder")
    if harm == "list":
        (cache / "search.jsonl").write_bytes(b"\xff")
    assert indexed(tmp_path / "again", papers, cache) == clean
    assert indexed(tmp_path / "then", papers, cache) == clean


@needs_pagefind
def test_only_what_the_last_build_used_is_kept(tmp_path: Path) -> None:
    """The folder of caches does not grow with the days."""
    for turn in range(3):
        indexed(tmp_path / f"site{turn}", days(*range(turn + 1)), tmp_path / "cache")
    kept = [path.name for path in (tmp_path / "cache" / "search").iterdir()]
    assert len(kept) == 2, "the program and one part"


@needs_pagefind
def test_facets_name_the_papers_that_have_them(tmp_path: Path) -> None:
    """Each value lists its papers by place, as steps from the one before."""
    folder = site(tmp_path / "site", PAPERS)
    search.index(folder, tmp_path / "cache")
    found = json.loads((folder / "pagefind" / "facets.json").read_text(encoding="utf-8"))
    fragments = {f"1/{path.stem}" for path in (folder / "pagefind/1/fragment").iterdir()}
    assert set(found["papers"].split(" ")) == fragments
    assert found["facets"] == {
        "topic": {"Games": [0], "Optics": [0, 1]},
        "date": {"2025-02": [2], "2025-03": [0, 1]},
        "source": {"List": [0]},
        "code": {"yes": [2]},
    }


@needs_pagefind
@pytest.mark.usefixtures("small_parts")
def test_a_large_digest_is_indexed_in_parts(tmp_path: Path) -> None:
    """The oldest papers are in the first, and facets know in which each paper is."""
    folder = site(tmp_path / "site", days(*range(9)))
    assert search.index(folder, tmp_path / "cache") == 9
    pagefind = folder / "pagefind"
    parts = json.loads((pagefind / "parts.json").read_text(encoding="utf-8"))
    assert parts == {"program": "en", "parts": 3}
    found = json.loads((pagefind / "facets.json").read_text(encoding="utf-8"))["papers"].split(" ")
    assert [name[0] for name in found] == sorted((name[0] for name in found), reverse=True)
    assert all(
        (pagefind / name[0] / "fragment" / f"{name[2:]}.pf_fragment").exists() for name in found
    )


@needs_pagefind
def test_a_search_loads_small_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are spread over as many files as asked for; Pagefind might stop heeding that."""
    many = {}
    for size in (20, 20_000):
        monkeypatch.setattr(search, "CHUNK_SIZE", size)
        files = indexed(tmp_path / f"site{size}", days(*range(30)), tmp_path / f"cache{size}")
        many[size] = sum(file.endswith(".pf_index") for file in files)
    assert many[20] > many[20_000]


@needs_pagefind
def test_any_language_can_be_searched(tmp_path: Path) -> None:
    """The one program that searches stays, also where Pagefind knows no word endings."""
    for language, program in (("en", "wasm.en.pagefind"), ("ja", "wasm.unknown.pagefind")):
        folder = site(tmp_path / language, PAPERS)
        search.index(folder, tmp_path / "cache", language)
        assert [file.name for file in (folder / "pagefind").rglob("wasm.*")] == [program]


@needs_pagefind
def test_an_old_index_does_not_stay(tmp_path: Path) -> None:
    """A paper that is gone is not found any more."""
    folder = site(tmp_path / "site", PAPERS)
    search.index(folder, tmp_path / "cache")
    (folder / "papers.jsonl").write_text(json.dumps(PAPERS[0]) + "\n", encoding="utf-8")
    search.index(folder, tmp_path / "cache")
    assert len(list((folder / "pagefind").rglob("*.pf_fragment"))) == 1


def test_a_digest_without_papers_has_no_index(tmp_path: Path) -> None:
    """There is nothing to find, and that is no failure."""
    assert search.index(site(tmp_path / "site", []), tmp_path / "cache") == 0
    assert not (tmp_path / "site" / "pagefind").exists()


def test_many_months_become_years() -> None:
    """A facet is a short list."""
    papers = [
        paper(f"p{number}", "T", date=f"{2020 + number // 12}-{number % 12 + 1:02}-01")
        for number in range(30)
    ]
    facets = search._facets(papers, {each["id"]: each["id"] for each in papers})
    assert list(facets["facets"]["date"]) == ["2020", "2021", "2022"]


def test_what_pagefind_said_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where indexing fails the person learns why, and that the rest of the site is there."""
    failed = subprocess.CompletedProcess([], 3, "", "thread panicked\nout of memory\n")
    monkeypatch.setattr(search, "_pagefind", lambda *arguments: failed)
    with pytest.raises(SearchError, match="ended with 3 and said: out of memory — the site is"):
        search.index(site(tmp_path / "site", PAPERS), tmp_path / "cache")


# --- the policy ------------------------------------------------------------------------------


def _sums(page: str, shipped: csp.Shipped) -> list[str]:
    """The scripts that a page's policy lets run."""
    return re.findall(r"script-src [^;]*?'(sha256-[^']+)'", csp.protect(page, shipped))


def _sum(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_a_policy_lets_run_what_stands_in_a_template(tmp_path: Path) -> None:
    """With the address that its template prints; data and files of the site need no leave."""
    template = '<script>go("{{ base_url }}", "é")</script>'
    (tmp_path / "main.html").write_text(template, encoding="utf-8")
    shipped = csp.shipped([tmp_path])
    script = 'go("../..", "é")'
    page = (
        '<head><meta charset="utf-8"><script>' + script + "</script>"
        '<script type="application/json">{"a": 1}</script><script src="x.js"></script></head>'
    )
    assert _sums(page, shipped) == [_sum(script)]
    found = csp.protect(page, shipped)
    assert found.index("Content-Security-Policy") < found.index("<script>")
    assert "unsafe-inline" not in found
    assert csp.blocked(page, shipped) == []


@pytest.mark.parametrize(
    "script",
    ["alert(1)", 'go("");alert(1)//", "é")', 'go("", "é");alert(1)', 'go("${x}", "é")'],
)
def test_a_page_gives_no_leave_to_what_it_holds(tmp_path: Path, script: str) -> None:
    """Only templates do: what came into the page by another way is named, and does not run."""
    (tmp_path / "main.html").write_text('<script>go("{{ base_url }}", "é")</script>', "utf-8")
    shipped = csp.shipped([tmp_path])
    page = f"<head></head><script>{script}</script>"
    assert _sums(page, shipped) == []
    assert csp.blocked(page, shipped) == [script]


def test_a_policy_names_the_styles_of_a_page_written_by_hand() -> None:
    """Markdown aligns the columns of a table by styles; a page without any has no leave for
    them."""
    page = '<head></head><td style="text-align: right;">1</td><td style="text-align: right;">2</td>'
    sum = base64.b64encode(hashlib.sha256(b"text-align: right;").digest()).decode()
    assert f"style-src 'self' 'unsafe-hashes' 'sha256-{sum}';" in csp.protect(page, csp.Shipped())
    assert "style-src" not in csp.protect("<head></head><td>1</td>", csp.Shipped())


def test_a_policy_of_a_template_is_kept() -> None:
    """A template of one's own may allow more; text that only looks like a policy may not."""
    page = '<head><meta http-equiv="Content-Security-Policy" content="default-src *"></head>'
    assert csp.protect(page, csp.Shipped(has_policy=True)) == page
    assert "default-src 'self'" in csp.protect(page, csp.Shipped())


def test_the_preview_may_add_its_script() -> None:
    """`mkdocs serve` writes a script into what it sends; only there may it."""
    page = "<head><script>a</script></head>"
    assert "'unsafe-inline'" in csp.protect(page, csp.Shipped(), serving=True)


def test_what_is_no_page_stays_as_it_is() -> None:
    """A fragment has no head to put a policy into."""
    assert csp.protect("<p>Hello</p>", csp.Shipped()) == "<p>Hello</p>"

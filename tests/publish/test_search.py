"""The index that browsers search, and the policy that pages carry."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from digest.errors import SearchError
from digest.mkdocs import csp
from digest.publish import search

needs_pagefind = pytest.mark.skipif(
    not search.available(), reason="Pagefind does not run on this machine"
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


@needs_pagefind
def test_the_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    """Two builds of one digest cannot be told apart, so that a host sends nothing twice."""
    topics = [f"Topic {number}" for number in range(30)]
    papers = [
        paper(f"p{number}", f"Paper {number}", topics=topics[number % 30 :][:3], sources=["A", "B"])
        for number in range(60)
    ]
    contents = []
    for name in ("one", "other"):
        folder = site(tmp_path / name, papers)
        assert search.index(folder) == 60
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        contents.append([(str(path.relative_to(folder)), path.read_bytes()) for path in files])
    assert contents[0] == contents[1]


@needs_pagefind
def test_facets_name_the_papers_that_have_them(tmp_path: Path) -> None:
    """Each value lists its papers by place, as steps from the one before."""
    folder = site(tmp_path / "site", PAPERS)
    search.index(folder)
    found = json.loads((folder / "pagefind" / "facets.json").read_text(encoding="utf-8"))
    fragments = {path.stem for path in (folder / "pagefind" / "fragment").iterdir()}
    assert set(found["papers"].split(" ")) == fragments
    assert found["facets"] == {
        "topic": {"Games": [0], "Optics": [0, 1]},
        "date": {"2025-02": [2], "2025-03": [0, 1]},
        "source": {"List": [0]},
        "code": {"yes": [2]},
    }


@needs_pagefind
def test_a_large_digest_is_indexed_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No index has more papers than the memory of a small machine allows, and none is left out."""
    monkeypatch.setattr(search, "PART_SIZE", 2)
    folder = site(tmp_path / "site", PAPERS)
    assert search.index(folder) == 3
    first, second = folder / "pagefind", folder / "pagefind" / "2"
    found = json.loads((first / "facets.json").read_text(encoding="utf-8"))["papers"].split(" ")
    fragments = [{path.stem for path in (part / "fragment").iterdir()} for part in (first, second)]
    assert [set(found[:2]), set(found[2:])] == fragments
    assert (first / "pagefind.js").read_text(encoding="utf-8").endswith('parts = ["2/"];\n')


@needs_pagefind
def test_any_language_can_be_searched(tmp_path: Path) -> None:
    """The one program that searches stays, also where Pagefind knows no word endings."""
    for language, program in (("en", "wasm.en.pagefind"), ("ja", "wasm.unknown.pagefind")):
        folder = site(tmp_path / language, PAPERS)
        search.index(folder, language)
        assert [file.name for file in (folder / "pagefind").glob("wasm.*")] == [program]


@needs_pagefind
def test_an_old_index_does_not_stay(tmp_path: Path) -> None:
    """A paper that is gone is not found any more."""
    folder = site(tmp_path / "site", PAPERS)
    search.index(folder)
    (folder / "papers.jsonl").write_text(json.dumps(PAPERS[0]) + "\n", encoding="utf-8")
    search.index(folder)
    assert len(list((folder / "pagefind" / "fragment").iterdir())) == 1


def test_a_digest_without_papers_has_no_index(tmp_path: Path) -> None:
    """There is nothing to find, and that is no failure."""
    assert search.index(site(tmp_path / "site", [])) == 0
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
        search.index(site(tmp_path / "site", PAPERS))


# --- the policy ------------------------------------------------------------------------------


def test_a_policy_names_each_script_in_the_page_by_its_sum() -> None:
    """What was in the page when it was built may run; data and files of the site need no leave."""
    script = "go('é')"
    page = (
        '<head><meta charset="utf-8"><script>' + script + "</script>"
        '<script type="application/json">{"a": 1}</script><script src="x.js"></script></head>'
    )
    found = csp.protect(page)
    sum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall(r"'sha256-[^']+'", found) == [f"'sha256-{sum}'"]
    assert found.index("Content-Security-Policy") < found.index("<script>")
    assert "unsafe-inline" not in found


def test_a_policy_names_the_styles_of_a_page_written_by_hand() -> None:
    """Markdown aligns the columns of a table by styles; a page without any has no leave for
    them."""
    page = '<head></head><td style="text-align: right;">1</td><td style="text-align: right;">2</td>'
    sum = base64.b64encode(hashlib.sha256(b"text-align: right;").digest()).decode()
    assert f"style-src 'self' 'unsafe-hashes' 'sha256-{sum}';" in csp.protect(page)
    assert "style-src" not in csp.protect("<head></head><td>1</td>")


def test_a_page_that_has_a_policy_keeps_it() -> None:
    """A template of one's own may allow more."""
    page = '<head><meta http-equiv="Content-Security-Policy" content="default-src *"></head>'
    assert csp.protect(page) == page


def test_the_preview_may_add_its_script() -> None:
    """`mkdocs serve` writes a script into what it sends; only there may it."""
    assert "'unsafe-inline'" in csp.protect("<head><script>a</script></head>", serving=True)


def test_what_is_no_page_stays_as_it_is() -> None:
    """A fragment has no head to put a policy into."""
    assert csp.protect("<p>Hello</p>") == "<p>Hello</p>"

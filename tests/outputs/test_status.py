"""What the site says of how it was made."""

from __future__ import annotations

import json

from tests.conftest import COMET, Folder


def test_what_was_read_and_refused_is_published(folder: Folder) -> None:
    """By source and with the reason, in status.json and on the About page; the sums agree."""
    folder.seed("a.txt", COMET)
    folder.seed("b.json", '[{"title": "A secret title"')
    folder.build()
    pages = folder.pages()
    status = json.loads(pages["status.json"])
    for name, total in status["totals"].items():
        assert total == sum(source[name] for source in status["sources"])
    (refusal,) = status["refusals"]
    assert refusal["records"] == status["totals"]["refused"] == 1
    assert refusal["reason"].startswith(("expected ", "could not"))
    about = pages["about.md"].decode()
    assert "## What was refused" in about
    assert refusal["reason"] in about
    # a refused piece may be private: what it says is for the editor
    assert "secret" not in about + pages["status.json"].decode()


def test_times_are_written_beside_the_pages(folder: Folder) -> None:
    """On demand, because all else is the same whenever it is built."""
    folder.seed("a.txt", COMET)
    answers = {"new": "2025-03-10", "papers": []}
    lines = [
        {"source": "arxiv cs.LG", "day": "2025-03-12", **answers},
        {"source": "pubmed", "day": "2025-03-10", **answers},
    ]
    folder.seed("fetched.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    assert folder.run("build").returncode == 0
    file = folder.path / "site" / "build.json"
    assert not file.exists()
    before = folder.pages()
    assert folder.run("build", "--clean", "--times").returncode == 0
    found = json.loads(file.read_bytes())
    assert {"read", "merge", "render", "publish", "site"} <= found["seconds"].keys()
    assert abs(sum(found["seconds"].values()) - found["total"]) < 0.2
    assert folder.pages() == before
    assert [source["behind"] for source in found["fetched"]] == [False, True]
    # the next build finds everything as it was
    assert "0 pages changed" in folder.run("build", "--times").stderr
    assert json.loads(file.read_bytes()) == found

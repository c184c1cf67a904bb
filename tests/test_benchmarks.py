"""The benchmark beside other builders runs; what it measures is nobody's concern here."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import __main__ as benchmark
from tests.benchmarks import material
from tests.benchmarks.digest_builds import ADDED, COLD
from tests.benchmarks.processes import Cost
from tests.conftest import COMET, GRAPH, YEAST

PAPERS: list[dict[str, Any]] = [
    {"title": "A comet in two", "abstract": COMET, "authors": ["A. Nell"], "date": "2025-03-10"},
    {"title": "How yeast ages", "abstract": YEAST, "authors": ["B. Ito"], "date": "2025-03-11"},
    {"title": "Walks that mix", "abstract": GRAPH, "authors": ["C. Brandt"], "date": "2025-03-12"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The papers as JSON Lines."""
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    return path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_digest_is_measured_beside_other_builders(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whole processes, all on the same pages; Hugo where it is installed."""
    benchmark.main([str(file), "--parts", "digest,hugo,mkdocs,files"])
    printed = capsys.readouterr().out
    assert "3 papers of 3 days" in printed
    assert "| Pagefind after Hugo |" in printed or "Hugo is left out" in printed
    for row in ("digest, a day added", "MkDocs", "citations of a paper", "memory, GB"):
        assert f"| {row} |" in printed


def test_growth_is_a_larger_digest_beside_a_smaller_one(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the papers in four times the seconds are twice the seconds a paper."""

    def squared(papers: Sequence[material.Paper], folder: Path, corrected: bool) -> dict[str, Cost]:
        cost = Cost(len(papers) ** 2, 0, 0)
        return {COLD: cost, ADDED: cost}

    monkeypatch.setattr(benchmark, "day_by_day", squared)
    monkeypatch.setattr(benchmark, "published", lambda folder: 0)
    benchmark.main([str(file), "--parts", "growth", "--sizes", "10,20"])
    printed = capsys.readouterr().out
    assert "| growth: cold, a paper | 2.00 |" in printed
    assert "| growth: a day added | 4.00 |" in printed


def test_a_digest_is_enlarged_by_papers_with_other_words_and_older_days() -> None:
    """The last day stays as it was; no two papers have a text or an id in common."""
    papers = material.enlarged(PAPERS, 9)
    assert papers[-1] == PAPERS[-1]
    assert len({paper["abstract"] for paper in [*papers, *PAPERS]}) == 9 + 2
    assert len({paper.get("id") for paper in papers}) == 9
    assert [paper["date"] for paper in papers] == sorted(paper["date"] for paper in papers)
    assert all(len(found) == 1 for found in material.by_day(papers).values())

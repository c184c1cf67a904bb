"""How many titles, right and wrong, does `digest enrich` find for abstracts without one?

Run by hand: `python -m tests.benchmarks.enrich FILE.jsonl[.gz] [--sample 500] [--lose 0]`, a file
with `id`, `title`, `abstract` (and `authors`, `date`) on each line. All of it is served as a local
index; a sample loses its titles and is looked up. With `--lose N` the index does not hold N of the
sample, so that anything found for them is wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from digest.models import Paper, Record
from digest.papers.lookups import fill_papers, load
from digest.papers.normalize import clean
from digest.papers.similarity import title_similarity
from digest.services import enrich
from digest.services.enrich.queries import make_query
from digest.services.web import Client
from tests.services.indexes import serve

TODAY = date(2025, 3, 12)


def main() -> None:
    """Look a sample up in each index alone, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--lose", type=int, default=0)
    parser.add_argument("--index", action="append", help="only this one; may be repeated")
    given = parser.parse_args()
    works = read(given.file)
    chosen = random.Random(1).sample(works, min(given.sample, len(works)))
    lost = {work["id"] for work in chosen[: given.lose]}
    print(
        f"{len(works) - len(lost)} works, {len(chosen)} papers, {len(lost)} of them not in the index"
    )
    print(f"{'index':18}{'found':>8}{'share':>8}{'wrong':>8}{'requests':>10}{'seconds':>9}")
    with serve([work for work in works if work["id"] not in lost]) as indexes:
        for index in enrich.INDEXES:
            if given.index and index.name not in given.index:
                continue
            if not any(index.requests(make_query(untitled(works[0]), {}))):
                continue  # it cannot be asked for abstracts
            print(measure(index, indexes.base(index.name), chosen, len(lost)))


def read(file: Path) -> list[dict[str, Any]]:
    """Return the works of a file that have an abstract, each title once."""
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    works = [json.loads(line) for line in data.splitlines()]
    return list(
        {work["id"]: work for work in works if len(work.get("abstract") or "") > 200}.values()
    )


def untitled(work: dict[str, Any]) -> Paper:
    """A paper of which only the abstract is known."""
    record = clean(Record("a.txt", 1, "abstracts", 1, abstract=work["abstract"]))
    return Paper(work["id"], TODAY, "", "headline", record.abstract)


def measure(index: enrich.Index, base: str, chosen: Sequence[dict[str, Any]], lost: int) -> str:
    """Look papers up in one index, and say how that went."""
    asked = [enrich.IndexSession(index, Client(index.label, base, pause=0))]
    papers = [untitled(work) for work in chosen]
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "index.jsonl"
        outcome = enrich.enrich(papers, asked, file, TODAY)
        known = fill_papers(papers, load(file)[0])
    found = [
        (paper.title, clean(Record("", 1, "", 1, title=work["title"])).title or "")
        for paper, work in zip(known, chosen, strict=True)
        if paper.title
    ]
    wrong = sum((title_similarity(title, true) or 0) < 0.95 for title, true in found)
    share = (len(found) - wrong) / (len(chosen) - lost)
    seconds = time.perf_counter() - started
    return f"{index.name:18}{len(found):8}{share:8.3f}{wrong:8}{outcome.requests:10}{seconds:9.1f}"


if __name__ == "__main__":
    main()

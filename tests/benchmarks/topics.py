"""How good discovered topics are, beside k-means and LDA, for JSON Lines with `categories`.

    python -m tests.benchmarks.topics PAPERS.jsonl[.gz] [--papers 3000] [--within astro-ph]
                                      [--alone]

Each line of the file holds id, title, abstract and categories (a list, or words separated by
spaces); the first category is taken as the paper's field. `--within` takes only papers whose field
begins so, and may be given more than once: with `astro-ph` the fields are those of astronomy.
`--alone` leaves out k-means and LDA, which need scikit-learn (the extra `bench`; digest itself
never imports it).

Purity: the share of papers whose field is the commonest of their topic. NMI: mutual information of
topics and fields, from 0 to 1. Rest: the share of papers without a topic.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from digest.models import Paper
from digest.understand import related, topics
from digest.understand.topics.discover import discover


def read(path: Path, number: int, within: Sequence[str] = ("",)) -> tuple[list[Paper], list[str]]:
    """Return papers and their fields, evenly from the whole file; each paper once."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        every = {line["id"]: line for line in map(json.loads, filter(str.strip, file))}
    lines = [
        line for line in every.values() if _field(line["categories"]).startswith(tuple(within))
    ]
    step = max(1.0, len(lines) / number)
    lines = [lines[int(place * step)] for place in range(min(number, len(lines)))]
    papers = [
        Paper(
            id=line["id"], date=date(2025, 3, 1), title=line["title"], title_from="seed",
            abstract=line["abstract"], keyphrases=tuple(line.get("keyphrases", ())),
        )
        for line in lines
    ]  # fmt: skip
    return papers, [_field(line["categories"]) for line in lines]


def _field(categories: str | list[str]) -> str:
    return (categories.split() if isinstance(categories, str) else categories)[0]


def purity(labels: Sequence[object], fields: Sequence[str]) -> float:
    """Return the share of papers whose field is the commonest of their group."""
    groups: dict[object, Counter[str]] = {}
    for label, field in zip(labels, fields, strict=True):
        groups.setdefault(label, Counter())[field] += 1
    return sum(max(group.values()) for group in groups.values()) / len(fields)


def nmi(labels: Sequence[object], fields: Sequence[str]) -> float:
    """Return the mutual information over the mean of the two entropies."""
    total = len(fields)
    pairs, left, right = Counter(zip(labels, fields, strict=True)), Counter(labels), Counter(fields)
    entropy = [-sum(n / total * math.log(n / total) for n in c.values()) for c in (left, right)]
    shared = sum(
        n / total * math.log(n * total / (left[a] * right[b])) for (a, b), n in pairs.items()
    )
    return shared / (sum(entropy) / 2) if sum(entropy) else 0.0


def primaries(papers: Sequence[Paper], table: topics.Table) -> list[str]:
    """Return the primary topic of each paper; no topic is ''."""
    return [paper.topics[0].topic if paper.topics else "" for paper in topics.assign(papers, table)]


def _line(name: str, labels: Sequence[object], fields: Sequence[str], seconds: float) -> None:
    rest = sum(label == "" for label in labels) / len(labels)
    print(
        f"{name:22} purity {purity(labels, fields):.3f}  NMI {nmi(labels, fields):.3f}  "
        f"rest {rest:.3f}  topics {len(set(labels)):3}  {seconds:.1f} s"
    )


def timed(work: Callable[[], list[str]]) -> tuple[list[str], float]:
    """Return what some work returns, and the seconds of processor time it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def others(papers: Sequence[Paper], fields: Sequence[str], count: int) -> None:
    """Print the same figures for k-means on TF-IDF and for LDA, with as many topics."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    texts = [f"{paper.title}. {paper.abstract}" for paper in papers]
    most = {"stop_words": "english", "min_df": 2, "max_df": 0.5}

    def kmeans() -> list[str]:
        rows = TfidfVectorizer(**most, sublinear_tf=True).fit_transform(texts)
        return [str(x) for x in KMeans(count, n_init=3, random_state=0).fit_predict(rows)]

    def lda() -> list[str]:
        rows = CountVectorizer(**most).fit_transform(texts)
        model = LatentDirichletAllocation(count, random_state=0, max_iter=10)
        return [str(x) for x in model.fit_transform(rows).argmax(axis=1)]

    for name, work in (("k-means on TF-IDF", kmeans), ("LDA", lda)):
        labels, seconds = timed(work)
        _line(name, labels, fields, seconds)


def stability(papers: Sequence[Paper], tenths: int = 3) -> None:
    """Print how many of the first 10/11 of the papers stay when a last 1/11, drawn at random,
    arrives."""
    for seed in range(tenths):
        chance = random.Random(seed)
        new = set(chance.sample(range(len(papers)), round(len(papers) / 11)))
        old = [paper for place, paper in enumerate(papers) if place not in new]
        table = discover(old)
        later = discover(papers, table)
        before, after = primaries(old, table), primaries(old, later)
        same = sum(a == b for a, b in zip(before, after, strict=True)) / len(old)
        lost = {row.slug for row in table.rows} - {row.slug for row in later.rows}
        print(
            f"10 % new papers: {same:.4f} of the old ones stay, "
            f"{len(later.rows) - len(table.rows)} topics added, {len(lost)} addresses lost"
        )


def main() -> None:
    """Print the figures."""
    import resource  # Windows has none

    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file", type=Path)
    options.add_argument("--papers", type=int, default=3000)
    options.add_argument("--within", action="append", default=[])
    options.add_argument("--alone", action="store_true")
    given = options.parse_args()
    papers, fields = read(given.file, given.papers, given.within or [""])
    table = topics.Table()

    def ours() -> list[str]:
        nonlocal table
        table = discover(papers)
        return primaries(papers, table)

    labels, seconds = timed(ours)
    print(f"{len(papers)} papers in {len(set(fields))} fields")
    _line("digest, auto", labels, fields, seconds)
    if not given.alone:
        others(papers, fields, len(table.rows))
    stability(papers)
    start = time.process_time()
    topics.assign(papers, topics.load(["machine-learning"], Path()))
    print(f"machine-learning table: {time.process_time() - start:.1f} s")
    start = time.process_time()
    related.neighbours(papers)
    print(f"neighbours: {time.process_time() - start:.1f} s")
    sizes = Counter(labels)
    for row in table.rows:
        print(f"{sizes[row.name]:5}  {row.name} — {row.description}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

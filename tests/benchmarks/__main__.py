"""What a digest takes beside Hugo with Pagefind and plain MkDocs, in one go (on Linux, by hand).

    python -m tests.benchmarks papers.jsonl                       # or .jsonl.gz
    python -m tests.benchmarks papers.jsonl --newest 500          # a short run
    python -m tests.benchmarks papers.jsonl --parts growth --sizes 5000,50000

The file has a paper on each line: title, abstract, date (YYYY-MM-DD), and id, authors and
categories where there are any.

    seeds   the digest of this repository: cold, and with nothing changed
    digest  one of the papers: all days but the last, nothing changed, the last day, a correction
    hugo    Hugo and then Pagefind on the Markdown pages which that digest wrote
    mkdocs  plain MkDocs with Material and its own search on the same pages
    files   files and bytes of that digest's site
    growth  (with --sizes) digests of these sizes, with the same last day and altered copies of
            the other papers, as many as are needed

hugo, mkdocs and files do digest first. Seconds are of the processor, user and system, of a whole
process and its children; a busy machine makes them longer. Memory is the largest of the process,
and of any one of its children. Figures of one machine compare with each other only.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.publish import search
from tests.benchmarks import material, other_builders, site_files
from tests.benchmarks.digest_builds import (
    ADDED,
    COLD,
    UNCHANGED,
    day_by_day,
    published,
    repository_seeds,
)
from tests.benchmarks.processes import Cost
from tests.benchmarks.tables import Goal, cost_table, file_table, goal_table, growth_table

PARTS = ("seeds", "digest", "hugo", "mkdocs", "files", "growth")
REPOSITORY = Path(__file__).parents[2]
HUGO, MKDOCS = "Hugo + Pagefind", "MkDocs"


def main(words: Sequence[str] | None = None) -> None:
    """Measure the parts that are asked for, and print tables of them."""
    given = _parser().parse_args(words)
    print(machine())
    goals: list[Goal] = []
    with TemporaryDirectory(prefix="digest-benchmark-") as place:
        folder = Path(place)
        if "seeds" in given.parts:
            costs = repository_seeds(REPOSITORY, folder / "seeds")
            print(cost_table(f"the {published(folder / 'seeds')} papers of the repository", costs))
        papers = material.read(given.papers) if given.papers else []
        if papers and {"digest", "hugo", "mkdocs", "files"} & set(given.parts):
            chosen = papers[-given.newest :]  # 0 is all of them
            goals += side_by_side(chosen, given.parts, folder)
        if papers and given.sizes and "growth" in given.parts:
            goals += growth(papers, given.sizes, folder)
    print(goal_table(goals))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("papers", type=Path, nargs="?", help="JSON Lines, .gz or not")
    parser.add_argument("--parts", type=_parts, default=PARTS, help=",".join(PARTS))
    parser.add_argument("--newest", type=int, default=0, metavar="N", help="only the N newest")
    parser.add_argument("--sizes", type=_sizes, default=(), metavar="N,N", help="for growth")
    return parser


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if unknown := set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"expected {', '.join(PARTS)}, found {unknown.pop()}")
    return parts


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(","))


def machine() -> str:
    """Return what figures depend on: the machine, how busy it is, and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("paper-digest", "mkdocs", "mkdocs-material", "pagefind")
    versions = [f"{name} {version(name)}" for name in names]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, load {os.getloadavg()[0]:.1f} at the"
        f" start; Python {sys.version.split()[0]}, {', '.join(versions)},"
        f" {other_builders.hugo_version() or 'no Hugo'}"
    )


def side_by_side(papers: Sequence[material.Paper], parts: Sequence[str], place: Path) -> list[Goal]:
    """Build a digest day by day, and its pages with other programs; return what was reached."""
    folder = place / "digest"
    ours = day_by_day(papers, folder)
    others, whole = _others(folder / "site_src", parts, place)
    number, days = published(folder), len(material.by_day(papers))
    rows = {f"digest, {name}": cost for name, cost in ours.items()} | others
    title = f"{number:,} papers of {days} days (of {len(papers):,} given)"
    print(cost_table(title, rows, whole))
    goals = [
        Goal(f"{name}, of {other}", ours[name].seconds / whole[other], most)
        for name, other, most in (
            (ADDED, HUGO, 0.3),
            (ADDED, MKDOCS, 0.1),
            (UNCHANGED, HUGO, 0.1),
            (COLD, HUGO, 3),
        )
        if other in whole
    ]
    peak = max(memory for cost in ours.values() for memory in (cost.memory, cost.children))
    goals.append(Goal("memory, GB", peak / 1000, 0.8))
    if "files" in parts:
        files, sizes = site_files.count(folder / "site")
        print(file_table(files, sizes, number))
        goals.append(Goal("kB of the site a paper", sizes.total() / 1000 / number, 30))
        goals.append(Goal("files of the site a paper", files.total() / number, 3))
    return goals


def _others(
    source: Path, parts: Sequence[str], place: Path
) -> tuple[dict[str, Cost], dict[str, float]]:
    """Return what each other program took, and the seconds of those that make a whole site."""
    costs: dict[str, Cost] = {}
    whole: dict[str, float] = {}
    if "hugo" in parts and not (other_builders.hugo_version() and search.version()):
        print("\nHugo is left out: it or Pagefind is not installed")
    elif "hugo" in parts:
        costs |= other_builders.hugo_and_pagefind(source, place / "hugo")
        whole[HUGO] = sum(cost.seconds for cost in costs.values())
    if "mkdocs" in parts:
        costs |= other_builders.mkdocs(source, place / "mkdocs")
        whole[MKDOCS] = costs["MkDocs"].seconds
    return costs, whole


def growth(papers: Sequence[material.Paper], sizes: Sequence[int], place: Path) -> list[Goal]:
    """Build digests of several sizes; return how the largest compares with the smallest."""
    found: dict[int, dict[str, Cost]] = {}
    for size in sizes:
        with TemporaryDirectory(dir=place) as scratch:  # a large one takes gigabytes
            folder = Path(scratch)
            found[size] = day_by_day(material.enlarged(papers, size), folder, corrected=False)
            print(f"\n{size:,} papers given, {published(folder):,} published")
    print(growth_table(found))
    small, large = found[sizes[0]], found[sizes[-1]]
    cold = (large[COLD].seconds / sizes[-1]) / (small[COLD].seconds / sizes[0])
    return [
        Goal("growth: cold, a paper", cold, 1.2),
        Goal("growth: a day added", large[ADDED].seconds / small[ADDED].seconds, 1.5),
    ]


if __name__ == "__main__":
    main()

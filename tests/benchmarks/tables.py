"""Figures as tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tests.benchmarks.processes import Cost

MEMORY = ("memory, MB", "of a child, MB")


class Goal(NamedTuple):
    """What is wanted: its name, what was measured, and the most that it should be."""

    name: str
    measured: float
    most: float


def cost_table(title: str, costs: Mapping[str, Cost], whole: Mapping[str, float] = {}) -> str:
    """Return what processes took, and their seconds as shares of those of whole sites."""
    head = [title, "seconds of computing", *(f"of {name}" for name in whole)]
    rows = []
    for name, cost in costs.items():
        shares = (f"{cost.seconds / seconds:.2f}" for seconds in whole.values())
        rows.append([name, f"{cost.seconds:.1f}", *shares, *_memory(cost)])
    return _table([*head, *MEMORY], rows)


def growth_table(costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return what each build of digests of several sizes took, and for each paper."""
    rows = []
    for size, builds in costs.items():
        for name, cost in builds.items():
            each = f"{1000 * cost.seconds / size:.2f}"
            rows.append([f"{size:,}, {name}", f"{cost.seconds:.1f}", each, *_memory(cost)])
    return _table(["papers", "seconds of computing", "ms a paper", *MEMORY], rows)


def file_table(files: Mapping[str, int], sizes: Mapping[str, int], papers: int) -> str:
    """Return how many files and bytes there are of each kind, and for each paper."""
    kinds = sorted(files, key=lambda kind: -sizes[kind])
    counted = [(kind, files[kind], sizes[kind]) for kind in kinds]
    counted.append(("all", sum(files.values()), sum(sizes.values())))
    rows = []
    for kind, number, size in counted:
        each = f"{number / papers:.2f}", f"{size / 1000 / papers:.1f}"
        rows.append([kind, f"{number:,}", each[0], f"{size / 1e6:.1f}", each[1]])
    return _table(["of the site", "files", "a paper", "MB", "kB a paper"], rows)


def goal_table(goals: Iterable[Goal]) -> str:
    """Return what was measured beside what is wanted."""
    rows = [
        [name, f"{measured:.2f}", f"{most:g}", "yes" if measured <= most else "no"]
        for name, measured, most in goals
    ]
    return _table(["goal", "measured", "at most", "reached"], rows) if rows else ""


def _memory(cost: Cost) -> tuple[str, str]:
    return f"{cost.memory:.0f}", f"{cost.children:.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first column is words and whose others are figures."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)

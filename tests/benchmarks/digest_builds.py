"""`digest build` as a whole process, in folders made for it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from digest.mkdocs import scaffold
from tests.benchmarks.material import Paper, by_day
from tests.benchmarks.processes import Cost, run

COLD, UNCHANGED, ADDED, CORRECTED = "cold", "nothing changed", "a day added", "one paper corrected"


def day_by_day(papers: Sequence[Paper], folder: Path, corrected: bool = True) -> dict[str, Cost]:
    """Build a digest of all days but the last, again, with the last, and with an old title
    corrected; return what each build took."""
    *older, (last, newest) = by_day(papers).items()
    if not older:
        raise SystemExit("expected papers of two days or more")
    scaffold.create(folder)
    for day, found in older:
        _write(folder, day, found)
    before, (first, oldest) = older[-1][0], older[0]
    costs = {COLD: build(folder, before), UNCHANGED: build(folder, before)}
    _write(folder, last, newest)
    costs[ADDED] = build(folder, last)
    if corrected:
        title = f"{oldest[0]['title']}, corrected"
        _write(folder, first, [{**oldest[0], "title": title}, *oldest[1:]])
        costs[CORRECTED] = build(folder, last)
    return costs


def repository_seeds(repository: Path, folder: Path) -> dict[str, Cost]:
    """Build the digest of this repository, and again; return what each build took."""
    shutil.copytree(repository / "seeds", folder / "seeds")
    shutil.copytree(repository / "site_src" / "guide", folder / "site_src" / "guide")
    shutil.copy(repository / "mkdocs.yml", folder)
    return {COLD: build(folder), UNCHANGED: build(folder)}


def build(folder: Path, day: str | None = None) -> Cost:
    """Run `digest build` as of a day, today if there is none; a problem with a paper is none."""
    moment = {}
    if day:
        midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
        moment["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    return run([Path(sys.executable).with_name("digest"), "build"], folder, moment, (0, 1))


def published(folder: Path) -> int:
    """Return how many papers the site of a digest has."""
    status = json.loads((folder / "site" / "status.json").read_text(encoding="utf-8"))
    return int(status["papers"])


def _write(folder: Path, day: str, papers: Iterable[Paper]) -> None:
    lines = (json.dumps(paper, ensure_ascii=False) + "\n" for paper in papers)
    (folder / "seeds" / f"{day}.jsonl").write_text("".join(lines), encoding="utf-8")

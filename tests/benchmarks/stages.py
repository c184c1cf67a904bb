"""Seconds a stage, papers a second and peak memory; by hand, for the seeds or any JSON Lines.

    python -m tests.benchmarks.stages                     # the seeds of this repository
    python -m tests.benchmarks.stages papers.jsonl …      # documents of any size, together
    python -m tests.benchmarks.stages --no-site …         # without MkDocs

Each build runs in a process of its own: cold with nothing kept, warm with what
the cold one left. Figures of one machine compare with each other only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from digest import pipeline
from digest.clock import today
from digest.mkdocs import scaffold, site
from digest.progress import Stopwatch


def main() -> None:
    """Build twice and print the figures side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--no-site", action="store_true")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_one(given.one, not given.no_site)))
        return
    documents = given.documents or sorted(Path("seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "digest"
        scaffold.create(folder)
        for document in documents:
            shutil.copy(document, folder / "seeds")
        cold, warm = (_apart(folder, given.no_site) for _ in range(2))
    _table(cold, warm)


def _apart(folder: Path, no_site: bool) -> dict[str, float]:
    """Build in a process of its own, so that its memory is its own too."""
    words = [sys.executable, "-m", "tests.benchmarks.stages", "--one", str(folder)]
    words += ["--no-site"] if no_site else []
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _one(folder: Path, with_site: bool) -> dict[str, float]:
    import resource  # Windows has none

    config_file = folder / "mkdocs.yml"
    watch = Stopwatch()
    report = pipeline.build(site.settings_from(config_file), today(), watch)
    figures = watch.stop()
    if with_site:
        started = time.perf_counter()
        site.build(config_file, strict=False, site_dir=None)
        figures["MkDocs"] = time.perf_counter() - started
    seconds = sum(figures.values())
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return figures | {
        "all stages": seconds,
        "papers": len(report.digest.papers),
        "papers a second": len(report.digest.papers) / seconds,
        "peak memory, MB": peak / 1024,
    }


def _table(cold: dict[str, float], warm: dict[str, float]) -> None:
    print(f"{'':18}{'cold':>12}{'warm':>12}{'warm / cold':>14}")
    for name in cold:
        ratio = f"{warm[name] / cold[name]:.2f}" if cold[name] else ""
        print(f"{name:18}{cold[name]:12.2f}{warm[name]:12.2f}{ratio:>14}")


if __name__ == "__main__":
    main()

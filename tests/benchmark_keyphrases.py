"""How long keyphrases take beside YAKE alone: `python -m tests.benchmark_keyphrases FILE.jsonl[.gz]`.

Each line of the file holds a paper with `title` and `abstract` (or `text`).
YAKE runs with its default settings in this one process over the same texts.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from digest.cache import Cache
from digest.keyphrases import Text, extract

YAKE_TEXTS = 1_000
"""YAKE reads this many, spread over the file; its time for all follows, as it reads one by one."""


def texts_of(file: Path) -> list[Text]:
    """Read the papers of a file."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines if line.strip()]
    return [Text(p.get("title") or "", p.get("abstract") or p.get("text") or "") for p in papers]


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def yake_alone(texts: list[Text]) -> float:
    """Estimate the seconds that YAKE alone takes for all texts."""
    import yake

    extractor = yake.KeywordExtractor(n=3, top=10)
    sample = texts[:: max(1, len(texts) // YAKE_TEXTS)]
    whole = [f"{text.title}. {text.abstract}" for text in sample]
    return (
        seconds(lambda: [extractor.extract_keywords(text) for text in whole])
        * len(texts)
        / len(sample)
    )


def ours(texts: list[Text], folder: Path) -> float:
    """Time a run with whatever the folder remembers."""

    def run() -> None:
        cache = Cache(folder, "keyphrases")
        extract(texts, cache=cache)
        cache.save()

    return seconds(run)


def peak() -> str:
    """Tell the peak memory of this process and of the largest worker."""
    try:
        import resource
    except ImportError:
        return "not known on this system"
    unit = 2**20 if sys.platform == "darwin" else 2**10
    own, worker = (
        resource.getrusage(who).ru_maxrss / unit
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"{own:.0f} MB, {worker:.0f} MB in the largest worker"


def main(file: Path) -> None:
    """Print times, ratios and peak memory."""
    texts = texts_of(file)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old = texts[: -min(100, len(texts) // 2)]
        rows = [("cold", ours(texts, folder)), ("warm", ours(texts, folder))]
        ours(old, folder)
        rows.append(("100 new", ours(texts, folder)))
    memory = peak()
    alone = yake_alone(texts)
    print(f"{len(texts)} texts\n{'YAKE alone':12} {alone:8.2f} s")
    for label, took in rows:
        print(f"{label:12} {took:8.2f} s  {took / alone:6.3f} x YAKE alone")
    print(f"peak memory  {memory}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

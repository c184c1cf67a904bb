"""How long keyphrases take beside YAKE alone.

    python -m tests.benchmarks.keyphrases FILE.jsonl[.gz]

Each line of the file holds a paper with `title` and `abstract` (or `text`).
YAKE runs with its default settings over the same texts, and so do we, in this one process.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from digest.store import Cache
from digest.understand.keyphrases import SourceText, extract

YAKE_TEXTS = 500
"""YAKE reads this many, spread over the file; its time for all follows, as it reads one by one."""


def texts_of(file: Path) -> list[SourceText]:
    """Read the papers of a file."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines if line.strip()]
    return [
        SourceText(p.get("title") or "", p.get("abstract") or p.get("text") or "") for p in papers
    ]


def seconds(work: Callable[[], object]) -> float:
    """Time one call, in seconds of the processor: a busy machine shows less."""
    start = process_time()
    work()
    return process_time() - start


def yake_texts(texts: Sequence[SourceText]) -> Sequence[SourceText]:
    """Return the texts that YAKE reads."""
    return texts[:: max(1, len(texts) // YAKE_TEXTS)]


def yake_alone(texts: list[SourceText]) -> float:
    """Estimate the seconds that YAKE alone takes for all texts."""
    import yake

    extractor = yake.KeywordExtractor(n=3, top=10)
    sample = yake_texts(texts)
    whole = [f"{text.title}. {text.abstract}" for text in sample]
    return (
        seconds(lambda: [extractor.extract_keywords(text) for text in whole])
        * len(texts)
        / len(sample)
    )


def ours(texts: list[SourceText], folder: Path) -> float:
    """Time a run with whatever the folder remembers."""

    def run() -> None:
        cache = Cache(folder, "keyphrases")
        extract(texts, cache=cache)
        cache.save()

    return seconds(run)


def peak() -> str:
    """Return the peak memory of this process."""
    try:
        import resource
    except ImportError:
        return "not known on this system"
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MB"


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

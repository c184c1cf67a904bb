"""What keyphrases, topics and neighbours cost beside YAKE.

    python -m tests.benchmarks.understand FILE.jsonl[.gz]

Each line of the file holds a paper with `title` and `abstract` (or `text`).
Cold has nothing kept, warm has all, and for the last column 100 papers come to
those that a run before had. Seconds are those of the processor, so that a busy
machine shows less, and by the clock in brackets; YAKE runs with its default
settings in this one process, over some of the same texts before and after.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from os import times
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from digest.memory import uncollected
from digest.models import Paper
from digest.store import Cache
from digest.understand import related, topics
from digest.understand.keyphrases import SourceText, extract
from tests.benchmarks.keyphrases import peak, texts_of, yake_texts

STAGES = ("keyphrases", "topics", "neighbours")
NEW = 100


class Spent(NamedTuple):
    """Seconds of the processor, of this process and of workers that have ended, and of the
    clock."""

    processor: float
    clock: float

    @classmethod
    def now(cls) -> Spent:
        """Return those so far."""
        used = times()
        processor = used.user + used.system + used.children_user + used.children_system
        return cls(processor, perf_counter())

    def since(self, before: Spent) -> Spent:
        """Return those after another moment."""
        return Spent(self.processor - before.processor, self.clock - before.clock)

    def __str__(self) -> str:
        """Show both."""
        return f"{self.processor:.2f} ({self.clock:.2f})"


def ours(texts: Sequence[SourceText], table: topics.Table, folder: Path) -> list[Spent]:
    """Return what each stage takes and then all, with whatever the folder remembers."""
    marks = [Spent.now()]
    with uncollected():
        cache = Cache(folder, "keyphrases")
        phrases = extract(texts, cache=cache)
        cache.save()
        marks.append(Spent.now())
        papers = [
            Paper(f"p{n:06}", date(2025, 3, 1), text.title, "seed", text.abstract, keyphrases=own)
            for n, (text, own) in enumerate(zip(texts, phrases, strict=True))
        ]
        cache = Cache(folder, "topics")
        papers = topics.assign(papers, table, cache)
        cache.save()
        marks.append(Spent.now())
        cache = Cache(folder, "related")
        related.neighbours(papers, cache=cache)
        cache.save()
        marks.append(Spent.now())
    laps = [after.since(before) for before, after in pairwise(marks)]
    return [*laps, marks[-1].since(marks[0])]


def yake_alone(texts: Sequence[SourceText]) -> Spent:
    """Estimate what YAKE takes for all texts from what it takes for some, spread over the file."""
    import yake

    extractor = yake.KeywordExtractor(n=3, top=10)
    sample = yake_texts(texts)
    start = Spent.now()
    for text in sample:
        extractor.extract_keywords(f"{text.title}. {text.abstract}")
    took = Spent.now().since(start)
    return Spent(*(seconds * len(texts) / len(sample) for seconds in took))


def main(file: Path) -> None:
    """Print seconds, ratios and peak memory."""
    texts = texts_of(file)
    table = topics.load(["machine-learning"], Path())
    runs: dict[str, list[Spent]] = {}
    before = yake_alone(texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs["cold"] = ours(texts, table, folder)
        runs["warm"] = ours(texts, table, folder)
        ours(texts[: -min(NEW, len(texts) // 2)], table, folder)
        runs[f"{NEW} added"] = ours(texts, table, folder)
    after = yake_alone(texts)
    alone = Spent(*((one + other) / 2 for one, other in zip(before, after, strict=True)))
    print(f"{len(texts)} papers; seconds of the processor (by the clock); peak memory {peak()}")
    print(f"YAKE alone  {alone}, from {before} before and {after} after")
    print(
        f"{'':12}" + "".join(f"{stage:>17}" for stage in (*STAGES, "together")) + f"{'x YAKE':>9}"
    )
    for label, spent in runs.items():
        row = "".join(f"{each!s:>17}" for each in spent)
        print(f"{label:12}{row}{spent[-1].processor / alone.processor:9.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

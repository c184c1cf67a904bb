"""What keyphrases, topics and neighbours cost beside YAKE: `python -m tests.benchmark_understand FILE.jsonl[.gz]`.

Each line of the file holds a paper with `title` and `abstract` (or `text`).
Cold has nothing kept, warm has all, and for the last column 100 papers come to
those that a run before had. Seconds are those of the processor, of this process
and its workers, so that a busy machine shows less; YAKE runs with its default
settings in this one process over the same texts.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from os import times
from pathlib import Path

from digest import related, topics
from digest.cache import Cache
from digest.keyphrases import Text, extract
from digest.models import Paper
from tests.benchmark_keyphrases import YAKE_TEXTS, peak, texts_of

STAGES = ("keyphrases", "topics", "neighbours")
NEW = 100


def spent() -> float:
    """Give the processor's seconds so far, of this process and of workers that have ended."""
    used = times()
    return used.user + used.system + used.children_user + used.children_system


def ours(texts: Sequence[Text], table: topics.Table, folder: Path) -> list[float]:
    """Give the seconds of each stage, with whatever the folder remembers."""
    marks = [spent()]
    cache = Cache(folder, "keyphrases")
    phrases = extract(texts, cache=cache)
    cache.save()
    marks.append(spent())
    papers = [
        Paper(f"p{place:06}", date(2025, 3, 1), text.title, "seed", text.abstract, keyphrases=own)
        for place, (text, own) in enumerate(zip(texts, phrases, strict=True))
    ]
    cache = Cache(folder, "topics")
    papers = topics.assign(papers, table, cache)
    cache.save()
    marks.append(spent())
    cache = Cache(folder, "related")
    related.neighbours(papers, cache=cache)
    cache.save()
    marks.append(spent())
    return [after - before for before, after in pairwise(marks)]


def yake_alone(texts: Sequence[Text]) -> float:
    """Estimate the seconds that YAKE takes for all texts from those for some, spread over the file."""
    import yake

    extractor = yake.KeywordExtractor(n=3, top=10)
    sample = texts[:: max(1, len(texts) // YAKE_TEXTS)]
    start = spent()
    for text in sample:
        extractor.extract_keywords(f"{text.title}. {text.abstract}")
    return (spent() - start) * len(texts) / len(sample)


def main(file: Path) -> None:
    """Print seconds, ratios and peak memory."""
    texts = texts_of(file)
    table = topics.load(["machine-learning"], Path())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = {"cold": ours(texts, table, folder), "warm": ours(texts, table, folder)}
        ours(texts[: -min(NEW, len(texts) // 2)], table, folder)
        runs[f"{NEW} added"] = ours(texts, table, folder)
    memory = peak()
    alone = yake_alone(texts)
    print(f"{len(texts)} papers; YAKE alone {alone:.1f} s; peak memory {memory}")
    print(
        f"{'':12}" + "".join(f"{stage:>12}" for stage in STAGES) + f"{'together':>12}{'x YAKE':>9}"
    )
    for label, seconds in runs.items():
        row = "".join(f"{each:12.2f}" for each in (*seconds, sum(seconds)))
        print(f"{label:12}{row}{sum(seconds) / alone:9.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

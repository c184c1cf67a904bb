"""Papers with a day each, from JSON Lines, and as many more of their kind as are asked for."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

Paper = Mapping[str, Any]

SAME = 300
"""So many of the most frequent words (of few papers, a tenth) stay in altered papers: they make
the text English."""
NEIGHBOURS = 64
"""An altered word becomes one of so many that are about as frequent."""
_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{3,}")
"""A word, and no command of TeX."""


def read(file: Path) -> list[Paper]:
    """Return the papers of a file that have a day, the oldest first."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines if line.strip()]
    return sorted((paper for paper in papers if paper.get("date")), key=_day)


def _day(paper: Paper) -> str:
    return str(paper["date"])[:10]


def by_day(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    """Return papers by their days, the first day first."""
    days: dict[str, list[Paper]] = {}
    for paper in sorted(papers, key=_day):
        days.setdefault(_day(paper), []).append(paper)
    return days


def enlarged(papers: Sequence[Paper], number: int) -> list[Paper]:
    """Return so many papers: those of the last day as they are, and altered ones of older days.

    The altered papers go on backwards, as many a day as there are, for as long as needed. They
    are altered in small digests too, so that these differ from large ones in size alone.
    """
    return list(islice(_backwards(papers), number))[::-1]


def _backwards(papers: Sequence[Paper]) -> Iterator[Paper]:
    first, last = _day(papers[0]), _day(papers[-1])
    older = [paper for paper in papers if _day(paper) < last]
    yield from reversed(papers[len(older) :])
    span = date.fromisoformat(last) - date.fromisoformat(first)
    words = _frequent_first(papers)
    numbers: Counter[str] = Counter()
    for generation in count() if older else ():
        change = _changer(words, generation + 1)
        for paper in reversed(older):
            day = date.fromisoformat(_day(paper)) - generation * span
            yield _altered(paper, day, change, numbers)


def _altered(
    paper: Paper, day: date, change: Callable[[str], str], numbers: Counter[str]
) -> dict[str, Any]:
    """Return a paper of another day that will not be merged with its model.

    Its id is a number of arXiv, counted from the end of the month, which arXiv does not reach.
    """
    month = f"{day:%y%m}"
    numbers[month] += 1
    return {
        "id": f"{month}.{100_000 - numbers[month]:05}",
        "title": change(paper["title"]),
        "abstract": change(paper["abstract"]),
        "authors": paper.get("authors"),
        "categories": paper.get("categories"),
        "date": day.isoformat(),
    }


def _frequent_first(papers: Sequence[Paper]) -> list[str]:
    texts = (f"{paper['title']} {paper['abstract']}" for paper in papers)
    counted = Counter(word.lower() for text in texts for word in _WORD.findall(text))
    return [word for word, _ in counted.most_common()]


def _changer(words: Sequence[str], generation: int) -> Callable[[str], str]:
    """Return what makes another text of a text: words become others that are as frequent."""
    others: dict[str, str] = {}
    for start in range(min(SAME, len(words) // 10), len(words), NEIGHBOURS):
        block = words[start : start + NEIGHBOURS]
        turn = generation % len(block)
        others |= zip(block, block[turn:] + block[:turn], strict=True)
    return lambda text: _WORD.sub(lambda found: _like(found[0], others), text)


def _like(word: str, others: Mapping[str, str]) -> str:
    other = others.get(word.lower(), word)
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other

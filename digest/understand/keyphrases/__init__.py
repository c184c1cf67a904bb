"""The phrases that say what a paper is about, best first, in reading form.

Each text is read once for its noun phrases (`grammar`, `candidates`) and what
they are worth in it (`rank`); that depends on the text alone and is kept by
content. Then all texts together say which words are common and which phrases
others use too, and the best are chosen, none inside another (`corpus`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.store import Cache, key, version
from digest.understand.keyphrases.corpus import choose
from digest.understand.keyphrases.rank import Analysis, analyse

__all__ = ["Text", "extract"]


@dataclass(frozen=True, slots=True)
class Text:
    """What keyphrases are taken from."""

    title: str
    abstract: str


def extract(
    texts: Sequence[Text],
    top: int = 10,
    cache: Cache | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[tuple[str, ...]]:
    """Give the keyphrases of each text, best first.

    No phrase is inside another of its text; an acronym that the text explains
    counts as its long form, which is what is printed; plurals and spellings
    are one phrase; words have the capitals they have inside a sentence. The
    document frequencies are those of `texts`: the same texts in another order
    give the same phrases. Nothing is raised whatever a text holds; one
    without words has no phrases. `progress` hears how many more are done.

    >>> extract([Text("Monotone deep Boltzmann machines", "Deep Boltzmann machines (DBMs) are deep.")], top=1)
    [('deep Boltzmann machines',)]
    """
    cache = cache or Cache.none()
    analyses = []
    for text in texts:
        analyses.append(_analysis(text, cache))
        if progress:
            progress(1)
    return choose(analyses, top)


def _analysis(text: Text, cache: Cache) -> Analysis:
    """Give what a text says by itself, from the cache where it is there."""
    name = key(version(), text.title, text.abstract)
    kept = cache.get(name)
    if kept:
        return Analysis.from_json(kept)
    analysis = analyse(text.title, text.abstract)
    cache.put(name, analysis.to_json())
    return analysis

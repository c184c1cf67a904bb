"""Keyphrases: the phrases that show what a paper is about, the best first.

The noun phrases of each text (`grammar`, `candidates`) are scored by how the text
uses them (`rank`), which depends on the text alone and is cached by content. Then
all texts together show which words are rare and which phrases several use, and the
best are chosen, none inside another (`corpus`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.store import Cache, key, version
from digest.understand.keyphrases.corpus import choose
from digest.understand.keyphrases.rank import Analysis, analyse

__all__ = ["SourceText", "extract"]


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a paper that keyphrases are taken from."""

    title: str
    abstract: str


def extract(
    texts: Sequence[SourceText],
    top: int = 10,
    cache: Cache | None = None,
    progress: Callable[[int], None] | None = None,
    counted: Sequence[bool] | None = None,
) -> list[tuple[str, ...]]:
    """Return the keyphrases of each text, the best first, at most `top`.

    No phrase is inside another of its text; an acronym that the text explains
    counts as its long form, which is what is printed; plurals and spellings
    are one phrase; words have the capitals they have inside a sentence. The
    document frequencies are those of `texts`: the same texts in another order
    give the same phrases. Nothing is raised whatever a text holds; one
    without words has no phrases. `progress` is called with the number of texts done.
    `counted` tells which texts the frequencies are of: all, or a reference corpus.

    >>> abstract = "Deep Boltzmann machines (DBMs) are deep."
    >>> extract([SourceText("Monotone deep Boltzmann machines", abstract)], top=1)
    [('deep Boltzmann machines',)]
    """
    cache = cache or Cache.none()
    analyses = []
    for text in texts:
        analyses.append(_analysis(text, cache))
        if progress:
            progress(len(analyses))
    return choose(analyses, top, counted)


def _analysis(text: SourceText, cache: Cache) -> Analysis:
    """Return the analysis of a text, from the cache if it is there."""
    name = key(version(), text.title, text.abstract)
    kept = cache.get(name)
    if kept is not None:
        return Analysis.from_bytes(kept)
    analysis = analyse(text.title, text.abstract)
    cache.put(name, analysis.to_bytes())
    return analysis

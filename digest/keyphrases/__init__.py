"""The phrases that say what a paper is about, best first, in reading form.

Each text is read once for its noun phrases (`grammar`, `candidates`) and what
YAKE thinks of their words (`words`); that depends on the text alone, is spread
over processes (`pool`) and kept by content. Then all texts together say which
words are common and which phrases others use too (`rank`), and the best are
chosen, none inside another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.cache import Cache
from digest.cache import key as content_key
from digest.keyphrases.pool import analyse_all, from_json
from digest.keyphrases.rank import Analysis, Corpus, choose

__all__ = ["VERSION", "Text", "extract"]

VERSION = "4"
"""Goes up with every change of what is found in a text, so that no old result is used."""


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
    analyses = _analyses(texts, cache, progress or (lambda _: None))
    corpus = Corpus(analyses)
    return [choose(analysis, corpus, top) for analysis in analyses]


def _analyses(
    texts: Sequence[Text], cache: Cache | None, progress: Callable[[int], None]
) -> list[Analysis]:
    """Give the analysis of each text, from the cache where it is there."""
    cache = cache or Cache.none()
    keys = [content_key(VERSION, text.title, text.abstract) for text in texts]
    found: dict[str, Analysis] = {}
    missing: dict[str, tuple[str, str]] = {}
    for key, text in zip(keys, texts, strict=True):
        if key not in found and key not in missing:
            analysis = _remembered(cache, key)
            if analysis is None:
                missing[key] = (text.title, text.abstract)
            else:
                found[key] = analysis
    progress(len(texts) - len(missing))
    for key, analysis in zip(missing, analyse_all(list(missing.values()), progress), strict=True):
        cache.put(key, analysis)
        found[key] = analysis
    return [found[key] for key in keys]


def _remembered(cache: Cache, key: str) -> Analysis | None:
    """Give the analysis that is kept under this key, if one is and it is whole."""
    try:
        return from_json(cache.get(key))
    except (TypeError, ValueError):
        return None

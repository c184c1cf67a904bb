"""A title for a paper that has none, and the sentence that says what it contributes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from digest.language.text import sentences, shorten
from digest.understand.headline.cue_phrases import contributing, overview
from digest.understand.headline.expansions import (
    about,
    by,
    called,
    headed,
    inside,
    spelt,
    trimmed,
    unfold,
)
from digest.understand.headline.noun_phrases import acronyms, topics
from digest.understand.headline.scores import score
from digest.understand.headline.title_candidates import LIMIT, Candidate, cores
from digest.understand.headline.word_model import Chances

__all__ = ["contribution", "headline"]


_LONGEST = 20_000  # characters; what is longer is no abstract


def contribution(abstract: str, limit: int = 300) -> str:
    """Give back the sentence of the abstract that says what the paper contributes.

    It stands as the author wrote it, and is cut, after a clause if possible,
    only if it is longer than `limit` characters.

    >>> contribution("Learning is hard. We propose DEMI, a way to make it easy. It works.")
    'We propose DEMI, a way to make it easy.'
    """
    parts = sentences(abstract[:_LONGEST])
    return shorten(parts[contributing(parts)[0]], limit) if parts else ""


def headline(abstract: str) -> str:
    """Write a title of at most 90 characters from the words of an abstract.

    The name of the work comes first where it has one, and a survey is called a
    survey. Text that is not English gives its first sentence, shortened.

    >>> headline("Bounds are loose. We propose DEMI, a decomposed estimation of mutual information.")
    'DEMI: decomposed estimation of mutual information'
    """
    parts = sentences(abstract[:_LONGEST])
    if not parts:
        return ""
    best = _best(parts) if _english(abstract[:_LONGEST]) else None
    if not best:
        return _capital(_beginning(parts[0]))
    if best.name and best.text.startswith(best.name):
        return best.text
    return _capital(_surveyed(best.text, abstract[:_LONGEST]))


def _best(parts: list[str]) -> Candidate | None:
    order, abstract = contributing(parts), " ".join(parts)
    short = {name: inside(long, parts) for name, long in acronyms(abstract).items()}
    chances = Chances(parts, order, short)

    def rank(offered: Iterable[Candidate], count: int = 6) -> list[Candidate]:
        fit = [each for each in offered if len(each.text) <= LIMIT]
        return sorted(fit, key=lambda each: -score(each, chances))[:count]

    found = [
        replace(each, text=inside(unfold(each.text, short), parts))
        for each in topics(parts, order, chances)
    ]
    offered = cores(parts, order)
    best = rank(map(trimmed, [*offered, *called(offered, found, abstract)]))
    best = [spelt(core, short) for core in best]
    best = rank([*best, *(each for core in best for each in about(core, found, order[0]))])
    best = rank([*best, *(each for core in best for each in by(core, found, order[:2]))])
    best = rank([*best, *(each for core in best for each in headed(core, found))])
    return spelt(best[0], short) if best else None


_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|is|are|that|this|we|for|with|an?|in|by)\b", re.IGNORECASE
)


def _english(text: str) -> bool:
    """Say whether the little words are English ones: about one in four is, in English."""
    return 10 * len(_ENGLISH.findall(text)) >= len(text.split())


def _beginning(sentence: str) -> str:
    return shorten(sentence.rstrip(".。．!！ "), LIMIT) or sentence[:LIMIT]


def _surveyed(text: str, abstract: str) -> str:
    """Call a survey a survey."""
    what = overview(abstract)
    if not what or re.search(r"survey|review|overview|tutorial", text, re.IGNORECASE):
        return text
    a = "an" if what == "overview" else "a"
    topic, colon, rest = text.partition(": ")
    longer = f"{topic}: {a} {what} of {rest}" if colon else f"{text}: {a} {what}"
    return longer if len(longer) <= LIMIT else text


def _capital(text: str) -> str:
    """Begin with a capital, but for words that have theirs inside: `iPPG`, `eBPF`."""
    first = text.split(" ", 1)[0].split("-", 1)[0]
    return text if any(char.isupper() for char in first) else text[:1].upper() + text[1:]

"""A title for a paper that has none, and the sentence that says what it contributes."""

from __future__ import annotations

import re

from ..text import sentences, shorten, squeeze
from .candidates import LIMIT, candidates
from .cues import contributing, overview
from .scores import Subject, score

__all__ = ["contribution", "headline"]


def contribution(abstract: str, limit: int = 300) -> str:
    """Give back the sentence of the abstract that says what the paper contributes.

    It stands as the author wrote it, and is shortened only if it is longer than `limit`.

    >>> contribution("Learning is hard. We propose DEMI, a way to make it easy. It works.")
    'We propose DEMI, a way to make it easy.'
    """
    parts = sentences(abstract)
    return shorten(parts[contributing(parts)[0]], limit) if parts else squeeze(abstract)


def headline(abstract: str) -> str:
    """Write a title of at most 90 characters from the words of an abstract.

    >>> headline("Bounds are loose. We propose DEMI, a decomposed estimation of mutual information.")
    'DEMI: decomposed estimation of mutual information'
    """
    parts = sentences(abstract[:20_000])
    if not parts:
        return ""
    order = contributing(parts)
    subject = Subject(parts, order)
    best = max(candidates(parts, order), key=lambda candidate: score(candidate, subject), default=None)
    return _capital(_surveyed(best.text, abstract) if best else shorten(parts[0], LIMIT))


def _surveyed(text: str, abstract: str) -> str:
    """Call a survey a survey."""
    what = overview(abstract)
    if not what or re.search(r"survey|review|overview|tutorial", text, re.I) or len(text) + len(what) + 4 > LIMIT:
        return text
    return f"{text}: {'an' if what == 'overview' else 'a'} {what}"


def _capital(text: str) -> str:
    """Begin with a capital, but for names that do not: `iPPG`, `xGen`."""
    first = text.split(" ", 1)[0]
    return text if any(char.isupper() for char in first) else text[:1].upper() + text[1:]

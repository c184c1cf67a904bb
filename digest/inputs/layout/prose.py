"""Score whether a piece of text reads like an abstract or like a title.

The weights were set by hand.
"""

from __future__ import annotations

import math
import re
from itertools import islice

NEUTRAL = 180
"""Length in characters that speaks for neither: few titles are longer, few abstracts shorter."""

_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[$]*[A-Z0-9\\]|[。！？]")
"""The end of a sentence and the beginning of the next."""
_OPENING = re.compile(
    r"(?:we|this (?:paper|work|article|study|book|survey|report|thesis|note|letter)|in this|abstract|recent|our)\b",
    re.I,
)
"""How abstracts begin."""
_VERBS = re.compile(r"\b(?:is|are|was|were|has|have|been|can|we|our|which|that|these|this)\b", re.I)
"""Words of sentences, few of them in titles."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def prose_score(text: str) -> float:
    """Return a score: above 0 for an abstract, below 0 for a title, farther from 0 if surer.

    Length counts most. Sentence boundaries and words that occur in sentences separate
    short abstracts from long titles. Only the first 3,000 characters are read.

    >>> prose_score("Memory Networks") < -3, prose_score("We prove it. The bound is tight.") > -3
    (True, True)
    """
    head = text[:3000]
    length = max(1, len(head) + 2 * count_cjk(head))
    score = 3.0 * math.log(length / NEUTRAL)
    score += 1.5 if re.search(r"[.。][\"'”’)\]\s]*$", head[-10:]) else -1.0
    score += 1.0 * _count(_SENTENCE, head, 3)
    score += 1.0 if _OPENING.match(head) else 0.0
    return score + 0.5 * (_count(_VERBS, head, 5) - 1)


def _count(pattern: re.Pattern[str], text: str, most: int) -> int:
    """Count the matches of a pattern, up to `most`."""
    return sum(1 for _ in islice(pattern.finditer(text), most))


def count_cjk(text: str) -> int:
    """Count the Chinese, Japanese and Korean characters: each counts as half a word."""
    return 0 if text.isascii() else len(_WIDE.findall(text[:3000]))


def has_sentence_end(text: str) -> bool:
    """Return whether a sentence ends in a text.

    >>> has_sentence_end("Memory Networks"), has_sentence_end("We count. Then we stop")
    (False, True)
    """
    return text.endswith((".", "。")) or bool(_SENTENCE.search(text[:3000]))


def has_several_sentences(text: str) -> bool:
    """Return whether a text has more than one sentence.

    >>> has_several_sentences("We count. Then we stop."), has_several_sentences("We count.")
    (True, False)
    """
    return bool(_SENTENCE.search(text[:3000]))


_HANGING = re.compile(
    "an?|and|as|at|by|for|from|in|into|is|of|on|or|over|the|to|under|via|with|without|using|&"
)


def ends_mid_phrase(text: str) -> bool:
    """Return whether a text ends as no title does, so that its next line continues it.

    >>> ends_mid_phrase("Attention Is All You"), ends_mid_phrase("A Survey of")
    (False, True)
    """
    end = text.rsplit(maxsplit=1)[-1].lower() if text.strip() else ""
    return bool(_HANGING.fullmatch(end)) or end.endswith((":", ",", "-", "–", "—"))

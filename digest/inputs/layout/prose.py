"""Whether a piece of text reads like an abstract or like a title."""

from __future__ import annotations

import math
import re
from itertools import islice

TURN = 180
"""Letters at which length alone says nothing: few titles are longer, few abstracts shorter."""

_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[$]*[A-Z0-9\\]|[。！？]")
_OPENING = re.compile(
    r"(?:we|this (?:paper|work|article|study|book|survey|report|thesis|note|letter)|in this|abstract|recent|our)\b",
    re.I,
)
_VERBS = re.compile(r"\b(?:is|are|was|were|has|have|been|can|we|our|which|that|these|this)\b", re.I)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def prose(text: str) -> float:
    """Weigh a piece of text: above 0 an abstract, below 0 a title, the further the surer.

    Length says most; sentences that end and begin, and words that carry a
    sentence, say the rest, so that a short abstract and a long title are told
    apart. Only the first 3,000 characters are looked at.

    >>> prose("Memory Networks") < -3, prose("We prove it. The bound is tight.") > -3
    (True, True)
    """
    head = text[:3000]
    length = max(1, len(head) + 2 * wide(head))
    score = 3.0 * math.log(length / TURN)
    score += 1.5 if re.search(r"[.。][\"'”’)\]\s]*$", head[-10:]) else -1.0
    score += 1.0 * _count(_SENTENCE, head, 3)
    score += 1.0 if _OPENING.match(head) else 0.0
    return score + 0.5 * (_count(_VERBS, head, 5) - 1)


def _count(pattern: re.Pattern[str], text: str, most: int) -> int:
    """How often a pattern is found in a text; no more than `most` are looked for."""
    return sum(1 for _ in islice(pattern.finditer(text), most))


def wide(text: str) -> int:
    """Count the letters that say as much as half a word: Chinese, Japanese, Korean."""
    return 0 if text.isascii() else len(_WIDE.findall(text[:3000]))


def ends(text: str) -> bool:
    """Whether a sentence ends within a text or with it.

    >>> ends("Memory Networks"), ends("We count. Then we stop"), ends("We count.")
    (False, True, True)
    """
    return text.endswith((".", "。")) or bool(_SENTENCE.search(text[:3000]))


def holds_several(text: str) -> bool:
    """Whether a text holds more than one sentence.

    >>> holds_several("We count. Then we stop."), holds_several("We count.")
    (True, False)
    """
    return bool(_SENTENCE.search(text[:3000]))


_HANGING = re.compile(
    "an?|and|as|at|by|for|from|in|into|is|of|on|or|over|the|to|under|via|with|without|using|&"
)


def hangs(text: str) -> bool:
    """Whether a text ends in a way that no title does.

    >>> hangs("Attention Is All You"), hangs("A Survey of"), hangs("Memory Networks:")
    (False, True, True)
    """
    end = text.rsplit(maxsplit=1)[-1].lower() if text.strip() else ""
    return bool(_HANGING.fullmatch(end)) or end.endswith((":", ",", "-", "–", "—"))

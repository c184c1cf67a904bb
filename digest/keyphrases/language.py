"""The function words of the language that a text is in, which part its phrases."""

from __future__ import annotations

import re
from functools import cache

from digest.keyphrases.candidates import LETTER
from digest.keyphrases.grammar import listed

LANGUAGES = sorted(
    listed("ar bg ca cs da nl fi fr de el hu id it nb fa pl pt ro ru sk es sv tr uk")
)
"""Languages that write with spaces and whose function words are known; English is the rule."""
_WORD = re.compile(f"{LETTER}+")
_ENGLISH = listed("the of and in to a is for that with we are on by this as from")


def foreign(text: str) -> frozenset[str]:
    """Give the function words of the language a text is in; none if it is English or unknown.

    >>> "ohne" in foreign("Wir zeigen, dass die Verfahren auch ohne die Annahme gelten.")
    True
    >>> foreign("We show that the methods hold without any assumption of normality.")
    frozenset()
    """
    words = _WORD.findall(text[:2000].lower())
    english = sum(word in _ENGLISH for word in words)
    if not words or english > 0.1 * len(words):
        return frozenset()
    hits = {name: sum(word in _stops(name) for word in words) for name in LANGUAGES}
    best = max(LANGUAGES, key=lambda name: hits[name])
    return _stops(best) if hits[best] > max(english, 0.15 * len(words)) else frozenset()


@cache
def _stops(language: str) -> frozenset[str]:
    """Give a language's function words; they are loaded when a text needs them."""
    from stop_words import get_stop_words

    return frozenset(word.lower() for word in get_stop_words(language))

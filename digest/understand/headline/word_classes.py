"""Which words carry a paper's subject, which can appear in any abstract, and which need another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from digest.language import lexicon
from digest.language.stems import stem

__all__ = ["content_stems", "is_function_word", "is_modifier", "is_plain", "rating"]

_WORD = re.compile(r"[^\W_]+")


@cache
def _stems(*names: str) -> frozenset[str]:
    """Return the stems of all words of these lists."""
    return frozenset(stem(word) for name in names for word in lexicon.words(name))


@cache
def _ratings() -> Mapping[str, str]:
    """Return the rating of every stem that has one; the later list wins."""
    return {
        **dict.fromkeys(_stems("often in titles"), "often"),
        **dict.fromkeys(_stems("seldom in titles", "pale in titles"), "seldom"),
        **dict.fromkeys(_stems("hardly in titles"), "hardly"),
        **dict.fromkeys(_stems("never in titles"), "never"),
    }


def rating(root: str) -> str:
    """Return how a stem fares in titles: never, hardly, seldom, often, or as others.

    >>> [rating(stem(word)) for word in ("proposes", "experiments", "surveys", "galaxies")]
    ['never', 'hardly', 'often', 'as others']
    """
    return _ratings().get(root, "as others")


def is_function_word(word: str) -> bool:
    """Return whether a word only holds others together: `the`, `of`, `which`."""
    return word.lower() in lexicon.words("function words and fragments")


@lru_cache(maxsize=20_000)
def is_plain(word: str) -> bool:
    """Return whether a word can appear in any abstract.

    >>> is_plain("significant"), is_plain("the"), is_plain("galaxy")
    (True, True, False)
    """
    plain = _stems("never in titles", "hardly in titles", "seldom in titles")
    return is_function_word(word) or stem(word) in plain


# Endings of adjectives, adverbs and participles, and the second halves of compounds.
_MODIFIER = re.compile(
    r".*(?:[^aeiou]ive|able|ible|ful|less|ous|ical|ional|ular|[^aeiou]ic|ary|ly|[a-z][^e]ed"
    r"|-[a-z]+(?:al|en|ed|ware|ree|rained|cale|vel|haustive)|-wise)"
)
_HALVES = ("-based", "-driven", "-aware", "-guided", "-free", "-like", "-enhanced", "-powered")


def is_modifier(word: str) -> bool:
    """Return whether a word looks as if another should follow: `adaptive`, `large-scale`.

    >>> is_modifier("adaptive"), is_modifier("objective")
    (True, False)
    """
    if word.endswith(_HALVES) or ("-" in word and word.endswith("ed")):
        return True
    if not word.islower() or word in lexicon.words("nouns like adjectives"):
        return False
    return word in lexicon.words("plain adjectives") or bool(_MODIFIER.fullmatch(word))


@lru_cache(maxsize=4096)
def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry the subject of a text, in order.

    >>> content_stems("We propose a novel estimator of galaxy masses")
    ('estimator', 'galaxy', 'mass')
    """
    return tuple(filter(None, map(_content_stem, _WORD.findall(text.lower()))))


@lru_cache(maxsize=100_000)
def _content_stem(word: str) -> str:
    """Return the stem of a word that carries a subject, '' for other words."""
    return stem(word) if len(word) > 1 and not is_plain(word) else ""

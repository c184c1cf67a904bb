"""Which runs of words can be a noun phrase, judged by word lists and word endings alone.

No tagger and no model: function words, verbs of academic prose and adverbs
split a sentence into runs; the ending of a word shows whether it may begin or end
a phrase. A word that is in no list is taken for a noun, which is right for
the words that matter: the rare ones.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from digest.language import lexicon
from digest.language.verb_forms import gerunds, pasts, presents

__all__ = ["is_boilerplate", "is_noun_phrase", "word_kind"]

_ADJECTIVE_END = re.compile(
    r"(?:[aeiou]?al|ic|ive|ous|able|ible|ful|less|ish|esque|like|wise|aware|based|driven|free|specific|"
    r"oriented|agnostic|efficient|dependent|guided|centric|invariant|informed|level|order|time|scale|rank)\Z"
)


@cache
def _breaks() -> frozenset[str]:
    """Return the function words, and the verb forms that are never part of a noun phrase."""
    found = set(lexicon.words("irregular verb forms"))
    for verb in lexicon.words("prose verbs"):
        found.update({*pasts(verb), *gerunds(verb)} - lexicon.words("gerund nouns"))
        if verb not in lexicon.words("verbs or nouns"):
            found.update(presents(verb))
    for verb in lexicon.words("content verbs"):
        found.update(presents(verb))
    found |= lexicon.words("function words") | lexicon.words("sentence adverbs")
    return frozenset(found - lexicon.words("inner participles"))


@cache
def _openers() -> frozenset[str]:
    """Return the words that are left off the front of a phrase."""
    return lexicon.words("phrase openers") | lexicon.words("vague nouns")


# Numbers, with a unit of one letter or an ordinal ending.
_NUMBER = re.compile(r"[\d.,/%±×–-]+(?:st|nd|rd|th|s|k|m|x|d)?\Z")


@lru_cache(maxsize=50_000)
def word_kind(word: str) -> str:
    """Return what a lower-case word can be in a phrase, as one letter.

    `x` separates phrases; `o` is left off the front; `r` is an adverb, `j` an
    adjective, `e` ends in -ed and `g` in -ing; `d` is a number; `n` a noun or
    anything else.

    >>> "".join(map(word_kind, "we propose a novel graph convolutional network".split()))
    'xxxonjn'
    """
    if word in _breaks():
        return "x"
    if word in _openers():
        return "o"
    if _NUMBER.match(word):
        return "d"
    if "/" in word and "." in word:
        return "x"  # an address
    if word in lexicon.words("nouns like adjectives"):
        return "n"
    if word.endswith("ly") and len(word) > 4 and word not in lexicon.words("not adverbs"):
        return "r"
    if word in lexicon.words("plain adjectives") or _ADJECTIVE_END.search(word):
        return "j"
    if word.endswith("ed") and len(word) > 4 and not word.endswith(("eed", "bed", "seed")):
        return "e"
    if word.endswith("ing") and len(word) > 5:
        return "g"
    if word.endswith(("izes", "ises", "ifies", "ize", "ify")) and len(word) > 5:
        return "x"
    return "n"


@lru_cache(maxsize=10_000)
def is_noun_phrase(kinds: str) -> bool:
    """Return whether words of these kinds make a noun phrase, by how it begins and ends."""
    first, last = kinds[0], kinds[-1]
    if len(kinds) == 1:
        return last in "ng"
    return (
        last in "ngd"
        and first in "njegr"
        and "r" not in kinds[1:]
        and not (first == "r" and len(kinds) < 3)
    )


def is_boilerplate(first: str, last: str) -> bool:
    """Return whether a phrase from `first` to `last` fits any paper: `experimental results`."""
    modifiers, nouns = lexicon.words("boilerplate modifiers"), lexicon.words("boilerplate nouns")
    return first in modifiers and last in nouns

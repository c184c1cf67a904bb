"""The forms under which words are compared: folded, or reduced to a stem.

`fold` removes what number and spelling add to a noun, and what is left is a word
that can be shown. `stem` removes from that what tense adds to a verb as well. There
are two because topics distinguish `learning` from `learned`, while a keyphrase or a
title with `detecting` repeats one with `detected`.
"""

from __future__ import annotations

from functools import lru_cache

from digest.language import lexicon

__all__ = ["fold", "stem"]

_KEPT = 200_000
"""Words of which the forms are remembered; a corpus of 10,000 abstracts has about 60,000."""


@lru_cache(maxsize=_KEPT)
def fold(word: str) -> str:
    """Return a word without case, English plural, British spelling, apostrophe and hyphen.

    >>> [fold(word) for word in ("GNNs", "analyses", "Optimisation", "meta-learning", "noise")]
    ['gnn', 'analysis', 'optimization', 'metalearning', 'noise']
    """
    word = word.casefold()
    for apostrophe in "'’":
        word = word.partition(apostrophe)[0]
    if not word.isalnum():
        word = "".join(char for char in word if char.isalnum())
    return _american(_singular(word))


@lru_cache(maxsize=_KEPT)
def stem(word: str) -> str:
    """Return what the forms of a noun and of a regular verb share; it need not be a word.

    >>> [stem(word) for word in ("studied", "learning", "Optimised", "mapped", "matrices", "noise")]
    ['study', 'learn', 'optimiz', 'map', 'matrix', 'nois']
    """
    word = fold(word)
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ingly", "ing", "edly", "ed"):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("eed"):
            word = word.removesuffix(ending)
            # `mapp` was `map`; but `call`, `pass` and `buzz` end so themselves
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 3 else word


def _singular(word: str) -> str:
    """Return the singular of an English noun; other words are returned unchanged."""
    irregular = lexicon.pairs("irregular plurals").get(word)
    if irregular:
        return irregular
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "omics")):
        return word
    if word in lexicon.words("singulars in -s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    """Return the American spelling of a British word; other words are returned unchanged."""
    if len(word) < 5 or word in lexicon.words("not British"):
        return word
    for british, american in lexicon.pairs("American endings").items():
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word

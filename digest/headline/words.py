"""Words and their stems: which of them carry a paper's subject, and which could stand in any abstract."""

from __future__ import annotations

import re
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for asking whether a word is one of them."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+")
_STOP = word_set(
    """a an the this that these those it its we our us i you your they their them he she his her of in on at by to
    for from with without within into onto over under between among across through during per via as than then so
    such and or but nor not no if when while where which who whom whose what how why whether because since although
    though however moreover furthermore thus therefore hence also both each either any all some many most more less
    few several other another same own only just even still yet very too much well can could may might must shall
    should will would do does did done is are was were be been being am has have had having there here up down out
    off about above below after before again further once e g i s t eg ie etc two three four"""
)
# Words that stand in many abstracts and in few titles of their papers, in any field: found by counting
# both in some thousand arXiv abstracts, and kept only where they belong to no subject.
_COMMON = word_set(
    """ability able accuracy achieve addition additional additionally address advance advantage aim allow approach art
    available average aware based become best better broad capability capture carry challenge challenging com
    combine common comparable compare component conduct consider considerable consist construct contain
    contribute contribution cost create critical crucial current currently demonstrate design despite develop
    different difficult difficulty diverse downstream due easy effective effectively effectiveness efficiently
    emerge employ enable encourage ensure especially essential establish exhibit existing experiment
    experimental exploit extensive extract facilitate fail finally find finding first focus follow fundamental
    gain github give given goal good handle help highlight highly http https identify impact important include
    incorporate increase increasingly indicate information inherent input insight instead integrate introduce
    introduces involve is issue key lack large-scale later lead leverage limit limitation limited main mainly
    maintain method module moreover necessary need new notable novel number observe obtain offer often open-
    source original outperform output overall overcome paper paradigm particular particularly perform
    performance poor possible potential practical precise present prevalent previous primarily primary prior
    process produce promising promote propose provide public publicly rapid rarely reach recent recently reduce
    relate relevant remain remarkable report require research respect respectively result reveal rich scenario
    second severe show significant significantly similar simple solution specific specifically standard state
    state-of-the-art strong struggle study substantial success successful suffer suggest suitable superior
    support surpass tackle tend term traditional type typical typically unique use used useful using utilize
    validate various vary wide widely work yield"""
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Take the ending off, roughly, so that forms of one word meet.

    >>> stem("models") == stem("modelling") == stem("modeled")
    True
    """
    word = word.lower()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    word = word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


_SUFFIXES = ("ational", "ization", "isation", "fulness", "ousness", "iveness", "ability", "ibility", "ations", "ation",
             "ments", "ment", "ness", "ings", "ing", "edly", "ed", "ies", "es", "ly", "al", "s")  # fmt: skip
_PLAIN = frozenset(stem(word) for word in _COMMON)


@lru_cache(maxsize=20_000)
def is_plain(word: str) -> bool:
    """Say whether a word could stand in any abstract.

    >>> is_plain("significantly"), is_plain("the"), is_plain("galaxy")
    (True, True, False)
    """
    lower = word.lower()
    return lower in _STOP or stem(lower) in _PLAIN


_MODIFIER = re.compile(
    r".*(?:[^aeiou]ive|able|ible|ful|less|ous|ical|ional|ular|[^aeiou]ic|ary|ly|[a-z][^e]ed|-[a-z]+(?:al|en|ed|ware|ree|rained|cale|vel|haustive)|-wise)"
)
_NOUNS = word_set(
    """objective perspective archive narrative alternative derivative initiative fabric metric topic logic music
    clinic traffic arithmetic statistic characteristic heuristic dynamic table variable cable vocabulary library
    boundary dictionary summary binary glossary auxiliary family assembly anomaly supply rational plastic magnetic
    seed speed feed need embed bed adversary commentary mosaic epidemic pandemic topological professional primitive
    collective semantic additive laboratory virus nucleus stimulus focus nexus locus bus cosine sonic"""
)

_ADJECTIVES = word_set(
    """efficient robust accurate explicit implicit dense sparse small large fast slow deep complex diverse relevant
    coherent consistent single multiple joint optimal global local high low fine coarse real natural visual textual
    neural general special novel new good better best strong weak simple rich broad wide long short early late driven
    different important significant several various large-scale real-world real-time end-to-end few-shot zero-shot
    open-source low-cost high-quality high-resolution state-of-the-art cross-modal multi-modal multimodal spatial
    temporal central main key major minor many more most fewer less human-like medical clinical digital"""
)


def is_modifier(word: str) -> bool:
    """Say whether a word looks as if another should follow: `adaptive`, `large-scale`, `selected`.

    >>> is_modifier("adaptive"), is_modifier("objective")
    (True, False)
    """
    return (
        word.islower()
        and word not in _NOUNS
        and (word in _ADJECTIVES or bool(_MODIFIER.fullmatch(word)))
    )


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order.

    >>> stems("We propose a novel estimator of galaxy masses")
    ('estimator', 'galax', 'mas')
    """
    return tuple(
        stem(word) for word in _WORD.findall(text.lower()) if len(word) > 1 and not is_plain(word)
    )

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
    off about above below after before again further once e g i s t eg ie etc two three four
    toward towards upon among along beyond like"""
)
# What the words of any field do between abstract and title, found by counting both in 4,500 arXiv papers
# (most from computer science), and kept only where they belong to no subject. The first three are plain: they part phrases.
_NEVER = word_set(
    """method propose demonstrate introduce achieve significant exist existing address novel show paper work present
    provide often first include recent recently require available remain various different incorporate traditional"""
)
_HARDLY = word_set(
    """performance result challenge challenging experiment limit limited extensive effectively enable outperform http
    https github com due compare develop specific specifically potential capability key reduce technique accurate
    current currently lead highlight offer particular particularly experimental critical identify employ perform
    ensure aim issue utilize maintain lack increase promise promising allow produce additional previous crucial
    struggle superior exhibit conduct despite facilitate establish essential construct create inherent number handle
    involve suggest overall obtain contain downstream thereby become original remarkable conventional fundamental
    comprise correspond methodology apply consistent define powerful five theoretically innovative capable"""
)
_SELDOM = word_set(
    """leverage literature new use used useful combine effect comprehensive need needed necessary ability wide widely widespread main mainly
    good best better typical typically especially simple indicate difficult difficulty emerge release reveal surpass
    similar gain primarily primary relevant distinct consider respectively relatively unique success successful able
    importance important tailor serve rich progress competitive underscore demand along suffer overcome comparable
    rely overlook complete confirm valuable associate hinder benefit determine grow subsequent contribution
    contribute known know effort discuss extensively adopt automatically initial state state-of-the-art concern span
    depend excel larger interest emphasize major entire entirely seamlessly recognize substantial impressive popular
    prevent smaller complementary insufficient avoid broad broader predominantly outcome certain suitable attempt
    arise alleviate notable notably add motivate numerous encompass sufficient fewer intricate highest raise start
    appropriate alongside dedicate equip several considerable necessitate inconsistent sophisticated tackle term
    report research support study vary yield tend reach rarely publicly possible practical prevalent poor observe
    moreover large-scale insight impact help give given goal focus follow finding find finally fail extract exploit
    encourage diverse design component carry capture broad based average art approach address advance
    advantage addition accuracy strong standard solution process prior output input module
    information integrate severe second scenario rapid public precise paradigm original open-source limitation easy
    cost common capable integrated"""
)
_PALE = word_set(
    """task generate quality strategy complex source architecture efficiency parameter distribution target stage user
    pipeline step annotation precision explicit pattern transform relationship dimension project decision behavior
    convolution characteristic correlation signal sensitive intensive manual density strength overhead backbone
    scheme block subject amount stability assumption configuration computational relation size selection"""
)
_GLADLY = word_set(
    """efficient detection reasoning guide guided adaptive free uncertainty hierarchical cluster hybrid discovery
    continual unsupervised survey review early semi weak ensemble learning enhancing benchmark multi robust analysis
    context dynamic open deep cross self long multimodal supervised view mitigating recognition estimation automatic
    transfer matching bridging synthesis latent unified scalable simulation plan autonomous search dual
    empirical sparse rank edge progressive identification event online evidence implicit fast assist interpretable
    explain theory scientific personalized topic disentangle mixture correction interactive zero shot"""
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


def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)


_PLAIN = _stems(_NEVER | _HARDLY | _SELDOM)
_RATINGS = {
    **dict.fromkeys(_stems(_GLADLY), "gladly"),
    **dict.fromkeys(_stems(_SELDOM | _PALE), "seldom"),
    **dict.fromkeys(_stems(_HARDLY), "hardly"),
    **dict.fromkeys(_stems(_NEVER), "never"),
}


def rating(root: str) -> str:
    """Say how a stem of any field fares in titles: never, hardly, seldom, gladly, or freely."""
    return _RATINGS.get(root, "freely")


def is_little(word: str) -> bool:
    """Say whether a word only holds others together: `the`, `of`, `which`."""
    return word.lower() in _STOP


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


_HALVES = ("-based", "-driven", "-aware", "-guided", "-free", "-like", "-enhanced", "-powered")


def is_modifier(word: str) -> bool:
    """Say whether a word looks as if another should follow: `adaptive`, `large-scale`, `selected`.

    >>> is_modifier("adaptive"), is_modifier("objective")
    (True, False)
    """
    if word.endswith(_HALVES) or ("-" in word and word.endswith("ed")):
        return True
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

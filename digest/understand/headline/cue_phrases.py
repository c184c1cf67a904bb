"""The phrases by which a paper says what it does: “we propose X”, “X is presented”."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Literal

from digest.language import lexicon
from digest.language.verb_forms import pasts, presents
from digest.understand.headline.word_classes import content_stems

CENTRAL = 0.8
"""The weight of how many of its words a sentence shares with others (log), beside its cues."""
Kind = Literal["build", "survey", "study", "show", "other"]
"""What a paper does: it makes something, surveys, studies or shows something, or else."""

_VERB_LISTS: dict[Kind, str] = {
    "build": "building verbs",
    "survey": "surveying verbs",
    "study": "studying verbs",
    "show": "showing verbs",
}


@cache
def verb_kinds() -> Mapping[str, Kind]:
    """Return the kind of each present and past form of the verbs of papers; the later list wins.

    >>> verb_kinds()["studied"], verb_kinds()["proposes"]
    ('study', 'build')
    """
    return {
        form: kind
        for kind, name in _VERB_LISTS.items()
        for verb in lexicon.words(name)
        for form in (*presents(verb), *pasts(verb))
    }


_PAPER = (
    r"(?:paper|work|article|study|letter|report|thesis|note|research|contribution|tutorial|chapter|essay|manuscript"
    r"|project|dissertation|monograph|preprint|survey|review|overview|perspective|analysis|investigation)"
)
_SUBJECT = (
    rf"(?:we|i|the authors?|(?:this|our|the (?:present|current))(?: [\w-]+){{0,2}}? {_PAPER})"
)
_ADVERB = (
    r"(?:then|therefore|thus|further|also|first|here|now|next|instead|hence|in this \w+|have|has|had|are able to"
    r"|for the first time|(?:aims?|seeks?|attempts?|intends?|sets? out|begin by|are the first) to|will|can|[a-z]+ly)"
)
_ACTIVE = re.compile(
    rf"(?<!how )(?<!what )\b{_SUBJECT},?(?: {_ADVERB},?){{0,3}} (?!(?:we|i|the|this)\b)(?P<verb>[a-z-]+)"
    r"(?: and (?:[a-z]+ly )?(?P<also>[a-z-]+)(?= (?:an?|the|our|new|novel|several|how|two|three)\b))?"
    r"(?: (?:on|at|into|upon|out|forward|up|for))?,? ",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be) (?:(?:then|also|thus|further|first|here|[a-z]+ly) ){0,2}(?P<verb>[a-z]+ed|proven)\b(?! to\b)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\band (?:then )?(?P<verb>propose|present|introduce|develop|design|provide) (?=(?:an?|the|our|new|novel) )",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby (?P<verb>proposing|introducing|presenting|developing|designing) ", re.IGNORECASE
)
_OVERVIEW = re.compile(
    r"\b(?:this|our|the present|present|presents|conduct|conducts|provide|provides|offer|offers|in this|the first)"
    r" (?:(?:an?|the) )?(?:[\w,-]+ ){0,4}?(?P<what>survey|review|overview|tutorial)\b"
    r"(?! (?:data|respondents|participants|process|questions|responses))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a sentence that says what the paper does."""

    kind: Kind
    verb: str
    start: int
    end: int
    """The object of the verb begins here; that of a passive cue ends at `start`."""
    passive: bool = False


@lru_cache(maxsize=256)
def cues(sentence: str) -> tuple[Cue, ...]:
    """Return the places where a sentence says what its paper does.

    >>> [(cue.kind, cue.verb) for cue in cues("We then propose X; this work studies Y.")]
    [('build', 'propose'), ('study', 'studies')]
    """
    return tuple(_cues(sentence))


def _cues(sentence: str) -> Iterator[Cue]:
    kinds = verb_kinds()
    active = list(_ACTIVE.finditer(sentence))
    for found in active:
        verb = (found["also"] or found["verb"]).lower()
        verb = verb if verb in kinds else found["verb"].lower()
        if verb not in kinds:
            yield Cue("other", verb, found.start(), found.end())
        else:
            that = sentence.startswith("that ", found.end()) and kinds[verb] != "build"
            yield Cue("show" if that else kinds[verb], verb, found.start(), found.end())
    for found in _BY.finditer(sentence):
        yield Cue("build", found["verb"].lower(), found.start(), found.end())
    if active:
        for found in _AND.finditer(sentence):
            yield Cue("build", found["verb"].lower(), found.start(), found.end())
    for found in _PASSIVE.finditer(sentence):
        verb = found["verb"].lower()
        if verb in lexicon.words("passive verbs"):
            yield Cue(kinds[verb], verb, found.start(), found.end(), passive=True)


def overview_kind(text: str) -> str:
    """Return what the paper calls itself if it is an overview ('survey', 'review' …), else ''.

    >>> overview_kind("This comprehensive survey covers vision transformers.")
    'survey'
    """
    found = _OVERVIEW.search(text)
    return found["what"].lower() if found else ""


# --- the sentence that states the contribution ----------------------------------------------

_KIND_WEIGHT: dict[Kind, float] = {
    "build": 3.0,
    "survey": 3.2,
    "study": 2.1,
    "show": 1.8,
    "other": 1.0,
}
_PATTERN_WEIGHTS = [
    (re.compile(pattern, re.IGNORECASE), needed, weight)
    for pattern, needed, weight in [
        (rf"\b(?:this|the present) (?:[\w-]+ ){{0,2}}?{_PAPER}\b", ("this ", "the present "), 1.2),
        (rf"\bour (?:[\w-]+ ){{0,2}}?{_PAPER}\b|\bhere,? we\b", ("our ", "here"), 0.5),
        (r"\b(?:novel|new|first|simple|efficient)\b", ("novel", "new", "first", "simple", "efficient"), 0.5),
        (r"\b(?:called|termed|dubbed|named|namely|coined)\b|(?-i:\b[A-Z]\w{0,30}[A-Z]\w{0,30}, an?\b)", ("called", "termed", "dubbed", "named", "namely", "coined", ", a"), 0.5),
        (r"^(?:to (?:address|tackle|overcome|solve|fill|bridge|mitigate|remedy|this end)|motivated by|inspired by)\b", ("to ", "motivated", "inspired"), 0.6),
        (r"^(?:specifically|moreover|additionally|in addition|furthermore|besides|concretely|second|third|finally|lastly|next|notably)\b|\balso\b", ("",), -0.9),
        (r"^(?:however|but|yet|while|although|despite|unfortunately)\b", ("",), -0.6),
        (r"^(?:overall|in summary|in conclusion|our (?:work|findings|results))\b", ("",), -0.7),
        (r"\b(?:experiments?|experimental results|empirical results|evaluations?) .{0,40}\b(?:show|demonstrat|reveal|indicat|confirm|validat)|\boutperform|\bstate-of-the-art (?:performance|results)|\bsuperior", ("experiment", "empirical", "evaluation", "outperform", "state-of-the-art", "superior"), -1.0),
        (r"\b(?:code|dataset|source|project page|demo)\b.{0,60}\b(?:available|released|found|open-sourced)\b|https?://|github", ("code", "dataset", "source", "project page", "demo", "http", "github"), -2.5),
        (r"\bwe (?:do|did|are|were) not\b", ("not",), -2.0),
        (r"\?$", ("?",), -1.0),
    ]
]  # fmt: skip
"""Patterns with what a matching sentence holds at least one of (in small letters, "" always),
which is found much faster than the pattern, and with their weights."""


def cue_score(sentence: str, position: int, count: int) -> float:
    """Return how surely a sentence states the contribution of its paper; at most 0 without a cue.

    It is at `position` of `count` sentences: those at the end say less.
    """
    found = [_KIND_WEIGHT[cue.kind] - 0.6 * cue.passive for cue in cues(sentence)]
    score = max(found, default=0.0)
    plain = sentence.casefold()
    score += sum(
        weight
        for pattern, needed, weight in _PATTERN_WEIGHTS
        if any(part in plain for part in needed) and pattern.search(sentence)
    )
    return score - 1.2 * position / max(1, count)


def rank_sentences(parts: list[str]) -> list[int]:
    """Return the numbers of the sentences, the one that states the contribution best first."""
    stems = [content_stems(part) for part in parts]
    words = Counter(chain.from_iterable(stems))
    weights = []
    for number, part in enumerate(parts):
        central = sum([min(words[stem], 5) for stem in set(stems[number]) if words[stem] > 1])
        weights.append(cue_score(part, number, len(parts)) + CENTRAL * math.log1p(central))
    return sorted(range(len(parts)), key=lambda number: -weights[number])

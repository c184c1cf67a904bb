"""The words by which a paper says what it does: “we propose X”, “this survey covers X”, “X is presented”."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from digest.understand.headline.headline_words import stems, word_set

CENTRAL = 0.8
Kind = Literal["build", "survey", "study", "show", "other"]

_VERBS: dict[Kind, str] = {
    "build": """propose introduce present develop design devise describe build create construct formulate release
        contribute offer provide derive implement define pioneer craft launch unveil collect curate outline
        open-source extend adapt combine integrate advocate bring pursue put""",
    "survey": "review survey summarize summarise synthesize synthesise categorize cover",
    "study": """study investigate examine explore analyze analyse consider evaluate assess compare revisit discuss
        address tackle characterize characterise measure conduct perform report apply classify benchmark probe
        quantify estimate compute calculate determine identify test explain simulate observe use employ leverage
        carry focus aim work look delve undertake detail document reframe rethink cast model learn solve improve
        enhance search seek fill bridge unify generalize generalise demystify reconsider ask""",
    "show": "show demonstrate prove find argue reveal discover establish conclude highlight uncover observe report suggest",
}


def _forms(verb: str) -> Iterator[str]:
    """The forms of a regular verb, as this and that use them: study, studies, studied."""
    stem = verb[:-1] if verb.endswith("e") else verb
    yield from (verb, verb + "s", stem + "ed", stem + "es")
    if verb.endswith("y"):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied")


VERBS: dict[str, Kind] = {
    form: kind for kind, verbs in _VERBS.items() for verb in verbs.split() for form in _forms(verb)
} | {"built": "build", "proven": "show", "shown": "show", "found": "show"}

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
_PASSIVE_VERBS = word_set(
    """proposed presented introduced developed designed described derived investigated studied analyzed analysed
    proven proved established constructed examined explored considered discussed reviewed devised reported observed
    measured performed compared evaluated applied assessed determined estimated simulated tested calculated"""
)
_OVERVIEW = re.compile(
    r"\b(?:this|our|the present|present|presents|conduct|conducts|provide|provides|offer|offers|in this|the first)"
    r" (?:(?:an?|the) )?(?:[\w,-]+ ){0,4}?(?P<what>survey|review|overview|tutorial)\b"
    r"(?! (?:data|respondents|participants|process|questions|responses))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a sentence where it says what the paper does."""

    kind: Kind
    verb: str
    start: int
    end: int
    """What it is done to begins here; for a passive cue it ends at `start`."""
    passive: bool = False


@lru_cache(maxsize=256)
def cues(sentence: str) -> tuple[Cue, ...]:
    """Find where a sentence says what its paper does.

    >>> [(cue.kind, cue.verb) for cue in cues("We then propose X; this work studies Y.")]
    [('build', 'propose'), ('study', 'studies')]
    """
    return tuple(_cues(sentence))


def _cues(sentence: str) -> Iterator[Cue]:
    for found in _ACTIVE.finditer(sentence):
        verb = (found["also"] or found["verb"]).lower()
        verb = verb if verb in VERBS else found["verb"].lower()
        if verb not in VERBS:
            yield Cue("other", verb, found.start(), found.end())
        else:
            that = sentence.startswith("that ", found.end()) and VERBS[verb] != "build"
            yield Cue("show" if that else VERBS[verb], verb, found.start(), found.end())
    for found in _BY.finditer(sentence):
        yield Cue("build", found["verb"].lower(), found.start(), found.end())
    if _ACTIVE.search(sentence):
        for found in _AND.finditer(sentence):
            yield Cue("build", found["verb"].lower(), found.start(), found.end())
    for found in _PASSIVE.finditer(sentence):
        verb = found["verb"].lower()
        if verb in _PASSIVE_VERBS:
            yield Cue(VERBS[verb], verb, found.start(), found.end(), passive=True)


def overview(text: str) -> str:
    """Say what the paper calls itself if it is an overview of others' work: 'survey', 'review', … else ''.

    >>> overview("This comprehensive survey covers vision transformers.")
    'survey'
    """
    found = _OVERVIEW.search(text)
    return found["what"].lower() if found else ""


# --- the sentence that says it ------------------------------------------------------------

_KIND_WEIGHT: dict[Kind, float] = {
    "build": 3.0,
    "survey": 3.2,
    "study": 2.1,
    "show": 1.8,
    "other": 1.0,
}
_SIGNS = [
    (re.compile(sign, re.IGNORECASE), weight)
    for sign, weight in [
        (rf"\b(?:this|the present) (?:[\w-]+ ){{0,2}}?{_PAPER}\b", 1.2),
        (rf"\bour (?:[\w-]+ ){{0,2}}?{_PAPER}\b|\bhere,? we\b", 0.5),
        (r"\b(?:novel|new|first|simple|efficient)\b", 0.5),
        (r"\b(?:called|termed|dubbed|named|namely|coined)\b|(?-i:\b[A-Z]\w{0,30}[A-Z]\w{0,30}, an?\b)", 0.5),
        (r"^(?:to (?:address|tackle|overcome|solve|fill|bridge|mitigate|remedy|this end)|motivated by|inspired by)\b", 0.6),
        (r"^(?:specifically|moreover|additionally|in addition|furthermore|besides|concretely|second|third|finally|lastly|next|notably)\b|\balso\b", -0.9),
        (r"^(?:however|but|yet|while|although|despite|unfortunately)\b", -0.6),
        (r"^(?:overall|in summary|in conclusion|our (?:work|findings|results))\b", -0.7),
        (r"\b(?:experiments?|experimental results|empirical results|evaluations?) .{0,40}\b(?:show|demonstrat|reveal|indicat|confirm|validat)|\boutperform|\bstate-of-the-art (?:performance|results)|\bsuperior", -1.0),
        (r"\b(?:code|dataset|source|project page|demo)\b.{0,60}\b(?:available|released|found|open-sourced)\b|https?://|github", -2.5),
        (r"\bwe (?:do|did|are|were) not\b", -2.0),
        (r"\?$", -1.0),
    ]
]  # fmt: skip


def weigh(sentence: str, position: int, count: int) -> float:
    """How surely the sentence says what its paper contributes; 0 and less for one without a sign."""
    found = [_KIND_WEIGHT[cue.kind] - 0.6 * cue.passive for cue in cues(sentence)]
    score = max(found, default=0.0)
    score += sum(weight for sign, weight in _SIGNS if sign.search(sentence))
    return score - 1.2 * position / max(1, count)


def contributing(parts: list[str]) -> list[int]:
    """Order the sentences of an abstract, by number, from the one that says best what is new."""
    words = Counter(stem for part in parts for stem in stems(part))
    weights = []
    for number, part in enumerate(parts):
        own = {stem for stem in stems(part) if words[stem] > 1}
        central = sum(min(words[stem], 5) for stem in own)
        weights.append(weigh(part, number, len(parts)) + CENTRAL * math.log1p(central))
    return sorted(range(len(parts)), key=lambda number: -weights[number])

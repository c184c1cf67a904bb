"""The headlines that stand in an abstract as they are, found at the words by which a paper says what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.understand.headline.cue_phrases import VERBS, Cue, cues
from digest.understand.headline.headline_words import is_plain, stems, word_set
from digest.understand.headline.names import Named, coined, named
from digest.understand.headline.phrases import cuts, doing, flow, gerund, strip, unhead

LIMIT = 90


@dataclass(frozen=True, slots=True)
class Candidate:
    """A headline, where it was found, and what tells whether it is a good one."""

    text: str
    kind: str
    rank: int
    """How many sentences say better what the paper contributes."""
    name: str = ""
    cut: bool = False
    """Whether the author's phrase goes on."""
    marks: tuple[str, ...] = ()
    """How it was made, for weighing it."""


_PURPOSE = re.compile(
    r"^(?:.{0,40}, )?(?:in order )?to (?P<verb>[a-z]+) (?P<what>[^,]{8,90}), $", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:this|these|those|such|above|it|them|end|issues?|challenges?|limitations?|problems?|gaps?|aforementioned|shortcomings)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"[_^\\{}<>=()]|\b(?:we|our|us|this|these|those|such|it|they|them|themselves|itself|aforementioned|above)\b|^(?:[^:]*: )?(?:that|both|which|not|all|each"
    r"|most|many|if|in|with|without|within|during|after|before|by|for|on|from|at|as|to|while|when|although|despite|due|there|here|of|and|but|or|than|is|are|be) "
    r"|^(?:[^:]*: )?(?:study|work|paper|article|letter|research) (?:[a-z]+s|based)\b"
    r"|^(?:[^:]*: )?(?:issues?|challenges?|gaps?|problems?|limitations?|needs?|way|approach|method) (?:by|through|and|with|is|that|[a-z]+ing) ",
    re.IGNORECASE,
)
_STATING = re.compile(
    r" (?:is|are|was|were|can|could|has|have|had|will|may|might|would|should|must|does|do|remains?|becomes?|seems?) "
    r"|.* (?:idea|fact|manner|way|basis|case|cases|kind|type|number)$"
)
_CLAIMING = re.compile(
    r" (?:shows?|enables?|plays?|offers?|provides?|excels?|requires?|aims?|faces?|struggles?|makes?|presents?|poses?|allows?|needs?|leads?|serves?) "
)
# Verbs of papers that are nouns as well.
_NOUNS = word_set(
    """model models measure measures estimate estimates search test tests design designs benchmark benchmarks survey
    review study studies report reports work works release focus cover form detail document look aim bridge cast
    proposed developed introduced presented combined unified improved enhanced simulated learned integrated
    extended designed constructed derived measured observed estimated generalized"""
)
_DOING = word_set(
    """improve enhance solve unify generalize generalise extend adapt combine integrate revisit benchmark compare
    quantify estimate classify rethink reconsider reframe model learn predict bridge characterize measure
    demystify evaluate assess exploit apply use employ leverage"""
)
_WISHES = word_set("propose aim seek attempt intend")
_FILL = re.compile(
    r"^(?:here|also|in this (?:paper|work|study|article|letter)|for the first time|evidence)[, ]+(?:on )?",
    re.IGNORECASE,
)


def cores(parts: list[str], order: list[int]) -> list[Candidate]:
    """Give the headlines the sentences offer; `order` numbers them from the one that says best what is new."""
    told = [each for rank, number in enumerate(order[:4]) for each in _said(parts[number], rank)]
    if not cues(parts[0]):
        told += _opening(parts[0], alone=not told)
    if made := coined(" ".join(parts)):
        told += [Candidate(f"{made.name}: {made.long}", "coined", 0, made.name, marks=("long",))]
    told += _phrases(parts, order)
    return list({each.text: each for each in reversed(told) if _fit(each)}.values())[::-1]


def _opening(sentence: str, alone: bool) -> Iterator[Candidate]:
    """The first sentence: as a statement if no sentence says what the paper does, else its first phrase."""
    for text in cuts(strip(flow(sentence)), LIMIT):
        if alone or not _CLAIMING.search(text):
            yield Candidate(text, "show" if alone else "first", 0 if alone else 9)


def _fit(core: Candidate) -> bool:
    """Say whether a headline stands on its own."""
    if len(core.text) > LIMIT or _POINTING.search(core.text) or len(stems(core.text)) < 2:
        return False
    said = core.text.removeprefix(f"{core.name}: ")
    if not stems(said) or (_kind(said) and said.split(" ", 1)[0].lower() not in _NOUNS):
        return False
    if core.kind == "phrase" and re.search(r"\b(?:its|their|his|her)\b", core.text):
        return False
    asks = core.text.startswith(("whether ", "how "))
    return asks or core.kind == "show" or not _STATING.search(core.text)


def _said(sentence: str, rank: int) -> Iterator[Candidate]:
    """What the cues of a sentence speak of."""
    for cue in cues(sentence)[:6]:
        phrase = _object(sentence, cue)
        ours = cue.kind in ("build", "survey") and not cue.verb.startswith("contribut")
        this = named(phrase) if ours else Named("", "", phrase)
        for whole, mark in _wholes(this, _purpose(sentence, cue)):
            room = LIMIT - (len(this.name) + 2 if this.name else 0)
            for text in [whole] if mark == "long" else cuts(whole, room):
                if cue.kind == "show" and text != whole and not _verbal(text):
                    continue
                title = f"{this.name}: {text}" if this.name and text else text
                marks = (mark,) if mark else ()
                yield Candidate(title, cue.kind, rank, this.name, text != whole, marks)


def _verbal(text: str) -> bool:
    """Say whether a statement keeps its verb."""
    return bool(_STATING.search(text)) or any(word in VERBS for word in text.split()[1:])


def _object(sentence: str, cue: Cue) -> str:
    """What the cue speaks of, as a phrase that may become a headline."""
    if cue.passive:
        subject = sentence[max(0, cue.start - 300) : cue.start].strip()
        if re.search(r", (?:an?|the|our) [^,]*$", subject):
            subject = subject.rsplit(", ", 1)[-1]
        return subject + " " + sentence[cue.end : cue.end + 300].strip()
    rest = _FILL.sub("", sentence[cue.end : cue.end + 400].strip())
    if cue.kind == "show" and rest.startswith("that "):
        return rest[5:]
    if rest.startswith("to ") and cue.verb.rstrip("s") in _WISHES:
        return doing(rest[3:]) or rest[3:]
    if cue.verb in _DOING:
        return f"{gerund(cue.verb)} {rest}"
    if rest.startswith("to "):
        return rest[3:].split(" ", 1)[-1] if _kind(rest[3:]) == "build" else doing(rest[3:])
    return rest


def _kind(phrase: str) -> str:
    return VERBS.get(phrase.split(" ", 1)[0].lower(), "")


def _purpose(sentence: str, cue: Cue) -> str:
    """“to recognise faces”, where the sentence begins with it and says of what."""
    found = _PURPOSE.match(sentence[: cue.start])
    if not found or _VAGUE.search(found["what"]):
        return ""
    return f"to {found['verb'].lower()} {found['what']}"


_RELATIVE = re.compile(r",? (?:that|which) ")


def _wholes(this: Named, purpose: str) -> Iterator[tuple[str, str]]:
    """What may be said of the thing, at full length, and how it was made."""
    what, plain = _described(this.rest), _described(_RELATIVE.split(this.rest, maxsplit=1)[0])
    yield what, ""
    if plain and plain != what:
        yield plain, "plain"
    if purpose:
        yield f"{what} {purpose}", "purpose"
    if this.long:
        yield this.long, "long"
        if tail := re.search(r"\b(?:for|in|via|with|using|on)\b .*", what):
            for text in cuts(f"{this.long} {tail[0]}", LIMIT - len(this.name) - 2):
                if len(text) > len(this.long):
                    yield text, "long"


def _described(phrase: str) -> str:
    if phrase.startswith("to "):
        phrase = doing(phrase[3:]) or phrase
    bare = re.sub(r"^(?:is|are|which is|which are|that is|that) ", "", phrase)
    return unhead(strip(flow(" " + bare)))


_LEAD = re.compile(r"(?:^|(?<=[ (]))(?:for|in|on|the|an?|[a-z]+ing) (?=\S)")
_MEANT = re.compile(r"\b(?:with|using|via|by|from|on|to|use|uses|used) (?:the |an? )?\Z")


def _phrases(parts: list[str], order: list[int]) -> Iterator[Candidate]:
    """Phrases from the sentences that matter, whatever verb they stand by."""
    for rank, number in enumerate(dict.fromkeys([*order[:2], 0])):
        sentence = parts[number]
        for found in _LEAD.finditer(sentence):
            word = sentence[found.end() :].split(" ", 1)[0].strip(",.;:()")
            if (
                is_plain(word)
                or word.lower() in VERBS
                or _MEANT.search(sentence[max(0, found.end() - 16) : found.end()])
            ):
                continue
            for text in cuts(flow(sentence[found.end() : found.end() + 140]), LIMIT):
                if len(stems(text)) > 2 and text[0].isalnum():
                    yield Candidate(text, "phrase", rank)

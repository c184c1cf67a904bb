"""Headlines found in an abstract at the phrases by which it says what the paper does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.language import lexicon
from digest.language.verb_forms import gerund
from digest.understand.headline.cue_phrases import Cue, cues, verb_kinds
from digest.understand.headline.names import Named, coined_name, split_name
from digest.understand.headline.phrases import (
    cuts,
    drop_generic_head,
    first_clause,
    strip_praise,
    to_gerund,
)
from digest.understand.headline.word_classes import content_stems, is_plain

LIMIT = 90
"""Characters of a headline."""


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A possible headline, and what it is scored by."""

    text: str
    kind: str
    """The kind of its cue, or `coined`, `topic`, `phrase` or `first` (of the first sentence)."""
    rank: int
    """How many sentences state the contribution better."""
    name: str = ""
    cut: bool = False
    """Whether the author's phrase goes on."""
    marks: tuple[str, ...] = ()
    """How it was made."""


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
_FILL = re.compile(
    r"^(?:here|also|in this (?:paper|work|study|article|letter)|for the first time|evidence)[, ]+(?:on )?",
    re.IGNORECASE,
)


def find_candidates(parts: list[str], order: list[int]) -> list[TitleCandidate]:
    """Return the headlines that the sentences of an abstract offer, each text once.

    `order` has the numbers of the sentences, the one that states the contribution best first.
    """
    found = [
        each for rank, number in enumerate(order[:4]) for each in _at_cues(parts[number], rank)
    ]
    if not cues(parts[0]):
        found += _opening(parts[0], alone=not found)
    if coined := coined_name(" ".join(parts)):
        title = f"{coined.name}: {coined.long}"
        found += [TitleCandidate(title, "coined", 0, coined.name, marks=("long",))]
    found += _phrases(parts, order)
    return list({each.text: each for each in reversed(found) if _is_complete(each)}.values())[::-1]


def _opening(sentence: str, alone: bool) -> Iterator[TitleCandidate]:
    """Yield the beginnings of the first sentence, as statements if there is no cue at all."""
    for text in cuts(strip_praise(first_clause(sentence)), LIMIT):
        if alone or not _CLAIMING.search(text):
            yield TitleCandidate(text, "show" if alone else "first", 0 if alone else 9)


def _is_complete(core: TitleCandidate) -> bool:
    """Return whether a headline can be understood without the abstract."""
    if len(core.text) > LIMIT or _POINTING.search(core.text) or len(content_stems(core.text)) < 2:
        return False
    text = core.text.removeprefix(f"{core.name}: ")
    noun = text.split(" ", 1)[0].lower() in lexicon.words("claim nouns")
    if not content_stems(text) or (_kind(text) and not noun):
        return False
    if core.kind == "phrase" and re.search(r"\b(?:its|their|his|her)\b", core.text):
        return False
    asks = core.text.startswith(("whether ", "how "))
    return asks or core.kind == "show" or not _STATING.search(core.text)


def _at_cues(sentence: str, rank: int) -> Iterator[TitleCandidate]:
    """Yield the headlines that the objects of a sentence's cues make."""
    for cue in cues(sentence)[:6]:
        phrase = _object(sentence, cue)
        nameable = cue.kind in ("build", "survey") and not cue.verb.startswith("contribut")
        this = split_name(phrase) if nameable else Named("", "", phrase)
        for whole, mark in _wholes(this, _purpose(sentence, cue)):
            room = LIMIT - (len(this.name) + 2 if this.name else 0)
            for text in [whole] if mark == "long" else cuts(whole, room):
                if cue.kind == "show" and text != whole and not _has_verb(text):
                    continue
                title = f"{this.name}: {text}" if this.name and text else text
                marks = (mark,) if mark else ()
                yield TitleCandidate(title, cue.kind, rank, this.name, text != whole, marks)


def _has_verb(text: str) -> bool:
    """Return whether a shortened statement still has a verb."""
    return bool(_STATING.search(text)) or any(word in verb_kinds() for word in text.split()[1:])


def _object(sentence: str, cue: Cue) -> str:
    """Return the object of a cue, as a phrase that may become a headline."""
    if cue.passive:
        subject = sentence[max(0, cue.start - 300) : cue.start].strip()
        if re.search(r", (?:an?|the|our) [^,]*$", subject):
            subject = subject.rsplit(", ", 1)[-1]
        return subject + " " + sentence[cue.end : cue.end + 300].strip()
    rest = _FILL.sub("", sentence[cue.end : cue.end + 400].strip())
    if cue.kind == "show" and rest.startswith("that "):
        return rest[5:]
    if rest.startswith("to ") and cue.verb.rstrip("s") in lexicon.words("aiming verbs"):
        return to_gerund(rest[3:]) or rest[3:]
    if cue.verb in lexicon.words("gerund verbs"):
        return f"{gerund(cue.verb)} {rest}"
    if rest.startswith("to "):
        return rest[3:].split(" ", 1)[-1] if _kind(rest[3:]) == "build" else to_gerund(rest[3:])
    return rest


def _kind(phrase: str) -> str:
    """Return the kind of the verb that a phrase begins with, or ''."""
    return verb_kinds().get(phrase.split(" ", 1)[0].lower(), "")


def _purpose(sentence: str, cue: Cue) -> str:
    """Return “to recognise faces” if the sentence begins with it before a cue, or ''."""
    found = _PURPOSE.match(sentence[: cue.start])
    if not found or _VAGUE.search(found["what"]):
        return ""
    return f"to {found['verb'].lower()} {found['what']}"


_RELATIVE = re.compile(r",? (?:that|which) ")


def _wholes(this: Named, purpose: str) -> Iterator[tuple[str, str]]:
    """Yield the descriptions of the thing at full length, each with a mark for how it was made."""
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
    """Return a phrase as a headline has it: without relative pronoun, praise and generic head."""
    if phrase.startswith("to "):
        phrase = to_gerund(phrase[3:]) or phrase
    bare = re.sub(r"^(?:is|are|which is|which are|that is|that) ", "", phrase)
    return drop_generic_head(strip_praise(first_clause(" " + bare)))


_LEAD = re.compile(r"(?:^|(?<=[ (]))(?:for|in|on|the|an?|[a-z]+ing) (?=\S)")
_MEANT = re.compile(r"\b(?:with|using|via|by|from|on|to|use|uses|used) (?:the |an? )?\Z")


def _phrases(parts: list[str], order: list[int]) -> Iterator[TitleCandidate]:
    """Yield phrases of the most important sentences, whatever their verbs."""
    for rank, number in enumerate(dict.fromkeys([*order[:2], 0])):
        sentence = parts[number]
        for found in _LEAD.finditer(sentence):
            word = sentence[found.end() :].split(" ", 1)[0].strip(",.;:()")
            if (
                is_plain(word)
                or word.lower() in verb_kinds()
                or _MEANT.search(sentence[max(0, found.end() - 16) : found.end()])
            ):
                continue
            for text in cuts(first_clause(sentence[found.end() : found.end() + 140]), LIMIT):
                if len(content_stems(text)) > 2 and text[0].isalnum():
                    yield TitleCandidate(text, "phrase", rank)

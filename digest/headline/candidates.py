"""Every headline that the words of an abstract offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .cues import Cue, cues
from .phrases import cuts, flow, gerund, strip, unhead
from .topics import acronyms, topics
from .words import stems

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
    purpose: bool = False
    marks: tuple[str, ...] = field(default=())


# DEMI, MixER, Med-R1, LLaVA-Med, GPT4Scene, α-CROWN; not “Deep”, not “3D”.
_NAME = r"(?=[\w.+*-]{0,40}[A-Z])(?:[A-Z][\w.+*-]*[A-Z0-9][\w.+*-]*|[a-zα-ω0-9][\w.+*-]*[A-Z][\w.+*-]*)(?:\s?\d(?:\.\d)?)?"
_PROPER = rf"(?:{_NAME}|[A-Z][\w-]+(?: (?:of|for|and|in|with|the|[A-Z0-9][\w-]*)){{0,5}} [A-Z][\w-]*|[A-Z][\w-]+)"
_HEAD = re.compile(rf"(?:the )?[\"“‘'*]?(?P<name>{_NAME})[\"”’'*]?(?: ?\((?P<long>[^()]{{8,90}})\))?(?P<rest>(?:,|:| -|—|–| is| that| which| for| to| with|$).*)", re.DOTALL)  # fmt: skip
_LONG_HEAD = re.compile(rf"(?:the )?(?P<long>[A-Z\d][\w-]+(?: [\w-]+){{0,7}}?) \((?P<name>{_NAME})\)(?P<rest>.*)", re.DOTALL)
_CALLED = re.compile(
    rf"(?:,? (?:which (?:we|is) )?(?:that we )?(?:called|termed|named|dubbed|coined|call|term|dub|name|namely|referred to as|denoted as|denoted)|,| --| —| –|:) (?:the |as )?[\"“‘'*]?(?P<name>{_PROPER})[\"”’'*]?"
    rf"(?: \((?P<short>[^()]{{2,90}})\))?(?=[,.;:]| (?:that|which|for|to|with|by|in|using|based|via|as|and|where|on|of|is)\b|$)"
)
_PURPOSE = re.compile(r"^(?:.{0,40}, )?(?:in order )?to (?P<verb>[a-z]+) (?P<what>[^,]{8,90}), $", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:this|these|those|such|above|it|them|end|issues?|challenges?|limitations?|problems?|gaps?|aforementioned|shortcomings)\b",
    re.IGNORECASE,
)
_DOING = frozenset(
    """improve enhance solve unify generalize generalise extend adapt combine integrate revisit benchmark compare
    quantify estimate classify rethink reconsider reframe model learn predict bridge characterize measure
    demystify evaluate assess exploit apply use employ leverage""".split()
)


def _named(phrase: str) -> tuple[str, str, str]:
    """Part what is contributed into its name, its name at length, and what it is."""
    if found := _HEAD.match(phrase):
        return found["name"], found["long"] or "", found["rest"].lstrip(" ,:-–—")
    if found := _LONG_HEAD.match(phrase):
        return found["name"], found["long"], found["rest"].lstrip(" ,:-–—")
    if found := _CALLED.search(phrase[:200]):
        name, long, before = found["name"], found["short"] or "", phrase[: found.start()]
        if long and re.fullmatch(_NAME, long):
            name, long = long, name
        if before and "," not in before.replace(", ", " ", 1):
            return name, long, (before + " " + phrase[found.end() :].lstrip(",")).strip()
    return "", "", phrase


def _described(phrase: str) -> str:
    return unhead(strip(flow(re.sub(r"^(?:is|are|which is|which are|that is) ", "", phrase))))


def _purpose(sentence: str, cue: Cue) -> str:
    """“to recognise faces”, where the sentence begins with it and says of what."""
    found = _PURPOSE.match(sentence[: cue.start])
    if not found or _VAGUE.search(found["what"]):
        return ""
    return f"to {found['verb'].lower()} {found['what']}"


def _objects(sentence: str, cue: Cue) -> Iterator[str]:
    """What the cue speaks of, as phrases that may become a headline."""
    if cue.passive:
        subject = sentence[: cue.start].strip()
        subject = subject.rsplit(", ", 1)[-1] if re.search(r", (?:an?|the|our) [^,]*$", subject) else subject
        yield subject + " " + sentence[cue.end :].strip()
        return
    rest = sentence[cue.end :].strip()
    if cue.kind == "show" and rest.startswith("that "):
        yield rest[5:]
    elif rest.startswith("to "):
        verb, _, rest = rest[3:].partition(" ")
        yield f"{gerund(verb.lower())} {rest}"
    elif cue.verb in _DOING:
        yield f"{gerund(cue.verb)} {rest}"
    else:
        yield rest


def _from_sentence(sentence: str, rank: int) -> Iterator[Candidate]:
    for cue in cues(sentence):
        for phrase in _objects(sentence, cue):
            name, long, rest = _named(phrase)
            what, purpose = _described(rest), _purpose(sentence, cue)
            wholes = [(what, ""), (f"{what} {purpose}", "purpose")] if purpose else [(what, "")]
            if long:
                wholes += [(long, "long"), *((f"{long} {tail}", "long") for tail in _tails(what))]
            for whole, mark in wholes:
                room = LIMIT - (len(name) + 2 if name else 0)
                for text in cuts(whole, room):
                    headline = f"{name}: {text}" if name and text else text
                    yield Candidate(headline, cue.kind, rank, name, len(text) < len(whole), bool(purpose) and mark == "purpose", (mark,) if mark else ())


def _tails(what: str) -> list[str]:
    found = re.search(r"\b(?:for|to|in|via|with|using|on)\b .*", what)
    return [found[0]] if found else []


def _about(core: Candidate, subjects: list[str]) -> Iterator[Candidate]:
    """The headline with what the paper is about, where it does not say so yet."""
    if core.kind in ("show", "other", "first") or re.search(r" (?:for|to) ", core.text):
        return
    said = set(stems(core.text))
    for subject in subjects[:4]:
        words = set(stems(subject))
        if 2 * len(words & said) < len(words) and subject not in core.name:
            text = f"{core.text} {'for' if core.kind == 'build' else 'in'} {subject}"
            if len(text) <= LIMIT:
                yield replace(core, text=text, marks=(*core.marks, "about"))


def _spelt(core: Candidate, short: dict[str, str]) -> Iterator[Candidate]:
    """The headline with its abbreviations spelt out."""
    head, colon, rest = core.text.rpartition(": ")
    words = [short.get(word, short.get(word + "s", short.get(word.removesuffix("s"), word))) for word in rest.split()]
    text = head + colon + " ".join(words)
    if text != core.text and len(text) <= LIMIT:
        yield replace(core, text=text, marks=(*core.marks, "spelt"))


def _name(cores: list[Candidate], abstract: str) -> str:
    """What the paper calls its own work: the first name it introduces and comes back to."""
    for core in cores:
        if core.name and core.kind == "build" and abstract.count(core.name) > 1:
            return core.name
    return ""


def candidates(parts: list[str], order: list[int]) -> Iterator[Candidate]:
    """Offer headlines from the sentences that say best what the paper contributes, then from the first."""
    abstract = " ".join(parts)
    short, subjects = acronyms(abstract), [subject for subject, _ in topics(parts)]
    cores = [core for rank, number in enumerate(order[:4]) for core in _from_sentence(parts[number], rank)]
    cores += [Candidate(text, "first", 9) for text in cuts(strip(flow(parts[0])), LIMIT)]
    name = _name(cores, abstract)
    if name:
        cores += [
            replace(core, text=f"{name}: {core.text}", name=name, marks=(*core.marks, "named"))
            for core in cores
            if not core.name and core.kind == "build" and name not in core.text and len(name) + len(core.text) < LIMIT - 1
        ]
        cores += [Candidate(f"{name}: {subject}", "build", 0, name, marks=("subject",)) for subject in subjects[:4] if name not in subject]
    for core in cores:
        for told in (core, *_about(core, subjects)):
            yield told
            yield from _spelt(told, short)

"""Every headline that the words of an abstract offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from digest.headline.cues import VERBS, Cue, cues, overview
from digest.headline.phrases import JOINTS, cuts, doing, flow, gerund, strip, unhead
from digest.headline.topics import acronyms
from digest.headline.words import is_modifier, is_plain, stems, word_set

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
_NAME = r"(?=[\w.+*-]{0,40}[A-Z])(?:[A-Z][\w.+*-]{0,30}[A-Z0-9][\w.+*-]{0,30}|[a-zα-ω0-9][\w.+*-]{0,30}[A-Z][\w.+*-]{0,30})(?!\w)(?:\s?\d(?:\.\d)?)?"
_PROPER = rf"(?:{_NAME}|[A-Z][\w-]+(?: (?:of|for|and|in|with|the|[A-Z0-9][\w-]*)){{0,5}} [A-Z][\w-]*|[A-Z][\w-]+)"
_HEAD = re.compile(rf"(?:the )?[\"“‘'*]?(?P<name>{_NAME})[\"”’'*]?(?: ?\((?P<long>[^()]{{8,90}})\))?(?P<rest>(?:,|:| --| —| –| is| that| which| to|$).*)", re.DOTALL)  # fmt: skip
_LONG_HEAD = re.compile(
    rf"(?:the )?(?P<long>[A-Z\d][\w-]+(?: [\w-]+){{0,7}}?) \((?P<name>{_NAME})\)(?P<rest>.*)",
    re.DOTALL,
)
_CALLED = re.compile(
    rf"(?:,? (?:which (?:we|is) )?(?:that we )?(?:called|termed|named|dubbed|coined|call|term|dub|name|referred to as|known as|denoted as|denoted) (?:the |as )?[\"“‘'*]?(?P<proper>{_PROPER})|(?:,| --| —| –|:|,? namely|,? i\.e\.,?) (?:the )?[\"“‘'*]?(?P<name>{_NAME})|, the (?P<the>[A-Z][\w-]{{2,30}})(?=,))[\"”’'*]?"
    rf"(?: \((?P<short>[^()]{{2,90}})\))?(?=[,.;:]| (?:that|which|for|to|with|by|in|using|based|via|as|and|where|on|of|is)\b|$)"
)
# What may be given a name: “a method, DEMI, that …”.
_THING = re.compile(
    r"\b(?:approach|method|framework|technique|algorithm|model|system|strategy|pipeline|procedure|scheme|mechanism|paradigm"
    r"|architecture|solution|tool|toolkit|library|package|code|software|platform|suite|dataset|data set|corpus|benchmark"
    r"|network|transformer|module|layer|loss|metric|measure|agent|dat(?:a|abase)|collection|catalog(?:ue)?|survey|task"
    r"|challenge|protocol|plugin|generator|estimator|classifier|detector|encoder|decoder|optimizer|simulator|simulation"
    r"|instrument|telescope|assistant|chatbot|variant|family|series|formulation|methodology|mission|language|training"
    r"|representation|attack|defense|baseline|ensemble|regularizer|sampler|interface|extension|workflow|engine|technology|pre-?training)s?(?: \([^()]*\))?$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"(?P<long>[^,;:()]{{6,90}}?) \((?P<name>{_NAME})\)(?!-)(?P<rest>.*)", re.DOTALL
)
_PURPOSE = re.compile(
    r"^(?:.{0,40}, )?(?:in order )?to (?P<verb>[a-z]+) (?P<what>[^,]{8,90}), $", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:this|these|those|such|above|it|them|end|issues?|challenges?|limitations?|problems?|gaps?|aforementioned|shortcomings)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:we|our|us|this|these|those|such|it|they|them|themselves|itself|aforementioned|above)\b|^(?:[^:]*: )?(?:that|both|whether|which|not|all|each"
    r"|most|many|if|in|with|by|for|on|from|at|as|to|while|when|although|despite|due|there|here|of|and|but|or|than|is|are|be) "
    r"|^(?:[^:]*: )?(?:study|work|paper|article|letter|research) [a-z]+s\b"
    r"|^(?:[^:]*: )?(?:issues?|challenges?|gaps?|problems?|limitations?|needs?|way|approach|method) (?:by|through|and|with|is|that|[a-z]+ing) ",
    re.IGNORECASE,
)
_DOING = word_set(
    """improve enhance solve unify generalize generalise extend adapt combine integrate revisit benchmark compare
    quantify estimate classify rethink reconsider reframe model learn predict bridge characterize measure
    demystify evaluate assess exploit apply use employ leverage"""
)


def _named(phrase: str) -> tuple[str, str, str]:
    """Part what is contributed into its name, its name at length, and what it is."""
    if found := _HEAD.match(phrase):
        return found["name"], found["long"] or "", found["rest"].lstrip(" ,:-–—")
    if (found := _LONG_HEAD.match(phrase)) and found["long"][0].lower() == found["name"][0].lower():
        return found["name"], found["long"], found["rest"].lstrip(" ,:-–—")
    if (found := _SHORT.match(phrase)) and _owns(found["long"], found["name"]):
        return found["name"], "", found["long"] + found["rest"]
    if found := _CALLED.search(phrase[:200]):
        if not found["proper"] and not _THING.search(phrase[: found.start()]):
            return "", "", phrase
        name, long, before = (
            found["name"] or found["proper"] or found["the"],
            found["short"] or "",
            phrase[: found.start()],
        )
        if long and re.fullmatch(_NAME, long):
            name, long = long, name
        if before and "," not in before.replace(", ", " ", 1):
            return name, long, (before + " " + phrase[found.end() :].lstrip(",")).strip()
    return "", "", phrase


def _owns(long: str, name: str) -> bool:
    """Say whether the short form after a phrase names the work, not a common thing: no “models (LLMs)”."""
    words = long.split()
    new = words[0].lower() in ("a", "an", "our", "the") or long.istitle()
    return new and not name.endswith("s") and not any(word in JOINTS for word in words)


def _described(phrase: str) -> str:
    if phrase.startswith("to "):
        phrase = doing(phrase[3:]) or phrase
    return unhead(
        strip(flow(" " + re.sub(r"^(?:is|are|which is|which are|that is|that) ", "", phrase)))
    )


def _purpose(sentence: str, cue: Cue) -> str:
    """“to recognise faces”, where the sentence begins with it and says of what."""
    found = _PURPOSE.match(sentence[: cue.start])
    if not found or _VAGUE.search(found["what"]):
        return ""
    return f"to {found['verb'].lower()} {found['what']}"


_FILL = re.compile(
    r"^(?:here|also|in this (?:paper|work|study|article|letter)|for the first time|evidence)[, ]+(?:on )?",
    re.IGNORECASE,
)


def _objects(sentence: str, cue: Cue) -> Iterator[str]:
    """What the cue speaks of, as phrases that may become a headline."""
    if cue.passive:
        subject = sentence[max(0, cue.start - 300) : cue.start].strip()
        subject = (
            subject.rsplit(", ", 1)[-1]
            if re.search(r", (?:an?|the|our) [^,]*$", subject)
            else subject
        )
        yield subject + " " + sentence[cue.end : cue.end + 300].strip()
        return
    rest = _FILL.sub("", sentence[cue.end : cue.end + 400].strip())
    if cue.kind == "show" and rest.startswith("that "):
        yield rest[5:]
    elif rest.startswith("to ") and cue.verb.rstrip("s") in (
        "propose",
        "aim",
        "seek",
        "attempt",
        "intend",
    ):
        yield doing(rest[3:]) or rest[3:]
    elif cue.verb in _DOING:
        yield f"{gerund(cue.verb)} {rest}"
    else:
        yield rest.removeprefix("to ")


def _from_sentence(sentence: str, rank: int) -> Iterator[Candidate]:
    for cue in cues(sentence)[:6]:
        for phrase in _objects(sentence, cue):
            name, long, rest = _named(phrase)
            name, what, purpose = name.rstrip(".-*"), _described(rest), _purpose(sentence, cue)
            wholes = [(what, ""), (f"{what} {purpose}", "purpose")] if purpose else [(what, "")]
            if long:
                wholes += [(long, "long"), *((f"{long} {tail}", "long") for tail in _tails(what))]
            for whole, mark in wholes:
                room = LIMIT - (len(name) + 2 if name else 0)
                for text in cuts(whole, room):
                    headline = f"{name}: {text}" if name and text else text
                    yield Candidate(
                        headline,
                        cue.kind,
                        rank,
                        name,
                        len(text) < len(whole),
                        bool(purpose) and mark == "purpose",
                        (mark,) if mark else (),
                    )


def _tails(what: str) -> list[str]:
    found = re.search(r"\b(?:for|to|in|via|with|using|on)\b .*", what)
    return [found[0]] if found else []


def _about(core: Candidate, subjects: list[str], abstract: str) -> Iterator[Candidate]:
    """The headline with what the paper is about, where it does not say so yet."""
    said = set(stems(core.text))
    if (
        core.kind in ("show", "other", "first", "phrase", "coined")
        or re.search(r" (?:for|to) ", core.text)
        or not said
    ):
        return
    joint = "for" if core.kind == "build" else "in"
    for subject in subjects:
        early = core.kind == "build" and subject.lower() in abstract[:400].lower()
        if not early and f"{joint} {subject}" not in abstract:
            continue
        words = set(stems(subject))
        if 2 * len(words & said) < len(words) and subject not in core.name:
            text = f"{core.text} {joint} {subject}"
            if len(text) <= LIMIT:
                yield replace(core, text=text, marks=(*core.marks, "about"))


def _with(core: Candidate, means: list[str]) -> Iterator[Candidate]:
    """The headline with how it is done, where it does not say so yet."""
    said = set(stems(core.text))
    if (
        core.kind != "build"
        or not said
        or re.search(r" (?:via|with|using|by|through|[a-z]+ing|that|which) ", core.text)
    ):
        return
    for mean in means[:3]:
        words = set(stems(mean))
        text = f"{core.text} {'with' if ' via ' in mean else 'via'} {mean}"
        if (
            words
            and 2 * len(words & said) < len(words)
            and mean not in core.name
            and len(text) <= LIMIT
        ):
            yield replace(core, text=text, marks=(*core.marks, "with"))


_MEANS = re.compile(
    r"\b(?:leverag(?:es|ing)|uses|using|employs|employing|utiliz(?:es|ing)|exploits|exploiting|incorporates|incorporating|integrates|combines|by combining|"
    r"adopts|introduces|based on|built on|via|we use|we leverage|we employ|we introduce|we design|we propose|we develop|we utilize|we incorporate) (?=[a-zA-Z])"
)


def _means(parts: list[str], order: list[int]) -> list[str]:
    """With what the paper does it, as phrases, from the sentences that say best what it contributes."""
    found = []
    for number in order[:4]:
        for match in _MEANS.finditer(parts[number]):
            phrase = strip(flow(parts[number][match.end() : match.end() + 160]))
            found += [cut for cut in list(cuts(phrase, 45))[-1:] if len(stems(cut)) > 1]
    return list(dict.fromkeys(found))


def _trimmed(core: Candidate) -> Candidate:
    """The headline without the “framework” or “approach” it is anyway."""
    found = re.search(r"^(?P<head>.*\S{3,} (?P<last>\S{3,})) (?:framework|approach|method|technique|strategy|algorithm|pipeline|system|scheme|paradigm|methodology)(?= (?:for|via|with|using|in|leveraging|based|to)\b|$)", core.text)  # fmt: skip
    if (
        found
        and core.kind == "build"
        and not is_modifier(found["last"])
        and not found["last"].endswith(":")
    ):
        return replace(core, text=found["head"] + core.text[found.end() :])
    return core


def _spelt(core: Candidate, short: dict[str, str]) -> Candidate:
    """The headline with its abbreviations spelt out."""
    head, colon, rest = core.text.rpartition(": ")
    words = rest.split()
    for place, word in enumerate(words):
        if place and words[place - 1] in ("a", "an"):
            continue
        single, plural = word.removesuffix("s"), word.removesuffix("s") + "s"
        if word in short:
            words[place] = short[word]
        elif single in short and word == plural:
            words[place] = short[single] + "s"
        elif plural in short and word == single:
            words[place] = short[plural].removesuffix("s")
    text = head + colon + " ".join(words)
    return replace(core, text=text) if len(text) <= LIMIT else core


_VERB = re.compile(
    r" (?:is|are|was|were|has|have|plays?|remains?|involves?|aims?|offers?|requires?|enables?|can|provides?|presents?|poses?|shows?|refers?|serves?|seeks?|faces?) "
)


def _opening(sentence: str) -> list[str]:
    """What the abstract begins with, where that is a short phrase."""
    found = _VERB.search(sentence, 0, 90)
    phrase = strip(_plainly(sentence[: found.start()])) if found else ""
    return (
        [phrase]
        if "," not in phrase and 1 < len(phrase.split()) < 6 and len(stems(phrase)) > 1
        else []
    )


def _inside(phrase: str, parts: list[str]) -> str:
    """The phrase as it is written inside a sentence: its capital goes where only a beginning gave it one."""
    first = phrase.split(" ", 1)[0]
    usual = first[1:] == first[1:].lower() and not any(part.find(phrase) > 0 for part in parts)
    if usual and any(f" {first.lower()} " in part for part in parts):
        return phrase[0].lower() + phrase[1:]
    return phrase


def _plainly(phrase: str) -> str:
    return re.sub(r" ?\([^()]*\)", "", phrase)


_LEAD = re.compile(
    r"(?:^|(?<=[ (]))(?:of|for|in|on|the|an?|via|with|using|by|from|[a-z]+ing|[a-z]+s) (?=\S)"
)


def _verbal(phrase: str) -> bool:
    """Say whether a phrase begins with a verb that lost its subject."""
    return phrase.split(" ", 1)[0].lower() in VERBS


def _phrases(parts: list[str], order: list[int]) -> Iterator[Candidate]:
    """Phrases from the sentences that matter, whatever verb they stand by."""
    for rank, number in enumerate(dict.fromkeys([*order[:2], 0])):
        sentence = parts[number]
        for found in _LEAD.finditer(sentence):
            word = sentence[found.end() :].split(" ", 1)[0]
            if is_plain(word.strip(",.;:")) or is_plain(word.strip(",.;:()")):
                continue
            for text in cuts(flow(sentence[found.end() : found.end() + 140]), LIMIT):
                if len(stems(text)) > 2 and text[0].isalnum() and not _verbal(text):
                    yield Candidate(text, "phrase", rank)


_COINED = re.compile(
    rf"\b(?:refer to|call|term|dub|name|denote|coin) (?:this|our|the|it|these)\b[\w -]{{0,60}}?"
    rf"(?P<long>[A-Z][\w-]*(?: [\w-]+){{1,7}}?) \((?P<name>{_NAME})\)"
)


def _coined(abstract: str) -> list[Candidate]:
    """“We call it Decomposed Estimation (DE)”: the name, and what it is short for."""
    found = _COINED.search(abstract)
    if not found or found["long"][0].lower() != found["name"][0].lower():
        return []
    long = found["long"]
    common = all(f" {word.lower()}" in abstract for word in long.split())
    text = f"{found['name']}: {long.lower() if common else long}"
    return (
        [Candidate(text, "coined", 0, found["name"], marks=("long",))] if len(text) <= LIMIT else []
    )


def _name(cores: list[Candidate], abstract: str) -> str:
    """What the paper calls its own work: the first name it introduces and comes back to."""
    for core in cores:
        if core.name and core.kind in ("build", "coined") and abstract.count(core.name) > 1:
            return core.name
    return ""


def _found(parts: list[str], order: list[int], subjects: list[str]) -> list[Candidate]:
    """Headlines that stand in the abstract as they are."""
    said = [
        told
        for rank, number in enumerate(order[:4])
        for told in _from_sentence(parts[number], rank)
    ]
    if not cues(parts[0]):
        said += [Candidate(text, "first", 9) for text in cuts(strip(flow(parts[0])), LIMIT)]
    said += [*_coined(" ".join(parts)), *_phrases(parts, order)]
    if overview(" ".join(parts)):
        said += [Candidate(subject, "survey", 0, marks=("subject",)) for subject in subjects]
    return [told for told in said if not _POINTING.search(told.text) and len(stems(told.text)) > 1]


def candidates(parts: list[str], order: list[int], repeated: list[str]) -> Iterator[Candidate]:
    """Offer headlines made of the sentences of an abstract.

    `order` numbers the sentences from the one that says best what is new;
    `repeated` are the phrases the abstract comes back to.
    """
    abstract = " ".join(parts)
    short = {name: _inside(long, parts) for name, long in acronyms(abstract).items()}
    subjects = [_inside(subject, parts) for subject in repeated[:4] + _opening(parts[0])]
    subjects = [subject for subject in subjects if subject.split(" ", 1)[0].lower() not in VERBS]
    means = _means(parts, order)
    told = _found(parts, order, subjects)
    if name := _name(told, abstract):
        titles = [f"{name}: {subject}" for subject in subjects if name not in subject]
        told += [
            Candidate(title, "build", 0, name, marks=("subject",))
            for title in titles
            if len(title) <= LIMIT
        ]
    texts = [core.text for core in told]
    for core in map(_trimmed, told):
        said = any(text.startswith(f"{core.text} for ") for text in texts)
        for fuller in (core, *_about(core, [] if said else subjects, abstract)):
            for fullest in (fuller, *_with(fuller, means)):
                yield _spelt(fullest, short)

"""Additions to a headline: what it is for and how it is done, and acronyms spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from digest.language import lexicon
from digest.understand.headline.noun_phrases import NounPhrase
from digest.understand.headline.title_candidates import LIMIT, TitleCandidate
from digest.understand.headline.word_classes import content_stems, is_modifier, is_plain

_SAYS_FOR = re.compile(r" (?:for|to|by) ")
_SAYS_HOW = re.compile(r" (?:via|with|using|by|through|from|that|which|[a-z]+ing) ")
_MADE = ("build", "coined", "topic")


def with_topic(
    core: TitleCandidate, topics: list[NounPhrase], best: int
) -> Iterator[TitleCandidate]:
    """Yield the headline followed by what the paper is about, if it does not say so yet.

    `best` is the number of the sentence that states the contribution best.
    """
    if core.kind in ("show", "other", "first") or _SAYS_FOR.search(core.text):
        return
    made = core.kind in ("build", "coined")
    for topic in _missing_from(core, topics):
        joint, mark = _joint(topic, made and bool(topic.sentences & {0, 1, best}))
        if joint:
            yield replace(core, text=f"{core.text} {joint} {topic.text}", marks=(*core.marks, mark))


def _joint(topic: NounPhrase, free: bool) -> tuple[str, str]:
    """Return the word by which the topic may follow, and the mark for that; '' and '' for none.

    It is the word before the topic in the abstract, or if `free` also “for” before
    a task or a plural.
    """
    if "for" in topic.leads:
        return "for", "for said"
    if "in" in topic.leads and not topic.text.split(" ", 1)[0].endswith("ing"):
        return "in", "in said"
    if free and topic.is_task and not topic.is_means:
        return "for", "for task"
    if free and 0 in topic.sentences and not topic.is_means and topic.text.endswith("s"):
        return "for", "for things"
    return "", ""


def with_means(
    core: TitleCandidate, topics: list[NounPhrase], best: list[int]
) -> Iterator[TitleCandidate]:
    """Yield the headline followed by how it is done, if it does not say so yet.

    `best` are the numbers of the sentences whose means count.
    """
    if core.kind not in _MADE or _SAYS_HOW.search(core.text):
        return
    for topic in _missing_from(core, topics):
        if topic.leads & lexicon.words("means joints") and topic.sentences & set(best):
            joint = "with" if " via " in core.text else "via"
            text = f"{core.text} {joint} {topic.text}"
            yield replace(core, text=text, marks=(*core.marks, "via"))


def _missing_from(core: TitleCandidate, topics: list[NounPhrase]) -> Iterator[NounPhrase]:
    """Yield the topics of which the headline has less than half of the words."""
    present = set(content_stems(core.text))
    for topic in topics:
        words = set(content_stems(topic.text))
        if 2 * len(words & present) < len(words) and topic.text not in core.name:
            yield topic


def name_with_task(
    offered: list[TitleCandidate], topics: list[NounPhrase], abstract: str
) -> Iterator[TitleCandidate]:
    """Yield the name of the work, if it occurs more than once, with each task it may be for."""
    named = (each for each in offered if each.name and each.kind in ("build", "coined"))
    name = next((each.name for each in named if abstract.count(each.name) > 1), "")
    for topic in topics if name else []:
        if topic.is_task and name not in topic.text:
            yield TitleCandidate(f"{name}: {topic.text}", "topic", 0, name)


def head_with_topic(core: TitleCandidate, topics: list[NounPhrase]) -> Iterator[TitleCandidate]:
    """Yield the headline after what the paper is about: “Bees: a census of their hives”."""
    if (
        core.name
        or ":" in core.text
        or core.kind in ("first", "show")
        or (core.kind == "phrase" and core.rank)
        or len(core.text.split()) < 4
    ):
        return
    for topic in _missing_from(core, topics):
        if 0 in topic.sentences:
            text = f"{topic.text[0].upper()}{topic.text[1:]}: {core.text}"
            yield replace(core, text=text, marks=(*core.marks, "headed"))


# “graph clustering approach for …”: two words, what they make anyway, and a joint or the end.
_GENERIC_HEAD = re.compile(
    r"^(?P<head>.*\S{3,} (?P<last>\S{3,})) (?:framework|approach|method|technique|strategy"
    r"|algorithm|pipeline|system|scheme|paradigm|methodology)"
    r"(?= (?:for|via|with|using|in|leveraging|based|to)\b|$)"
)


def trim_generic_head(core: TitleCandidate) -> TitleCandidate:
    """Return the headline without the “framework” or “approach” that it is anyway."""
    found = _GENERIC_HEAD.search(core.text)
    if (
        found
        and core.kind == "build"
        and not is_modifier(found["last"])
        and not re.search(r"[a-z]-[a-z]", found["last"])
        and not is_plain(found["last"])
        and not found["last"].endswith(":")
    ):
        return replace(core, text=found["head"] + core.text[found.end() :])
    return core


def spell_out(core: TitleCandidate, short: Mapping[str, str]) -> TitleCandidate:
    """Return the headline with its acronyms spelt out, if there is room."""
    head, colon, rest = core.text.rpartition(": ")
    text = head + colon + expand_acronyms(rest, short)
    return replace(core, text=text) if len(text) <= LIMIT else core


def expand_acronyms(phrase: str, short: Mapping[str, str]) -> str:
    """Return the phrase with its acronyms spelt out; `short` has their long forms.

    >>> expand_acronyms("agents with LLMs", {"LLM": "language model"})
    'agents with language models'
    """
    words = phrase.split()
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
    return " ".join(words)


def inside_sentence(phrase: str, parts: list[str]) -> str:
    """Return the phrase as it is written inside a sentence, without the capital of a beginning."""
    first = phrase.split(" ", 1)[0]
    usual = first[1:] == first[1:].lower() and not any(part.find(phrase) > 0 for part in parts)
    if usual and any(f" {first.lower()} " in part for part in parts):
        return phrase[0].lower() + phrase[1:]
    return phrase

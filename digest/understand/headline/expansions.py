"""What can be added to a headline: what it is for, with what it is done; and short forms spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from digest.understand.headline.headline_words import is_modifier, is_plain, stems, word_set
from digest.understand.headline.noun_phrases import Topic
from digest.understand.headline.title_candidates import LIMIT, Candidate

_FOR = re.compile(r" (?:for|to|by) ")
_BY = re.compile(r" (?:via|with|using|by|through|from|that|which|[a-z]+ing) ")
_MADE = ("build", "coined", "topic")


def about(core: Candidate, topics: list[Topic], best: int) -> Iterator[Candidate]:
    """The headline with what the paper is about, where it does not say so yet."""
    if core.kind in ("show", "other", "first") or _FOR.search(core.text):
        return
    for topic in _unsaid(core, topics):
        joint, mark = _joint(
            topic, core.kind in ("build", "coined") and bool(topic.sentences & {0, 1, best})
        )
        if joint:
            yield replace(core, text=f"{core.text} {joint} {topic.text}", marks=(*core.marks, mark))


def _joint(topic: Topic, free: bool) -> tuple[str, str]:
    """By which word the topic may follow, and how sure that is: as in the abstract, or “for” what one does."""
    if "for" in topic.leads:
        return "for", "for said"
    if "in" in topic.leads and not topic.text.split(" ", 1)[0].endswith("ing"):
        return "in", "in said"
    if free and topic.task and not topic.means:
        return "for", "for task"
    if free and 0 in topic.sentences and not topic.means and topic.text.endswith("s"):
        return "for", "for things"
    return "", ""


def by(core: Candidate, topics: list[Topic], best: list[int]) -> Iterator[Candidate]:
    """The headline with how it is done, where it does not say so yet."""
    if core.kind not in _MADE or _BY.search(core.text):
        return
    for topic in _unsaid(core, topics):
        if topic.leads & _VIA and topic.sentences & set(best):
            joint = "with" if " via " in core.text else "via"
            text = f"{core.text} {joint} {topic.text}"
            yield replace(core, text=text, marks=(*core.marks, "via"))


_VIA = word_set("via using by through leveraging employing utilizing exploiting")


def _unsaid(core: Candidate, topics: list[Topic]) -> Iterator[Topic]:
    """The topics of which the headline says less than half."""
    said = set(stems(core.text))
    for topic in topics:
        words = set(stems(topic.text))
        if 2 * len(words & said) < len(words) and topic.text not in core.name:
            yield topic


def called(offered: list[Candidate], topics: list[Topic], abstract: str) -> Iterator[Candidate]:
    """The name of the work, and what one does with it."""
    named = (each for each in offered if each.name and each.kind in ("build", "coined"))
    first = next((each for each in named if abstract.count(each.name) > 1), None)
    for topic in topics if first else []:
        if first and topic.task and first.name not in topic.text:
            yield Candidate(f"{first.name}: {topic.text}", "topic", 0, first.name)


def headed(core: Candidate, topics: list[Topic]) -> Iterator[Candidate]:
    """The headline after what the paper is about, where it does not say so: “Bees: a census of their hives”."""
    if (
        core.name
        or ":" in core.text
        or core.kind in ("first", "show")
        or (core.kind == "phrase" and core.rank)
        or len(core.text.split()) < 4
    ):
        return
    for topic in _unsaid(core, topics):
        if 0 in topic.sentences:
            text = f"{topic.text[0].upper()}{topic.text[1:]}: {core.text}"
            yield replace(core, text=text, marks=(*core.marks, "headed"))


def trimmed(core: Candidate) -> Candidate:
    """The headline without the “framework” or “approach” it is anyway."""
    found = re.search(r"^(?P<head>.*\S{3,} (?P<last>\S{3,})) (?:framework|approach|method|technique|strategy|algorithm|pipeline|system|scheme|paradigm|methodology)(?= (?:for|via|with|using|in|leveraging|based|to)\b|$)", core.text)  # fmt: skip
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


def spelt(core: Candidate, short: Mapping[str, str]) -> Candidate:
    """The headline with its abbreviations spelt out, if there is room."""
    head, colon, rest = core.text.rpartition(": ")
    text = head + colon + unfold(rest, short)
    return replace(core, text=text) if len(text) <= LIMIT else core


def unfold(phrase: str, short: Mapping[str, str]) -> str:
    """The phrase with its abbreviations spelt out.

    >>> unfold("agents with LLMs", {"LLM": "language model"})
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


def inside(phrase: str, parts: list[str]) -> str:
    """The phrase as it is written inside a sentence: its capital goes where only a beginning gave it one."""
    first = phrase.split(" ", 1)[0]
    usual = first[1:] == first[1:].lower() and not any(part.find(phrase) > 0 for part in parts)
    if usual and any(f" {first.lower()} " in part for part in parts):
        return phrase[0].lower() + phrase[1:]
    return phrase

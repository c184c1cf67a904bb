"""What a paper is about, in its own words: the noun phrases of its abstract, and its short forms spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.understand.headline.cue_phrases import VERBS
from digest.understand.headline.headline_words import is_modifier, is_plain, stems, word_set
from digest.understand.headline.word_model import Chances

_TOKEN = re.compile(r"[^\W_][\w+*'’/-]*|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"\((?P<short>[A-Za-z][\w-]*[A-Z][\w-]*)\)")
_WORTH = 0.2
"""A word less likely than this to stand in a title costs a headline more than it brings."""
_TASK = re.compile(r".*(?:tion|sion|ing|ment|sis|ery|control|search|design|care)")
_THING = word_set(
    """resolution representation function dimension attention information distribution expression position region
    question motion precision condition population equation relation emission solution version section"""
)
_MEANS = word_set(
    "with via using by through leveraging employing utilizing exploiting on from into"
)
_LEADS = _MEANS | word_set("for in of")
_PLURAL = re.compile(r"[a-z-]{3,}[^csui\W]s")
_BEFORE_VERBS = word_set("that which who to we can could may will not it they")


@dataclass(slots=True)
class Topic:
    """A noun phrase of the abstract."""

    text: str
    gain: float
    """How much its words would bring a headline."""
    leads: set[str] = field(default_factory=set)
    """The little words it follows: “for”, “in”, “via”."""
    sentences: set[int] = field(default_factory=set)

    @property
    def task(self) -> bool:
        """Whether it looks like something one does: `image restoration`."""
        last = self.text.lower().rsplit(" ", 1)[-1]
        return last not in _THING and bool(_TASK.fullmatch(last))

    @property
    def means(self) -> bool:
        """Whether something is done with it."""
        return bool(self.leads & _MEANS)


def topics(parts: list[str], order: list[int], chances: Chances) -> list[Topic]:
    """The noun phrases that matter or come back, first those whose words are the likeliest in the title."""
    found: dict[tuple[str, ...], Topic] = {}
    for number, part in enumerate(parts):
        for phrase, lead in _phrases(part):
            key, hopes = stems(phrase), [chances.chance(word) for word in _WORD.findall(phrase)]
            gain = sum(hopes) - _WORTH * len(hopes)
            if len(key) < 2 or gain <= 0 or hopes[-1] < 0.12:
                continue
            topic = found.setdefault(key, Topic(phrase, gain))
            topic.leads.add(lead)
            topic.sentences.add(number)
    matter = {0, 1, *order[:3]}
    central = (
        each for each in found.values() if each.sentences & matter or len(each.sentences) > 1
    )
    return sorted(central, key=lambda each: -each.gain)[:8]


def _phrases(sentence: str) -> Iterator[tuple[str, str]]:
    """Noun phrases of two to five words, and the little word before each."""
    for run, lead in _runs(sentence):
        words = run[-5:]
        while words and (words[0].lower() in VERBS or words[0].endswith("ly")):
            words = words[1:]
        lead = lead if len(words) == len(run) else ""
        while words and is_modifier(words[-1]):
            words = words[:-1]
        if len(words) > 1:
            yield " ".join(words), lead


def _runs(sentence: str) -> Iterator[tuple[list[str], str]]:
    """The stretches of words between plain words, verbs and punctuation."""
    run: list[str] = []
    lead = before = ""
    for token in [*_TOKEN.findall(sentence), "."]:
        if run and _PLURAL.fullmatch(run[-1]):  # what follows is another phrase, or a verb
            if len(run) > 1:
                yield run, lead
            run, lead = [], ""
        if token[0].isalnum() and not is_plain(token) and before.lower() not in _BEFORE_VERBS:
            run.append(token)
        else:
            if len(run) > 1:
                yield run, lead
            lead = token if token in _LEADS else "" if run else lead
            run = []
        before = token


def acronyms(text: str) -> dict[str, str]:
    """The short forms a text explains: {"STR": "scene text recognition"}.

    >>> acronyms("We do scene text recognition (STR) and more (see Fig. 2).")
    {'STR': 'scene text recognition'}
    """
    found = {}
    for match in _ACRONYM.finditer(text):
        short = match["short"]
        letters = re.sub(r"[^A-Za-z]|s$", "", short).lower()
        words = re.findall(r"[\w'’-]+", text[max(0, match.start() - 90) : match.start()])[-7:]
        for size in range(1, len(words) + 1):
            initials = "".join(
                piece[0] for word in words[-size:] for piece in word.split("-") if piece
            ).lower()
            if initials == letters or (
                size > 1 and initials.replace("o", "").replace("f", "") == letters
            ):
                found[short] = " ".join(words[-size:])
                break
    return found

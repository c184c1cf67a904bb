"""The noun phrases of an abstract, and the acronyms that it explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.language import lexicon
from digest.understand.headline.cue_phrases import verb_kinds
from digest.understand.headline.word_classes import content_stems, is_modifier, is_plain
from digest.understand.headline.word_model import WordModel

_TOKEN = re.compile(r"[^\W_][\w+*'’/-]*|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"\((?P<short>[A-Za-z][\w-]*[A-Z][\w-]*)\)")
_WORTH = 0.2
"""A word less likely than this to be in the title costs a headline more than it brings."""
_TASK = re.compile(r".*(?:tion|sion|ing|ment|sis|ery|control|search|design|care)")
_LIKELY_END = 0.12
"""The last word of a phrase must be at least so likely to be in the title."""
_MOST = 8
"""Noun phrases of one abstract, the best ones."""
_PLURAL = re.compile(r"[a-z-]{3,}[^csui\W]s")


@dataclass(slots=True)
class NounPhrase:
    """A noun phrase of the abstract."""

    text: str
    gain: float
    """How much its words would add to the score of a headline."""
    leads: set[str] = field(default_factory=set)
    """The function words it follows: “for”, “in”, “via”."""
    sentences: set[int] = field(default_factory=set)
    """The numbers of the sentences that have it."""

    @property
    def is_task(self) -> bool:
        """Whether it looks like something one does: `image restoration`."""
        last = self.text.lower().rsplit(" ", 1)[-1]
        return last not in lexicon.words("nouns like tasks") and bool(_TASK.fullmatch(last))

    @property
    def is_means(self) -> bool:
        """Whether something is done with it."""
        return bool(self.leads & lexicon.words("means prepositions"))


def find_noun_phrases(parts: list[str], order: list[int], model: WordModel) -> list[NounPhrase]:
    """Return the noun phrases of important sentences or of several, the best first.

    `order` has the numbers of the sentences, the one that states the contribution
    best first; the best phrases are those whose words are the likeliest in the title.
    """
    found: dict[tuple[str, ...], NounPhrase] = {}
    for number, part in enumerate(parts):
        for phrase, lead in _phrases(part):
            key, chances = content_stems(phrase), list(map(model.chance, _WORD.findall(phrase)))
            gain = sum(chances) - _WORTH * len(chances)
            if len(key) < 2 or gain <= 0 or chances[-1] < _LIKELY_END:
                continue
            noun_phrase = found.setdefault(key, NounPhrase(phrase, gain))
            noun_phrase.leads.add(lead)
            noun_phrase.sentences.add(number)
    important = {0, 1, *order[:3]}
    central = (
        each for each in found.values() if each.sentences & important or len(each.sentences) > 1
    )
    return sorted(central, key=lambda each: -each.gain)[:_MOST]


def _phrases(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the noun phrases of two to five words, and the function word before each."""
    for run, lead in _runs(sentence):
        words = run[-5:]
        while words and (words[0].lower() in verb_kinds() or words[0].endswith("ly")):
            words = words[1:]
        lead = lead if len(words) == len(run) else ""
        while words and is_modifier(words[-1]):
            words = words[:-1]
        if len(words) > 1:
            yield " ".join(words), lead


def _runs(sentence: str) -> Iterator[tuple[list[str], str]]:
    """Yield the runs of words between plain words, verbs and punctuation, and the word before."""
    before_verbs = lexicon.words("before clauses")
    run: list[str] = []
    lead = before = ""
    for token in [*_TOKEN.findall(sentence), "."]:
        if run and _PLURAL.fullmatch(run[-1]):  # what follows is another phrase, or a verb
            if len(run) > 1:
                yield run, lead
            run, lead = [], ""
        if token[0].isalnum() and not is_plain(token) and before.lower() not in before_verbs:
            run.append(token)
        else:
            if len(run) > 1:
                yield run, lead
            is_lead = token in lexicon.words("phrase leads")
            lead = token if is_lead else "" if run else lead
            run = []
        before = token


def find_acronyms(text: str) -> dict[str, str]:
    """Return the acronyms that a text explains, with their long forms.

    >>> find_acronyms("We do scene text recognition (STR) and more (see Fig. 2).")
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

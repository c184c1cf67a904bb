"""The noun phrases of one text, with what the text itself says about each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from digest.understand.keyphrases.grammar import (
    BEFORE_VERBS,
    DETERMINERS,
    boilerplate,
    ends,
    kind,
    stem,
)

LONGEST = 5
"""Words in a phrase."""
LONGEST_WORD = 40
"""Letters in a word of a phrase; what is longer is an address, a formula or noise."""
READ = 10_000
"""Characters read of one text: an abstract has 1,500; what has more is not an abstract."""

# Vowel signs and accents are part of words, though not for `\\w`.
LETTER = r"[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u109f\u1780-\u17d3]"
_TOKEN = re.compile(rf"(?P<word>{LETTER}+(?:[-–.'’/+&]{LETTER}+)*[+#]*)|(?P<mark>\S)")
# Chinese and Japanese part no words: what stands between function words and kana is a phrase.
_HAN = re.compile(
    "(?P<phrase>(?:(?![的了和是在与與对對及为為有从從到以其这這那也都而且或被将將把并並中上下])[一-鿿]){2,12}|[ァ-ヺー]{2,20})"
    "|[\u3040-\u30ff\u4e00-\u9fff]"
)
_OWNERS = ("'s", "’s")
_PARTS = re.compile(rf"(?:(?!_){LETTER})+")
_ACRONYM = re.compile(r"[^\W_][\w&/.-]{1,11}\Z")


@dataclass(slots=True)
class Word:
    """One word as it stands in the text."""

    text: str
    lower: str
    kind: str
    first: bool
    """Whether it begins a sentence, so that its capital says nothing."""
    titled: bool


@dataclass(slots=True)
class Candidate:
    """A phrase of one text, all its forms taken together."""

    key: str
    stems: tuple[str, ...]
    kinds: str
    forms: dict[str, int] = field(default_factory=dict)
    """How often it stands in each form."""
    first: int = 0
    """Its first place, in words from the beginning."""
    titled: bool = False
    whole: int = 0
    """How often it is a whole run of words."""
    begins: int = 0
    """How often it begins one."""

    @property
    def count(self) -> int:
        """How often it occurs, in any form."""
        return sum(self.forms.values())


@dataclass(slots=True)
class Reading:
    """What was found in one text."""

    candidates: dict[str, Candidate]
    runs: list[list[Word]]
    names: frozenset[str]
    """Words with a capital where none was needed."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text writes its words."""

    names: frozenset[str]
    """Words with a capital where none was needed."""
    acronyms: Mapping[str, str]
    """Acronyms that it explains, and their long forms."""

    def full(self, word: Word) -> str:
        """Give the long form of an acronym, capitals only where they belong; empty for a word."""
        long = self.acronyms.get(_acronym(word.text), "") if self.acronyms else ""
        kept = [w if w.lower() in self.names or _shouts(w) else w.lower() for w in long.split()]
        return " ".join(kept)

    def cased(self, word: Word) -> str:
        """Give a word as inside a sentence; `^` marks a capital that its place may explain."""
        text = word.text
        if text.islower() or _shouts(text) or word.lower in self.names:
            return text
        return f"^{text}" if (word.first or word.titled) and text[0].isupper() else text


def _shouts(word: str) -> bool:
    """Say whether a word has more capitals than a sentence or a title gives it."""
    return sum(map(str.isupper, word)) > 1


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Give the stems of a word's parts.

    >>> stems("Vision-Language")
    ('vision', 'languag')
    """
    return tuple(stem(part) for part in _PARTS.findall(word.lower()))


def form_stems(form: str) -> tuple[str, ...]:
    """Give the stems of a phrase's words.

    >>> form_stems("vision-language models")
    ('vision', 'languag', 'model')
    """
    parts: list[str] = []
    for word in form.split():
        parts += stems(word)
    return tuple(parts)


def read(title: str, abstract: str, stops: frozenset[str] = frozenset()) -> Reading:
    """Find every noun phrase of a text; `stops` are the function words if it is not English."""
    title, abstract = _legible(title), _legible(abstract)
    runs = list(_runs(title, True, stops))
    title_case = sum(w.text[0].isupper() for run in runs for w in run) * 2 > sum(map(len, runs))
    runs += _runs(abstract, False, stops)
    writing = Writing(_names(runs, title_case), _acronyms(abstract) | _acronyms(title))
    found: dict[str, Candidate] = {}
    position = 0
    for run in runs:
        _collect(run, position, writing, found)
        position += len(run)
    return Reading(found, runs, writing.names)


def _legible(text: str) -> str:
    """Cut what is too long, calm what shouts, and part the phrases of scripts without spaces."""
    if len(text) > READ:
        text = text[:READ].rpartition(" ")[0]
    if text.isupper():
        text = text.lower()
    if text.isascii():
        return text
    return _HAN.sub(lambda found: f" | {found['phrase'] or ''} | ", text)


def _runs(text: str, titled: bool, stops: frozenset[str]) -> Iterator[list[Word]]:
    """Part a text into runs of words that a phrase may be made of."""
    run: list[Word] = []
    before = "."
    for token in _TOKEN.finditer(text):
        raw = token[0]
        if token.lastgroup != "word" or len(raw) > LONGEST_WORD:
            if run:
                yield run
            run, before = [], raw
            continue
        word = _word(raw, before, titled, stops)
        if word.kind == "x" or (word.kind == "o" and not run):
            if run and word.lower in DETERMINERS:
                run.pop()
            if run:
                yield run
            run = []
        else:
            run.append(word)
        before = word.lower
    if run:
        yield run


def _word(raw: str, before: str, titled: bool, stops: frozenset[str]) -> Word:
    """Tell what a word is from itself and the token before it."""
    lower = raw.lower()
    sort = kind(lower[:-2] if lower.endswith(_OWNERS) else lower)
    if stops:
        sort = "x" if lower in stops else "d" if sort == "d" else "n"
    elif sort == "n" and before in BEFORE_VERBS:
        sort = "x"
    return Word(raw, lower, sort, before[0] in ".!?:;", titled)


def _names(runs: list[list[Word]], title_case: bool) -> frozenset[str]:
    """Find the words with a capital that neither a sentence nor a title in title case explains."""
    return frozenset(
        word.lower
        for run in runs
        for word in run
        if word.text[0].isupper() and not word.first and not (word.titled and title_case)
    )


def _acronyms(text: str) -> dict[str, str]:
    """Find acronyms that the text explains: `graph neural networks (GNNs)`."""
    found: dict[str, str] = {}
    if "(" not in text:
        return found
    tokens = [token[0] for token in _TOKEN.finditer(text)]
    for i, (bracket, word, after) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        short = word.removesuffix("s")
        if bracket == "(" and after in ",;)" and _ACRONYM.match(word) and _shouts(short):
            long = _long_form(short, tokens[max(0, i - 2 * len(short) - 2) : i])
            if long:
                found.setdefault(_acronym(word), long)
    return found


def _acronym(word: str) -> str:
    """Give what the forms of an acronym share: its plural's small s is not part of it."""
    return word.removesuffix("s").lower()


def _long_form(short: str, before: list[str]) -> str:
    """Find the words before the bracket whose letters make the acronym; empty if they do not.

    After Schwartz & Hearst, "A simple algorithm for identifying abbreviation
    definitions in biomedical text" (PSB 2003).
    """
    letters = [c for c in short.lower() if c.isalnum()]
    text = " ".join(before)
    lower = text.lower()
    if len(lower) != len(text):
        return ""
    at = len(text)
    for letter in reversed(letters[1:]):
        at = lower.rfind(letter, 0, max(at, 0))
    at = lower.rfind(letters[0], 0, at) if at > 0 else -1
    while at > 0 and text[at - 1].isalnum():
        at = lower.rfind(letters[0], 0, at)
    words = text[at:].split() if at >= 0 else []
    whole = 2 <= len(words) <= len(letters) + 3 and all(word[0].isalnum() for word in words)
    return " ".join(words) if whole else ""


def _collect(run: list[Word], position: int, writing: Writing, found: dict[str, Candidate]) -> None:
    """Count every phrase inside a run."""
    kinds = "".join([word.kind for word in run])
    cased = [writing.cased(word) for word in run]
    parts = [stems(word.lower) for word in run]
    for start, stop in _spans(run, kinds):
        form = writing.full(run[start]) if stop == start + 1 else ""
        own = form_stems(form) if form else tuple(chain.from_iterable(parts[start:stop]))
        key = "".join(own)
        if not key or key.isdigit() or len(set(own)) < len(own):
            continue
        candidate = found.get(key)
        if candidate is None:
            candidate = Candidate(key, own, kinds[start:stop], first=position + start)
            found[key] = candidate
        form = form or " ".join(cased[start:stop])
        candidate.forms[form] = candidate.forms.get(form, 0) + 1
        candidate.titled |= run[start].titled
        candidate.begins += start == 0
        candidate.whole += start == 0 and stop == len(run)


def _spans(run: list[Word], kinds: str) -> Iterator[tuple[int, int]]:
    """Find where the phrases of a run begin and end."""
    for start in range(len(run)):
        if kinds[start] == "o":
            continue
        for stop in range(start + 1, min(len(run), start + LONGEST) + 1):
            if ends(kinds[start:stop]) and not _trails(run, start, stop):
                yield start, stop


def _trails(run: list[Word], start: int, stop: int) -> bool:
    """Say whether the words are no phrase after all: `tissues surrounding`, `layer 3`, `model's`."""
    last = run[stop - 1]
    if last.lower.endswith(_OWNERS) or boilerplate(run[start].lower, last.lower):
        return True
    if stop - start < 2:
        return len(last.lower) < 2
    before = run[stop - 2]
    if last.kind == "d":
        return not before.text[0].isupper()
    return last.kind == "g" and before.kind == "n" and before.lower.endswith("s")

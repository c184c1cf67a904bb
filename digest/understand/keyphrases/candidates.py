"""The noun phrases of one text, with how the text uses each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from digest.language import lexicon
from digest.language.stems import stem
from digest.understand.keyphrases.grammar import is_boilerplate, is_noun_phrase, word_kind

LONGEST = 5
"""Words in a phrase."""
LONGEST_WORD = 40
"""Characters in a word of a phrase; what is longer is an address, a formula or noise."""
READ = 10_000
"""Characters read of one text: an abstract has about 1,500; what has more is none."""

# Vowel signs and accents are part of words, though not for `\\w`.
LETTER = r"[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u109f\u1780-\u17d3]"
_TOKEN = re.compile(rf"(?P<word>{LETTER}+(?:[-–.'’/+&]{LETTER}+)*[+#]*)|(?P<mark>\S)")
# Chinese and Japanese do not separate words: what is between function words and kana is a phrase.
_HAN = re.compile(
    "(?P<phrase>(?:(?![的了和是在与與对對及为為有从從到以其这這那也都而且或被将將把并並中上下])[一-鿿]){2,12}|[ァ-ヺー]{2,20})"
    "|[\u3040-\u30ff\u4e00-\u9fff]"
)
_GENITIVES = ("'s", "’s")
_PARTS = re.compile(rf"(?:(?!_){LETTER})+")
_ACRONYM = re.compile(r"[^\W_][\w&/.-]{1,11}\Z")


@dataclass(slots=True)
class TaggedWord:
    """A word of a text, with what it can be in a phrase."""

    text: str
    lower: str
    kind: str
    """See `grammar.word_kind`."""
    first: bool
    """Whether it begins a sentence, so that its capital means nothing."""
    titled: bool
    """Whether it is in the title."""


@dataclass(slots=True)
class PhraseCandidate:
    """A phrase of one text, in all its forms."""

    key: str
    """Its stems as one word."""
    stems: tuple[str, ...]
    kinds: str
    """The kinds of its words, one letter each."""
    forms: dict[str, int] = field(default_factory=dict)
    """How often it occurs in each form."""
    first: int = 0
    """Its first place, in words from the beginning."""
    titled: bool = False
    """Whether the title has it."""
    whole: int = 0
    """How often it is a whole run of words."""
    begins: int = 0
    """How often it begins one."""

    @property
    def count(self) -> int:
        """How often it occurs, in any form."""
        return sum(self.forms.values())


@dataclass(slots=True)
class NounPhrases:
    """The noun phrases of one text, and the runs of words they were found in."""

    candidates: dict[str, PhraseCandidate]
    runs: list[list[TaggedWord]]
    names: frozenset[str]
    """Words with a capital that their place does not explain."""


@dataclass(frozen=True, slots=True)
class Orthography:
    """How a text writes its words."""

    names: frozenset[str]
    """Words with a capital that their place does not explain."""
    acronyms: Mapping[str, str]
    """Acronyms that it explains, and their long forms, with the capitals of names only."""

    @classmethod
    def of(cls, names: frozenset[str], acronyms: Mapping[str, str]) -> Orthography:
        """Return how a text writes its words, from its names and the acronyms as it explains them.

        A word of a long form keeps its capital if it is a name or has others inside.
        """
        cased = {
            short: " ".join(
                word if word.lower() in names or _has_inner_capitals(word) else word.lower()
                for word in long.split()
            )
            for short, long in acronyms.items()
        }
        return cls(names, cased)

    def long_form(self, word: TaggedWord) -> str:
        """Return the long form of an acronym; '' for other words."""
        return self.acronyms.get(_acronym(word.text), "") if self.acronyms else ""

    def cased(self, word: TaggedWord) -> str:
        """Return a word as inside a sentence; `^` marks a capital that its place may explain."""
        text = word.text
        if text.islower() or _has_inner_capitals(text) or word.lower in self.names:
            return text
        return f"^{text}" if (word.first or word.titled) and text[0].isupper() else text


def _has_inner_capitals(word: str) -> bool:
    """Return whether a word has more capitals than a sentence or a title gives it."""
    return sum(map(str.isupper, word)) > 1


@lru_cache(maxsize=100_000)
def part_stems(word: str) -> tuple[str, ...]:
    """Return the stems of the parts of a word.

    >>> part_stems("Vision-Language")
    ('vision', 'languag')
    """
    return tuple(stem(part) for part in _PARTS.findall(word.lower()))


def phrase_stems(phrase: str) -> tuple[str, ...]:
    """Return the stems of the words of a phrase.

    >>> phrase_stems("vision-language models")
    ('vision', 'languag', 'model')
    """
    parts: list[str] = []
    for word in phrase.split():
        parts += part_stems(word)
    return tuple(parts)


def read_phrases(title: str, abstract: str, stops: frozenset[str] = frozenset()) -> NounPhrases:
    """Return every noun phrase of a text; `stops` are the function words if it is not English."""
    title, abstract = _prepare(title), _prepare(abstract)
    runs = list(_runs(title, True, stops))
    title_case = sum(w.text[0].isupper() for run in runs for w in run) * 2 > sum(map(len, runs))
    runs += _runs(abstract, False, stops)
    orthography = Orthography.of(_names(runs, title_case), _acronyms(abstract) | _acronyms(title))
    found: dict[str, PhraseCandidate] = {}
    position = 0
    for run in runs:
        _collect(run, position, orthography, found)
        position += len(run)
    return NounPhrases(found, runs, orthography.names)


def _prepare(text: str) -> str:
    """Return the text cut to `READ`, not all in capitals, Han and kana phrases separated."""
    if len(text) > READ:
        text = text[:READ].rpartition(" ")[0]
    if text.isupper():
        text = text.lower()
    if text.isascii():
        return text
    return _HAN.sub(lambda found: f" | {found['phrase'] or ''} | ", text)


def _runs(text: str, titled: bool, stops: frozenset[str]) -> Iterator[list[TaggedWord]]:
    """Yield the runs of words that a phrase may be made of."""
    determiners = lexicon.words("determiners")
    run: list[TaggedWord] = []
    before = "."
    for token in _TOKEN.finditer(text):
        raw = token[0]
        if token.lastgroup != "word" or len(raw) > LONGEST_WORD:
            if run:
                yield run
            run, before = [], raw
            continue
        lower = raw.lower()
        kind = _kind(lower, before, stops)
        if kind == "x" or (kind == "o" and not run):
            if run and lower in determiners:
                run.pop()
            if run:
                yield run
            run = []
        else:
            run.append(TaggedWord(raw, lower, kind, before[0] in ".!?:;", titled))
        before = lower
    if run:
        yield run


def _kind(lower: str, before: str, stops: frozenset[str]) -> str:
    """Return the kind of a word, as far as the word and the token before it show."""
    kind = word_kind(lower[:-2] if lower.endswith(_GENITIVES) else lower)
    if stops:
        return "x" if lower in stops else "d" if kind == "d" else "n"
    return "x" if kind == "n" and before in lexicon.words("before verbs") else kind


def _names(runs: list[list[TaggedWord]], title_case: bool) -> frozenset[str]:
    """Return the words with a capital that no beginning of a sentence and no title case
    explains."""
    return frozenset(
        word.lower
        for run in runs
        for word in run
        if word.text[0].isupper() and not word.first and not (word.titled and title_case)
    )


def _acronyms(text: str) -> dict[str, str]:
    """Return the acronyms that the text explains, with their long forms."""
    found: dict[str, str] = {}
    if "(" not in text:
        return found
    tokens = [token[0] for token in _TOKEN.finditer(text)]
    for i, (bracket, word, after) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        short = word.removesuffix("s")
        if (
            bracket == "("
            and after in ",;)"
            and _ACRONYM.match(word)
            and _has_inner_capitals(short)
        ):
            long = _long_form(short, tokens[max(0, i - 2 * len(short) - 2) : i])
            if long:
                found.setdefault(_acronym(word), long)
    return found


def _acronym(word: str) -> str:
    """Return an acronym in lower case, without the small s of its plural."""
    return word.removesuffix("s").lower()


def _long_form(short: str, before: list[str]) -> str:
    """Return the words before the bracket whose letters make the acronym, or ''.

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


def _collect(
    run: list[TaggedWord],
    position: int,
    orthography: Orthography,
    found: dict[str, PhraseCandidate],
) -> None:
    """Count every phrase inside a run; `position` is the number of words before it."""
    kinds = "".join([word.kind for word in run])
    cased = [orthography.cased(word) for word in run]
    parts = [part_stems(word.lower) for word in run]
    for start, stop in _spans(run, kinds):
        form = orthography.long_form(run[start]) if stop == start + 1 else ""
        own = phrase_stems(form) if form else tuple(chain.from_iterable(parts[start:stop]))
        key = "".join(own)
        if not key or key.isdigit() or (len(own) > 1 and len(set(own)) < len(own)):
            continue
        candidate = found.get(key)
        if candidate is None:
            candidate = PhraseCandidate(key, own, kinds[start:stop], first=position + start)
            found[key] = candidate
        form = form or " ".join(cased[start:stop])
        candidate.forms[form] = candidate.forms.get(form, 0) + 1
        candidate.titled |= run[start].titled
        candidate.begins += start == 0
        candidate.whole += start == 0 and stop == len(run)


def _spans(run: list[TaggedWord], kinds: str) -> Iterator[tuple[int, int]]:
    """Yield where the phrases of a run begin and end."""
    for start, stop in _noun_phrases(kinds):
        if not _is_fragment(run, start, stop):
            yield start, stop


@lru_cache(maxsize=20_000)
def _noun_phrases(kinds: str) -> tuple[tuple[int, int], ...]:
    """Return where the noun phrases in words of these kinds begin and end.

    >>> _noun_phrases("on")
    ((1, 2),)
    """
    return tuple(
        (start, stop)
        for start in range(len(kinds))
        if kinds[start] != "o"
        for stop in range(start + 1, min(len(kinds), start + LONGEST) + 1)
        if is_noun_phrase(kinds[start:stop])
    )


def _is_fragment(run: list[TaggedWord], start: int, stop: int) -> bool:
    """Return whether the words are only a piece: `tissues surrounding`, `layer 3`, `model's`."""
    last = run[stop - 1]
    if last.lower.endswith(_GENITIVES) or is_boilerplate(run[start].lower, last.lower):
        return True
    if stop - start < 2:
        return len(last.lower) < 2
    before = run[stop - 2]
    if last.kind == "d":
        return not before.text[0].isupper()
    return last.kind == "g" and before.kind == "n" and before.lower.endswith("s")

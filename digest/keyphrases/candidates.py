"""The noun phrases of one text, with what the text itself says about each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from digest.keyphrases.grammar import BEFORE_VERBS, DETERMINERS, boilerplate, ends, kind, stem

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
    forms: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    left: int = 0
    right: int = 0
    """How often it is a whole run of words, or begins one, or ends one."""
    first: int = 0
    titled: bool = False
    caps: int = 0
    acronym: bool = False

    @property
    def count(self) -> int:
        """How often it occurs, in any form."""
        return self.forms.total()


@dataclass(slots=True)
class Reading:
    """What was found in one text."""

    candidates: dict[str, Candidate]
    runs: list[list[Word]]
    names: frozenset[str]
    """Words with a capital where none was needed."""


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Give the stems of a word's parts.

    >>> stems("Vision-Language")
    ('vision', 'languag')
    """
    return tuple(stem(part) for part in _PARTS.findall(word.lower()))


def read(title: str, abstract: str, stops: frozenset[str] = frozenset()) -> Reading:
    """Find every noun phrase of a text; `stops` are the function words if it is not English."""
    title, abstract = _plain_text(title), _plain_text(abstract)
    runs = list(_runs(title, True, stops))
    title_case = sum(w.text[0].isupper() for run in runs for w in run) * 2 > sum(map(len, runs))
    runs += _runs(abstract, False, stops)
    acronyms = _acronyms(abstract) | _acronyms(title)
    names = _names(runs, title_case)
    found: dict[str, Candidate] = {}
    position = 0
    for run in runs:
        _collect(run, found, position, names, acronyms)
        position += len(run)
    return Reading(found, runs, names)


def _plain_text(text: str) -> str:
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


def _acronyms(text: str) -> dict[str, tuple[str, ...]]:
    """Find acronyms that the text explains: `graph neural networks (GNNs)`."""
    found: dict[str, tuple[str, ...]] = {}
    tokens = [t[0] for t in _TOKEN.finditer(text)]
    for i in range(2, len(tokens) - 1):
        if (
            tokens[i - 1] != "("
            or not _ACRONYM.match(tokens[i])
            or tokens[i + 1] not in (")", ",", ";")
        ):
            continue
        short = tokens[i].removesuffix("s")
        if sum(c.isupper() for c in short) < 2:
            continue
        long = _long_form(short, tokens[max(0, i - 1 - 2 * len(short) - 2) : i - 1])
        if long:
            found.setdefault(_acronym(tokens[i]), long)
    return found


def _acronym(word: str) -> str:
    """Give what the forms of an acronym share: its plural's small s is not part of it."""
    return word.removesuffix("s").lower()


def _long_form(short: str, before: list[str]) -> tuple[str, ...]:
    """Find the words before the bracket whose letters make the acronym.

    After Schwartz & Hearst, "A simple algorithm for identifying abbreviation
    definitions in biomedical text" (PSB 2003).
    """
    letters = [c for c in short.lower() if c.isalnum()]
    text = " ".join(before)
    at = len(text) - 1
    for i in range(len(letters) - 1, -1, -1):
        while at >= 0 and (
            text[at].lower() != letters[i] or (i == 0 and at > 0 and text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ()
        at -= 1
    words = text[at + 1 :].split()
    if len(words) > len(letters) + 3 or not all(w[0].isalnum() for w in words) or len(words) < 2:
        return ()
    return tuple(words)


def _collect(
    run: list[Word],
    found: dict[str, Candidate],
    position: int,
    names: frozenset[str],
    acronyms: dict[str, tuple[str, ...]],
) -> None:
    """Count every phrase inside a run."""
    last = len(run)
    for start in range(last):
        if run[start].kind == "o":
            continue
        for stop in range(start + 1, min(last, start + LONGEST) + 1):
            words = run[start:stop]
            kinds = "".join(w.kind for w in words)
            if not ends(kinds) or _trails(words):
                continue
            if len(words) == 1 and len(words[0].lower) < 2:
                continue
            short = acronyms.get(_acronym(words[0].text)) if len(words) == 1 else None
            if short:
                parts = tuple(s for w in short for s in stems(w))
                form = " ".join(_plain(w, names) for w in short)
            else:
                parts = tuple(s for w in words for s in stems(w.text))
                form = " ".join(_shown(w, names) for w in words)
            key = "".join(parts)
            if not key or key.isdigit() or len(set(parts)) < len(parts):
                continue
            c = found.get(key)
            if c is None:
                c = found[key] = Candidate(key, parts, kinds, first=position + start)
            c.acronym |= bool(short)
            c.forms[form] += 1
            c.whole += start == 0 and stop == last
            c.left += start == 0
            c.right += stop == last
            c.titled |= words[0].titled
            c.caps += all(w.text[0].isupper() for w in words) and not words[0].titled


def _trails(words: list[Word]) -> bool:
    """Say whether the words are no phrase after all: `tissues surrounding`, `layer 3`, `model's`."""
    if words[-1].lower.endswith(_OWNERS) or boilerplate(words[0].lower, words[-1].lower):
        return True
    if len(words) < 2:
        return False
    before, last = words[-2:]
    if last.kind == "d":
        return not before.text[0].isupper()
    return last.kind == "g" and before.kind == "n" and before.lower.endswith("s")


def _shown(word: Word, names: frozenset[str]) -> str:
    """Give a word in the case it has inside a sentence; `^` marks a capital that may be the place's."""
    if sum(c.isupper() for c in word.text) > 1 or not word.text[0].isupper():
        return word.text
    if word.lower in names:
        return word.text
    return "^" + word.text if word.first or word.titled else word.lower


def _plain(word: str, names: frozenset[str]) -> str:
    """Give a word of a long form, whose capitals are often only those of the acronym."""
    return word if word.lower() in names or sum(c.isupper() for c in word) > 1 else word.lower()

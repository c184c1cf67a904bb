"""Run-in titles: a title and its abstract on one line, split if most of a document is so.

    **Memory Networks.** We describe a new class …
    Memory Networks — We describe a new class …
    Memory Networks Abstract: We describe a new class …
    Memory Networks We describe a new class …

If there is no punctuation or markup between them, the words decide: titles have capitals
or no verb, sentences neither. Every possible boundary is scored by how probable it is
that a title ends and a sentence begins there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import ends_mid_phrase, prose_score

LONG = 200
"""Characters from which on a paragraph may contain both."""

REACH = 420
"""Characters from its beginning within which the title ends."""

_Split = tuple[str, str]

_BOLD = re.compile(r"(?:\*\*|__)([^*\n]{3,400}?)(?:\*\*|__)[\s.:;–—-]*(?=\S)")
_QUOTED = re.compile(r"[\"“„«]([^\"“”«»]{8,400})[\"”“»][\s.:;,–—-]*(?=\S)")
_WORD = re.compile(
    r"(.{5,400}?)[\s.:;|–—-]*\b(?:abstract|summary|ABSTRACT|SUMMARY|Abstract|Summary)\s?(?:[:.]|[–—-](?=\s))\s*(?=\S)"
)

_TITLE = re.compile(r"^\W{0,4}(?:paper |article )?title\W{0,2}:\W{0,3}", re.I)
"""The label of a title."""


def split_run_in_titles(blocks: Sequence[Block]) -> list[Block]:
    """Split paragraphs into a title and its abstract, if most of a document contain both.

    >>> text = "Memory Networks - " + "We describe a class of models. " * 9
    >>> [block.text[:15] for block in split_run_in_titles([Block(n, text) for n in range(3)])][:2]
    ['Memory Networks', 'We describe a c']
    """
    long = [block for block in blocks if len(block.text) > LONG]
    alone = sum(
        prose_score(b.text) < 0 and not boilerplate_kind(b.text)
        for b in blocks
        if len(b.text) <= LONG
    )
    if not long or alone > 0.5 * len(long):
        return list(blocks)  # titles are on lines of their own
    found = _split_by_markup(long) or _split_by_words(long)
    out: list[Block] = []
    for block in blocks:
        if split := found.get(id(block)):
            out.append(replace(block, text=split[0], rows=()))
            out.append(Block(block.line, split[1]))
        else:
            out.append(block)
    return out


def _split_by_markup(long: Sequence[Block]) -> dict[int, _Split]:
    """Return the splits by bold type, quotation marks or the word Abstract, by `id` of block."""
    for pattern, least in ((_BOLD, 1), (_QUOTED, 3), (_WORD, 1)):
        found = {
            id(block): (_TITLE.sub("", match[1]).strip(" .:;–—-"), block.text[match.end() :])
            for block in long
            if (match := pattern.match(block.text[: 2 * REACH])) and _is_title(match[1])
        }
        distinct = len({title for title, _ in found.values()})
        if distinct >= max(least, 0.6 * len(long)) and distinct > 0.7 * len(found):
            return found
    return {}


def _is_title(text: str) -> bool:
    text = text.rstrip(" .:")
    return (
        prose_score(text) < 0
        and text.count(" ") > 0
        and text.strip().lower() not in ("abstract", "summary")
    )


# --- boundaries by words ---------------------------------------------------------------

_TOKEN = re.compile(r"\S+")
_OPENERS = frozenset(
    (
        "we", "this", "these", "in", "the", "our", "recent", "recently", "existing", "current", "while", "despite",
        "although", "however", "as", "to", "by", "with", "for", "an", "a", "it", "there", "here", "large", "many",
        "most", "when", "given", "modern", "traditional", "accurate", "understanding", "using", "through", "since",
        "such", "both", "from", "on", "at", "because", "over", "one", "two", "objective", "background", "purpose",
        "motivation", "context", "aims", "methods",
    )
)  # fmt: skip
"""Words that often begin an abstract and are seldom capitalised within a sentence."""
_VERBS = frozenset(
    ("is", "are", "was", "were", "we", "our", "has", "have", "had", "been", "this", "these", "can", "which", "it")
)  # fmt: skip
"""Words that titles seldom contain."""
_DASHES = ("-", "–", "—", "|", "::", "//", "·", "•")
_GLUED = re.compile(r"(?<=[a-zà-ÿ\d)?!%])(?=(?:[A-Z][a-z]+|A)(?:,|-|$))")
"""The place between a title and a sentence copied without a space between them."""
_SMALL = 4
"""Characters below which a word of a title may be in lower case."""


@dataclass(frozen=True, slots=True)
class _Boundary:
    """A place where a title may end."""

    at: int
    """The offset at which the abstract would begin."""
    odds: float
    """The log odds for it, against no title at all."""
    delimiter: str
    """The delimiter there, as for words."""


@dataclass(frozen=True, slots=True)
class _OpeningWord:
    """A word at the beginning of a paragraph."""

    start: int
    text: str
    capital_expected: bool
    """Whether it follows punctuation after which a capital is expected."""
    delimiter: str
    """What precedes it: 'blank', a punctuation mark, or 'glue' if there is nothing."""


def _words(text: str) -> list[_OpeningWord]:
    """Return the words at the beginning of a text; two words without a space are separated."""
    words: list[_OpeningWord] = []
    last = ""
    for match in _TOKEN.finditer(text[:REACH]):
        start = match.start()
        for end in [*(m.start() for m in _GLUED.finditer(text, start, match.end())), match.end()]:
            part = text[start:end]
            delimiter = "glue" if start != match.start() else _delimiter(last)
            words.append(
                _OpeningWord(start, part, delimiter != "blank" and delimiter != "glue", delimiter)
            )
            start, last = end, part
    return words


def _delimiter(last: str) -> str:
    """Return the punctuation at the end of a word; 'blank' if there is none."""
    if last in _DASHES:
        return last
    return last[-1:] if last[-1:] in (".", ":", "?", "!") else "blank"


def _stripped(word: _OpeningWord) -> str:
    return word.text.strip("\"'“”‘’()[]{}.,:;?!*_$")


def _sentence_likelihoods(words: Sequence[_OpeningWord]) -> list[float]:
    """Return the log-likelihood of each word in a sentence: capitals are rare, but come in runs."""
    found: list[float] = []
    run = 0
    for word in words:
        bare = _stripped(word)
        capital = bare[:1].isupper()
        plain = not bare[:1].isalpha() or (not capital and len(bare) < _SMALL)
        if not found or word.capital_expected or plain:
            odds = 0.0
        elif not capital:
            odds = -0.1
        elif bare.lower() in _OPENERS and bare not in ("A", "I"):
            odds = -5.5
        elif word.delimiter == "glue" or sum(map(str.isupper, bare)) > 1:
            odds = -0.9
        else:
            odds = -1.2 if 0 < run < 4 else -2.5
        run = (run + 1) * (odds > -5) if capital else run * (len(bare) < _SMALL)
        found.append(odds)
    return found


def _title_likelihoods(words: Sequence[_OpeningWord], cased: bool) -> list[float]:
    """Return the log-likelihood of each word in a title, in title case or not; few words recur."""
    found: list[float] = []
    seen = set[str]()
    for word in words:
        bare = _stripped(word)
        low, capital = bare.lower(), bare[:1].isupper()
        odds = 0.0
        if not found and low != "we":
            pass  # the first word of a title is capitalised anyway
        elif capital and low in _OPENERS and not word.capital_expected and bare not in ("A", "I"):
            odds = -1.5 if cased else -5.5
        elif capital:
            odds = (-0.1 if cased else -1.4) - (1.5 if word.delimiter == "." else 0.0)
        elif low in _VERBS:
            odds = -2.5
        elif len(bare) >= _SMALL and bare[:1].isalpha():
            odds = -2.3 if cased else -0.2
        again = len(low) >= _SMALL and low in seen
        short = word.text.startswith("(") and bare[:2].isupper()  # an abbreviation
        found.append(odds - 2.5 * again - 2.0 * short)
        seen.add(low)
    return found


def _boundaries(text: str) -> list[_Boundary]:
    """Return all places where the title of a text may end, with their log odds."""
    words = _words(text)
    alone = _sentence_likelihoods(words)
    prose_odds = list(accumulate(alone, initial=0.0))
    title_odds = [
        list(accumulate(_title_likelihoods(words, cased), initial=0.0)) for cased in (True, False)
    ]
    found = []
    for at in range(2, min(len(words) - 3, 34)):
        word, last = words[at], words[at - 1].text
        if not _CAPITAL.match(word.text) or (last.endswith(",") and word.delimiter == "blank"):
            continue
        odds = max(one[at] for one in title_odds) - prose_odds[at] - alone[at] - 2.0
        odds -= ((at - 10) / 6) ** 2 / 2  # titles have 10 ± 6 words, a normal prior
        odds -= 6.0 if word.delimiter in ("blank", "glue") and ends_mid_phrase(last) else 0.0
        odds += 3.0 if _stripped(word).lower() in _OPENERS else 0.0
        odds += 2.0 if word.delimiter in ("?", "!") else 0.0
        odds -= 6.0 if word.delimiter in ("blank", "glue") and word.text[0] == "(" else 0.0
        found.append(_Boundary(word.start, odds, word.delimiter))
    return found


_CAPITAL = re.compile(r"[\"“‘'(\[$]*[A-Z0-9À-Þ\\]")

SURE, SUREST = 2.0, 9.0
"""The odds from which on a place counts, and which all need if there are fewer than three."""


def _split_by_words(long: Sequence[Block]) -> dict[int, _Split]:
    """Return the splits by words, if there are some in most paragraphs, by `id` of block."""
    every = [_boundaries(block.text) for block in long]
    ways = [
        [
            max(
                (s for s in boundaries if not delimiters or s.delimiter in delimiters),
                key=_odds,
                default=None,
            )
            for boundaries in every
        ]
        for delimiters in (None, (".",), (":",), _DASHES, ("glue",))
    ]
    best = max(ways, key=lambda way: _document_score(way, way is not ways[0]))
    least = FAINT if best is not ways[0] else 0.5
    sure = [boundary for boundary in best if boundary and boundary.odds > SURE]
    # Abstracts do not begin with a dash before a capital: if nearly all do, it is the delimiter.
    dashed = sum(
        boundary is not None and boundary.odds > FAINT for boundary in best if best is ways[3]
    )
    enough = (
        len(sure) >= max(3, 0.5 * len(long))
        or dashed >= max(3, 0.9 * len(long))
        or (len(sure) == len(long) and all(boundary.odds > SUREST for boundary in sure))
    )
    return {
        id(block): _split(block.text, boundary)
        for block, boundary in zip(long, best, strict=True)
        if enough and boundary and boundary.odds > least
    }


FAINT = -4.0
"""The odds from which on a place may count if its delimiter is the same throughout."""

BONUS = 6.0
"""The bonus of a delimiter that is in nearly every paragraph."""


def _document_score(chosen: Sequence[_Boundary | None], common: bool) -> float:
    """Return the score of a document with these boundaries, one to a paragraph."""
    odds = [boundary.odds if boundary else -5.0 for boundary in chosen]
    if common and sum(one > FAINT for one in odds) < 0.8 * len(odds):
        return -math.inf
    return sum(odds) + BONUS * common * len(odds)


def _odds(boundary: _Boundary) -> float:
    return boundary.odds


def _split(text: str, boundary: _Boundary) -> _Split:
    """Split a text at a boundary; its delimiter belongs to neither side."""
    title = text[: boundary.at].rstrip()
    return re.sub(r"\s*(?:[-–—|:.·•]|::|//)$", "", title), text[boundary.at :]

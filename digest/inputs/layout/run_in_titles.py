"""A title and its abstract on one line, parted where most of a document is written so.

    **Memory Networks.** We describe a new class …
    Memory Networks — We describe a new class …
    Memory Networks Abstract: We describe a new class …
    Memory Networks We describe a new class …

Where no mark stands between them, words tell: those of titles begin with
capitals or go without a verb, those of sentences do neither. Every place is
weighed by how probable it is that a title ends and a sentence begins there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import hangs, prose

LONG = 200
"""Letters from which on a paragraph may hold both."""

REACH = 420
"""Letters of it within which the title ends."""

_Split = tuple[str, str]

_BOLD = re.compile(r"(?:\*\*|__)([^*\n]{3,400}?)(?:\*\*|__)[\s.:;–—-]*(?=\S)")
_QUOTED = re.compile(r"[\"“„«]([^\"“”«»]{8,400})[\"”“»][\s.:;,–—-]*(?=\S)")
_WORD = re.compile(
    r"(.{5,400}?)[\s.:;|–—-]*\b(?:abstract|summary|ABSTRACT|SUMMARY|Abstract|Summary)\s?(?:[:.]|[–—-](?=\s))\s*(?=\S)"
)

_TITLE = re.compile(r"^\W{0,4}(?:paper |article )?title\W{0,2}:\W{0,3}", re.I)


def abreast(blocks: Sequence[Block]) -> list[Block]:
    """Part paragraphs that hold a title and its abstract, where most of a document do.

    >>> whole = "Memory Networks - " + "We describe a class of models. " * 9
    >>> [block.text[:15] for block in abreast([Block(n, whole) for n in range(3)])][:2]
    ['Memory Networks', 'We describe a c']
    """
    long = [block for block in blocks if len(block.text) > LONG]
    alone = sum(prose(b.text) < 0 and not furniture(b.text) for b in blocks if len(b.text) <= LONG)
    if not long or alone > 0.5 * len(long):
        return list(blocks)  # titles stand by themselves
    found = _marked(long) or _weighed(long)
    out: list[Block] = []
    for block in blocks:
        if split := found.get(id(block)):
            out.append(replace(block, text=split[0], rows=()))
            out.append(Block(block.line, split[1]))
        else:
            out.append(block)
    return out


def _marked(long: Sequence[Block]) -> dict[int, _Split]:
    """The titles that a mark sets off, by paragraph: bold type, quotation marks, the word Abstract."""
    for mark, least in ((_BOLD, 1), (_QUOTED, 3), (_WORD, 1)):
        found = {
            id(block): (_TITLE.sub("", match[1]).strip(" .:;–—-"), block.text[match.end() :])
            for block in long
            if (match := mark.match(block.text[: 2 * REACH])) and _is_title(match[1])
        }
        distinct = len({title for title, _ in found.values()})
        if distinct >= max(least, 0.6 * len(long)) and distinct > 0.7 * len(found):
            return found
    return {}


def _is_title(text: str) -> bool:
    text = text.rstrip(" .:")
    return (
        prose(text) < 0
        and text.count(" ") > 0
        and text.strip().lower() not in ("abstract", "summary")
    )


# --- what words tell -------------------------------------------------------------------

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
"""Words that often begin an abstract and seldom have a capital within a sentence."""
_VERBS = frozenset(
    ("is", "are", "was", "were", "we", "our", "has", "have", "had", "been", "this", "these", "can", "which", "it")
)  # fmt: skip
"""Words that titles seldom hold."""
_GLUED = re.compile(r"(?<=[a-zà-ÿ\d)?!%])(?=(?:[A-Z][a-z]+|A)(?:,|-|$))")
_SMALL = 4
"""Letters below which a word of a title may be written small."""


@dataclass(frozen=True, slots=True)
class _Seam:
    """Where a title may end: the place, how much speaks for it, and what stands there."""

    at: int
    odds: float
    kind: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    text: str
    fresh: bool
    """Whether a sentence ends before it, or a mark that a capital may follow."""
    kind: str
    """What stands before it: a blank, a mark, or nothing."""


def _words(text: str) -> list[_Word]:
    """The words at the beginning of a text; one that two were glued together in is two."""
    words: list[_Word] = []
    last = ""
    for match in _TOKEN.finditer(text[:REACH]):
        start = match.start()
        for end in [*(m.start() for m in _GLUED.finditer(text, start, match.end())), match.end()]:
            part = text[start:end]
            kind = "glue" if start != match.start() else _kind(last)
            words.append(_Word(start, part, kind != "blank" and kind != "glue", kind))
            start, last = end, part
    return words


def _kind(last: str) -> str:
    if last in ("-", "–", "—", "|", "::", "//", "·", "•"):
        return last
    return last[-1:] if last[-1:] in (".", ":", "?", "!") else "blank"


def _bare(word: _Word) -> str:
    return word.text.strip("\"'“”‘’()[]{}.,:;?!*_$")


def _sentences(words: Sequence[_Word]) -> list[float]:
    """How well each word suits a sentence, as logarithms: capitals are rare there, but come in runs."""
    found: list[float] = []
    run = 0
    for word in words:
        bare = _bare(word)
        capital = bare[:1].isupper()
        plain = not bare[:1].isalpha() or (not capital and len(bare) < _SMALL)
        if not found or word.fresh or plain:
            odds = 0.0
        elif not capital:
            odds = -0.1
        elif bare.lower() in _OPENERS and bare not in ("A", "I"):
            odds = -5.5
        elif word.kind == "glue" or sum(map(str.isupper, bare)) > 1:
            odds = -0.9
        else:
            odds = -1.2 if 0 < run < 4 else -2.5
        run = (run + 1) * (odds > -5) if capital else run * (len(bare) < _SMALL)
        found.append(odds)
    return found


def _titles(words: Sequence[_Word], cased: bool) -> list[float]:
    """How well each word suits a title, whose words begin with capitals or not, and seldom come again."""
    found: list[float] = []
    seen = set[str]()
    for word in words:
        bare = _bare(word)
        low, capital = bare.lower(), bare[:1].isupper()
        odds = 0.0
        if not found and low != "we":
            pass  # whatever a title begins with has a capital
        elif capital and low in _OPENERS and not word.fresh and bare not in ("A", "I"):
            odds = -1.5 if cased else -5.5
        elif capital:
            odds = (-0.1 if cased else -1.4) - (1.5 if word.kind == "." else 0.0)
        elif low in _VERBS:
            odds = -2.5
        elif len(bare) >= _SMALL and bare[:1].isalpha():
            odds = -2.3 if cased else -0.2
        again = len(low) >= _SMALL and low in seen
        short = word.text.startswith("(") and bare[:2].isupper()  # an abbreviation
        found.append(odds - 2.5 * again - 2.0 * short)
        seen.add(low)
    return found


def _seams(text: str) -> list[_Seam]:
    """All places where the title of a text may end, with the odds for each against no title at all."""
    words = _words(text)
    alone = _sentences(words)
    prose_odds = list(accumulate(alone, initial=0.0))
    title_odds = [list(accumulate(_titles(words, cased), initial=0.0)) for cased in (True, False)]
    found = []
    for at in range(2, min(len(words) - 3, 34)):
        word, last = words[at], words[at - 1].text
        if not _CAPITAL.match(word.text) or (last.endswith(",") and word.kind == "blank"):
            continue
        odds = max(one[at] for one in title_odds) - prose_odds[at] - alone[at] - 2.0
        odds -= ((at - 10) / 6) ** 2 / 2
        odds -= 6.0 if word.kind in ("blank", "glue") and hangs(last) else 0.0
        odds += 3.0 if _bare(word).lower() in _OPENERS else 0.0
        odds += 2.0 if word.kind in ("?", "!") else 0.0
        odds -= 6.0 if word.kind in ("blank", "glue") and word.text[0] == "(" else 0.0
        found.append(_Seam(word.start, odds, word.kind))
    return found


_CAPITAL = re.compile(r"[\"“‘'(\[$]*[A-Z0-9À-Þ\\]")

SURE, SUREST = 2.0, 9.0
"""The odds from which on a place counts, and those which all have where they are few."""


def _weighed(long: Sequence[Block]) -> dict[int, _Split]:
    """The titles that words set off, where they do in most paragraphs."""
    every = [_seams(block.text) for block in long]
    ways = [
        [
            max((s for s in seams if not kinds or s.kind in kinds), key=_odds, default=None)
            for seams in every
        ]
        for kinds in (None, (".",), (":",), _DASHES, ("glue",))
    ]
    best = max(ways, key=lambda way: _worth(way, way is not ways[0]))
    least = LEAST if best is not ways[0] else 0.5
    sure = [seam for seam in best if seam and seam.odds > SURE]
    # No abstract begins with a dash before a capital, so where nearly all do, it parts them.
    dashed = sum(seam is not None and seam.odds > LEAST for seam in best if best is ways[3])
    enough = (
        len(sure) >= max(3, 0.5 * len(long))
        or dashed >= max(3, 0.9 * len(long))
        or (len(sure) == len(long) and all(seam.odds > SUREST for seam in sure))
    )
    return {
        id(block): _split(block.text, seam)
        for block, seam in zip(long, best, strict=True)
        if enough and seam and seam.odds > least
    }


_DASHES = ("-", "–", "—", "|", "::", "//", "·", "•")

LEAST = -4.0
"""The odds from which on a mark may stand between a title and its abstract."""

MARKED = 6.0
"""What speaks for a mark that stands in nearly every paragraph."""


def _worth(chosen: Sequence[_Seam | None], marked: bool) -> float:
    """How well these places suit a whole document; one mark all over suits it better."""
    odds = [seam.odds if seam else -5.0 for seam in chosen]
    if marked and sum(one > LEAST for one in odds) < 0.8 * len(odds):
        return -math.inf
    return sum(odds) + MARKED * marked * len(odds)


def _odds(seam: _Seam) -> float:
    return seam.odds


def _split(text: str, seam: _Seam) -> _Split:
    """Part a text at a seam, whose mark belongs to neither side."""
    title = text[: seam.at].rstrip()
    return re.sub(r"\s*(?:[-–—|:.·•]|::|//)$", "", title), text[seam.at :]

"""Sentences: where they end, and how to cut a text where a reader would."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.language import lexicon
from digest.language.strings import squeeze

__all__ = ["sentences", "shorten"]

# A stop in any script, with the brackets and quotes that close after it.
_END = re.compile(
    r"""(?P<stop>[.!?…]+|[。！？｡]+|[।॥؟۔።։]+)(?P<close>[)\]}"'”’»」』）*_]{0,4})(?P<gap>\s*)"""
)
_OPENERS = "([{\"'“‘«「『（*_¿¡#"
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_NEAR = 24
"""Characters looked at on either side of a stop: it bounds the work."""


def sentences(text: str) -> list[str]:
    """Split text into its sentences, as a reader would; joined by spaces they lose no letter.

    Abbreviations, initials, decimals, addresses and names with a dot do not end
    a sentence; a full stop that lost its space still does.

    >>> sentences("Smith et al. use Qwen2.5 (cf. Fig. 2). Why? It is a fast framework.The end.")
    ['Smith et al. use Qwen2.5 (cf. Fig. 2).', 'Why?', 'It is a fast framework.', 'The end.']
    """
    return list(_sentences(text))


@lru_cache(maxsize=20_000)
def _sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, which is asked for by more than one stage of a build."""
    text = squeeze(text)
    parts, start = [], 0
    for found in _END.finditer(text):
        before = text[max(start, found.start() - _NEAR) : found.start()]
        if _is_end(before, found, text[found.end() : found.end() + _NEAR]):
            parts.append(text[start : found.end()].strip())
            start = found.end()
    parts.append(text[start:].strip())
    return tuple([part for part in parts if part])


def _is_end(before: str, found: re.Match[str], after: str) -> bool:
    """Return whether the stop found between `before` and `after` ends a sentence."""
    stop = found["stop"]
    if not after or stop[0] not in ".!?…":
        return bool(found["gap"]) or stop[0] in "。！？｡"
    if not found["gap"]:
        return stop in (".", "!", "?") and _lost_its_space(before, after)
    if not _can_begin(after, surely=False):
        return False
    return stop != "." or not _abbreviated(before, after)


def _can_begin(after: str, surely: bool) -> bool:
    """Return whether a sentence can begin here; if `surely`, only with a word that often does."""
    word = _WORD_AFTER.match(after := after.lstrip(_OPENERS))
    if not word:
        return not surely and bool(after.strip())
    if not surely:
        return not word[0].islower()
    known = word[0].lower() in lexicon.words("sentence openings") or word[0].endswith("ly")
    return known and word[0][0].isupper()


def _abbreviated(before: str, after: str) -> bool:
    """Return whether the full stop between these belongs to a word, an initial or a number."""
    found = _WORD_BEFORE.search(before)
    tail = found[0] if found else ""
    lead = before[: len(before) - len(tail)]
    word = tail.lower().strip(".")
    last = tail.isupper() or (word == "no" and _can_begin(after, surely=True))
    if word in lexicon.words("abbreviations inside sentences") and not last:
        return True
    if word.isdecimal() and len(word) < 3 and lead[-2:] in ("", ": ", "; ", ", "):
        return True  # "1. First …"
    initial = len(word) == 1 and tail.isupper() and lead[-1:] in ("", " ")
    either = initial or word in lexicon.words("abbreviations anywhere")
    return either and not _can_begin(after, surely=True)


_NEW_WORD = re.compile(r"[A-Z][a-z]+[A-Za-z0-9-]*(?=[ ,'’])|[AI](?= )")


def _lost_its_space(before: str, after: str) -> bool:
    """Return whether a stop without a space ends a sentence: `framework.The`, not `Node.js`."""
    token = before.rsplit(" ", 1)[-1]
    word = token.lower().strip("(\"'“.")
    if not _NEW_WORD.match(after) or "/" in token or "." in word or _is_abbreviation(word):
        return False
    if _can_begin(after, surely=True):
        return len(word) > 1
    return word[-1:] in (")", "]", "%") or (len(word) > 2 and token.islower())


def _is_abbreviation(word: str) -> bool:
    inside = word in lexicon.words("abbreviations inside sentences")
    return inside or word in lexicon.words("abbreviations anywhere")


# --- shorter -------------------------------------------------------------------------------

_CLAUSE = re.compile(r"[,;:.!?)\]—–](?=\s)|\s[—–-](?=\s)|[，；：。、]")


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters: the text, or its beginning and `…`.

    It is cut after a clause if one ends in the last third, else after a word.

    >>> shorten("We learn fast, and we forget slowly.", 24)
    'We learn fast, and we…'
    """
    text = squeeze(text)
    if len(text) <= limit:
        return text
    head = text[: max(0, limit)]
    clauses = [found.start() for found in _CLAUSE.finditer(head) if found.start() > 0.67 * limit]
    space = head.rfind(" ")
    cut = clauses[-1] if clauses else space if space > 0 else limit - 1
    return (head[:cut].rstrip(" ,;:.—–-([") + "…")[-max(0, limit) :] if limit > 0 else ""

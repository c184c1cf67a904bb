"""Where wrapping may have run several paragraphs together.

A line is broken because the next word did not fit. So where it did fit, a
paragraph ended; where a last line happens to be full, only what is said tells.
Every row after which one may have ended gets the odds against it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import hangs

ROWS = 4
"""Rows a title may have."""

REACH = 500
"""Letters on both sides of a cut that are compared."""

_ENDED = re.compile(r"[.!?。][\"'”’)\]]*$")
_NEW = re.compile(r"[\"'“‘(\[$]*[A-Z0-9\\\u00c0-\u00de\u3400-\u9fff]")
_OPENS = re.compile(r"[\"“‘]?[A-Z0-9\u00c0-\u00de\u3400-\u9fff]")
_GOES_ON = re.compile(
    r"(?:however|moreover|furthermore|additionally|finally|specifically|our|these|this (?!paper|work|article|study)"
    r"|it|they|to (?:this|address|overcome)|extensive|experiment\w*|results|(?:the )?code|we (?:also|then|further|show|find)"
    r"|in addition|further|through|then|second|third|thus|therefore|here|such|for (?:example|this)|with this|notably"
    r"|importantly|in particular|instead|based|both|in contrast|all|their|its|as a result|overall|next|but|and)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset((
    *("this", "that", "with", "from", "which", "have", "these", "their", "more", "such", "using", "based", "been", "also", "into"),
    *("than", "betwee", "where", "when", "while", "most", "both", "howeve", "result", "propos", "method", "model", "approa"),
    *("paper", "show", "presen"),
))  # fmt: skip
"""The first six letters of words that any two papers share."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a document were wrapped."""

    margin: int
    """The column no line goes beyond."""
    apart: bool
    """Whether blank lines stand between paragraphs, so that few can have run together."""


def wrapping(blocks: Sequence[Block]) -> Wrapping:
    """Tell how a document was wrapped, by the lines that were joined."""
    joined = [block for block in blocks if len(block.rows) > 1]
    sizes = Counter(len(row) for block in joined for row in block.rows)
    few = max(1, sum(sizes.values()) // 50)  # an address may stick out
    full = (m for m in sorted(sizes, reverse=True) if sum(sizes[m - n] for n in range(3)) > few)
    gaps = sum(block.gap for block in joined)
    return Wrapping(next(full, max(sizes, default=0)), gaps > 0.8 * len(joined) and len(blocks) > 2)


@dataclass(frozen=True, slots=True)
class Cut:
    """A row that may begin a paragraph of its own."""

    row: int
    cost: float
    """What speaks against it."""
    ended: bool
    """Whether what stands above may have ended there, and not only its title."""


def cuts(block: Block, wrapped: Wrapping) -> list[Cut]:
    """Give the rows that may begin a paragraph of their own.

    >>> rows = ("We count cells.", "Memory Networks", "We describe a new", "class of models.")
    >>> cuts(Block(1, " ".join(rows), rows=rows), Wrapping(30, apart=False))[0]
    Cut(row=1, cost=0.5, ended=True)
    """
    found: list[Cut] = []
    # A paragraph that is set in has less room; in a short one no row may be full.
    own = max(map(len, block.rows)) if len(block.rows) > 2 * ROWS else wrapped.margin
    margin = min(own, wrapped.margin)
    since = 0  # rows after the last cut that a title may have begun at
    for at in range(1, len(block.rows)):
        above, row = block.rows[at - 1], block.rows[at]
        fitted = len(above) + 1 + len(row.split(maxsplit=1)[0]) <= margin
        ended = bool(_ENDED.search(above))
        if not _NEW.match(row) or (hangs(above) and not ended):
            continue
        if ended:
            cost = 0.5 if fitted else _against(block.rows, at)
            found.append(Cut(at, cost + (8.0 if wrapped.apart else 0.0), ended=True))
            since = at
        elif fitted:
            found.append(Cut(at, 1.5, ended=True))
        elif at - since <= ROWS and capitals(row) <= 0.6 and _OPENS.match(row):
            found.append(Cut(at, 4.0, ended=False))
    return found


def _against(rows: Sequence[str], at: int) -> float:
    """How much speaks against a new paragraph after a full row that ends a sentence.

    Measured on abstracts put side by side: the halves of one share a fifth of
    their words, two share a twentieth; and few begin the way sentences go on.
    """
    left = " ".join(rows[max(0, at - REACH // 40) : at])[-REACH:]
    right = " ".join(rows[at : at + REACH // 40])[:REACH]
    odds = -20 * shared(left, right) + (-2.1 if _GOES_ON.match(rows[at]) else 0.7)
    return min(9.0, max(2.0, 5.0 - odds))


def goes_on(left: str, right: str) -> bool:
    """Whether a paragraph goes on with what stands above it rather than tell of another paper."""
    odds = 20 * shared(left[-REACH:], right[:REACH]) + (2.1 if _GOES_ON.match(right) else -0.7)
    return odds > 2.0


def shared(left: str, right: str) -> float:
    """How many of their words two texts share: 1 for all, 0 for none."""
    one, other = _words(left), _words(right)
    return len(one & other) / math.sqrt(max(1, len(one) * len(other)))


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(text.lower())) - _COMMON


def capitals(row: str) -> float:
    """The share of longer words that begin with a capital: high in a title, low in a sentence."""
    words = [word for word in row.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def parted(block: Block, starts: Sequence[int]) -> list[Block]:
    """Take a paragraph apart at rows; what is known of the whole stays with its first part."""
    offsets, at = [0], 0
    for start in starts:
        at = block.text.find(block.rows[start][:30], at + 1)
        if at < 0:
            return [block]
        offsets.append(at)
    ends = [*offsets[1:], len(block.text)]
    rows = [*zip([0, *starts], [*starts, len(block.rows)], strict=True)]
    return [
        replace(
            block if not begin else Block(block.line + begin, ""),
            text=block.text[left:right].strip(),
            rows=block.rows[begin:end],
        )
        for left, right, (begin, end) in zip(offsets, ends, rows, strict=True)
    ]

"""Possible breaks between paragraphs that unwrapping may have joined.

A line is wrapped if the next word does not fit. If it did fit, a paragraph ended; if
the last line of a paragraph happens to be full, only its words can show its end.
Every row that may begin a paragraph has a cost: the odds against a break there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import ends_mid_phrase

ROWS = 4
"""The most rows of a title."""

REACH = 500
"""Characters on both sides of a possible break that are compared."""

_ENDED = re.compile(r"[.!?。][\"'”’)\]]*$")
"""The end of a sentence."""
_NEW = re.compile(r"[\"'“‘(\[$]*[A-Z0-9\\\u00c0-\u00de\u3400-\u9fff]")
"""The beginning of a paragraph."""
_OPENS = re.compile(r"[\"“‘]?[A-Z0-9\u00c0-\u00de\u3400-\u9fff]")
"""The beginning of a title."""
_CONTINUES = re.compile(
    r"(?:however|moreover|furthermore|additionally|finally|specifically|our|these|this (?!paper|work|article|study)"
    r"|it|they|to (?:this|address|overcome)|extensive|experiment\w*|results|(?:the )?code|we (?:also|then|further|show|find)"
    r"|in addition|further|through|then|second|third|thus|therefore|here|such|for (?:example|this)|with this|notably"
    r"|importantly|in particular|instead|based|both|in contrast|all|their|its|as a result|overall|next|but|and)\b",
    re.I,
)
"""How later sentences of an abstract begin, but few abstracts do."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset((
    *("this", "that", "with", "from", "which", "have", "these", "their", "more", "such", "using", "based", "been", "also", "into"),
    *("than", "betwee", "where", "when", "while", "most", "both", "howeve", "result", "propos", "method", "model", "approa"),
    *("paper", "show", "presen"),
))  # fmt: skip
"""The first six letters of words that any two abstracts share."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a document were wrapped."""

    margin: int
    """The column beyond which few lines go."""
    apart: bool
    """Whether blank lines separate paragraphs, so that few can have been joined."""


def measure_wrapping(blocks: Sequence[Block]) -> Wrapping:
    """Measure how a document was wrapped, from the lines that were joined."""
    joined = [block for block in blocks if len(block.rows) > 1]
    sizes = Counter(len(row) for block in joined for row in block.rows)
    few = max(1, sum(sizes.values()) // 50)  # an address may go beyond the margin
    full = (m for m in sorted(sizes, reverse=True) if sum(sizes[m - n] for n in range(3)) > few)
    gaps = sum(block.gap for block in joined)
    return Wrapping(next(full, max(sizes, default=0)), gaps > 0.8 * len(joined) and len(blocks) > 2)


@dataclass(frozen=True, slots=True)
class ParagraphBreak:
    """A row that may begin a paragraph."""

    row: int
    cost: float
    """The odds against a break above it, as a score that labelling subtracts."""
    ended: bool
    """Whether any paragraph may end above it, rather than only a title."""


def possible_breaks(block: Block, wrapped: Wrapping) -> list[ParagraphBreak]:
    """Return the rows of a paragraph that may begin another one.

    >>> rows = ("We count cells.", "Memory Networks", "We describe a new", "class of models.")
    >>> possible_breaks(Block(1, " ".join(rows), rows=rows), Wrapping(30, apart=False))[0]
    ParagraphBreak(row=1, cost=0.5, ended=True)
    """
    found: list[ParagraphBreak] = []
    # An indented paragraph has a margin of its own, unless it is too short to have full rows.
    own = max(map(len, block.rows)) if len(block.rows) > 2 * ROWS else wrapped.margin
    margin = min(own, wrapped.margin)
    since = 0  # the last row below a sentence, at which a title may have begun
    for at in range(1, len(block.rows)):
        above, row = block.rows[at - 1], block.rows[at]
        fitted = len(above) + 1 + len(row.split(maxsplit=1)[0]) <= margin
        ended = bool(_ENDED.search(above))
        if not _NEW.match(row) or (ends_mid_phrase(above) and not ended):
            continue
        if ended:
            cost = 0.5 if fitted else _cost_after_sentence(block.rows, at)
            found.append(ParagraphBreak(at, cost + (8.0 if wrapped.apart else 0.0), ended=True))
            since = at
        elif fitted:
            found.append(ParagraphBreak(at, 1.5, ended=True))
        elif at - since <= ROWS and capitalized_share(row) <= 0.6 and _OPENS.match(row):
            found.append(ParagraphBreak(at, 4.0, ended=False))
    return found


def _cost_after_sentence(rows: Sequence[str], at: int) -> float:
    """Return the cost of a break after a full row that ends a sentence.

    Measured on pairs of abstracts: the halves of one share a fifth of their words, two
    abstracts share a twentieth; and few abstracts begin as later sentences do.
    """
    left = " ".join(rows[max(0, at - REACH // 40) : at])[-REACH:]
    right = " ".join(rows[at : at + REACH // 40])[:REACH]
    odds = -20 * word_overlap(left, right) + (-2.1 if _CONTINUES.match(rows[at]) else 0.7)
    return min(9.0, max(2.0, 5.0 - odds))


def continues_paragraph(left: str, right: str) -> bool:
    """Return whether a paragraph continues the one before it rather than begin another paper."""
    odds = 20 * word_overlap(left[-REACH:], right[:REACH]) + (
        2.1 if _CONTINUES.match(right) else -0.7
    )
    return odds > 2.0


def word_overlap(left: str, right: str) -> float:
    """Return the cosine similarity of the word sets of two texts: 1 if equal, 0 if disjoint."""
    one, other = _words(left), _words(right)
    return len(one & other) / math.sqrt(max(1, len(one) * len(other)))


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(text.lower())) - _COMMON


def capitalized_share(row: str) -> float:
    """Return the share of longer words that are capitalised: high in a title, low in a sentence."""
    words = [word for word in row.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def split_at_rows(block: Block, starts: Sequence[int]) -> list[Block]:
    """Split a paragraph at rows; its addresses and other attributes stay with the first part."""
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

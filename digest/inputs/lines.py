"""Pasted text as paragraphs: wrapped lines joined, every piece with the line it began on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDEST, NARROWEST = 160, 40
"""Columns between which text is wrapped; what is longer is a paragraph a line."""

EDGE = 14
"""How far before the right margin a full line may end: the longest common word."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: what a reader sees as one piece of text."""

    line: int
    """1-based line it begins on."""
    text: str
    gap: bool = False
    """Whether a blank line, or the start of the document, stands before it."""
    urls: tuple[str, ...] = ()
    """The addresses its words were linked to."""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Go through lines with their 1-based numbers, without white space at their ends."""
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line.strip()


def blocks(text: str) -> list[Block]:
    """Give the paragraphs of a text; see `paragraphs`.

    >>> [b.text for b in blocks("Memory Networks\\n\\nWe describe a class of models.")]
    ['Memory Networks', 'We describe a class of models.']
    """
    return paragraphs([Block(n, line, False) for n, line in numbered(text)])


def paragraphs(lines: Sequence[Block]) -> list[Block]:
    """Join the lines of wrapped paragraphs; lines that are not wrapped stay as they are.

    A line is broken where the next word would not have fitted before the
    margin; a line that ends sooner was ended on purpose.
    """
    margin = width([line.text for line in lines])
    words = vocabulary(lines) if margin else frozenset()
    out: list[list[Block]] = []
    gap = True
    for line in lines:
        if not line.text:
            gap = True
        elif margin and not gap and _goes_on(out[-1][-1].text, line.text, margin):
            out[-1].append(line)
        else:
            out.append([Block(line.line, line.text, gap, line.urls)])
            gap = False
    return [_joined(run, words) for run in out]


def width(lines: Sequence[str]) -> int:
    """Tell the column at which a document's lines are wrapped, or 0 where they are not."""
    sizes = [len(line) for line in lines if line and " " in line]
    if len(sizes) < 3 or sum(size > WIDEST for size in sizes) > 0.1 * len(sizes):
        return 0
    fitting = sorted(size for size in sizes if size <= WIDEST)
    # A few lines may stick out: a long address, a rule.
    margin = fitting[int(0.985 * (len(fitting) - 1))]
    full = sum(margin - EDGE < size for size in fitting)
    return margin if margin >= NARROWEST and full >= 0.3 * len(fitting) else 0


def _goes_on(line: str, after: str, margin: int) -> bool:
    word = after.split(maxsplit=1)[0]
    return margin < len(line) + 1 + len(word) and len(line) <= margin + EDGE


def _joined(run: Sequence[Block], words: frozenset[str]) -> Block:
    first = run[0]
    if len(run) == 1:
        return first
    text = join([line.text for line in run], words)
    return Block(first.line, text, first.gap, tuple(u for line in run for u in line.urls))


def join(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Put wrapped lines together, mending words broken by a hyphen at the margin.

    The hyphen stays where both halves are words of their own in the document.

    >>> join(["recog-", "nition of self-", "attention"], frozenset({"self", "attention"}))
    'recognition of self-attention'
    """
    out = [lines[0]]
    for line in lines[1:]:
        before = re.search(r"([^\W\d_]+)-$", out[-1][-60:])
        after = re.match(r"[^\W\d_]+", line[:60])
        if before and after and after.group().islower():
            whole = before[1].lower() in words and after.group() in words
            out[-1] = out[-1] if whole else out[-1][:-1]
            out.append(line)
        elif before and after:
            out.append(line)
        else:
            out.append(" " + line)
    return "".join(out)


def vocabulary(lines: Sequence[Block]) -> frozenset[str]:
    """The words of a document, but for halves that stand at a broken margin."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(re.findall(r"[^\W\d_]{2,}(?![^\W\d_]|-$)", line.text.lower()))
    return frozenset(counts)

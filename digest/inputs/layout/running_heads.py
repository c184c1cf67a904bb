"""Text extracted from printed pages, restored to running lines.

Page numbers and running heads within paragraphs, blank lines after every line, two
columns side by side: each is undone if the whole document shows it. Lines keep their
numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.inputs.layout.lines import EDGE, Block, wrap_margin

_NUMBER = re.compile(
    r"(?:[-–—\[(]\s?)?(?:page\s|p\.\s?|seite\s)?(\d{1,4})(?:\s?(?:of|/|von)\s?\d{1,4})?(?:\s?[-–—\])])?",
    re.I,
)
"""A page number, perhaps with dashes, the word page or the number of pages."""


# --- two columns -----------------------------------------------------------------------

_GUTTER = re.compile(r"\S(\s{2,})(?=\S)")


def unfold_columns(lines: Sequence[Block]) -> list[Block]:
    """Move the right column below the left one, if most lines have a gap at the same column."""
    full = [line for line in lines if line.text]
    begins = Counter(
        line.indent + match.end() for line in full for match in _GUTTER.finditer(line.text[:400])
    )
    if len(full) < 12 or not begins:
        return list(lines)
    column, count = max(begins.items(), key=lambda item: (item[1], -item[0]))
    reach = [line for line in full if line.indent + len(line.text) > column]
    parted = sum(_has_gutter(line, column) for line in reach)
    if count < 0.4 * len(full) or parted < 0.9 * len(reach):
        return list(lines)
    left = [_slice(line, 0, column) for line in lines]
    return [*left, Block(lines[-1].line, ""), *(_slice(line, column, 10_000) for line in lines)]


def _indented(line: Block) -> str:
    return " " * line.indent + line.text


def _has_gutter(line: Block, column: int) -> bool:
    return not _indented(line)[max(0, column - 2) : column].strip()


def _slice(line: Block, start: int, end: int) -> Block:
    piece = _indented(line)[start:end]
    text = piece.strip()
    return replace(line, text=text, indent=len(piece) - len(piece.lstrip()) if text else 0)


# --- a blank line after every line -----------------------------------------------------


def drop_interleaved_blanks(lines: Sequence[Block]) -> list[Block]:
    """Remove the blank lines between the lines of wrapped text, if there are some after every line.

    >>> rows = ["A title", "", "", "", "We describe looms that", "", "count threads when", ""]
    >>> rows = [*rows, "nobody looks.", "", "", ""] * 3
    >>> blocks = [Block(number, row) for number, row in enumerate(rows, 1)]
    >>> [block.text for block in drop_interleaved_blanks(blocks)][:5]
    ['A title', '', 'We describe looms that', 'count threads when', 'nobody looks.']
    """
    full = [at for at, line in enumerate(lines) if line.text]
    gaps = [after - at - 1 for at, after in pairwise(full)]
    if len(full) < 6 or min(gaps) < 1 or max(gaps) <= min(gaps):
        return list(lines)
    inner = [lines[at].text for at in full]
    lower = sum(text[0].islower() for text in inner)
    if lower < 0.4 * len(inner) or max(map(len, inner)) > 200:
        return list(lines)
    least = min(gaps)
    out = [lines[full[0]]]
    for gap, at in zip(gaps, full[1:], strict=True):
        if gap > least:
            out.append(lines[at - 1])
        out.append(lines[at])
    return out


# --- page numbers and running heads ----------------------------------------------------


def strip_page_numbers(lines: Sequence[Block]) -> list[Block]:
    """Remove page numbers that count up, and the running heads that recur beside them."""
    full = [at for at, line in enumerate(lines) if line.text]
    place = {at: n for n, at in enumerate(full)}
    numbers = [(at, int(m[1])) for at in full if (m := _NUMBER.fullmatch(lines[at].text))]
    page_numbers = set(_consecutive(numbers))
    if len(page_numbers) < 3:
        return list(lines)
    beside = Counter(
        lines[full[place[at] + step]].text
        for at in page_numbers
        for step in (-1, 1)
        if 0 <= place[at] + step < len(full)
    )
    heads = {
        text
        for text, count in beside.items()
        if count > 0.4 * len(page_numbers) and len(text) < 120
    }
    margin = wrap_margin([lines[at].text for at in full])
    return _without_pages(lines, page_numbers, heads, margin)


def _consecutive(numbers: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the indices of numbers that go up by one, far enough apart to number pages."""
    for before, (at, number), after in zip(
        (None, *numbers), numbers, (*numbers[1:], None), strict=False
    ):
        if (before and number == before[1] + 1 and at > before[0] + 8) or (
            after and number == after[1] - 1 and at < after[0] - 8
        ):
            yield at


def _without_pages(
    lines: Sequence[Block], page_numbers: set[int], heads: set[str], margin: int
) -> list[Block]:
    """Remove page numbers and heads, and the blank lines around them within a sentence."""
    out: list[Block] = []
    gone = False
    for at, line in enumerate(lines):
        near = any(place in page_numbers for place in range(at - 4, at + 5))
        if at in page_numbers or (near and line.text in heads):
            gone = True
        elif not line.text:
            out.append(line)
        else:
            if gone and _continues(out, line, margin):
                while out and not out[-1].text:
                    out.pop()
            gone = False
            out.append(line)
    return out


def _continues(out: Sequence[Block], line: Block, margin: int) -> bool:
    """Return whether a line continues the last line of the page before."""
    last = next((block.text for block in reversed(out) if block.text), "")
    if not last or last.endswith((".", "!", "?", ":")):
        return line.text[0].islower()
    return line.text[0].islower() or bool(margin and len(last) > margin - EDGE)

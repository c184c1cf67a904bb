"""Text as it comes out of printed pages, put back into lines that flow.

Numbers and heads of pages that stand in the middle of a paragraph, lines with a
blank one after each, two columns side by side: all of it is undone where a
whole document shows it, and every line keeps its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.inputs.layout.lines import Block, width

_NUMBER = re.compile(
    r"(?:[-–—\[(]\s?)?(?:page\s|p\.\s?|seite\s)?(\d{1,4})(?:\s?(?:of|/|von)\s?\d{1,4})?(?:\s?[-–—\])])?",
    re.I,
)


# --- two columns -----------------------------------------------------------------------

_GUTTER = re.compile(r"\S(\s{2,})(?=\S)")


def side_by_side(lines: Sequence[Block]) -> list[Block]:
    """Put the right column below the left one, where most lines have a gap at the same place."""
    full = [line for line in lines if line.text]
    begins = Counter(
        line.indent + match.end() for line in full for match in _GUTTER.finditer(line.text[:400])
    )
    if len(full) < 12 or not begins:
        return list(lines)
    column, count = max(begins.items(), key=lambda item: (item[1], -item[0]))
    reach = [line for line in full if line.indent + len(line.text) > column]
    if count < 0.4 * len(full) or sum(_parted(line, column) for line in reach) < 0.9 * len(reach):
        return list(lines)
    left = [_part(line, 0, column) for line in lines]
    return [*left, Block(lines[-1].line, ""), *(_part(line, column, 10_000) for line in lines)]


def _shown(line: Block) -> str:
    return " " * line.indent + line.text


def _parted(line: Block, column: int) -> bool:
    return not _shown(line)[max(0, column - 2) : column].strip()


def _part(line: Block, start: int, end: int) -> Block:
    piece = _shown(line)[start:end]
    text = piece.strip()
    return replace(line, text=text, indent=len(piece) - len(piece.lstrip()) if text else 0)


# --- a blank line after every line -----------------------------------------------------


def single(lines: Sequence[Block]) -> list[Block]:
    """Take out the blank lines that stand between all lines of wrapped text.

    >>> rows = ["A title", "", "", "", "We describe a method that", "", "was found by chance when", "", "nobody cared for it at all."]
    >>> [b.text for b in single([Block(n, row) for n, row in enumerate((rows + [""] * 3) * 3, 1)])][:5]
    ['A title', '', 'We describe a method that', 'was found by chance when', 'nobody cared for it at all.']
    """
    full = [at for at, line in enumerate(lines) if line.text]
    gaps = [after - at - 1 for at, after in pairwise(full)]
    if len(full) < 6 or min(gaps) < 1 or max(gaps) <= min(gaps):
        return list(lines)
    inner = [lines[at].text for at in full]
    small = sum(text[0].islower() for text in inner)
    if small < 0.4 * len(inner) or max(map(len, inner)) > 200:
        return list(lines)
    least = min(gaps)
    out = [lines[full[0]]]
    for gap, at in zip(gaps, full[1:], strict=True):
        if gap > least:
            out.append(lines[at - 1])
        out.append(lines[at])
    return out


# --- feet and heads of pages -----------------------------------------------------------


def without_feet(lines: Sequence[Block]) -> list[Block]:
    """Take out page numbers that count up, and what is repeated beside them."""
    full = [at for at, line in enumerate(lines) if line.text]
    place = {at: n for n, at in enumerate(full)}
    numbers = [(at, int(m[1])) for at in full if (m := _NUMBER.fullmatch(lines[at].text))]
    feet = set(_counting(numbers))
    if len(feet) < 3:
        return list(lines)
    beside = Counter(
        lines[full[place[at] + step]].text
        for at in feet
        for step in (-1, 1)
        if 0 <= place[at] + step < len(full)
    )
    heads = {text for text, count in beside.items() if count > 0.4 * len(feet) and len(text) < 120}
    margin = width([lines[at].text for at in full])
    return list(_closed(lines, feet, heads, margin))


def _counting(numbers: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The places of numbers that go up by one, far enough from each other to be pages."""
    for before, (at, number), after in zip(
        (None, *numbers), numbers, (*numbers[1:], None), strict=False
    ):
        if (before and number == before[1] + 1 and at > before[0] + 8) or (
            after and number == after[1] - 1 and at < after[0] - 8
        ):
            yield at


def _closed(
    lines: Sequence[Block], feet: set[int], heads: set[str], margin: int
) -> Iterator[Block]:
    """Leave out feet and heads, and the blank lines around those that part a sentence."""
    out: list[Block] = []
    gone = False
    for at, line in enumerate(lines):
        near = any(abs(at - foot) < 5 for foot in (at - d for d in range(-4, 5)) if foot in feet)
        if at in feet or (near and line.text in heads):
            gone = True
        elif not line.text:
            out.append(line)
        else:
            if gone and _goes_on(out, line, margin):
                while out and not out[-1].text:
                    out.pop()
            gone = False
            out.append(line)
    yield from out


def _goes_on(out: Sequence[Block], line: Block, margin: int) -> bool:
    """Whether the last line before the end of a page was broken by it."""
    last = next((block.text for block in reversed(out) if block.text), "")
    if not last or last.endswith((".", "!", "?", ":")):
        return line.text[0].islower()
    return line.text[0].islower() or bool(margin and len(last) > margin - 14)

"""Lines of pasted text: marks of quotation, bullets and wrapping undone.

Every piece keeps the line it began on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WIDEST, NARROWEST = 160, 40
"""Columns between which text is wrapped; what is longer is a paragraph a line."""

EDGE = 14
"""How far before the right margin a full line may end: the longest common word."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line, then a paragraph: what a reader sees as one piece of text."""

    line: int
    """1-based line it begins on."""
    text: str
    gap: bool = False
    """Whether a blank line, or the start of the document, stands before it."""
    indent: int = 0
    """Columns before its first letter."""
    urls: tuple[str, ...] = ()
    """The addresses its words were linked to."""
    item: bool = False
    """Whether a bullet or a number stood before it."""
    heading: bool = False
    """Whether it is marked as a heading."""
    rows: tuple[str, ...] = ()
    """The lines it was joined from, one below the other, where they are several."""
    open: bool = False
    """Whether a mark at its end says that the next line goes on."""
    notes: tuple[str, ...] = ()
    """What the lines below it say about the same paper."""


Starts = Callable[[str], bool]


def raw(text: str) -> list[Block]:
    """Give every line of a text, without marks of quotation where most lines have them."""
    lines = text.split("\n")
    quoted = sum(line.lstrip().startswith(">") for line in lines)
    if quoted > 0.3 * sum(map(bool, lines)):
        lines = [re.sub(r"^\s{0,8}(?:>\s?){1,9}", "", line) for line in lines]
    tabbed = sum("\t" in line for line in lines)
    parted = 1 < tabbed <= sum(bool(_ABREAST.fullmatch(line)) for line in lines) / 0.7
    return [
        Block(number, part.strip(), indent=len(part) - len(part.lstrip()))
        for number, line in enumerate(lines, 1)
        for part in (
            line.split("\t", 1)
            if parted and _ABREAST.fullmatch(line)
            else (line.replace("\t", " "),)
        )
    ]


_ABREAST = re.compile(r"[^\t\n]{3,400}\t[^\t\n]{60,}")
"""A title and an abstract on one line, as cells of a table are copied."""


# --- bullets ---------------------------------------------------------------------------

_NUMBER = re.compile(r"(?:[(\[]?(?=\d{1,4}[.)\]:])|#(?=\d))(\d{1,4})[.)\]:]{0,2}\s+(?=\S)")
_BULLET = re.compile(r"[-*•‣▪●○◦·–—+►▶]\s+(?=\S)")


_SAID = re.compile(
    r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s{1,3}\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?\s{0,3}(?:[-–]\s)?[^:\n]{1,40}:\s+(?=\S)"
)
"""When somebody said it, and who: a line of a chat."""


def unbullet(lines: Sequence[Block]) -> list[Block]:
    """Take numbers that count up and bullets that repeat off the lines they stand before.

    >>> [b.text for b in unbullet([Block(1, "1. A"), Block(2, "2. B"), Block(3, "3D vision")])]
    ['A', 'B', '3D vision']
    >>> [b.text for b in unbullet([Block(1, "- A"), Block(2, "well-known B")])]
    ['A', 'well-known B']
    """
    count, counted = 0, set[int]()
    margin = width([line.text for line in lines])
    for at, line in enumerate(lines):
        number = int(match[1]) if (match := _NUMBER.match(line.text)) else -1
        above = lines[at - 1].text if at else ""
        ended = number == count + 1 and above.endswith((".", "!", "?"))
        if margin and len(above) > margin - EDGE and not ended:
            continue  # wrapped prose that happens to go on with "2)"
        if 0 < number - count < 4 or number == 1 or (number >= 0 and not counted):
            count = number
            counted.add(line.line)
    numbers = sum(bool(_NUMBER.match(line.text)) for line in lines)
    opened = next((line for line in lines if line.text), None)  # a list of one begins with its mark
    first = _NUMBER.match(opened.text) if opened else None
    least = 1 if first and first[1] == "1" else 2
    if least <= len(counted) and len(counted) >= 0.8 * numbers:
        lines = [_off(line, _NUMBER) if line.line in counted else line for line in lines]
    for mark in (_SAID, _BULLET):
        least = 1 if opened and mark.match(opened.text) else 3
        if sum(bool(mark.match(line.text)) for line in lines) >= least:
            lines = [_off(line, mark) for line in lines]
    return list(lines)


def _off(line: Block, mark: re.Pattern[str]) -> Block:
    if not (match := mark.match(line.text)):
        return line
    return replace(line, text=line.text[match.end() :], indent=line.indent + match.end(), item=True)


# --- wrapping --------------------------------------------------------------------------


def unwrap(
    lines: Sequence[Block],
    starts: Starts = lambda _: False,
    alone: Starts = lambda _: False,
) -> list[Block]:
    """Join the lines of wrapped paragraphs; lines that are not wrapped stay as they are.

    A line is broken where the next word would not have fitted before the
    margin; a line that ends sooner was ended on purpose. `starts` tells lines
    that begin something whatever stands above them, `alone` those that are
    something by themselves, where most of those stand below a line with room.
    """
    shown = [" " * min(line.indent, WIDEST) + line.text for line in lines]
    column, more = cut_off(shown)
    margin = 0 if column else width(shown)
    if more:
        lines = _uncut(lines, column)
    words = vocabulary(lines) if margin else frozenset()
    stand = not margin or _stand(lines, alone, margin)
    runs: list[list[Block]] = []
    gap = closed = True
    for line in lines:
        if not line.text:
            gap = True
            continue
        apart = stand and alone(line.text)
        new = gap or closed or apart or line.item or starts(line.text)
        closed = apart
        if new or not (runs[-1][-1].open or (margin and _goes_on(runs[-1], line, margin))):
            runs.append([replace(line, gap=gap)])
        else:
            runs[-1].append(line)
        gap = False
    return [_joined(run, words) for run in runs]


def width(lines: Sequence[str]) -> int:
    """Tell the column at which a document's lines are wrapped, or 0 where they are not."""
    sizes = [len(line) for line in lines if line.count(" ") > 2]
    if len(sizes) < 3 or sum(size > WIDEST for size in sizes) > 0.1 * len(sizes):
        return 0
    text = Counter({size: size * count for size, count in Counter(sizes).items()})
    # Wrapped text piles up just before its margin; titles and addresses stick out or fall short.
    full = {m: sum(text[size] for size in range(m - EDGE, m + 1)) for m in range(NARROWEST, WIDEST)}
    margin = max(full, key=lambda m: (full[m], -m))
    edge = [at for at, line in enumerate(lines) if margin - EDGE <= len(line) <= margin]
    # Where lines end as sentences do, they were not broken: they are short abstracts.
    if sum(lines[at].endswith((".", "!", "?")) for at in edge) > 0.7 * len(edge):
        return 0
    share = full[margin] / sum(size for size in sizes if size <= WIDEST)
    after = [lines[at + 1] for at in edge if at + 1 < len(lines) and lines[at + 1]]
    inside = len(after) > 1 and sum(line[0].islower() for line in after) > 0.6 * len(after)
    return margin if share >= 0.5 or (share >= 0.2 and inside) else 0


def cut_off(lines: Sequence[str]) -> tuple[int, bool]:
    """Tell the column at which lines are cut through words, and whether the rest is in the next line.

    Half of all lines end at the very same column only where a program cut them.

    >>> cut_off(["abcd efgh " * 3] * 9), cut_off(["one line", "and another"])
    ((30, True), (0, False))
    """
    sizes = [len(line) for line in lines if len(line) > 20]
    column = max(sizes, default=0)
    full = sizes.count(column)
    if full < 3 or full < 0.45 * len(sizes) or column > WIDEST:
        return 0, False
    cut = [column - 1 <= len(line) <= column for line in lines]
    runs = sum(all(three) for three in zip(cut, cut[1:], cut[2:], strict=False))
    return column, runs > 0.5 * full


def _uncut(lines: Sequence[Block], column: int) -> list[Block]:
    """Put lines that were cut at a column together again, words and all."""
    runs: list[tuple[Block, list[str]]] = []
    room = column  # what the line above left free: 1 where the blank at its end is lost
    for line in lines:
        if line.text and room < 2:
            runs[-1][1].append(" " * max(room, line.indent) + line.text)
        else:
            runs.append((line, [line.text]))
        room = column - line.indent - len(line.text)
    return [replace(line, text="".join(parts)) for line, parts in runs]


def _stand(lines: Sequence[Block], alone: Starts, margin: int) -> bool:
    """Whether most lines that are something by themselves could have stood in the line above.

    Titles and sentences that are wrapped have such lines too, but below full ones.
    """
    free = [
        not above.text or not _goes_on([above], line, margin)
        for above, line in pairwise(lines)
        if line.text and alone(line.text) and not alone(above.text)
    ]
    return sum(free) >= 0.5 * len(free)


def _goes_on(run: Sequence[Block], line: Block, margin: int) -> bool:
    """Whether a paragraph's last line was broken because this one's first word did not fit."""
    last = run[-1]
    full = last.indent + len(last.text)
    if full > margin + 2 or (len(run) > 1 and line.indent != last.indent):
        return False  # only the first line of a paragraph may be set in or out
    return margin < full + 1 + len(line.text.split(maxsplit=1)[0]) + EDGE // 4


def _joined(run: Sequence[Block], words: frozenset[str]) -> Block:
    if len(run) == 1:
        return run[0]
    text = join([line.text for line in run], words)
    urls = tuple(url for line in run for url in line.urls)
    return replace(run[0], text=text, urls=urls, rows=tuple(line.text for line in run))


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
        if not before or not after:
            out.append(" " + line)
            continue
        if after.group().islower() and not (before[1].lower() in words and after.group() in words):
            out[-1] = out[-1][:-1]
        out.append(line)
    return "".join(out)


def vocabulary(lines: Sequence[Block]) -> frozenset[str]:
    """The words of a document, but for the halves that stand at a broken margin."""
    words: set[str] = set()
    for line in lines:
        words.update(re.findall(r"[^\W\d_]{2,}(?![^\W\d_]|-$)", line.text.lower()))
    return frozenset(words)

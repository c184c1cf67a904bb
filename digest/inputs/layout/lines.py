"""Lines of pasted text, with quote prefixes, bullets and line wrapping undone.

Every block keeps the number of the line it began on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WIDEST, NARROWEST = 160, 40
"""Columns between which text is wrapped; text with longer lines has one paragraph a line."""

EDGE = 14
"""Columns before the right margin within which a full line may end: the longest common word."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line at first, a paragraph after unwrapping: what a reader sees as one piece of text."""

    line: int
    """The line it begins on, from 1."""
    text: str
    gap: bool = False
    """Whether it follows a blank line or begins the document."""
    indent: int = 0
    """Columns before its first character."""
    urls: tuple[str, ...] = ()
    """The addresses that its text links to."""
    item: bool = False
    """Whether a bullet or a number was removed from its beginning."""
    heading: bool = False
    """Whether Markdown marks it as a heading."""
    rows: tuple[str, ...] = ()
    """The lines it was joined from, top to bottom, if there are several."""
    open: bool = False
    """Whether markup at its end shows that the next line continues it."""
    notes: tuple[str, ...] = ()
    """Metadata lines from below it about the same paper, such as `Authors: …`."""


LinePredicate = Callable[[str], bool]
"""A property of the text of a line."""


def split_lines(text: str) -> list[Block]:
    """Split a text into lines.

    The `>` of quoted mail is removed if a third of the lines have it. A line of two
    table cells, a title and an abstract, becomes two blocks if most tabs separate such cells.
    """
    lines = text.split("\n")
    quoted = sum(line.lstrip().startswith(">") for line in lines)
    if quoted > 0.3 * sum(map(bool, lines)):
        lines = [re.sub(r"^\s{0,8}(?:>\s?){1,9}", "", line) for line in lines]
    tabbed = sum("\t" in line for line in lines)
    tabular = 1 < tabbed <= sum(bool(_TWO_CELLS.fullmatch(line)) for line in lines) / 0.7
    return [
        Block(number, part.strip(), indent=len(part) - len(part.lstrip()))
        for number, line in enumerate(lines, 1)
        for part in (
            line.split("\t", 1)
            if tabular and _TWO_CELLS.fullmatch(line)
            else (line.replace("\t", " "),)
        )
    ]


_TWO_CELLS = re.compile(r"[^\t\n]{3,400}\t[^\t\n]{60,}")
"""A title and an abstract on one line, as table cells are copied."""


# --- bullets ---------------------------------------------------------------------------

_NUMBER = re.compile(r"(?:[(\[]?(?=\d{1,4}[.)\]:])|#(?=\d))(\d{1,4})[.)\]:]{0,2}\s+(?=\S)")
"""An item number: `1.`, `1)`, `(1)`, `[1]`, `1:` or `#1`."""
_BULLET = re.compile(r"[-*•‣▪●○◦·–—+►▶]\s+(?=\S)")


_CHAT_PREFIX = re.compile(
    r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s{1,3}\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?\s{0,3}(?:[-–]\s)?[^:\n]{1,40}:\s+(?=\S)"
)
"""The time and the sender that open a line of a chat."""


def strip_bullets(lines: Sequence[Block]) -> list[Block]:
    """Remove item numbers that count up, and bullets and senders of chat messages that recur.

    >>> [b.text for b in strip_bullets([Block(1, "1. A"), Block(2, "2. B"), Block(3, "3D vision")])]
    ['A', 'B', '3D vision']
    >>> [b.text for b in strip_bullets([Block(1, "- A"), Block(2, "well-known B")])]
    ['A', 'well-known B']
    """
    counted = _counted_lines(lines)
    numbers = sum(bool(_NUMBER.match(line.text)) for line in lines)
    # A list of one item begins with its number or its bullet.
    first_line = next((line for line in lines if line.text), None)
    first_number = _NUMBER.match(first_line.text) if first_line else None
    least = 1 if first_number and first_number[1] == "1" else 2
    if least <= len(counted) and len(counted) >= 0.8 * numbers:
        lines = [_without_prefix(line, _NUMBER) if line.line in counted else line for line in lines]
    for prefix in (_CHAT_PREFIX, _BULLET):
        least = 1 if first_line and prefix.match(first_line.text) else 3
        if sum(bool(prefix.match(line.text)) for line in lines) >= least:
            lines = [_without_prefix(line, prefix) for line in lines]
    return list(lines)


def _counted_lines(lines: Sequence[Block]) -> frozenset[int]:
    """Return the lines whose numbers count up, by steps of at most three or from 1 again."""
    count, counted = 0, set[int]()
    margin = wrap_margin([line.text for line in lines])
    for at, line in enumerate(lines):
        number = int(match[1]) if (match := _NUMBER.match(line.text)) else -1
        above = lines[at - 1].text if at else ""
        ended = number == count + 1 and above.endswith((".", "!", "?"))
        if margin and len(above) > margin - EDGE and not ended:
            continue  # a full line above: wrapped prose that happens to continue with "2)"
        if 0 < number - count < 4 or number == 1 or (number >= 0 and not counted):
            count = number
            counted.add(line.line)
    return frozenset(counted)


def _without_prefix(line: Block, prefix: re.Pattern[str]) -> Block:
    if not (match := prefix.match(line.text)):
        return line
    return replace(line, text=line.text[match.end() :], indent=line.indent + match.end(), item=True)


# --- wrapping --------------------------------------------------------------------------


def unwrap(
    lines: Sequence[Block],
    starts: LinePredicate = lambda _: False,
    alone: LinePredicate = lambda _: False,
) -> list[Block]:
    """Join the lines of wrapped paragraphs; text that is not wrapped is unchanged.

    A line was wrapped if the next word would not have fitted before the margin; a
    line that ends sooner was ended on purpose. Lines for which `starts` is true always
    begin a paragraph. Lines for which `alone` is true are paragraphs by themselves,
    provided that most of them follow a line that had room for more.
    """
    shown = [" " * min(line.indent, WIDEST) + line.text for line in lines]
    column, more = hard_wrap_column(shown)
    margin = 0 if column else wrap_margin(shown)
    if more:
        lines = _join_hard_wrapped(lines, column)
    words = vocabulary(lines) if margin else frozenset()
    separate = not margin or _are_separate(lines, alone, margin)
    runs: list[list[Block]] = []
    gap = closed = True
    for line in lines:
        if not line.text:
            gap = True
            continue
        apart = separate and alone(line.text)
        new = gap or closed or apart or line.item or starts(line.text)
        closed = apart
        if new or not (runs[-1][-1].open or (margin and _continues(runs[-1], line, margin))):
            runs.append([replace(line, gap=gap)])
        else:
            runs[-1].append(line)
        gap = False
    return [_joined(run, words) for run in runs]


def wrap_margin(lines: Sequence[str]) -> int:
    """Return the column at which lines are wrapped; 0 if they are not."""
    sizes = [len(line) for line in lines if line.count(" ") > 2]
    if len(sizes) < 3 or sum(size > WIDEST for size in sizes) > 0.1 * len(sizes):
        return 0
    text = Counter({size: size * count for size, count in Counter(sizes).items()})
    # Wrapped lines end just before the margin; titles and addresses end before or beyond it.
    full = {m: sum(text[size] for size in range(m - EDGE, m + 1)) for m in range(NARROWEST, WIDEST)}
    margin = max(full, key=lambda m: (full[m], -m))
    edge = [at for at, line in enumerate(lines) if margin - EDGE <= len(line) <= margin]
    # Full lines that end as sentences do were not wrapped: they are short abstracts.
    if sum(lines[at].endswith((".", "!", "?")) for at in edge) > 0.7 * len(edge):
        return 0
    share = full[margin] / sum(size for size in sizes if size <= WIDEST)
    after = [lines[at + 1] for at in edge if at + 1 < len(lines) and lines[at + 1]]
    inside = len(after) > 1 and sum(line[0].islower() for line in after) > 0.6 * len(after)
    return margin if share >= 0.5 or (share >= 0.2 and inside) else 0


def hard_wrap_column(lines: Sequence[str]) -> tuple[int, bool]:
    """Return the column at which words are cut, and whether the next line has the rest.

    Nearly half of all lines end at the very same column only if a program cut them.
    The column is 0 if no words are cut.

    >>> hard_wrap_column(["abcd efgh " * 3] * 9), hard_wrap_column(["one line", "and another"])
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


def _join_hard_wrapped(lines: Sequence[Block], column: int) -> list[Block]:
    """Join lines that were cut at a column, without a space inside a word."""
    runs: list[tuple[Block, list[str]]] = []
    room = column  # columns the line above left free: 1 if the space at its end was lost
    for line in lines:
        if line.text and room < 2:
            runs[-1][1].append(" " * max(room, line.indent) + line.text)
        else:
            runs.append((line, [line.text]))
        room = column - line.indent - len(line.text)
    return [replace(line, text="".join(pieces)) for line, pieces in runs]


def _are_separate(lines: Sequence[Block], alone: LinePredicate, margin: int) -> bool:
    """Return whether most lines that `alone` selects follow a line with room for their first word.

    A wrapped title or sentence may contain such a line as well, but below a full one.
    """
    free = [
        not above.text or not _continues([above], line, margin)
        for above, line in pairwise(lines)
        if line.text and alone(line.text) and not alone(above.text)
    ]
    return sum(free) >= 0.5 * len(free)


def _continues(run: Sequence[Block], line: Block, margin: int) -> bool:
    """Return whether a run continues with `line`, whose first word did not fit."""
    last = run[-1]
    full = last.indent + len(last.text)
    if full > margin + 2 or (len(run) > 1 and line.indent != last.indent):
        return False  # only the first line of a paragraph may have its own indentation
    return margin < full + 1 + len(line.text.split(maxsplit=1)[0]) + EDGE // 4


def _joined(run: Sequence[Block], words: frozenset[str]) -> Block:
    if len(run) == 1:
        return run[0]
    text = join_wrapped([line.text for line in run], words)
    urls = tuple(url for line in run for url in line.urls)
    return replace(run[0], text=text, urls=urls, rows=tuple(line.text for line in run))


def join_wrapped(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Join wrapped lines, and words hyphenated at the margin.

    The hyphen stays if both halves are words of the document.

    >>> join_wrapped(["recog-", "nition of self-", "attention"], frozenset({"self", "attention"}))
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
    """Return the words of a document, in lower case, except halves hyphenated at the margin."""
    words: set[str] = set()
    for line in lines:
        words.update(re.findall(r"[^\W\d_]{2,}(?![^\W\d_]|-$)", line.text.lower()))
    return frozenset(words)

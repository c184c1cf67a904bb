"""Titles and abstracts that stand broken over several paragraphs, made whole.

A title in short lines, an abstract with a line for every sentence: one line by
itself tells nothing, but most of a document being so does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.inputs.layout import labels, metadata_lines
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import holds_several, prose

LONG = 200
"""Letters from which on a paragraph is an abstract whatever stands in it."""


def whole(blocks: Sequence[Block]) -> list[Block]:
    """Give paragraphs as they were before somebody broke them."""
    return _titles(_abstracts(blocks))


def _abstracts(blocks: Sequence[Block]) -> list[Block]:
    """Join the sentences between blank lines, where nearly all lines are sentences but the first.

    >>> rows = ["Looms", "We watch them.", "They count.", "So do we."] * 3
    >>> [b.text for b in _abstracts([Block(n, row, gap=not n % 4) for n, row in enumerate(rows)])][:3]
    ['Looms', 'We watch them. They count. So do we.', 'Looms']
    """
    stanzas = list(_stanzas(blocks))
    bodies = [stanza[1:] for stanza in stanzas if len(stanza) > 2]
    rows = [block for body in bodies for block in body if not _aside(block)]
    if len(bodies) < max(2, 0.6 * len(stanzas)) or len(rows) < 2 * len(bodies):
        return list(blocks)
    if sum(block.text.endswith((".", "!", "?", "。")) for block in rows) < 0.85 * len(rows):
        return list(blocks)
    if sum(holds_several(block.text) for block in rows) > 0.5 * len(rows):
        return list(blocks)  # abstracts, one a line
    return [block for stanza in stanzas for block in _sentences(stanza)]


def _stanzas(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """What stands between blank lines."""
    stanza: list[Block] = []
    for block in blocks:
        if block.gap and stanza:
            yield stanza
            stanza = []
        stanza.append(block)
    if stanza:
        yield stanza


def _aside(block: Block, alone: bool = True) -> bool:
    text = block.text
    return bool(furniture(text) or metadata_lines.names(text, alone) or labels.label(text))


def _sentences(stanza: Sequence[Block]) -> Iterator[Block]:
    """A title, what is said beside it, and the sentences in one."""
    titled = not stanza[0].text.endswith((".", "。")) or prose(stanza[0].text) < -2
    yield from stanza[:titled]
    run: list[Block] = []
    for block in stanza[titled:]:
        if _aside(block):
            yield block
        else:
            run.append(block)
    if run:
        urls = tuple(url for block in run for url in block.urls)
        yield replace(run[0], text=" ".join(block.text for block in run), urls=urls)


# --- titles ----------------------------------------------------------------------------


def _titles(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of titles, where they are broken at one column all over."""
    runs = list(_runs(blocks))
    broken = [run for run in runs if len(run) > 1]
    margin = max((len(block.text) for run in runs for block in run), default=0)
    pairs = [two for run in broken for two in pairwise(run)]
    full = sum(len(a.text) + 1 + len(b.text.split(maxsplit=1)[0]) > margin for a, b in pairs)
    if len(broken) < max(3, 0.08 * len(runs)) or full < 0.9 * len(pairs):
        return list(blocks)
    first = {id(run[0]): run for run in broken}
    rest = {id(block) for run in broken for block in run[1:]}
    return [
        replace(block, text=" ".join(row.text for row in first[id(block)]))
        if id(block) in first
        else block
        for block in blocks
        if id(block) not in rest
    ]


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Short lines one below the other, right above a long one."""
    run: list[Block] = []
    for block in blocks:
        if len(block.text) > LONG:
            if run and not block.gap:
                yield run
            run = []
            continue
        if block.gap or block.item:
            run = []
        if prose(block.text) < 0 and not block.heading and not _aside(block, alone=False):
            run.append(block)
        else:
            run = []

"""Titles and abstracts that were broken into several paragraphs, joined again.

A title in short lines or an abstract with a line for every sentence is not evident from
one line; it is if most of a document is like that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.inputs.layout import labels, metadata_lines
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import has_several_sentences, prose_score

LONG = 200
"""Characters from which on a paragraph is an abstract, whatever it says."""


def rejoin_paragraphs(blocks: Sequence[Block]) -> list[Block]:
    """Join broken abstracts, then broken titles."""
    return _rejoin_titles(_rejoin_abstracts(blocks))


def _rejoin_abstracts(blocks: Sequence[Block]) -> list[Block]:
    """Join the sentences between blank lines, if nearly all lines but the first are sentences.

    >>> rows = ["Looms", "We watch them.", "They count.", "So do we."] * 3
    >>> blocks = [Block(n, row, gap=not n % 4) for n, row in enumerate(rows)]
    >>> [block.text for block in _rejoin_abstracts(blocks)][:3]
    ['Looms', 'We watch them. They count. So do we.', 'Looms']
    """
    stanzas = list(_stanzas(blocks))
    bodies = [stanza[1:] for stanza in stanzas if len(stanza) > 2]
    rows = [block for body in bodies for block in body if not _is_metadata(block)]
    if len(bodies) < max(2, 0.6 * len(stanzas)) or len(rows) < 2 * len(bodies):
        return list(blocks)
    if sum(block.text.endswith((".", "!", "?", "。")) for block in rows) < 0.85 * len(rows):
        return list(blocks)
    if sum(has_several_sentences(block.text) for block in rows) > 0.5 * len(rows):
        return list(blocks)  # whole abstracts, one to a line
    return [block for stanza in stanzas for block in _join_sentences(stanza)]


def _stanzas(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the runs of blocks between blank lines."""
    stanza: list[Block] = []
    for block in blocks:
        if block.gap and stanza:
            yield stanza
            stanza = []
        stanza.append(block)
    if stanza:
        yield stanza


def _is_metadata(block: Block, alone: bool = True) -> bool:
    text = block.text
    return bool(
        boilerplate_kind(text)
        or metadata_lines.is_author_line(text, alone)
        or labels.parse_label(text)
    )


def _join_sentences(stanza: Sequence[Block]) -> Iterator[Block]:
    """Yield the title, the metadata, and the sentences joined to one abstract."""
    titled = not stanza[0].text.endswith((".", "。")) or prose_score(stanza[0].text) < -2
    yield from stanza[:titled]
    run: list[Block] = []
    for block in stanza[titled:]:
        if _is_metadata(block):
            yield block
        else:
            run.append(block)
    if run:
        urls = tuple(url for block in run for url in block.urls)
        yield replace(run[0], text=" ".join(block.text for block in run), urls=urls)


# --- titles ----------------------------------------------------------------------------


def _rejoin_titles(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of titles, if they are wrapped at one column throughout."""
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
    """Yield the runs of short lines right above a long one."""
    run: list[Block] = []
    for block in blocks:
        if len(block.text) > LONG:
            if run and not block.gap:
                yield run
            run = []
            continue
        if block.gap or block.item:
            run = []
        if (
            prose_score(block.text) < 0
            and not block.heading
            and not _is_metadata(block, alone=False)
        ):
            run.append(block)
        else:
            run = []

"""Structured abstracts whose parts are separate paragraphs, joined again.

Background            or    BACKGROUND: Whether statins can be stopped is not known.
Whether statins …
                            METHODS: We followed …
Methods
We followed …
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.inputs.layout.lines import Block

_HEADINGS = (
    "background|introduction|context|importance|rationale|objectives?|aims?|purpose|aims? and objectives?|design|study design|setting|participants|patients|population"
    "|interventions?|exposures?|main outcomes?(?: and)? measures?|main outcome measures|measurements|data sources|methods?|materials? and methods?|patients and methods|methods and (?:findings|results)"
    "|results?|findings|main results|conclusions?|conclusions? and relevance|discussion|interpretation|significance|limitations|implications|trial registration|funding"
    "|hintergrund|fragestellung|zielsetzung|methoden?|methodik|ergebnisse|schlussfolgerung(?:en)?|contexte|objectifs?|méthodes?|résultats|antecedentes|objetivos?|métodos?|resultados|conclusion(?:es)|conclusões"
)
"""Headings of structured abstracts."""
_ALONE = re.compile(rf"(?:{_HEADINGS})\s?[:.]?", re.I)
_INLINE = re.compile(rf"({_HEADINGS})\s?[:.—–]\s+(?=\S)", re.I)

LONGEST = 3
"""The most paragraphs a part may have."""


def join_structured_abstracts(blocks: Sequence[Block]) -> list[Block]:
    """Join the parts of every structured abstract into one paragraph, each behind its heading.

    >>> rows = ["On Iron", "Background", "It is known.", "Methods", "We ask.", "On Bees"]
    >>> blocks = [Block(number, row) for number, row in enumerate(rows, 1)]
    >>> [block.text for block in join_structured_abstracts(blocks)]
    ['On Iron', 'Background: It is known. Methods: We ask.', 'On Bees']
    """
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        parts, end = _parts(blocks, at)
        if len(parts) > 1:
            out.append(replace(parts[0][1], text=" ".join(text for text, _ in parts), rows=()))
            at = end
        else:
            out.append(blocks[at])
            at += 1
    return out


def _parts(blocks: Sequence[Block], at: int) -> tuple[list[tuple[str, Block]], int]:
    """Return the parts from a paragraph on, each with a block, and the index after the last."""
    found: list[tuple[str, Block]] = []
    names: set[str] = set()
    while at < len(blocks):
        text = blocks[at].text
        if inline := _INLINE.match(text):
            name, body, end = inline[1], [], at + 1
        elif _ALONE.fullmatch(text) and at + 1 < len(blocks):
            name, end = text.rstrip(" :."), at + 1
            while end < len(blocks) and end <= at + LONGEST and not _opening_heading(blocks[end]):
                end += 1
            then = _opening_heading(blocks[end]) if end < len(blocks) else ""
            if not then or then in names or then == name.lower():
                end = at + 2  # the last part is one paragraph; a title may be below it
            body = [block.text for block in blocks[at + 1 : end]]
        else:
            break
        if name.lower() in names or (not inline and not body):
            break
        names.add(name.lower())
        first = blocks[at] if inline else blocks[at + 1]
        found.append((text if inline else f"{name}: {' '.join(body)}", first))
        at = end
    return found, at


def _opening_heading(block: Block) -> str:
    """Return the heading in lower case that opens a paragraph; empty if none does."""
    if inline := _INLINE.match(block.text):
        return inline[1].lower()
    return block.text.rstrip(" :.").lower() if _ALONE.fullmatch(block.text) else ""

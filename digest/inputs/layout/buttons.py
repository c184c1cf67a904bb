"""Buttons that a page has glued to its first title, and titles that it shows twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.inputs.layout.boilerplate import furniture, unglue
from digest.inputs.layout.lines import Block

SHORT = 400
"""Letters below which a text that comes again is a title."""


def unglued(blocks: Sequence[Block]) -> list[Block]:
    """Free the title a button is glued to; only where buttons stand."""
    out: list[Block] = []
    last = -1
    for block in blocks:
        if not out or furniture(out[-1].text):
            block = replace(block, text=unglue(block.text))
        kind = furniture(block.text)
        # A page may show every title twice, one below the other, with a count between them;
        # an abstract that comes again is a paper that comes again, and counts.
        again = last >= 0 and block.text == out[last].text and len(block.text) < SHORT
        if kind or not again:
            out.append(block)
            last = last if kind else len(out) - 1
    return out

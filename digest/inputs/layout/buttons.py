"""Buttons copied without a space before a title, and titles that a page shows twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.inputs.layout.boilerplate import boilerplate_kind, detach_button
from digest.inputs.layout.lines import Block

SHORT = 400
"""Characters below which a repeated text is a title."""


def detach_buttons(blocks: Sequence[Block]) -> list[Block]:
    """Remove buttons from the beginning of titles, and the second of two equal titles.

    A button is removed only from the first block and below boilerplate.
    """
    out: list[Block] = []
    last = -1
    for block in blocks:
        if not out or boilerplate_kind(out[-1].text):
            block = replace(block, text=detach_button(block.text))
        kind = boilerplate_kind(block.text)
        # A page may show every title twice, with a count between them; a repeated abstract
        # is a paper listed twice, and is kept.
        again = last >= 0 and block.text == out[last].text and len(block.text) < SHORT
        if kind or not again:
            out.append(block)
            last = last if kind else len(out) - 1
    return out

"""Megabytes of each awkward character through every reader: time grows with the text."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from digest import inputs
from digest.models import Note, Seed
from tests.reliability.trials import Trial, some

TITLE = "megabytes of awkward characters"
CHARACTERS = (
    *"{}[]()<>&\"'`\\|,;:@#%^~*_=+-.$ \n\t0aA",
    *"\u200b\ufeff\u202e\u0301\u4e2d\u0627\U0001f600\x00\x1b\r",
    *("\n\n", "{\\", "<a>", "<!--", "&amp;", "\\begin{", "$$", "@article{", "TY  - ", "[[", '{"'),
)
SIZE = 1_000_000
"""Characters of the smaller text; the larger has twice as many."""
MOST = 3.0
"""How often the time of the smaller text the larger may take: 2, and noise."""
UNNOTICED = 2.0
"""Seconds that nobody waits for, whatever the ratio."""


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Read each character, again and again, in each format and in whichever it seems to be."""
    every = list(product(CHARACTERS, ("", *(form.name for form in inputs.FORMATS))))
    for text, form in random.Random(1).sample(every, some(len(every), share)):
        one, two = (_seconds(text, form, size) for size in (SIZE, 2 * SIZE))
        slow = two > UNNOTICED and two > MOST * one
        lost = f"{one:.1f} s, {two:.1f} s for twice as much" if slow else ""
        yield Trial(f"{text!r} in {form or 'any format'}", lost)


def _seconds(text: str, form: str, size: int) -> float:
    begun = time.process_time()
    inputs.read(Seed("a.txt", text * (size // len(text)), Note(format=form or None)))
    return time.process_time() - begun

"""A paper without content: scripts fill in the card that is made of it."""

from __future__ import annotations

from datetime import date

from digest.models import Link, Paper

EMPTY = Paper(
    id="",
    date=date(1, 1, 1),
    title="",
    title_from="headline",
    abstract="",
    tldr=" ",
    withdrawn=True,
    authors=("",),
    links=(Link("#", "code"),),
)
"""Its card has every element a card may have: for a script, removing is easier than adding."""

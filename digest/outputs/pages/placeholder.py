"""A paper of which nothing is known: its card is what scripts fill in."""

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
"""It has all that a card may show, for a script takes away more easily than it adds."""

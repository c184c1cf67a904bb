"""A topic as cards, charts and the map show it: its name, its address, its mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.models import Topic

COLOURS = 9
"""Colours that people with any kind of colour vision tell apart; the style sheet has them."""

SHAPES = 3
"""A dot, a square, a diamond: the second and third round through the colours."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands for a topic wherever it is named."""

    name: str
    slug: str
    url: str
    colour: int
    """Class `dg-m<colour>` of the style sheet, which sets `--mark`; the same on every page."""
    shape: int

    @property
    def mark(self) -> str:
        """The classes of its mark, as HTML wants them."""
        return f"dg-m{self.colour}" + (f" dg-s{self.shape}" if self.shape else "")


def labels(topics: Iterable[Topic]) -> dict[str, Label]:
    """Give every topic its label, by name; its place in the table decides the mark.

    >>> labels([Topic("Optics", "optics")])["Optics"].mark
    'dg-m0'
    """
    return {
        topic.name: Label(
            topic.name, topic.slug, topic.url, place % COLOURS, place // COLOURS % SHAPES
        )
        for place, topic in enumerate(topics)
    }

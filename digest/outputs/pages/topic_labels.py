"""How a topic appears on cards, charts and the map: its name, its address, its marker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.models import Topic

COLOURS = 9
"""Colours distinct to people with any kind of colour vision; the style sheet has them."""

SHAPES = 3
"""Dot, square, diamond: the colours are used once with each."""


@dataclass(frozen=True, slots=True)
class Label:
    """A topic's name and address, with the marker that is beside its name on every page."""

    name: str
    slug: str
    url: str
    colour: int
    """Class `dg-m<colour>` of the style sheet, which sets `--mark`."""
    shape: int
    """0 dot, 1 square, 2 diamond."""

    @property
    def mark(self) -> str:
        """The CSS classes of the marker."""
        return f"dg-m{self.colour}" + (f" dg-s{self.shape}" if self.shape else "")


def labels(topics: Iterable[Topic]) -> dict[str, Label]:
    """Return the label of every topic, by name; its place in the table decides the marker.

    >>> labels([Topic("Optics", "optics")])["Optics"].mark
    'dg-m0'
    """
    return {
        topic.name: Label(
            topic.name, topic.slug, topic.url, place % COLOURS, place // COLOURS % SHAPES
        )
        for place, topic in enumerate(topics)
    }

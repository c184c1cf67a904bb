"""The map: similar papers are near each other, and every topic has its region.

Drawn while the site is built, as SVG that works without a script: each point is
a link with its title, each region has its name. A table lists the neighbours of
every topic in words.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from markupsafe import Markup

from digest.models import Digest, Page, Paper
from digest.outputs.map.placement import WIDTH, Honeycomb, Points, Ties, settle
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.topic_labels import Label, labels
from digest.outputs.rendering.templates import to_markdown

MAX_POINTS = 750
"""Papers drawn, the newest; all are laid out. More points would be too small, and make a page of
over 60 kB."""
SCALE = 1000
"""The height of the drawing in SVG units."""
ASPECT = 0.6
"""The average width of a character, relative to the font size."""
LINE = 20
"""Characters of a region's name on one line, about."""
NEIGHBOURS = 3
"""Neighbours of a topic in the table."""
COVERED = 0.12
"""The share of the drawing that names may cover; other names appear when one zooms in."""
MAX_SHIFT = 48
"""Units between a name and the middle of its region; farther off it would seem another's."""
GAP = 5
"""Units between two names, at least."""

NO_TOPIC = ""
"""The topic of papers without one."""


@dataclass(frozen=True, slots=True)
class Region:
    """A topic on the map."""

    label: Label
    count: int
    """Number of its papers."""
    x: float
    y: float
    """The middle, in the coordinates of `Points`."""
    beside: tuple[Label, ...] = ()
    """The nearest topics, the nearest first."""


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield map.md."""
    by_name = labels(digest.topics)
    yield renderer.page("map.md", partial(_map, digest.papers, by_name), digest=digest)


def _map(papers: Sequence[Paper], by_name: Mapping[str, Label]) -> dict[str, Any]:
    """Return the regions and the drawing, and how many papers are drawn."""
    places = lay_out(papers, list(by_name))
    shown = papers[:MAX_POINTS]
    spots = Honeycomb.of(len(shown)).place(places[: len(shown)])
    regions = find_regions(papers, places, by_name)
    return {
        "regions": regions,
        "shown": len(shown),
        "drawing": draw(shown, spots, regions, by_name),
    }


def lay_out(papers: Sequence[Paper], topics: Sequence[str]) -> Points:
    """Return the place of each paper: topics are laid out first, then their papers around them."""
    kinds = [*topics, NO_TOPIC]
    number = {topic: place for place, topic in enumerate(kinds)}
    row = {paper.id: place for place, paper in enumerate(papers)}
    kind = [number.get(_topic(paper), number[NO_TOPIC]) for paper in papers]
    near = sorted(
        {
            (min(place, row[each.id]), max(place, row[each.id]), max(each.score, 0.05))
            for place, paper in enumerate(papers)
            for each in paper.related
            if each.id in row
        }
    )
    anchors = _anchors(len(kinds), kind, near)
    starts = np.array([_start(paper, number, anchors) for paper in papers]).reshape(-1, 2)
    return settle(starts, Ties.of(near), home=0.12)


def _topic(paper: Paper) -> str:
    return paper.topics[0].topic if paper.topics else NO_TOPIC


def _anchors(count: int, kind: Sequence[int], near: Sequence[tuple[int, int, float]]) -> Points:
    """Lay out the topics: the more of their papers are related, the nearer they are.

    `kind` has the topic of each paper, `near` related papers with their similarity.
    """
    strength: Counter[tuple[int, int]] = Counter()
    size = Counter(kind)
    for one, other, _ in near:
        pair = sorted((kind[one], kind[other]))
        if pair[0] != pair[1]:
            strength[pair[0], pair[1]] += 1
    ties = [
        (one, other, times / float(np.sqrt(size[one] * size[other])))
        for (one, other), times in sorted(strength.items())
    ]
    return settle(_diamond(count), Ties.of(ties), home=0.02, draw=0.15)


def _diamond(count: int) -> Points:
    """Return points on a diamond around the middle.

    A circle would need sines, which are not the same on every machine.
    """
    around = np.arange(count) / max(count, 1) * 4
    x = np.abs((around + 2) % 4 - 2) - 1
    y = np.abs((around + 1) % 4 - 2) - 1
    return np.stack([WIDTH / 2 * (1 + 0.7 * x), 0.5 * (1 + 0.7 * y)], axis=1)


def _start(paper: Paper, number: Mapping[str, int], anchors: Points) -> Points:
    """Return where a paper starts: between its topics, scattered by its id."""
    mine = [number[each.topic] for each in paper.topics if each.topic in number][:3]
    weights = np.array([3.0, 1.0, 0.5][: len(mine)] or [1.0])
    middle = (anchors[mine or [number[NO_TOPIC]]] * weights[:, None]).sum(axis=0) / weights.sum()
    scatter = zlib.crc32(paper.id.encode())
    aside = np.array([scatter % 1000, scatter // 1000 % 1000]) / 1000 - 0.5
    return np.asarray(middle + aside * 0.12)


def find_regions(
    papers: Sequence[Paper], places: Points, by_name: Mapping[str, Label]
) -> list[Region]:
    """Return the region of each topic that has papers, the largest first."""
    members: dict[str, list[int]] = {}
    for place, paper in enumerate(papers):
        members.setdefault(_topic(paper), []).append(place)
    middles = {
        topic: np.median(places[members[topic]], axis=0) for topic in by_name if topic in members
    }
    found = []
    for topic, middle in middles.items():
        others = sorted(
            (float(((middles[other] - middle) ** 2).sum()), other)
            for other in middles
            if other != topic
        )
        beside = tuple(by_name[other] for _, other in others[:NEIGHBOURS])
        x, y = middle.tolist()
        found.append(Region(by_name[topic], len(members[topic]), x, y, beside))
    return sorted(found, key=lambda region: (-region.count, region.label.name))


# --- the drawing ----------------------------------------------------------------------------------


def draw(
    papers: Sequence[Paper], spots: Points, regions: Sequence[Region], by_name: Mapping[str, Label]
) -> Markup:
    """Draw the map as one SVG: points grouped by topic, then the names over them."""
    radius = Honeycomb.of(len(papers)).size * SCALE * 0.27
    groups: dict[str, list[Markup]] = {}
    for paper, (x, y) in zip(papers, spots.tolist(), strict=True):
        topic = _topic(paper)
        shape = by_name[topic].shape if topic in by_name else 0
        dot = _dot(shape, x * SCALE, y * SCALE, radius)
        groups.setdefault(topic, []).append(_point(paper, dot))
    drawn = [
        Markup('<g class="{}">{}</g>').format(
            f"dg-m{by_name[topic].colour}" if topic in by_name else "dg-none",
            Markup("").join(groups[topic]),
        )
        for topic in sorted(groups)
    ]
    return Markup(
        '<svg viewBox="0 0 {} {}" role="group" aria-label="Map of papers">'
        '<g class="dg-dots">{}</g><g class="dg-names">{}</g></svg>'
    ).format(round(WIDTH * SCALE), SCALE, Markup("").join(drawn), Markup("").join(_names(regions)))


def _point(paper: Paper, dot: Markup) -> Markup:
    return Markup('<a href="../{}" tabindex="-1"><title>{}</title>{}</a>').format(
        paper.url, to_markdown(paper.title), dot
    )


def _dot(shape: int, x: float, y: float, radius: float) -> Markup:
    """Draw a topic's marker: a dot, a square or a diamond."""
    if shape == 0:
        return Markup('<circle cx="{:.0f}" cy="{:.0f}" r="{:.3g}"/>').format(x, y, radius)
    half = radius * (0.88 if shape == 1 else 1.2)
    if shape == 1:
        return Markup('<path d="M{:.0f} {:.0f}h{:.3g}v{:.3g}h-{:.3g}z"/>').format(
            x - half, y - half, *[2 * half] * 3
        )
    return Markup('<path d="M{:.0f} {:.0f}l{:.3g} {:.3g}l-{:.3g} {:.3g}l-{:.3g}-{:.3g}z"/>').format(
        x, y - half, *[half] * 6
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """The rectangle of a name, in SVG units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: _Box) -> bool:
        """Return whether two names are closer than `GAP`."""
        return (
            self.left < other.right + GAP
            and other.left < self.right + GAP
            and self.top < other.bottom + GAP
            and other.top < self.bottom + GAP
        )

    @property
    def area(self) -> float:
        """Its area in square units."""
        return (self.right - self.left) * (self.bottom - self.top)


def _names(regions: Sequence[Region]) -> Iterator[Markup]:
    """Yield each region's name; those without room are hidden until one zooms in."""
    taken: list[_Box] = []
    room = COVERED * WIDTH * SCALE * SCALE
    for region in regions:
        lines = _lines(region.label.name)
        size = 23 if region.count > 8 else 19
        boxes = _boxes(region, lines, size)
        free = next((box for box in boxes if not any(box.overlaps(other) for other in taken)), None)
        shown = free is not None and free.area <= room
        if free and shown:
            taken.append(free)
            room -= free.area
        yield _name(region, lines, free if free and shown else boxes[0], size, hidden=not shown)


def _boxes(region: Region, lines: Sequence[str], size: int) -> list[_Box]:
    """Return where a name may be, nearest the middle of its region first."""
    half = max(map(len, lines)) * size * ASPECT / 2
    x = min(max(region.x * SCALE, half), WIDTH * SCALE - half)
    height = len(lines) * size * 1.05
    shifts = (0, *(way * step for step in range(12, MAX_SHIFT + 1, 12) for way in (1, -1)))
    tops = [
        min(max(region.y * SCALE - height / 2 + shift, 4), SCALE - height - 4) for shift in shifts
    ]
    return [_Box(x - half, top, x + half, top + height) for top in tops]


def _name(region: Region, lines: Sequence[str], box: _Box, size: int, *, hidden: bool) -> Markup:
    x = (box.left + box.right) / 2
    spans = Markup("").join(
        Markup('<tspan x="{:.0f}" y="{:.0f}">{}</tspan>').format(
            x, box.top + size * (0.85 + 1.05 * place), to_markdown(line)
        )
        for place, line in enumerate(lines)
    )
    return Markup('<a href="../{}"{}><text font-size="{}" class="dg-m{}">{}</text></a>').format(
        region.label.url,
        Markup(' class="dg-waits"') if hidden else "",
        size,
        region.label.colour,
        spans,
    )


def _lines(name: str) -> list[str]:
    """Break a name into lines of about `LINE` characters.

    >>> _lines("Interpretability & explainability")
    ['Interpretability &', 'explainability']
    """
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


OUTPUT = Output("map", pages, "pages/map.md.j2", styles=("map",), modules=("map",))

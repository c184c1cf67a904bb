"""Where things that are alike lie on a plane: near each other, and evenly spread.

Three forces move the points in small steps: related ones draw each other, each
is drawn to a place of its own kind, and a crowd pushes its members apart. The
push is read off a map of densities, not taken from every pair, so the work
grows with the number of points and no faster (as in diffusion cartograms:
Gastner & Newman 2004). Only sums, products and roots are used, no random
numbers: the same input lies in the same place on every machine, and a few
points more move the others a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""A row a point: x from 0 to `WIDTH`, y from 0 to 1."""

WIDTH = 1.6
"""The plane is so much wider than it is high."""
ROUNDS, SPREADING = 100, 60
"""Small steps taken: first by all forces, then by those that spread, the others at `LATE` of theirs."""
LATE = 0.2
CELLS = 48
"""Rows of the map of densities."""
RADII = (1, 2, 4, 8)
"""How far, in cells, a crowd pushes: a near push keeps points apart, a far one fills the plane."""
EDGE = 0.02
"""Space left free at the border."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Which points are alike, as three rows of equal length: one, other, how much (0 to 1)."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    weight: Points

    @classmethod
    def of(cls, ties: Sequence[tuple[int, int, float]]) -> Ties:
        """Take ties as a list of (one, other, how much)."""
        one, other, weight = zip(*ties, strict=True) if ties else ((), (), ())
        return cls(
            np.array(one, dtype=np.int64),
            np.array(other, dtype=np.int64),
            np.array(weight, dtype=np.float64),
        )


def settle(start: Points, ties: Ties, home: float, draw: float = 0.25) -> Points:
    """Give back where the points come to rest, from where they start.

    `home` is how strongly each is drawn back to its start, `draw` how strongly
    two that are wholly alike are drawn to each other, both a share of the way.
    """
    points = _within(start.copy())
    if len(points) < 2:
        return points
    for turn in range(ROUNDS + SPREADING):
        bound = 1.0 if turn < ROUNDS else LATE
        step = bound * (draw * _drawn(points, ties) + home * (start - points)) + _pushed(points)
        longest = 0.08 - 0.06 * turn / (ROUNDS + SPREADING)
        length = np.sqrt((step**2).sum(axis=1, keepdims=True))
        points = _within(points + step * np.minimum(1, longest / np.maximum(length, 1e-12)))
    return points


def _within(points: Points) -> Points:
    return np.stack(
        [np.clip(points[:, 0], EDGE, WIDTH - EDGE), np.clip(points[:, 1], EDGE, 1 - EDGE)], axis=1
    )


def _drawn(points: Points, ties: Ties) -> Points:
    """The mean way of each point to those it is tied to."""
    way = (points[ties.other] - points[ties.one]) * ties.weight[:, None]
    count = len(points)
    weight = np.bincount(ties.one, ties.weight, count) + np.bincount(ties.other, ties.weight, count)
    sums = [
        np.bincount(ties.one, way[:, axis], count) - np.bincount(ties.other, way[:, axis], count)
        for axis in (0, 1)
    ]
    return np.asarray(np.stack(sums, axis=1) / np.maximum(weight, 1e-12)[:, None])


def _pushed(points: Points) -> Points:
    """The way of each point out of the crowd around it."""
    rows, columns = CELLS, round(CELLS * WIDTH)
    x, y = points[:, 0] * columns / WIDTH - 0.5, points[:, 1] * rows - 0.5
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    right, bottom = x - left, y - top
    corners = [
        (np.clip(top + down, 0, rows - 1) * columns + np.clip(left + over, 0, columns - 1), share)
        for down, over, share in (
            (0, 0, (1 - bottom) * (1 - right)),
            (0, 1, (1 - bottom) * right),
            (1, 0, bottom * (1 - right)),
            (1, 1, bottom * right),
        )
    ]
    crowd: Points = np.zeros(rows * columns)
    for cell, share in corners:
        crowd += np.bincount(cell, share, rows * columns)
    crowd = (crowd * (rows * columns / len(points))).reshape(rows, columns)
    push = np.zeros_like(points)
    for radius in RADII:
        blurred = _blur(_blur(crowd, radius), radius)
        slopes = np.gradient(blurred, axis=1), np.gradient(blurred, axis=0)
        for axis, slope in enumerate(slopes):
            here = sum(slope.ravel()[cell] * share for cell, share in corners)
            dense = sum(blurred.ravel()[cell] * share for cell, share in corners)
            push[:, axis] -= here / np.maximum(dense, 1.0) * radius / rows
    return push


def _blur(field: Points, radius: int) -> Points:
    """The mean of each cell's neighbourhood; what lies beyond the border mirrors what lies before."""
    for axis in (0, 1):
        size = field.shape[axis]
        padded = np.pad(
            field,
            [(radius + 1, radius) if each == axis else (0, 0) for each in (0, 1)],
            "symmetric",
        )
        sums = np.cumsum(padded, axis=axis)
        later = np.take(sums, range(2 * radius + 1, 2 * radius + 1 + size), axis=axis)
        field = (later - np.take(sums, range(size), axis=axis)) / (2 * radius + 1)
    return field


# --- a place for each --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comb:
    """Places in rows, every other row shifted by half a place, as in a honeycomb."""

    size: float
    """The distance from place to place."""

    @classmethod
    def of(cls, count: int) -> Comb:
        """A comb with room for a number of points; it grows in jumps, so that few more change nothing."""
        room = 16.0
        while room < 1.5 * count:
            room *= 1.3
        return cls(float(np.sqrt(WIDTH / room / 0.866)))

    def place(self, points: Points) -> Points:
        """Give each point the nearest place that is still free, the first points first."""
        taken: set[tuple[int, int]] = set()
        placed = []
        for x, y in points.tolist():
            cell = self._nearest_free(x, y, taken)
            taken.add(cell)
            placed.append(self._middle(*cell))
        return np.array(placed).reshape(-1, 2)

    def _nearest_free(self, x: float, y: float, taken: set[tuple[int, int]]) -> tuple[int, int]:
        row = round(y / (self.size * 0.866))
        column = round(x / self.size - (row % 2) / 2)
        reach = 0
        while True:
            found = min(
                (
                    ((cx - x) ** 2 + (cy - y) ** 2, cell)
                    for cell in _ring(row, column, reach)
                    if cell not in taken
                    for cx, cy in [self._middle(*cell)]
                    if EDGE / 2 <= cx <= WIDTH - EDGE / 2 and EDGE / 2 <= cy <= 1 - EDGE / 2
                ),
                default=None,
            )
            if found:
                return found[1]
            reach += 1

    def _middle(self, row: int, column: int) -> tuple[float, float]:
        return (column + (row % 2) / 2) * self.size, row * self.size * 0.866


def _ring(row: int, column: int, reach: int) -> list[tuple[int, int]]:
    """The cells at a distance, counted in rows and columns.

    >>> len(_ring(5, 5, 0)), len(_ring(5, 5, 2))
    (1, 16)
    """
    if reach == 0:
        return [(row, column)]
    sides = range(-reach, reach + 1)
    return [
        (row + down, column + over)
        for down in sides
        for over in (sides if abs(down) == reach else (-reach, reach))
    ]

"""Force-directed layout: similar points near each other, and evenly spread.

Three forces move the points in small steps: related points attract each other,
each point is attracted to where it started, and dense areas push their points
apart. The push is computed from a density grid, not from every pair, so the time
is linear in the number of points (as in diffusion cartograms: Gastner & Newman
2004). Only sums, products and square roots are used, and no random numbers: the
same input gives the same layout on every machine, and a few points more move the
others a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""One row for each point: x from 0 to `WIDTH`, y from 0 to 1."""

WIDTH = 1.6
"""Of the plane, whose height is 1."""
STEPS, SPREADING_STEPS = 100, 60
"""First with all forces, then with attraction reduced to `SPREADING_ATTRACTION`."""
SPREADING_ATTRACTION = 0.2
GRID_ROWS = 48
"""Of the density grid; its cells are square."""
RADII = (1, 2, 4, 8)
"""Distances in cells at which density pushes: near to keep points apart, far to fill the plane."""
ROW_HEIGHT = 0.866
"""Between rows of a honeycomb, relative to the distance of its places: √3 / 2."""
MARGIN = 0.02
"""Free space at the border."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of similar points: three arrays of shape (pairs,), two of indices, one of weights
    0–1."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    weight: Points

    @classmethod
    def of(cls, ties: Sequence[tuple[int, int, float]]) -> Ties:
        """Make ties from a list of (one, other, weight)."""
        one, other, weight = zip(*ties, strict=True) if ties else ((), (), ())
        return cls(
            np.array(one, dtype=np.int64),
            np.array(other, dtype=np.int64),
            np.array(weight, dtype=np.float64),
        )


def settle(start: Points, ties: Ties, home: float, draw: float = 0.25) -> Points:
    """Return where the points are after all steps.

    `home` and `draw` are the shares of the distance that a step moves a point towards
    its start and towards its ties.
    """
    points = _within(start.copy())
    if len(points) < 2:
        return points
    for number in range(STEPS + SPREADING_STEPS):
        attraction = 1.0 if number < STEPS else SPREADING_ATTRACTION
        step = attraction * (draw * _pull(points, ties) + home * (start - points)) + _push(points)
        longest = 0.08 - 0.06 * number / (STEPS + SPREADING_STEPS)
        length = np.sqrt((step**2).sum(axis=1, keepdims=True))
        points = _within(points + step * np.minimum(1, longest / np.maximum(length, 1e-12)))
    return points


def _within(points: Points) -> Points:
    return np.stack(
        [np.clip(points[:, 0], MARGIN, WIDTH - MARGIN), np.clip(points[:, 1], MARGIN, 1 - MARGIN)],
        axis=1,
    )


def _pull(points: Points, ties: Ties) -> Points:
    """Return the weighted mean vector from each point to those it is tied to."""
    way = (points[ties.other] - points[ties.one]) * ties.weight[:, None]
    count = len(points)
    weight = np.bincount(ties.one, ties.weight, count) + np.bincount(ties.other, ties.weight, count)
    sums = [
        np.bincount(ties.one, way[:, axis], count) - np.bincount(ties.other, way[:, axis], count)
        for axis in (0, 1)
    ]
    return np.asarray(np.stack(sums, axis=1) / np.maximum(weight, 1e-12)[:, None])


def _push(points: Points) -> Points:
    """Return the vector of each point down the density gradient, at every radius."""
    rows, columns = GRID_ROWS, round(GRID_ROWS * WIDTH)
    # every point is shared by the four cells around it, so that density changes smoothly
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
    density: Points = np.zeros(rows * columns)
    for cell, share in corners:
        density += np.bincount(cell, share, rows * columns)
    density = (density * (rows * columns / len(points))).reshape(rows, columns)
    push = np.zeros_like(points)
    for radius in RADII:
        blurred = _blur(_blur(density, radius), radius)
        slopes = _slope(blurred.T).T, _slope(blurred)
        dense = sum(blurred.ravel()[cell] * share for cell, share in corners)
        for axis, slope in enumerate(map(np.ravel, slopes)):
            here = sum(slope[cell] * share for cell, share in corners)
            push[:, axis] -= here / np.maximum(dense, 1.0) * radius / rows
    return push


def _slope(field: Points) -> Points:
    """Return how much each cell's row changes: `np.gradient` without its many checks."""
    slope = np.empty_like(field)
    slope[1:-1] = (field[2:] - field[:-2]) / 2
    slope[0], slope[-1] = field[1] - field[0], field[-1] - field[-2]
    return slope


def _blur(field: Points, radius: int) -> Points:
    """Return the mean of each cell's square neighbourhood; beyond the border cells are mirrored."""
    for axis in (0, 1):
        size = field.shape[axis]
        before, after = np.arange(radius, -1, -1), np.arange(size - 1, size - 1 - radius, -1)
        mirrored = np.concatenate([before, np.arange(size), after])
        sums = np.cumsum(np.take(field, mirrored, axis=axis), axis=axis)
        width = 2 * radius + 1
        if axis == 0:
            field = (sums[width:] - sums[:-width]) / width
        else:
            field = (sums[:, width:] - sums[:, :-width]) / width
    return field


# --- a place for each point -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Honeycomb:
    """Places in rows, every other row shifted by half a place."""

    size: float
    """The distance between neighbouring places."""

    @classmethod
    def of(cls, count: int) -> Honeycomb:
        """Return one with room for `count` points; it grows in jumps, so that it rarely changes."""
        room = 16.0
        while room < 1.5 * count:
            room *= 1.3
        return cls(float(np.sqrt(WIDTH / room / ROW_HEIGHT)))

    def place(self, points: Points) -> Points:
        """Return the nearest free place for each point, the first points first."""
        taken: set[tuple[int, int]] = set()
        placed = []
        for x, y in points.tolist():
            cell = self._nearest_free(x, y, taken)
            taken.add(cell)
            placed.append(self._middle(*cell))
        return np.array(placed).reshape(-1, 2)

    def _nearest_free(self, x: float, y: float, taken: set[tuple[int, int]]) -> tuple[int, int]:
        row = round(y / (self.size * ROW_HEIGHT))
        column = round(x / self.size - (row % 2) / 2)
        reach = 0
        while True:
            found = min(
                (
                    ((cx - x) ** 2 + (cy - y) ** 2, cell)
                    for cell in _ring(row, column, reach)
                    if cell not in taken
                    for cx, cy in [self._middle(*cell)]
                    if MARGIN / 2 <= cx <= WIDTH - MARGIN / 2 and MARGIN / 2 <= cy <= 1 - MARGIN / 2
                ),
                default=None,
            )
            if found:
                return found[1]
            reach += 1

    def _middle(self, row: int, column: int) -> tuple[float, float]:
        return (column + (row % 2) / 2) * self.size, row * self.size * ROW_HEIGHT


def _ring(row: int, column: int, reach: int) -> list[tuple[int, int]]:
    """Return the cells at a distance of `reach` rows or columns.

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

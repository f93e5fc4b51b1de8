"""Along how much of the boundary there is a road within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely import LineString, MultiLineString

STEP_M = 25.0
"""How often along the boundary the nearest road is looked for."""

UNKNOWN = "unknown"
DIGITS = 4


@dataclass(frozen=True)
class Cover:
    """At which places along the boundary roads of each class are within reach.

    Parameters
    ----------
    at_m
        Chainage of the places, shape ``(n,)``; they are evenly spaced.
    near
        By rank of the class as text, and ``unknown``: whether there is one, shape ``(n,)``.
    """

    at_m: NDArray[np.float64]
    near: dict[str, NDArray[np.bool_]]

    @property
    def anywhere(self) -> NDArray[np.bool_]:
        """Whether there is a road of any class, shape ``(n,)``."""
        found = np.zeros(len(self.at_m), dtype=bool)
        for there in self.near.values():
            found |= there
        return found

    @property
    def total_m(self) -> float:
        """Length of the boundary."""
        return float(self.at_m[-1] + self.at_m[0])

    @property
    def share(self) -> float:
        """Share of the boundary with a road within reach."""
        return round(float(self.anywhere.mean()), DIGITS)

    @property
    def share_by_class(self) -> dict[str, float]:
        """The same by rank of the class."""
        return {rank: round(float(there.mean()), DIGITS) for rank, there in self.near.items()}

    @property
    def gaps_m(self) -> list[tuple[float, float]]:
        """Stretches without any road, from chainage to chainage."""
        flags = np.concatenate([[False], ~self.anywhere, [False]]).astype(int)
        half_m = float(self.at_m[0])
        return [
            (float(self.at_m[first]) - half_m, float(self.at_m[after - 1]) + half_m)
            for first, after in np.flatnonzero(np.diff(flags)).reshape(-1, 2).tolist()
        ]


def cover_boundary(
    line: LineString | MultiLineString,
    roads: NDArray[np.object_],
    ranks: Sequence[int | None],
    *,
    reach_m: float,
) -> Cover:
    """Return along which places of the boundary there are roads.

    Parameters
    ----------
    line
        The boundary; parts follow one another.
    roads
        Lines in its coordinate system, shape ``(n,)``; ``None`` is none.
    ranks
        Rank of the class of each, ``None`` where it is not known.
    reach_m
        How far from the boundary a road counts.
    """
    parts = np.atleast_1d(shapely.get_parts(line))
    lengths_m = shapely.length(parts)
    total_m = float(lengths_m.sum())
    count = max(int(np.ceil(total_m / STEP_M)), 1)
    at_m = (np.arange(count) + 0.5) * total_m / count
    begins_m = np.concatenate([[0.0], np.cumsum(lengths_m)[:-1]])
    part = np.clip(np.searchsorted(begins_m, at_m, side="right") - 1, 0, len(parts) - 1)
    places = shapely.line_interpolate_point(parts[part], at_m - begins_m[part])
    if not len(roads):
        return Cover(at_m, {})
    place, road = shapely.STRtree(roads).query(places, predicate="dwithin", distance=reach_m)
    names = np.array([UNKNOWN if rank is None else str(rank) for rank in ranks])
    near = {}
    for name in sorted(set(names.tolist())):
        near[name] = np.zeros(count, dtype=bool)
        near[name][place[names[road] == name]] = True
    return Cover(at_m, near)

"""The two ends of every docking point as arrays, for what the network says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from roadalign.model.columns import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking import Docking

    Floats = NDArray[np.float64]

SAME_M = 1e-6
OTHER = {"a": "b", "b": "a"}


@dataclass(frozen=True)
class Ends:
    """Both ends of the docking points, by side; rows NaN where the side has no road.

    Parameters
    ----------
    foot
        The docking points on the boundary, shape ``(n, 2)``.
    place
        Ends of the approaches, shape ``(n, 2)`` per side.
    heading
        Unit headings out of the own side.
    inside
        Places a way back along each road, where it is driven to and from.
    stretch_m
        Length of the road from there to its end.
    """

    foot: Floats
    place: dict[str, Floats]
    heading: dict[str, Floats]
    inside: dict[str, Floats]
    stretch_m: dict[str, Floats]

    def has(self, side: str) -> NDArray[np.bool_]:
        """Return where a side arrives."""
        there: NDArray[np.bool_] = np.isfinite(self.place[side][:, 0])
        return there

    def facing(self, side: str) -> Floats:
        """Return the headings of one side; where it has no road, against the other's."""
        own, other = self.heading[side], self.heading[OTHER[side]]
        return np.where(np.isfinite(own), own, -other)

    def reaching(self, side: str) -> Floats:
        """Return the ends of one side; where it has no road, the docking point."""
        return np.where(np.isfinite(self.place[side]), self.place[side], self.foot)

    def gaps(self) -> NDArray[np.object_]:
        """Return the line from end to end of each docking point, to its foot if alone."""
        a, b = self.reaching("a"), self.reaching("b")
        lines: Any = shapely.linestrings(np.stack([a, b], axis=1))
        spots: Any = shapely.points(a)
        # A line without length is near to nothing; a point is.
        same = np.hypot(*(b - a).T) < SAME_M
        shapes: NDArray[np.object_] = np.where(same, spots, lines)
        return shapes


def ends_of(docked: Docking) -> Ends:
    """Return the ends of the docking points.

    Parameters
    ----------
    docked
        What was found at the boundary.
    """
    count = len(docked.points)
    foot = docked.points[["x", "y"]].to_numpy(dtype=float).reshape(-1, 2)
    place: dict[str, Floats] = {}
    heading: dict[str, Floats] = {}
    inside: dict[str, Floats] = {}
    stretch: dict[str, Floats] = {}
    for side in SIDES:
        found = docked.approaches
        own = found[found["side"] == side] if count else found
        row = own["point"].to_numpy(dtype=int)
        for into in (place, heading, inside):
            into[side] = np.full((count, 2), np.nan)
        stretch[side] = np.full(count, np.nan)
        if len(row) == 0:
            continue
        bearing = np.radians(own["heading_deg"].to_numpy(dtype=float))
        place[side][row] = own[["x", "y"]].to_numpy(dtype=float)
        heading[side][row] = np.stack([np.sin(bearing), np.cos(bearing)], axis=1)
        inside[side][row] = own[["inside_x", "inside_y"]].to_numpy(dtype=float)
        stretch[side][row] = own["inside_m"].to_numpy(dtype=float)
    return Ends(foot, place, heading, inside, stretch)

"""One side's candidates, to be asked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.ops import substring

from roadalign.model.tables import records

if TYPE_CHECKING:
    from roadalign.docking.approaches import SideEnds

SAMPLE_M = 10.0
BEND_M = 15.0
TAIL_M = 2000.0
SHORTEST_STEP_M = 0.2
"""Shorter pieces of a line have no direction worth the name."""


class Side:
    """One side's candidates as plain arrays and dictionaries: a table is slow to ask one by one."""

    def __init__(self, side: SideEnds) -> None:
        ends = side.ends
        self.lines = side.strokes.lines
        self.place = ends[["x", "y"]].to_numpy(dtype=float)
        self.match_xy = ends[["match_x", "match_y"]].to_numpy(dtype=float)
        self.heading = ends[["ux", "uy"]].to_numpy(dtype=float)
        self.tip = ends[["tip_x", "tip_y"]].to_numpy(dtype=float)
        self.chainage_m = ends["chainage_m"].to_numpy(dtype=float)
        self.known_m = ends["known_m"].to_numpy(dtype=float)
        self.rank = np.nan_to_num(ends["rank"].to_numpy(dtype=float))
        self.needs_counterpart = ends["needs_counterpart"].to_numpy(dtype=bool)
        self.stroke = ends["stroke"].to_numpy(dtype=int)
        self.at_m = ends["at_m"].to_numpy(dtype=float)
        self.back = ends["back"].to_numpy(dtype=int)
        self.end = ends["end"].tolist()
        self.to_boundary_m = ends["to_boundary_m"].tolist()
        row = ends["row"].to_numpy(dtype=int)
        used, at = np.unique(row, return_inverse=True)
        roads = records(side.roads.drop(columns="geometry").iloc[used])
        self.road = [roads[k] for k in at]

    def bend_deg(self, row: int) -> float:
        """Return how sharply the road turns, at most, within `BEND_M` of its end."""
        at_m, back = self.at_m[row], self.back[row]
        line = self.lines[self.stroke[row]]
        stop_m = float(np.clip(at_m + back * BEND_M, 0.0, shapely.length(line)))
        last = substring(line, at_m, stop_m)
        step = np.diff(shapely.get_coordinates(last), axis=0)
        step = step[np.hypot(*step.T) > SHORTEST_STEP_M]
        turn = np.diff(np.arctan2(step[:, 1], step[:, 0]))
        return float(np.degrees(np.abs((turn + np.pi) % (2 * np.pi) - np.pi)).max(initial=0.0))

    def tail(self, row: int) -> Any:
        """Return the road from its end inland, `TAIL_M` of it at most."""
        at_m, back = self.at_m[row], self.back[row]
        line = self.lines[self.stroke[row]]
        stop_m = np.clip(at_m + back * TAIL_M, 0.0, shapely.length(line))
        return substring(line, at_m, stop_m)

    def strays_m(self, row: int, other: Side, other_row: int) -> float:
        """Return how far, at most, what lies beyond an end is from the other side's road."""
        line = self.lines[self.stroke[row]]
        at_m = self.at_m[row]
        stop_m = shapely.length(line) if self.back[row] < 0 else 0.0
        count = max(int(abs(stop_m - at_m) / SAMPLE_M), 1) + 1
        beyond = shapely.line_interpolate_point(line, np.linspace(at_m, stop_m, count))
        return float(shapely.distance(beyond, other.lines[other.stroke[other_row]]).max())

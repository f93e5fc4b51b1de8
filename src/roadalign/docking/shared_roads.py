"""Boundary roads drawn by both sides: which of A's is which of B's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.model.tables import SIDE_COLUMNS, typed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.ruler import Ruler
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

SAME_SHARE = 0.5
"""Two boundary roads are one where this share of the shorter one runs beside the other."""

STEP_M = 20.0


def shared_boundary_roads(
    side_a: SideEnds, side_b: SideEnds, ruler: Ruler, *, limits: Limits
) -> pd.DataFrame:
    """Pair the boundary roads of the two sides.

    Parameters
    ----------
    side_a, side_b
        Candidates of the two sides, with their strokes.
    ruler
        The boundary.
    limits
        Uses ``same_road_m``.

    Returns
    -------
    pandas.DataFrame
        One row per road drawn by both: ``chainage_m`` and ``a_…``, ``b_…`` of
        `roadalign.model.tables.SIDE_COLUMNS`.
    """
    strokes_a = np.flatnonzero(side_a.boundary_road)
    strokes_b = np.flatnonzero(side_b.boundary_road)
    within_m = limits["same_road_m"]
    rows = []
    if len(strokes_a) and len(strokes_b):
        lines_a, lines_b = side_a.strokes.lines[strokes_a], side_b.strokes.lines[strokes_b]
        tree = shapely.STRtree(lines_b)
        for one, two in tree.query(lines_a, predicate="dwithin", distance=within_m).T:
            if _beside(lines_a[one], lines_b[two], within_m=within_m):
                middle = shapely.line_interpolate_point(lines_a[one], 0.5, normalized=True)
                rows.append(
                    {"chainage_m": ruler.read(shapely.get_coordinates(middle)).chainage_m[0]}
                    | _described("a", side_a, int(strokes_a[one]))
                    | _described("b", side_b, int(strokes_b[two]))
                )
    columns = {"chainage_m": "Float64"} | {
        f"{side}_{name}": kind for side in ("a", "b") for name, kind in SIDE_COLUMNS.items()
    }
    table = typed(pd.DataFrame(rows), columns)
    return table.sort_values(["chainage_m", "a_fid", "b_fid"]).reset_index(drop=True)


def _beside(one: Any, two: Any, *, within_m: float) -> bool:
    short, long = sorted((one, two), key=shapely.length)
    count = max(int(shapely.length(short) / STEP_M), 2) + 1
    points = shapely.line_interpolate_point(short, np.linspace(0, 1, count), normalized=True)
    return bool(shapely.dwithin(points, long, within_m).mean() >= SAME_SHARE)


def _described(name: str, side: SideEnds, stroke: int) -> dict[str, Any]:
    rows = np.flatnonzero(side.strokes.line_stroke == stroke)
    length = shapely.length(np.asarray(side.roads.geometry.array, dtype=object)[rows])
    road = side.roads.iloc[int(rows[np.argmax(length)])]
    values = {f"{name}_{key}": road.get(key, pd.NA) for key in SIDE_COLUMNS}
    fids = side.roads["fid"].iloc[rows].astype(str)
    return values | {f"{name}_fid": ",".join(dict.fromkeys(fids)), f"{name}_carriageways": 1}

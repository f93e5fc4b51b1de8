"""What each side's features near the boundary come to, stretch by stretch.

Two runs with the same boundary can so be told apart side by side: where the digest of a stretch is
the same, the side drew and said the same there, whatever became of its docking points.
"""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.model.columns import columns_of

if TYPE_CHECKING:
    import geopandas as gpd

    from roadalign.docking.ruler import Ruler
    from roadalign.model.result import Boundary, Plan

STEP_M = 250.0
"""Length of a stretch."""

REACH_M = 500.0
"""How far from its stretch a feature may lie to count: what docking looks at."""

DIGITS = 2
"""Places are compared to a centimetre."""

LENGTH_BYTES = 5
"""Of a digest: among 10,000 stretches two agree by chance once in 20,000 runs."""


def digest_features(plans: tuple[Plan, Plan], line: Boundary, ruler: Ruler) -> dict[str, Any]:
    """Return digests of what both sides draw and say along the boundary.

    Parameters
    ----------
    plans
        The two plans.
    line
        The common line.
    ruler
        The same, to measure along.

    Returns
    -------
    dict
        As `roadalign.model.run.FeatureDigests` describes it; an empty text is a stretch without
        any feature.
    """
    count = max(int(np.ceil(ruler.total_m / STEP_M)), 1)
    edges = np.linspace(0.0, ruler.total_m, count + 1)
    stretches = [
        shapely.linestrings(np.stack([ruler.place(float(one)) for one in np.linspace(*ends, 6)]))
        for ends in itertools.pairwise(edges)
    ]
    digests = {
        side: _digest_side(plan.roads, np.array(stretches, dtype=object))
        for side, plan in zip("ab", plans, strict=True)
    }
    boundary = _digest(shapely.to_wkb(shapely.set_precision(line.line, 10.0**-DIGITS)))
    return {"boundary": boundary, "stretch_m": round(ruler.total_m / count, 3), **digests}


def _digest_side(roads: gpd.GeoDataFrame, stretches: np.ndarray[Any, Any]) -> list[str]:
    lines = np.asarray(roads.geometry.array, dtype=object)
    if not len(lines):
        return [""] * len(stretches)
    # what a side says, without what only names the feature in its file
    said = [name for name, one in columns_of("road").items() if one.tracked and name in roads]
    cells = roads[said].astype("string").fillna("").agg("\x1f".join, axis=1)
    shapes = shapely.to_wkb(shapely.transform(lines, lambda xy: np.round(xy, DIGITS)))
    own = [_digest(shape + text.encode()) for shape, text in zip(shapes, cells, strict=True)]
    stretch, road = shapely.STRtree(lines).query(stretches, predicate="dwithin", distance=REACH_M)
    near = pd.Series(own).iloc[road].groupby(stretch).agg(lambda part: "".join(sorted(part)))
    return [_digest(near[k].encode()) if k in near.index else "" for k in range(len(stretches))]


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=LENGTH_BYTES).hexdigest()

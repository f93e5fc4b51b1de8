"""What each side's features near the boundary come to, stretch by stretch.

Two runs with the same boundary can so be told apart side by side: where the digest of a stretch is
the same, the side drew and said the same there, whatever became of its docking points.
"""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from roadalign.model.columns import columns_of

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.model.result import Boundary, Plan

STEP_M = 250.0
"""Length of a stretch."""

REACH_M = 500.0
"""How far from its stretch a feature may lie to count: what docking looks at."""

DIGITS = 2
"""Places are compared to a centimetre."""

LENGTH_BYTES = 8
"""Of a digest, as a number: two agree by chance once in 10^19 times."""


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
    drawn = shapely.to_wkb(shapely.set_precision(line.line, 10.0**-DIGITS))
    boundary = _hash(drawn).hexdigest()
    return {"boundary": boundary, "stretch_m": round(ruler.total_m / count, 3), **digests}


def _digest_side(roads: gpd.GeoDataFrame, stretches: NDArray[np.object_]) -> list[str]:
    lines = np.asarray(roads.geometry.array, dtype=object)
    if not len(lines):
        return [""] * len(stretches)
    stretch, road = shapely.STRtree(lines).query(stretches, predicate="dwithin", distance=REACH_M)
    near, at = np.unique(road, return_inverse=True)
    # a sum does not depend on the order in which the features stand in their file
    total = np.zeros(len(stretches), dtype=np.uint64)
    np.add.at(total, stretch, _digest_roads(roads.iloc[near])[at])
    held = np.bincount(stretch, minlength=len(stretches)) > 0
    return [f"{one:016x}" if there else "" for one, there in zip(total.tolist(), held, strict=True)]


def _digest_roads(roads: gpd.GeoDataFrame) -> NDArray[np.uint64]:
    """Return a number for each road of where it is drawn and what is said of it.

    What only names the feature in its file does not count.
    """
    said = [name for name, one in columns_of("road").items() if one.tracked and name in roads]
    texts = [roads[name].astype("string").fillna("") for name in said]
    cells = texts[0].str.cat(texts[1:], sep="\x1f")
    lines = np.asarray(roads.geometry.array, dtype=object)
    shapes = shapely.to_wkb(shapely.transform(lines, lambda xy: np.round(xy, DIGITS)))
    digests = [
        _hash(shape + text.encode()).digest() for shape, text in zip(shapes, cells, strict=True)
    ]
    return np.frombuffer(b"".join(digests), dtype="<u8")


def _hash(content: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(content, digest_size=LENGTH_BYTES)

"""What a map shows behind the two plans, so that it reads as a map without any tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import geopandas as gpd
import numpy as np
import shapely

from roadalign.docking import side_of_a
from roadalign.docking.ruler import Ruler
from roadalign.model.result import Background

if TYPE_CHECKING:
    from roadalign.model.result import Boundary, Constraints, Land, Network, Plan

BAND_SHARE = 0.12
"""Width of the land on either side, as a share of the size of the boundary (ours)."""
BAND_LEAST_M, BAND_MOST_M = 1_500.0, 12_000.0
GIVEN_BAND_M = 25_000.0
"""How far from the boundary given areas are kept."""
NEAR_M = 2_000.0
"""Up to here every existing road is kept, beyond it only those of through traffic (ours)."""
THROUGH = ("motorway", "trunk", "primary", "secondary", "tertiary")
COARSE_M = 8.0


def background_of(
    line: Boundary,
    plans: tuple[Plan, Plan],
    *,
    areas: Constraints,
    network: Network | None,
    reach_m: float,
) -> Background:
    """Gather what lies around the boundary.

    Parameters
    ----------
    line
        The common line.
    plans
        Both sides, A first.
    areas
        Areas that a road may have to cross.
    network
        The existing roads.
    reach_m
        How near to the boundary a road must come to tell whose side it lies on.
    """
    band_m = None
    if line.area_a is not None and line.area_b is not None:
        near = shapely.buffer(shapely.simplify(line.line, COARSE_M), GIVEN_BAND_M)
        land = tuple(
            cast("Land", shapely.intersection(shapely.simplify(area, COARSE_M), near))
            for area in (line.area_a, line.area_b)
        )
    else:
        band_m = _width_m(line)
        land = _sides(line, plans, band_m=band_m, reach_m=reach_m)
    return Background(
        land_a=land[0] if land else None,
        land_b=land[1] if land else None,
        band_m=band_m,
        network=_roads(network, line) if network is not None else None,
        areas=areas.areas[["kind", "geometry"]],
        places=network.places if network is not None else None,
    )


def _width_m(line: Boundary) -> float:
    west, south, east, north = line.line.bounds
    width_m = BAND_SHARE * np.hypot(east - west, north - south)
    return float(np.clip(width_m, BAND_LEAST_M, BAND_MOST_M))


def _sides(
    line: Boundary, plans: tuple[Plan, Plan], *, band_m: float, reach_m: float
) -> tuple[Land, ...]:
    """Return a band on either side of the line, A's first; nothing where the line closes none."""
    coarse = shapely.simplify(line.line, COARSE_M)
    band = shapely.buffer(coarse, band_m)
    cuts = [_lengthened(part, 3 * band_m) for part in shapely.get_parts(coarse)]
    faces = shapely.get_parts(
        shapely.polygonize(list(shapely.get_parts(shapely.union_all([*cuts, band.boundary]))))
    )
    inner = np.array([face for face in faces if band.covers(face.representative_point())])
    if len(inner) == 0:
        return ()
    ruler = Ruler(line.line)
    middles = shapely.get_coordinates(shapely.point_on_surface(inner))
    left = ruler.read(middles).distance_m > 0
    sides = [shapely.union_all(inner[left]), shapely.union_all(inner[~left])]
    if any(side.is_empty for side in sides):
        return ()
    sign_a = side_of_a(plans[0].roads, plans[1].roads, ruler, reach_m=reach_m)
    return tuple(cast("list[Land]", sides if sign_a > 0 else sides[::-1]))


def _lengthened(line: shapely.LineString, by_m: float) -> shapely.LineString:
    """Return a line that goes straight on at both of its ends."""
    places = shapely.get_coordinates(line)
    if len(places) < 2 or (places[0] == places[-1]).all():  # noqa: PLR2004 (a ring has no end)
        return line
    ends = []
    for end, before in ((places[0], places[1]), (places[-1], places[-2])):
        step = end - before
        ends.append(end + step / max(float(np.hypot(*step)), 1e-9) * by_m)
    return shapely.LineString(np.vstack([ends[0], places, ends[1]]))


def _roads(network: Network, line: Boundary) -> gpd.GeoDataFrame:
    roads = network.roads[network.roads["status"] == "existing"]
    kind = roads["kind"].fillna("").str.removesuffix("_link")
    coarse = shapely.simplify(line.line, COARSE_M)
    shapely.prepare(coarse)
    near = shapely.dwithin(coarse, np.asarray(roads.geometry.array, dtype=object), NEAR_M)
    kept = roads[near | kind.isin(THROUGH).to_numpy()]
    return gpd.GeoDataFrame({"kind": kind[kept.index]}, geometry=kept.geometry, crs=line.crs)

"""The ground of the map as the page holds it: land, areas, existing roads, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from roadalign.standards import table

if TYPE_CHECKING:
    import geopandas as gpd

    from roadalign.model.result import Background
    from roadalign.outputs.map.pack import Packer

WITHIN_M = 3.0
"""Roads and areas of the ground are drawn this exactly, land and its edge a little less."""
LAND_WITHIN_M = 12.0
FADING = (1.0, 0.78, 0.56, 0.34)
"""Shares of a band that lie over one another: it has no edge that looks like a boundary."""
RANK = {"motorway": 3, "trunk": 3, "primary": 2, "secondary": 2}


def ground(background: Background, line: Any, packer: Packer) -> dict[str, Any]:
    """Return everything that lies under the plans.

    Parameters
    ----------
    background
        What there is.
    line
        The boundary.
    packer
        Of the same coordinate system.
    """
    kinds = [] if background.areas is None else sorted(background.areas["kind"].unique())
    known = table("constraints")
    return {
        "landGiven": background.band_m is None,
        "land": {
            side: [
                packer.areas([shape], within_m=LAND_WITHIN_M)
                for shape in _faded(land, line, background.band_m)
            ]
            for side, land in (("a", background.land_a), ("b", background.land_b))
        },
        "areas": {kind: _areas(background.areas, kind, packer) for kind in kinds},
        "kinds": {kind: known[kind]["name"] for kind in kinds},
        "network": {} if background.network is None else _roads(background.network, packer),
        "places": [] if background.places is None else _places(background.places, packer),
    }


def _faded(land: Any, line: Any, band_m: float | None) -> list[Any]:
    """Return the land from its widest to its narrowest part."""
    if land is None or band_m is None:
        return [] if land is None else [land]
    coarse = shapely.simplify(line, LAND_WITHIN_M)
    return [land.intersection(coarse.buffer(share * band_m)) for share in FADING]


def _areas(areas: Any, kind: str, packer: Packer) -> list[list[str]]:
    chosen = areas.geometry.array[(areas["kind"] == kind).to_numpy()]
    return packer.areas(np.asarray(chosen, dtype=object), within_m=WITHIN_M)


def _roads(roads: gpd.GeoDataFrame, packer: Packer) -> dict[int, list[str]]:
    rank = roads["kind"].map(RANK).fillna(1).astype(int).to_numpy()
    lines = np.asarray(roads.geometry.array, dtype=object)
    found = {}
    for one in np.unique(rank).tolist():
        # joined, they take less room than piece by piece
        joined = shapely.line_merge(shapely.multilinestrings(lines[rank == one]))
        found[one] = packer.lines(shapely.get_parts(joined), within_m=WITHIN_M)
    return found


def _places(places: gpd.GeoDataFrame, packer: Packer) -> list[dict[str, Any]]:
    at = packer.points(shapely.get_coordinates(places.geometry.array))
    rows = zip(places["name"].tolist(), places["kind"].tolist(), at, strict=True)
    return [{"t": name, "k": kind, "at": place} for name, kind, place in rows]

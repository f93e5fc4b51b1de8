"""Any files of roads become one `Network`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.attributes.osm_tags import blocks, interpret
from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.model.result import Network
from roadalign.model.tables import BARRIER_COLUMNS, NETWORK_COLUMNS, PLACE_COLUMNS, empty, typed
from roadalign.network.files import network_files
from roadalign.settings import NetworkSettings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadalign.model.result import Boundary
    from roadalign.network.raw import RawRoads

OSM_ATTRIBUTION = "© OpenStreetMap contributors"
OVERTURE_ATTRIBUTION = f"{OSM_ATTRIBUTION}, Overture Maps Foundation"


def read_network(
    sources: Sequence[str | Path | gpd.GeoDataFrame],
    *,
    boundary: Boundary,
    band_m: float,
    settings: NetworkSettings | None = None,
) -> Network:
    """Read the existing roads near the boundary.

    Parameters
    ----------
    sources
        ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.graphml`` of osmnx, GeoPackage, shapefile or GeoJSON
        with a field ``highway`` or of Geofabrik, GeoParquet (also of Overture Maps), or what
        `roadalign.network.store.write_network` wrote; folders, archives, or several joined
        by ``+``, or tables in memory. A way that stands in several is taken from the file that
        holds most of it.
    boundary
        The common line; its coordinate system is the working one.
    band_m
        Roads with a part within this many metres of the boundary are read, whole, never clipped.
    settings
        What layers are assumed to be that do not say.

    Returns
    -------
    Network
        Empty, with a note in its inputs, where the files have no road there.

    Raises
    ------
    InputError
        If a source does not exist, cannot be read, or holds no roads at all.
    """
    settings = settings or NetworkSettings()
    read = list(network_files(sources, boundary=boundary, band_m=band_m, settings=settings))
    if not read:
        raise InputError("no_network", where="network")
    tables = [_roads(one, number, boundary) for number, one in enumerate(read)]
    tables = [table for table in tables if len(table)]
    if tables:
        roads = _once(pd.concat(tables, ignore_index=True))
    else:
        roads = empty(NETWORK_COLUMNS, crs=boundary.crs)
        roads.insert(len(roads.columns) - 1, "nodes", pd.Series(dtype=object))
    points = pd.concat([one.points for one in read], ignore_index=True)
    points = points.drop_duplicates("node", ignore_index=True)
    roads, points = _with_points(roads, points)
    overture = any(one.overture for one in read)
    return Network(
        roads=roads,
        barriers=_barriers(points, boundary),
        attribution=settings.attribution or (OVERTURE_ATTRIBUTION if overture else OSM_ATTRIBUTION),
        places=_places(pd.concat([one.named for one in read], ignore_index=True), boundary),
        inputs=tuple(one.record for one in read),
    )


def _roads(raw: RawRoads, number: int, boundary: Boundary) -> gpd.GeoDataFrame:
    table, keep = interpret(raw.tags)
    lines = gpd.GeoSeries(raw.lines[keep], crs=boundary.crs)
    nodes = pd.Series(raw.nodes[keep], dtype=object)
    table = table.assign(nodes=nodes, file=number)
    return gpd.GeoDataFrame(table, geometry=lines, crs=boundary.crs)


def _once(roads: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave a way that several files hold in the one that has most of it."""
    vertices = shapely.get_num_coordinates(roads.geometry.array)
    table = pd.DataFrame({"id": roads["osm_id"], "file": roads["file"], "size": vertices})
    held = table.groupby(["id", "file"])["size"].transform("sum")
    table = table.assign(held=held).sort_values(["held", "file"], ascending=[False, True])
    best = table.dropna(subset="id").drop_duplicates("id").set_index("id")["file"]
    chosen = roads["osm_id"].map(best)
    kept = roads[chosen.isna() | (chosen == roads["file"])]
    return gpd.GeoDataFrame(kept.drop(columns="file").reset_index(drop=True))


def _with_points(
    roads: gpd.GeoDataFrame, points: pd.DataFrame
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Note on each road what its nodes say; return only the nodes that lie on one."""
    known = roads["nodes"].notna().to_numpy(dtype=bool)
    if not len(points) or not known.any():
        return roads, points[:0]
    lists = roads["nodes"].to_numpy()[known]
    owner = np.repeat(np.flatnonzero(known), [len(one) for one in lists])
    vertices = pd.DataFrame({"road": owner, "node": np.concatenate(lists)})
    on = vertices.merge(points, on="node").drop_duplicates(["road", "node"])
    barred = on[on["barrier"].notna()].groupby("road")["barrier"]
    kinds = barred.agg(lambda found: ",".join(sorted(set(found))))
    ends = on.loc[on["noexit"] == "yes", "road"].unique()
    barrier = roads["barrier"].copy()
    barrier.loc[kinds.index] = kinds.to_numpy()
    noexit = roads["noexit"] | roads.index.isin(ends)
    return roads.assign(barrier=barrier, noexit=noexit), points[points["node"].isin(on["node"])]


def _barriers(points: pd.DataFrame, boundary: Boundary) -> gpd.GeoDataFrame:
    points = points[points["barrier"].notna()].sort_values("node").reset_index(drop=True)
    change = find_transformer(WGS84, boundary.crs)
    x, y = change.transform(points["lon"].to_numpy(), points["lat"].to_numpy())
    found = {
        "osm_id": points["node"].astype("string"),
        "kind": points["barrier"],
        "access": points["access"],
        "blocks": blocks(points["barrier"], points["access"]),
        "geometry": gpd.GeoSeries.from_xy(x, y, crs=boundary.crs),
    }
    return gpd.GeoDataFrame(typed(pd.DataFrame(found), BARRIER_COLUMNS), crs=boundary.crs)


def _places(named: pd.DataFrame, boundary: Boundary) -> gpd.GeoDataFrame:
    named = named.drop_duplicates(ignore_index=True)
    change = find_transformer(WGS84, boundary.crs)
    x, y = change.transform(named["lon"].to_numpy(), named["lat"].to_numpy())
    found = named.assign(geometry=gpd.GeoSeries.from_xy(x, y, crs=boundary.crs))
    return gpd.GeoDataFrame(typed(found, PLACE_COLUMNS), crs=boundary.crs)

"""GraphML as osmnx writes it, read without building the graph."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from roadalign.attributes.osm_keys import ID, keys
from roadalign.errors import InputError
from roadalign.formats.input_records import checksum, size_bytes
from roadalign.formats.nearby import near_features, nothing_near
from roadalign.formats.text_encoding import FORMAT_KNOWS
from roadalign.georeferencing.crs import crs_name
from roadalign.georeferencing.crs_text import read_crs
from roadalign.model.run import InputNote, InputRecord
from roadalign.model.words import Role
from roadalign.network.raw import RawRoads, no_points
from roadalign.network.vector import one_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from roadalign.model.result import Boundary

_SPACE = "{http://graphml.graphdrawing.org/xmlns}"
_MADE_UP = -(2**62)


def read_graphml(path: Path, *, label: str, boundary: Boundary, band_m: float) -> RawRoads:
    """Read the edges of a street graph.

    Parameters
    ----------
    path, label
        The file, of which `outermost` has seen that it defines no entities, and how the user
        named it.
    boundary
        The common line.
    band_m
        Edges with a part within this many metres of the boundary are read, whole.

    Notes
    -----
    osmnx draws a road of two directions twice; it is taken once. An edge that joins several ways
    is known by all of their ids. Only its ends have ids of OpenStreetMap; the vertices between
    get ids below zero, because nothing joins there.
    """
    try:
        crs, nodes, edges = _parsed(path)
    except (ET.ParseError, OSError, ValueError, LookupError, CRSError) as problem:
        raise InputError("not_readable", where=label, problem=str(problem)) from None
    if not edges:
        raise InputError("network_no_roads", where=label)
    table = _one_per_road(pd.DataFrame(edges, dtype=object))
    try:
        drawn = _lines(table, nodes)
    except (KeyError, shapely.errors.ShapelyError) as problem:
        raise InputError("not_readable", where=label, problem=str(problem)) from None
    lines = np.asarray(gpd.GeoSeries(drawn, crs=crs).to_crs(boundary.crs).array)
    near, _ = near_features(lines, np.arange(len(lines)), boundary, band_m)
    notes: tuple[InputNote, ...] = ()
    if not near.any():
        west, south, east, north = shapely.total_bounds(drawn).tolist()
        bounds = (west, south, east, north)
        notes = (nothing_near(bounds, crs, boundary, layer=path.name),)
    table, lines = table[near].reset_index(drop=True), lines[near]
    texts = {key: table[key].map(_text(key), na_action="ignore") for key in keys() if key in table}
    ids = [one_of(str(value), joined=True) for value in table.get("osmid", ())]
    directed = texts.get("oneway")
    if directed is not None and "reversed" in table:
        # Where the graph runs against the way it has already been turned.
        texts["oneway"] = directed.replace({"-1": "yes", "reverse": "yes"})
    tags = pd.DataFrame({ID: ids or [None] * len(table), **texts}, dtype=object)
    record = InputRecord(
        role=Role.NETWORK,
        path=label,
        layer=path.name,
        size_bytes=size_bytes([path]),
        sha256=checksum([path]),
        driver="GraphML",
        crs=crs_name(crs),
        crs_how="stated",
        encoding=FORMAT_KNOWS.name,
        encoding_how=FORMAT_KNOWS.how,
        features_total=len(edges),
        features_read=len(table),
        parts=len(table),
        fields={},
        notes=notes,
    )
    tags = tags.where(tags.notna(), None)
    return RawRoads(tags, lines, _node_ids(table, lines), no_points(), record)


def _parsed(path: Path) -> tuple[CRS, dict[str, tuple[float, float]], list[dict[str, Any]]]:
    names: dict[str, str] = {}
    nodes: dict[str, tuple[float, float]] = {}
    edges: list[dict[str, Any]] = []
    crs = CRS.from_epsg(4326)
    for _, element in ET.iterparse(path):  # noqa: S314
        kind = element.tag.removeprefix(_SPACE)
        if kind == "key":
            names[element.attrib["id"]] = element.attrib["attr.name"]
        elif kind in {"node", "edge", "graph"}:
            own = {names[one.attrib["key"]]: one.text for one in element.iterfind(f"{_SPACE}data")}
            if kind == "node":
                int(element.attrib["id"])  # an id of OpenStreetMap, or this is no street graph
                nodes[element.attrib["id"]] = (float(own["x"] or ""), float(own["y"] or ""))
            elif kind == "edge":
                ends = {"u": element.attrib["source"], "v": element.attrib["target"]}
                edges.append({**own, **ends})
            elif stated := own.get("crs"):
                crs = read_crs(stated)
            if kind != "graph":
                element.clear()
    return crs, nodes, edges


def _one_per_road(table: pd.DataFrame) -> pd.DataFrame:
    """Leave one of the two edges of a road of both directions: the one along the way."""
    if "reversed" in table:
        table = table.iloc[np.argsort(table["reversed"].eq("True"), kind="stable")]
    low = table[["u", "v"]].min(axis=1)
    high = table[["u", "v"]].max(axis=1)
    length = table.get("length", pd.Series("", index=table.index))
    same = pd.DataFrame({"u": low, "v": high, "id": table.get("osmid"), "length": length})
    twin = same.duplicated()
    if "oneway" in table:
        twin &= table["oneway"].ne("True")
    return table[~twin].sort_index().reset_index(drop=True)


def _lines(table: pd.DataFrame, nodes: dict[str, tuple[float, float]]) -> NDArray[np.object_]:
    ends = [[nodes[u], nodes[v]] for u, v in zip(table["u"], table["v"], strict=True)]
    straight = np.asarray(shapely.linestrings(ends), dtype=object)
    if "geometry" not in table:
        return straight
    drawn = table["geometry"].notna().to_numpy()
    straight[drawn] = shapely.from_wkt(table.loc[drawn, "geometry"].tolist())
    return shapely.remove_repeated_points(straight)


def _text(key: str) -> Any:
    return lambda value: one_of(str(value), joined=key in ("name", "ref"))


def _node_ids(table: pd.DataFrame, lines: NDArray[np.object_]) -> NDArray[np.object_]:
    out = np.full(len(table), None, dtype=object)
    next_id = _MADE_UP
    for row, (u, v, count) in enumerate(
        zip(table["u"], table["v"], shapely.get_num_coordinates(lines).tolist(), strict=True)
    ):
        own = np.arange(next_id, next_id + count, dtype=np.int64)
        own[0], own[-1] = u, v
        out[row] = own
        next_id += count
    return out

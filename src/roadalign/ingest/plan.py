"""A side's plan: all its road layers as one canonical table, only what lies near the boundary."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from roadalign.errors import InputError
from roadalign.ingest.attributes import Attributes, read_attributes, stated_values
from roadalign.ingest.crs import (
    WGS84,
    crs_name,
    settled_crs,
    transformed,
    transformed_bounds,
)
from roadalign.ingest.fields import map_fields
from roadalign.ingest.layers import SHAPEFILE, Layer, holds_lines, open_layer, read_layer
from roadalign.ingest.lines import LineParts, line_parts
from roadalign.ingest.sources import checksum, find_layers, size_bytes
from roadalign.model.levels import Level
from roadalign.model.result import InputNote, InputRecord, Plan
from roadalign.model.tables import ROAD_COLUMNS, empty, typed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from roadalign.config import Settings, SideSettings
    from roadalign.ingest.crs import Bounds
    from roadalign.model.result import Boundary

FAR_M = 50_000.0
"""A plan further from the boundary than this is the wrong file or in the wrong system (ours)."""

_SIMPLIFY_M = 25.0  # of the band that is handed to the reader
_MARGIN_M = 75.0  # the band is this much larger, so that simplifying never loses a road
_STRETCH = 1.01  # and this share, because systems scale differently
_HALF_TURN_DEG = 180.0
_LONGEST_EDGE_M = 5_000.0  # straight lines of one system are curves in another
_ELLIPSOID = Geod(ellps="WGS84")
_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


@dataclass(frozen=True)
class _Read:
    """One layer after reading."""

    record: InputRecord
    roads: gpd.GeoDataFrame
    crs: CRS
    extent: Bounds | None


def read_plan(
    sources: Sequence[str | Path | gpd.GeoDataFrame],
    *,
    side: str,
    boundary: Boundary,
    settings: Settings,
) -> Plan:
    """Read the roads of one side that lie near the boundary.

    Parameters
    ----------
    sources
        Files, ``file.gpkg:layer``, folders, ``.zip``, several joined by ``+``, or tables in memory.
    side
        ``"a"`` or ``"b"``.
    boundary
        The common line; its coordinate system is the working one.
    settings
        What the layers are assumed to be. A coordinate system that a layer states itself wins
        over ``settings.<side>.crs``, which is only for layers that state none.

    Returns
    -------
    Plan
        Roads with a part within ``read_band_m`` (metres) of the boundary, whole, never clipped;
        one row per line part. Against its direction of digitising a one-way line is turned, so
        that ``oneway`` always means the direction of the line.

    Raises
    ------
    InputError
        If a source does not exist, cannot be read, has no lines, states no coordinate system, or
        everything lies more than `FAR_M` from the boundary; if a setting names what is not there.
    """
    own: SideSettings = getattr(settings, side)
    layers = [
        open_layer(found, encoding=own.encoding, where=f"[{side}] encoding")
        for source in sources
        for found in find_layers(source)
    ]
    layers = _lines_only(layers, side)
    band_m = settings.limits_for(boundary.name)["read_band_m"]
    # A field named in the settings may be in one layer of several.
    everywhere = {field for layer in layers for field in layer.fields}
    read = []
    for layer in layers:
        elsewhere = everywhere.difference(layer.fields)
        named = {name: field for name, field in own.fields.items() if field not in elsewhere}
        read.append(_read(layer, side, own, boundary, band_m=band_m, named=named))
    if all(layer.bounds is None for layer in layers):
        raise InputError("plan_empty", where=layers[0].source.shown)
    if all(one.roads.empty for one in read):
        _refuse_far(read, layers, boundary)
    frames = [one.roads for one in read if not one.roads.empty]
    roads = (
        pd.concat(frames, ignore_index=True) if frames else empty(ROAD_COLUMNS, crs=boundary.crs)
    )
    extents = np.array([one.extent for one in read if one.extent is not None])
    extent = None
    if len(extents):
        west, south = extents[:, :2].min(axis=0)
        east, north = extents[:, 2:].max(axis=0)
        extent = (float(west), float(south), float(east), float(north))
    return Plan(
        name=own.name or side.upper(),
        roads=roads,
        extent=extent,
        inputs=tuple(one.record for one in read),
    )


def _lines_only(layers: list[Layer], side: str) -> list[Layer]:
    """Leave out point and polygon layers of folders and files that also hold lines."""
    if not layers:
        raise InputError("no_plan", where=f"[{side}] plan")
    kept = [layer for layer in layers if holds_lines(layer)]
    if not kept:
        kinds = ", ".join(f"{one.source.layer}: {one.geometry_type}" for one in layers)
        raise InputError("plan_not_lines", where=layers[0].source.shown, found=kinds)
    return kept


def _read(
    layer: Layer,
    side: str,
    own: SideSettings,
    boundary: Boundary,
    *,
    band_m: float,
    named: dict[str, str],
) -> _Read:
    where = layer.source.shown
    lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
    crs, crs_how = settled_crs(
        layer.crs, assumed=own.crs, bounds=layer.bounds, near=(lon, lat), where=where
    )
    cut = layer.source.dbf is not None
    fields = map_fields(layer.fields, stated=named, where=f"[{side}.fields]", cut=cut)
    stated = stated_values(own.values, where=f"[{side}.values]")
    # Longitudes may be counted beyond 180°: then the band lies elsewhere than the layer.
    around = crs.is_geographic and layer.bounds and max(map(abs, layer.bounds)) > _HALF_TURN_DEG
    band = None if around else _band(boundary, band_m, crs)
    frame = read_layer(layer, fields=dict.fromkeys(fields.values()), mask=band)
    parts = line_parts(frame.geometry.array)
    if not len(parts.lines) and (parts.points or parts.polygons):
        found = ", ".join(_kinds(parts))
        raise InputError("plan_not_lines", where=where, found=found)
    lines = gpd.GeoSeries(parts.lines, crs=crs).to_crs(boundary.crs).array
    keep, lost = _near(np.asarray(lines), parts.feature, boundary, band_m)
    feature = parts.feature[keep]
    rows = np.unique(feature)
    attributes = read_attributes(frame.iloc[rows].reset_index(drop=True), fields, stated=stated)
    roads = _table(
        np.asarray(lines)[keep],
        np.searchsorted(rows, feature),
        attributes,
        known={"side": side, "layer": layer.source.layer, "fid": _fids(frame.index[rows])},
        crs=boundary.crs,
    )
    extent = None if layer.bounds is None else transformed_bounds(layer.bounds, crs, boundary.crs)
    notes = _notes(
        layer, parts, lost, attributes, assumed=crs_name(crs) if crs_how == "assumed" else ""
    )
    if layer.bounds is not None and not len(rows):
        notes.append(_nothing_near(layer, crs, boundary))
    return _Read(
        record=InputRecord(
            role=side,
            path=layer.source.label,
            layer=layer.source.layer,
            size_bytes=size_bytes(layer.source.files),
            sha256=checksum(layer.source.files),
            driver=layer.driver,
            crs=crs_name(crs),
            crs_how=crs_how,
            encoding=layer.encoding.name,
            encoding_how=layer.encoding.how,
            features_total=layer.features,
            features_read=len(rows),
            parts=len(roads),
            fields=fields,
            notes=tuple(notes),
        ),
        roads=typed(roads, ROAD_COLUMNS),
        crs=crs,
        extent=extent,
    )


def _band(boundary: Boundary, band_m: float, crs: CRS) -> BaseGeometry | None:
    """Return the area to read in the layer's own numbers, a little larger than the band."""
    coarse = boundary.line.simplify(_SIMPLIFY_M)
    band = coarse.buffer(band_m * _STRETCH + _MARGIN_M + _SIMPLIFY_M, quad_segs=4)
    area = shapely.segmentize(band.simplify(_SIMPLIFY_M), _LONGEST_EDGE_M)
    moved = transformed(area, boundary.crs, crs)
    # Far outside its area of use a system has no numbers for the place: then read everything.
    finite = np.isfinite(shapely.get_coordinates(moved)).all()
    return (moved if moved.is_valid else moved.buffer(0)) if finite else None


def _near(
    lines: NDArray[np.object_], feature: NDArray[np.int64], boundary: Boundary, band_m: float
) -> tuple[NDArray[np.bool_], int]:
    """Return which lines belong to a feature near the boundary, and how many have no place."""
    # A copy, because preparing marks the geometry itself.
    line = shapely.from_wkb(shapely.to_wkb(boundary.line))
    shapely.prepare(line)
    placed = np.isfinite(shapely.bounds(lines)).all(axis=1) if len(lines) else np.zeros(0, bool)
    near = np.zeros(len(lines), dtype=bool)
    near[placed] = shapely.dwithin(line, lines[placed], band_m)
    return placed & np.isin(feature, feature[near]), int((~placed).sum())


def _table(
    lines: NDArray[np.object_],
    row: NDArray[np.int64],
    attributes: Attributes,
    *,
    known: dict[str, Any],
    crs: CRS,
) -> gpd.GeoDataFrame:
    against = attributes.against[row]
    turned = lines.copy()
    turned[against] = shapely.reverse(lines[against])
    table = attributes.table.assign(**known).iloc[row].reset_index(drop=True)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(turned, crs=crs), crs=crs)


def _fids(index: pd.Index) -> list[str]:
    return ["/".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in index]


def _notes(
    layer: Layer, parts: LineParts, lost: int, attributes: Attributes, *, assumed: str
) -> list[InputNote]:
    name = layer.source.layer
    notes = []

    def note(rule: str, key: str, features: int | None, **more: Any) -> None:
        values = {"layer": name, **more}
        notes.append(InputNote(rule, str(Level.NOTICE), key, values, features))

    if assumed:
        note("I01", "crs_assumed", layer.features, crs=assumed)
    if layer.encoding.how == "found":
        note("I03", "encoding_found", layer.features, encoding=layer.encoding.name.upper())
    if layer.driver == SHAPEFILE and layer.source.dbf is None:
        note("I05", "no_attributes", layer.features)
    dropped = parts.dropped + lost
    if dropped:
        note("I04", "lines_dropped", dropped, count=dropped)
    if parts.points or parts.polygons:
        others = parts.points + parts.polygons
        note("I04", "not_lines_dropped", others, points=parts.points, polygons=parts.polygons)
    for doubt in attributes.doubts:
        columns = ", ".join(doubt.columns)
        shown = {"field": doubt.field, "columns": columns, "texts": doubt.texts}
        note("I05", "values_not_understood", doubt.count, count=doubt.count, **shown)
    return notes


def _nothing_near(layer: Layer, crs: CRS, boundary: Boundary) -> InputNote:
    distance_m, bearing_deg = _away(layer, crs, boundary)
    values: dict[str, object] = {
        "layer": layer.source.layer,
        "distance_km": f"{distance_m / 1000:.1f}",
        "bearing_deg": f"{bearing_deg:.0f}",
        "compass": _compass(bearing_deg),
    }
    return InputNote("I06", str(Level.MISMATCH), "nothing_near", values, layer.features)


def _refuse_far(read: list[_Read], layers: list[Layer], boundary: Boundary) -> None:
    """Raise where even the nearest layer is too far away to be meant."""
    away = {
        place: _away(layer, one.crs, boundary)
        for place, (layer, one) in enumerate(zip(layers, read, strict=True))
        if layer.bounds is not None
    }
    nearest = min(away, key=lambda place: away[place][0])
    distance_m, bearing_deg = away[nearest]
    if distance_m <= FAR_M:
        return
    raise InputError(
        "plan_far",
        where=layers[nearest].source.shown,
        distance_km=f"{distance_m / 1000:.0f}",
        bearing_deg=f"{bearing_deg:.0f}",
        compass=_compass(bearing_deg),
        crs=read[nearest].record.crs,
        boundary=boundary.name,
    )


def _away(layer: Layer, crs: CRS, boundary: Boundary) -> tuple[float, float]:
    """Return how far a layer's bounds lie from the boundary, in metres, and in which direction.

    Measured on the ellipsoid: a plan in the wrong system may lie where the working one has no
    numbers.
    """
    bounds = None if layer.bounds is None else transformed_bounds(layer.bounds, crs, WGS84)
    if bounds is None:
        return math.inf, 0.0
    line = transformed(boundary.line.simplify(_SIMPLIFY_M), boundary.crs, WGS84)
    here, there = shapely.get_coordinates(shapely.shortest_line(line, shapely.box(*bounds)))
    bearing_deg, _, distance_m = _ELLIPSOID.inv(*here, *there)
    return float(distance_m), float(bearing_deg) % 360


def _compass(bearing_deg: float) -> str:
    return _COMPASS[round(bearing_deg / 45) % 8]


def _kinds(parts: LineParts) -> list[str]:
    named = (("Point", parts.points), ("Polygon", parts.polygons))
    return [f"{name} ({count})" for name, count in named if count]

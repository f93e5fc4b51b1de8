"""A side's plan: all its road layers as one canonical table, only what lies near the boundary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import msgspec
import numpy as np
import pandas as pd
import shapely

from roadalign.attributes.field_mapping import map_fields
from roadalign.attributes.plan_values import with_defaults
from roadalign.attributes.road_attributes import Attributes, read_attributes, stated_values
from roadalign.errors import InputError
from roadalign.formats.input_records import layer_record
from roadalign.formats.layers import SHAPEFILE, Layer, holds_lines, open_layer, read_layer
from roadalign.formats.line_parts import LineParts, line_parts
from roadalign.formats.nearby import away, band_around, compass, near_features, nothing_near
from roadalign.formats.sources import find_layers
from roadalign.georeferencing.crs import (
    WGS84,
    crs_name,
    looks_like,
    transformed,
)
from roadalign.georeferencing.georeference import Georeference, crs_notes, settled_placement
from roadalign.model.result import Plan
from roadalign.model.run import InputNote, InputRecord
from roadalign.model.tables import ROAD_COLUMNS, empty, typed
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray
    from pyproj import CRS

    from roadalign.georeferencing.crs import Bounds
    from roadalign.model.result import Boundary
    from roadalign.settings import Settings, SideSettings

FAR_M = 50_000.0
"""A plan further from the boundary than this is the wrong file or in the wrong system (ours)."""

_HALF_TURN_DEG = 180.0


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
        open_layer(found, encoding=own.encoding, where=f"[{side}] encoding", osm_roads=True)
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
    roads = with_defaults(roads, own.defaults, where=f"[{side}.defaults]")
    return Plan(
        name=own.name or side.upper(),
        roads=roads,
        extent=_around([one.extent for one in read]),
        inputs=tuple(one.record for one in read),
        numbers=_around([layer.bounds for layer in layers]),
    )


def _around(several: list[Bounds | None]) -> Bounds | None:
    """Return the bounds of several bounds, ``None`` where none is known."""
    known = np.array([one for one in several if one is not None], dtype=float)
    if not len(known):
        return None
    west, south = known[:, :2].min(axis=0).tolist()
    east, north = known[:, 2:].max(axis=0).tolist()
    return west, south, east, north


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
    placement, crs_how = settled_placement(
        layer.crs,
        assumed=own.crs,
        told=own.assume_crs,
        bounds=layer.bounds,
        near=(lon, lat),
        where=where,
    )
    crs = placement.crs
    cut = layer.source.dbf is not None
    fields = map_fields(layer.fields, stated=named, where=f"[{side}.fields]", cut=cut)
    stated = stated_values(own.values, where=f"[{side}.values]")
    # Longitudes may be counted beyond 180°: then the band lies elsewhere than the layer.
    around = crs.is_geographic and layer.bounds and max(map(abs, layer.bounds)) > _HALF_TURN_DEG
    band = None if around else band_around(boundary, band_m, crs)
    band = band if band is None else placement.area(band)
    frame = read_layer(layer, fields=dict.fromkeys(fields.values()), mask=band)
    parts = line_parts(frame.geometry.array)
    if not len(parts.lines) and (parts.points or parts.polygons):
        found = ", ".join(_kinds(parts))
        raise InputError("plan_not_lines", where=where, found=found)
    lines = placement.lines(parts.lines, boundary.crs)
    keep, lost = near_features(lines, parts.feature, boundary, band_m)
    feature = parts.feature[keep]
    rows = np.unique(feature)
    near = frame.iloc[rows].reset_index(drop=True)
    attributes = read_attributes(near, fields, stated=stated, periods=own.periods)
    roads = _table(
        lines[keep],
        np.searchsorted(rows, feature),
        attributes,
        known={"side": side, "layer": layer.source.layer, "fid": _fids(frame.index[rows])},
        crs=boundary.crs,
    )
    extent = None if layer.bounds is None else placement.bounds(layer.bounds, boundary.crs)
    notes = _notes(layer, parts, lost, attributes, placement=placement, crs_how=crs_how)
    if layer.bounds is not None and not len(rows):
        note = nothing_near(layer.bounds, crs, boundary, layer=layer.source.layer)
        notes.append(msgspec.structs.replace(note, count=layer.features))
    return _Read(
        record=layer_record(
            layer,
            role=side,
            crs=placement.name,
            crs_how=crs_how,
            features_read=len(rows),
            parts=len(roads),
            fields=fields,
            notes=notes,
        ),
        roads=typed(roads, ROAD_COLUMNS),
        crs=crs,
        extent=extent,
    )


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
    layer: Layer,
    parts: LineParts,
    lost: int,
    attributes: Attributes,
    *,
    placement: Georeference,
    crs_how: str,
) -> list[InputNote]:
    name = layer.source.layer
    notes: list[InputNote] = []

    def note(rule: str, key: str, features: int | None, **more: Any) -> None:
        values = {"layer": name, **more}
        notes.append(InputNote(rule, Severity.NOTICE, key, values, features))

    for key in crs_notes(placement, how=crs_how):
        stated = "—" if layer.crs is None else crs_name(layer.crs)
        note("I01", key, layer.features, crs=placement.name, stated=stated)
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
    if attributes.years_from_status:
        taken = attributes.years_from_status
        note("I05", "years_from_status", taken, count=taken)
    return notes


def _refuse_far(read: list[_Read], layers: list[Layer], boundary: Boundary) -> None:
    """Raise where even the nearest layer is too far away to be meant."""
    distances = {
        place: away(layer.bounds, one.crs, boundary)
        for place, (layer, one) in enumerate(zip(layers, read, strict=True))
        if layer.bounds is not None
    }
    nearest = min(distances, key=lambda place: distances[place][0])
    distance_m, bearing_deg = distances[nearest]
    if distance_m <= FAR_M:
        return
    raise InputError(
        "plan_far",
        where=layers[nearest].source.shown,
        distance_km=f"{distance_m / 1000:.0f}",
        bearing_deg=f"{bearing_deg:.0f}",
        compass=compass(bearing_deg),
        crs=read[nearest].record.crs,
        boundary=boundary.name,
        candidates=_candidates(layers[nearest], boundary),
    )


def _candidates(layer: Layer, boundary: Boundary) -> str:
    """Return the systems in which the layer's numbers would lie at the boundary, best first."""
    lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
    kind, codes = looks_like(layer.bounds, near=(lon, lat))
    names = [f"EPSG:{code}" for code in codes] if kind in {"degrees", "projected"} else []
    return ", ".join(["swapped", *names] if kind in {"swapped", "exchanged"} else names) or "—"


def _kinds(parts: LineParts) -> list[str]:
    named = (("Point", parts.points), ("Polygon", parts.polygons))
    return [f"{name} ({count})" for name, count in named if count]

"""Layers of a GIS that hold roads: OpenStreetMap's keys under whatever names they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.attributes.osm_keys import ID, keys
from roadalign.attributes.text_columns import as_text
from roadalign.errors import InputError
from roadalign.formats.input_records import layer_record
from roadalign.formats.layers import Layer, read_layer
from roadalign.formats.line_parts import line_parts
from roadalign.formats.nearby import band_around, near_features, nothing_near
from roadalign.georeferencing.crs import WGS84, crs_name, settled_crs, transformed
from roadalign.model.run import InputNote
from roadalign.model.words import Severity
from roadalign.network import overture, store
from roadalign.network.raw import RawRoads, no_points
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.model.result import Boundary
    from roadalign.settings import NetworkSettings

_OTHER = "other_tags"  # where GDAL keeps the tags that have no field of their own
_LIST = re.compile(r"^\[(.*)\]$")


def schema_of(layer: Layer) -> dict[str, Any] | None:
    """Return the row of ``osm.toml`` that reads a layer, ``None`` where it holds no roads."""
    fields = set(layer.fields)
    rows: list[dict[str, Any]] = table("osm")["schema"]
    return next((row for row in rows if fields.issuperset(row["needs"])), None)


def read_roads(
    layer: Layer,
    schema: dict[str, Any],
    *,
    boundary: Boundary,
    band_m: float,
    settings: NetworkSettings,
) -> RawRoads:
    """Read the roads of one layer that have a part near the boundary, whole.

    Parameters
    ----------
    layer
        A layer of lines.
    schema
        How its fields are to be read, see `schema_of`.
    boundary
        The common line.
    band_m
        What is near, in metres.
    settings
        ``crs`` for a layer that states none.
    """
    where = layer.source.shown
    lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
    crs, crs_how = settled_crs(
        layer.crs, assumed=settings.crs, bounds=layer.bounds, near=(lon, lat), where=where
    )
    frame = read_layer(layer, mask=band_around(boundary, band_m, crs))
    if pd.api.types.is_integer_dtype(frame.index):
        frame = frame.sort_index()  # a spatial index hands features out in an order of its own
    parts = line_parts(frame.geometry.array)
    if not len(parts.lines) and parts.polygons + parts.points:
        raise InputError("network_not_roads", where=where, fields=", ".join(layer.fields))
    lines = np.asarray(gpd.GeoSeries(parts.lines, crs=crs).to_crs(boundary.crs).array)
    keep, lost = near_features(lines, parts.feature, boundary, band_m)
    rows = parts.feature[keep]
    attributes = pd.DataFrame(frame.drop(columns="geometry")).iloc[rows].reset_index(drop=True)
    from_overture = schema["name"] == "overture"
    tags = overture.tags(attributes) if from_overture else _tags(attributes, schema)
    notes = []
    dropped = parts.dropped + lost
    if crs_how == "assumed":
        assumed: dict[str, object] = {"layer": layer.source.layer, "crs": crs_name(crs)}
        notes.append(InputNote("I01", Severity.NOTICE, "crs_assumed", assumed, layer.features))
    if dropped:
        count: dict[str, object] = {"layer": layer.source.layer, "count": dropped}
        notes.append(InputNote("I04", Severity.NOTICE, "lines_dropped", count, dropped))
    if not len(rows) and layer.bounds is not None:
        notes.append(nothing_near(layer.bounds, crs, boundary, layer=layer.source.layer))
    nodes = np.full(len(rows), None, dtype=object)
    if schema["name"] == store.SCHEMA:
        nodes = store.node_ids(attributes["nodes"], shapely.get_num_coordinates(lines[keep]))
    record = layer_record(
        layer,
        role="network",
        crs=crs_name(crs),
        crs_how=crs_how,
        features_read=len(np.unique(rows)),
        parts=len(rows),
        notes=notes,
    )
    return RawRoads(tags, lines[keep], nodes, no_points(), record, overture=from_overture)


def _tags(frame: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    """Return the attributes under the keys of OpenStreetMap."""
    by_name = {str(name).casefold(): name for name in reversed(frame.columns)}
    own = schema.get("tags", {})
    found = {}
    for key in (ID, *keys()):
        names = own.get(key, () if key == ID else (key, key.replace(":", "_")))
        field = next((by_name[n.casefold()] for n in names if n.casefold() in by_name), None)
        if field is not None:
            found[key] = _texts(frame[field], joined=key in ("name", "ref"))
        elif _OTHER in frame and key != ID:
            found[key] = frame[_OTHER].str.extract(rf'"{re.escape(key)}"=>"([^"]*)"')[0]
    for key, values in schema.get("values", {}).items():
        if key in found:
            found[key] = found[key].replace(values)
    return pd.DataFrame(found, index=frame.index).astype(object).where(lambda t: t.notna(), None)


def _texts(column: pd.Series, *, joined: bool) -> pd.Series:
    """Return cells as texts; of a list, as osmnx writes them, the first or all by ``;``."""
    codes, unique = pd.factorize(column.map(as_text, na_action="ignore"))
    plain = [one_of(str(text), joined=joined) for text in unique]
    return pd.Series(np.array([*plain, None], dtype=object)[codes], index=column.index)


def one_of(text: str, *, joined: bool) -> str | None:
    """Return a text, or of a list in square brackets its first item or all of them by ``;``."""
    found = _LIST.match(text)
    if found is None:
        return text or None
    items = [item.strip().strip("'\"") for item in found[1].split(",")]
    return ";".join(dict.fromkeys(items)) if joined else items[0]

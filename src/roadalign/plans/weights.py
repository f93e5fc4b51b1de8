"""People or jobs, as points with a weight: who would reach the other side sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.errors import InputError
from roadalign.formats.input_records import layer_record
from roadalign.formats.layers import Layer, open_layer, read_layer
from roadalign.formats.nearby import band_around, within
from roadalign.formats.sources import Source, find_layers
from roadalign.georeferencing.crs import WGS84, crs_name, settled_crs, transformed
from roadalign.model.result import Weights
from roadalign.model.run import InputNote, InputRecord
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.model.result import Boundary
    from roadalign.settings import WeightsSettings


def read_weights(
    source: Source, *, boundary: Boundary, band_m: float, settings: WeightsSettings
) -> Weights:
    """Read points, or areas as a point inside each, and what each of them weighs.

    Parameters
    ----------
    source
        A file, ``file.gpkg:layer``, folder, ``.zip``, or a table in memory.
    boundary
        The common line; its coordinate system is the working one.
    band_m
        What lies further from the boundary is left out.
    settings
        ``field`` that holds the weight, ``crs`` for a layer that states none.

    Raises
    ------
    InputError
        If the source does not exist or cannot be read, has no such field, no points or areas near
        the boundary, a weight below 0, or states no coordinate system.
    """
    layers = [open_layer(one, encoding=None, where="[weights]") for one in find_layers(source)]
    fitting = [layer for layer in layers if settings.field in layer.fields]
    if not fitting:
        fields = ", ".join(dict.fromkeys(name for layer in layers for name in layer.fields))
        where = layers[0].source.shown
        raise InputError(
            "weights_no_field", where=where, field=settings.field, fields=fields or "—"
        )
    read = [_read(layer, boundary, band_m=band_m, settings=settings) for layer in fitting]
    points = pd.concat([points for points, _ in read], ignore_index=True)
    if not len(points) or not points["weight"].sum() > 0:
        where, far = fitting[0].source.shown, f"{band_m / 1000:g}"
        raise InputError("weights_none", where=where, band_km=far, field=settings.field)
    return Weights(gpd.GeoDataFrame(points, crs=boundary.crs), tuple(record for _, record in read))


def _read(
    layer: Layer, boundary: Boundary, *, band_m: float, settings: WeightsSettings
) -> tuple[gpd.GeoDataFrame, InputRecord]:
    where = layer.source.shown
    lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
    crs, crs_how = settled_crs(
        layer.crs, assumed=settings.crs, bounds=layer.bounds, near=(lon, lat), where=where
    )
    frame = read_layer(layer, fields=(settings.field,), mask=band_around(boundary, band_m, crs))
    places = _places(np.asarray(frame.geometry.array, dtype=object))
    lines = int(np.count_nonzero(shapely.get_dimensions(frame.geometry.array) == 1))
    if len(frame) and lines == len(frame):
        raise InputError("weights_not_points", where=where)
    weight = pd.to_numeric(frame[settings.field], errors="coerce").to_numpy(dtype=float)
    if (weight < 0).any():
        count = int((weight < 0).sum())
        raise InputError("weights_negative", where=where, field=settings.field, count=count)
    usable = np.isfinite(weight) & ~shapely.is_missing(places)
    moved = np.asarray(gpd.GeoSeries(places[usable], crs=crs).to_crs(boundary.crs).array)
    near = within(moved, boundary, distance_m=band_m)
    notes = []
    if crs_how == "assumed":
        told: dict[str, object] = {"layer": layer.source.layer, "crs": crs_name(crs)}
        notes.append(InputNote("I01", Severity.NOTICE, "crs_assumed", told, layer.features))
    left = int(np.count_nonzero(~usable))
    if left:
        count_of: dict[str, object] = {"layer": layer.source.layer, "count": left}
        notes.append(InputNote("I04", Severity.NOTICE, "weights_dropped", count_of, left))
    points = gpd.GeoDataFrame({"weight": weight[usable][near]}, geometry=moved[near])
    record = layer_record(
        layer,
        role="weights",
        crs=crs_name(crs),
        crs_how=crs_how,
        features_read=len(points),
        parts=len(points),
        notes=notes,
        fields={"weight": settings.field},
    )
    return points.set_crs(boundary.crs), record


def _places(shapes: NDArray[np.object_]) -> NDArray[Any]:
    """Return a point of each point, group of points or area; ``None`` of anything else."""
    held = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    flat = shapely.get_dimensions(shapes)
    finite = np.isfinite(shapely.bounds(shapes)).all(axis=1)
    places = np.full(len(shapes), None, dtype=object)
    areas, spots = held & finite & (flat == 2), held & finite & (flat == 0)  # noqa: PLR2004
    places[areas] = shapely.point_on_surface(shapes[areas])
    places[spots] = shapely.centroid(shapes[spots])
    return places

"""Areas that a road may have to cross: farmland, red lines, water, near the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.errors import InputError
from roadalign.formats.input_records import layer_record
from roadalign.formats.layers import Layer, holds_areas, open_layer, read_layer
from roadalign.formats.nearby import away, band_around, compass, within
from roadalign.formats.sources import Source, find_layers
from roadalign.georeferencing.crs import WGS84, crs_name, settled_crs, transformed
from roadalign.model.result import Constraints
from roadalign.model.run import InputNote, InputRecord
from roadalign.model.tables import CONSTRAINT_COLUMNS, empty, typed
from roadalign.model.words import Severity
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from roadalign.model.result import Boundary

    Shapes = NDArray[np.object_]


class ConstraintSource(NamedTuple):
    """Where areas of one kind come from.

    Parameters
    ----------
    source
        A file, ``file.gpkg:layer``, folder, ``.zip``, or a table in memory.
    kind
        A name of ``standards/constraints.toml``.
    crs
        Coordinate system to assume where a layer states none.
    """

    source: Source
    kind: str
    crs: str | None = None


def read_constraints(
    sources: Sequence[ConstraintSource], *, boundary: Boundary, band_m: float
) -> Constraints:
    """Read the areas near the boundary.

    Parameters
    ----------
    sources
        Where they come from, and what they are.
    boundary
        The common line; its coordinate system is the working one.
    band_m
        Areas with a part within this many metres of the boundary are read, whole.

    Returns
    -------
    Constraints
        One row per feature, by source; areas that cross themselves are repaired, with a note.

    Raises
    ------
    InputError
        If a kind is not known, or a source does not exist, cannot be read, holds no areas or
        states no coordinate system.
    """
    known = table("constraints")
    read = []
    for one in sources:
        if one.kind not in known:
            where = "GeoDataFrame" if isinstance(one.source, gpd.GeoDataFrame) else one.source
            names = ", ".join(known)
            raise InputError("unknown_constraint", where=where, kind=one.kind, known=names)
        layers = [
            open_layer(found, encoding=None, where="[[constraint]]")
            for found in find_layers(one.source)
        ]
        fitting = [layer for layer in layers if holds_areas(layer)]
        if not fitting:
            kinds = ", ".join(f"{la.source.layer}: {la.geometry_type}" for la in layers) or "—"
            raise InputError("constraint_not_areas", where=str(one.source), found=kinds)
        read += [_read(layer, one, boundary, band_m=band_m) for layer in fitting]
    frames = [areas for areas, _ in read if len(areas)]
    areas = (
        gpd.GeoDataFrame(pd.concat(frames, ignore_index=True))
        if frames
        else empty(CONSTRAINT_COLUMNS, crs=boundary.crs)
    )
    return Constraints(areas, tuple(record for _, record in read))


def _read(
    layer: Layer, one: ConstraintSource, boundary: Boundary, *, band_m: float
) -> tuple[gpd.GeoDataFrame, InputRecord]:
    where = layer.source.shown
    lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
    crs, crs_how = settled_crs(
        layer.crs, assumed=one.crs, bounds=layer.bounds, near=(lon, lat), where=where
    )
    frame = read_layer(layer, fields=(), mask=band_around(boundary, band_m, crs))
    moved = gpd.GeoSeries(frame.geometry.array, crs=crs).to_crs(boundary.crs)
    shapes, repaired = _areas(np.asarray(moved.array, dtype=object))
    usable = np.array([shape is not None for shape in shapes], dtype=bool)
    near = usable.copy()
    near[usable] = within(shapes[usable], boundary, distance_m=band_m)
    found = pd.DataFrame(
        {
            "kind": one.kind,
            "layer": layer.source.layer,
            "fid": [str(fid) for fid in frame.index[near]],
            "geometry": gpd.GeoSeries(shapes[near], crs=boundary.crs),
        }
    )
    name = layer.source.layer
    notes = []

    def note(rule: str, key: str, features: int, **more: object) -> None:
        notes.append(InputNote(rule, Severity.NOTICE, key, {"layer": name, **more}, features))

    if crs_how == "assumed":
        note("I01", "crs_assumed", layer.features, crs=crs_name(crs))
    if repaired:
        note("I04", "areas_repaired", repaired, count=repaired)
    dropped = int((~usable).sum())
    if dropped:
        note("I04", "areas_dropped", dropped, count=dropped)
    if not near.any() and layer.bounds is not None:
        distance_m, bearing_deg = away(layer.bounds, crs, boundary)
        if distance_m > band_m:
            note(
                "I06",
                "no_area_near",
                layer.features,
                distance_km=f"{distance_m / 1000:.1f}",
                bearing_deg=f"{bearing_deg:.0f}",
                compass=compass(bearing_deg),
            )
    record = layer_record(
        layer,
        role="constraint",
        crs=crs_name(crs),
        crs_how=crs_how,
        features_read=int(near.sum()),
        parts=int(shapely.get_num_geometries(shapes[near]).sum()),
        notes=notes,
    )
    areas = gpd.GeoDataFrame(typed(found, CONSTRAINT_COLUMNS), crs=boundary.crs)
    return areas, record


def _areas(shapes: Shapes) -> tuple[Shapes, int]:
    """Return each shape as a valid area or ``None``, and how many had to be repaired."""
    made = np.full(len(shapes), None, dtype=object)
    repaired = 0
    for place, shape in enumerate(shapes):
        if shape is None or shape.is_empty or not np.isfinite(shape.bounds).all():
            continue
        faulty = not shape.is_valid
        whole = shapely.make_valid(shape) if faulty else shape
        parts = shapely.get_parts(shapely.get_parts(whole))
        polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        if len(polygons):
            made[place] = shapely.union_all(polygons) if len(polygons) > 1 else polygons[0]
            repaired += faulty
    return made, repaired

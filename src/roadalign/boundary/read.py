"""The common line: from lines as given, or from the two sides' areas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import numpy as np
import shapely

from roadalign.boundary.chains import chained
from roadalign.boundary.common_edge import COMMON_M, CommonEdge, area_of, common_edge
from roadalign.errors import InputError
from roadalign.formats.input_records import layer_record
from roadalign.formats.layers import Layer, holds_areas, holds_lines, open_layer, read_layer
from roadalign.formats.line_parts import LARGEST, line_parts
from roadalign.formats.source_names import split_source
from roadalign.formats.sources import IN_MEMORY, Source, find_layers
from roadalign.georeferencing.crs import WGS84, crs_name, settled_crs, transformed, working_crs
from roadalign.model.result import Boundary
from roadalign.model.run import InputNote, InputRecord
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

    from roadalign.settings import Settings

_SAME_SHARE = 0.9  # areas that overlap more than this are one and the same (ours)
_SIDES = 2


def read_boundary(source: Source, *, settings: Settings) -> Boundary:
    """Read the common line of the two sides and choose the working coordinate system.

    Parameters
    ----------
    source
        A file, ``file.gpkg:layer``, ``.zip``, or two of them joined by ``+``, or a table in memory.
        Lines are merged. Two areas (two features, A first; or two sources, each dissolved) give
        their shared edge, and where they do not fit the centre line of the strip between or over
        them.
    settings
        ``boundary.name`` (default: name of the file), and ``boundary.crs`` for layers that state no
        coordinate system.

    Returns
    -------
    Boundary
        In the metric system of its middle: CGCS2000 3-degree Gauss-Krüger in China, UTM
        elsewhere. Which area is A changes only ``area_a`` and ``area_b``.

    Raises
    ------
    InputError
        If there is no line and no two areas, the areas lie more than 500 m apart everywhere or are
        the same, or no coordinate system is known.
    """
    layers = _chosen(source)
    read = [_read(layer, settings) for layer in layers]
    shapes = [shape for shape, _ in read]
    where = layers[0].source.shown
    kinds = {str(kind) for shape in shapes for kind in shape.geom_type}
    if kinds and all("Line" in kind for kind in kinds):
        found = _merged(shapes, where)
    elif kinds and all("Polygon" in kind for kind in kinds):
        found = between(shapes, where=where)
    else:
        raise InputError("boundary_kind", where=where, found=", ".join(sorted(kinds)) or "—")
    name = settings.boundary.name or "+".join(_stem(layer) for layer in layers)
    return replace(found, name=name, inputs=tuple(record for _, record in read))


def _chosen(source: Source) -> list[Layer]:
    layers = [open_layer(one, encoding=None, where="[boundary]") for one in find_layers(source)]
    fitting = [layer for layer in layers if holds_lines(layer) or holds_areas(layer)] or layers
    pieces = 1 if isinstance(source, gpd.GeoDataFrame) else len(split_source(str(source)))
    if len(fitting) > pieces:
        names = ", ".join(layer.source.layer for layer in fitting)
        raise InputError("choose_layer", where=fitting[0].source.label, layers=names)
    return fitting


def _stem(layer: Layer) -> str:
    return "boundary" if layer.source.label == IN_MEMORY else Path(layer.source.label).stem


def _read(layer: Layer, settings: Settings) -> tuple[gpd.GeoSeries, InputRecord]:
    crs, crs_how = settled_crs(
        layer.crs,
        assumed=settings.boundary.crs,
        bounds=layer.bounds,
        near=None,
        where=layer.source.shown,
    )
    shapes = read_layer(layer, fields=()).geometry
    placed = (np.abs(shapely.bounds(shapes.array)) <= LARGEST).all(axis=1)
    empty = shapes.isna() | shapes.is_empty | ~placed
    shapes = gpd.GeoSeries(shapes[~empty].array, crs=crs)
    name = layer.source.layer
    notes = []

    def note(rule: str, key: str, features: int, **more: Any) -> None:
        notes.append(InputNote(rule, Severity.NOTICE, key, {"layer": name, **more}, features))

    if crs_how == "assumed":
        note("I01", "crs_assumed", layer.features, crs=crs_name(crs))
    if empty.any():
        note("I04", "lines_dropped", int(empty.sum()), count=int(empty.sum()))
    record = layer_record(
        layer,
        role="boundary",
        crs=crs_name(crs),
        crs_how=crs_how,
        features_read=len(shapes),
        parts=int(shapely.get_num_geometries(shapes.array).sum()),
        notes=notes,
    )
    return shapes, record


def _merged(shapes: list[gpd.GeoSeries], where: str) -> Boundary:
    crs = _working(shapes, where)
    parts = line_parts([shape for one in shapes for shape in one.to_crs(crs).array])
    if not len(parts.lines):
        raise InputError("boundary_kind", where=where, found="—")
    return Boundary(name="", line=chained(parts.lines), crs=crs)


def between(shapes: list[gpd.GeoSeries], *, where: str) -> Boundary:
    """Return the common line of two areas.

    Parameters
    ----------
    shapes
        One series of exactly two areas, A first; or two series, each one side's land in pieces.
    where
        What to name in an error.

    Returns
    -------
    Boundary
        Without a name and without records of inputs.

    Raises
    ------
    InputError
        As `read_boundary`.
    """
    # The edge may lie in another zone than the middle of the land.
    crs = _working(shapes, where)
    areas, edge = _edge(shapes, crs, where)
    middle = transformed(edge.line.centroid, crs, WGS84)
    better = working_crs(*middle.coords[0])
    if better != crs:
        crs = better
        areas, edge = _edge(shapes, crs, where)
    return Boundary(
        name="",
        line=edge.line,
        crs=crs,
        area_a=cast("Polygon", areas[0]),
        area_b=cast("Polygon", areas[1]),
        strip_width_max_m=edge.width_max_m,
        strip_width_median_m=edge.width_median_m,
        strip=cast("Polygon | None", edge.strip),
    )


def _edge(
    shapes: list[gpd.GeoSeries], crs: CRS, where: str
) -> tuple[list[Polygon | MultiPolygon], CommonEdge]:
    moved = [one.to_crs(crs).array for one in shapes]
    features = [[shape] for shape in moved[0]] if len(moved) == 1 else [list(one) for one in moved]
    if len(features) != _SIDES:
        raise InputError("boundary_two_areas", where=where, count=len(features))
    areas = [_area(feature, where) for feature in features]
    smaller_m2 = min(area.area for area in areas)
    if areas[0].intersection(areas[1]).area > _SAME_SHARE * smaller_m2:
        raise InputError("areas_same", where=where)
    edge = common_edge(areas[0], areas[1])
    if edge is None:
        apart_m = shapely.distance(areas[0], areas[1])
        raise InputError(
            "areas_apart", where=where, distance_m=f"{apart_m:.0f}", limit_m=f"{COMMON_M:.0f}"
        )
    return areas, edge


def _area(shapes: list[BaseGeometry], where: str) -> Polygon | MultiPolygon:
    """Return one side's land, its self-crossings repaired."""
    area = area_of(shapely.union_all(list(shapely.make_valid(shapes))))
    if area is None:
        raise InputError("boundary_kind", where=where, found="—")
    return area


def _working(shapes: list[gpd.GeoSeries], where: str) -> CRS:
    middles = shapely.geometrycollections(
        [shape for one in shapes for shape in one.to_crs(WGS84).array]
    )
    middle = shapely.centroid(middles)
    if middle.is_empty or not np.isfinite(middle.coords[0]).all():
        raise InputError("boundary_nowhere", where=where, crs=crs_name(shapes[0].crs))
    return working_crs(middle.x, middle.y)

"""Opening one layer: what it says of itself, and the part of it that lies near the boundary."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from pyproj.exceptions import CRSError

from roadalign.errors import InputError
from roadalign.formats import gdal, parquet
from roadalign.formats.integrity import content_of
from roadalign.formats.left_out import left_out_notes
from roadalign.formats.line_parts import LARGEST
from roadalign.formats.sources import said_by
from roadalign.formats.text_encoding import (
    FORMAT_KNOWS,
    TextEncoding,
    decoded,
    decoded_name,
    text_encoding,
)
from roadalign.georeferencing.crs_text import NamesFilesError, read_crs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from roadalign.formats.integrity.content import Content
    from roadalign.formats.layer_source import LayerSource
    from roadalign.georeferencing.crs import Bounds
    from roadalign.model.run import InputNote

MEMORY_DRIVER = "memory"
SHAPEFILE = "ESRI Shapefile"
FLATGEOBUF = "FlatGeobuf"
OSM = "OSM"
_NO_ARROW = {FLATGEOBUF}  # GDAL's own Arrow reader of damaged files ends the process
_MOST_NUMBERS = 4_000  # features that are asked for at once: GDAL takes 4,997
_MANY = 4  # where more than this part of the features is near, all are read and the rest left out


@dataclass(frozen=True)
class Layer:
    """A layer and what it says of itself.

    Parameters
    ----------
    source
        Where it was found.
    driver
        GDAL's name of the format, ``Parquet`` or ``memory``.
    crs
        Its coordinate system, ``None`` where it states none.
    bounds
        Of all its features, in its own numbers; ``None`` where there are none.
    features
        How many features it holds.
    geometry_type
        As the file declares it; ``Unknown`` where it does not.
    fields
        Names of the attributes, in the order of the file, readable.
    raw_fields
        The same names as GDAL spells them.
    encoding
        How its texts are to be read.
    content
        Where its features lie by their own coordinates; ``None`` where the format is read whole.
    notes
        What its reader had to say.
    """

    source: LayerSource
    driver: str
    crs: CRS | None
    bounds: Bounds | None
    features: int
    geometry_type: str
    fields: tuple[str, ...]
    raw_fields: tuple[str, ...]
    encoding: TextEncoding
    content: Content | None = field(default=None, repr=False, compare=False)
    notes: tuple[InputNote, ...] = ()


def open_layer(
    source: LayerSource, *, encoding: str | None, where: str, osm_roads: bool = False
) -> Layer:
    """Return what a layer says of itself, without reading its features where the format allows.

    Parameters
    ----------
    source
        The layer.
    encoding
        Encoding of the attribute texts as the user states it.
    where
        How to name that setting in an error.
    osm_roads
        Whether the roads of an OpenStreetMap file are what is meant.

    Raises
    ------
    InputError
        If the file cannot be read or the encoding does not exist; ``osm_only_roads`` where
        something else than roads is wanted of an OpenStreetMap file.
    """
    if source.frame is not None:
        return _of_frame(source, source.frame)
    if source.osm:
        if not osm_roads:
            raise InputError("osm_only_roads", where=source.shown)
        frame, notes = _osm_roads(source)
        return replace(_of_frame(source, frame), driver=OSM, notes=notes)
    if source.parquet:
        return _of_parquet(source)
    # First of all: what is not whole may end the process in GDAL.
    looked = _guarded(source, lambda: content_of(source))
    texts = _guarded(source, lambda: text_encoding(source, stated=encoding, where=where))
    info = _guarded(
        source,
        lambda: gdal.read_info(
            source.opened,
            layer=source.gdal_layer,
            encoding=texts.gdal,
            force_feature_count=looked is None,
            force_total_bounds=looked is None,
        ),
    )
    content = looked[1] if looked is not None and looked[0] == info["driver"] else None
    if looked is not None and content is None:
        raise InputError("not_readable", where=source.shown, problem=str(info["driver"]))
    raw = tuple(str(name) for name in info["fields"])
    if content is None:
        features, bounds = int(info["features"]), _bounds(info["total_bounds"])
        if bounds is not None and max(map(abs, bounds)) > LARGEST:
            bounds = _finite_bounds(source)
    else:
        features, bounds = len(content.ids), content.bounds
    return Layer(
        source=source,
        driver=str(info["driver"]),
        crs=_own_crs(info["crs"], source),
        bounds=bounds,
        features=features,
        geometry_type=str(info["geometry_type"] or "None"),
        fields=tuple(decoded_name(name, texts) for name in raw),
        raw_fields=raw,
        encoding=texts,
        content=content,
        notes=left_out_notes(source) + (() if content is None else content.notes),
    )


def read_layer(
    layer: Layer,
    *,
    fields: Iterable[str] | None = None,
    mask: BaseGeometry | None = None,
    flat: bool = True,
) -> gpd.GeoDataFrame:
    """Return the features of a layer, whole, that touch an area.

    Parameters
    ----------
    layer
        The layer.
    fields
        Which attributes to read, by their readable names; ``None`` reads all.
    mask
        The area, in the layer's own numbers. Which features touch it is decided by their own
        coordinates, never by an index; one without a geometry is among them, so that it is told.
        ``None`` reads everything.
    flat
        Whether to leave heights and measures out.

    Returns
    -------
    geopandas.GeoDataFrame
        Index: the feature's number in the source. Only the fields asked for, and ``geometry``;
        no coordinate system is set.
    """
    wanted = list(layer.fields if fields is None else fields)
    source = layer.source
    if source.frame is not None or source.osm:
        frame = _osm_roads(source)[0] if source.frame is None else source.frame
        if mask is not None:
            frame = frame[_near(frame.geometry, mask)]
        return _plain(frame, wanted, frame.geometry.name, flat=flat)
    content = layer.content
    near = None if mask is None or content is None else content.ids[content.near(mask)]
    if source.parquet:
        rows = _guarded(
            source,
            lambda: parquet.read(source.opened, wanted, rows=near, mask=mask, flat=flat),
        )
        texts = pd.DataFrame(rows.drop(columns="geometry")).apply(_legible)
        frame = gpd.GeoDataFrame(texts, geometry=rows.geometry)
    else:
        frame = _by_gdal(layer, wanted, near, flat=flat)
    return frame if mask is None else frame[_near(frame.geometry, mask)]


def _by_gdal(
    layer: Layer, wanted: list[str], ids: NDArray[np.int64] | None, *, flat: bool
) -> gpd.GeoDataFrame:
    """Return features that GDAL reads, by their numbers or all; no index is asked."""
    source = layer.source
    columns = [
        raw for raw, name in zip(layer.raw_fields, layer.fields, strict=True) if name in wanted
    ]

    def part(numbers: NDArray[np.int64] | None, *, use_arrow: bool) -> Any:
        return gdal.read_dataframe(
            source.opened,
            layer=source.gdal_layer,
            encoding=layer.encoding.gdal,
            columns=columns,
            fids=numbers,
            force_2d=flat,
            fid_as_index=True,
            use_arrow=use_arrow,
            datetime_as_string=True,
            on_invalid="ignore",  # a line of one point is none, and is counted as such
        )

    def read(*, use_arrow: bool) -> Any:
        if ids is None:
            return part(None, use_arrow=use_arrow)
        if _MANY * len(ids) > layer.features:
            frame = part(None, use_arrow=use_arrow)
            return frame[frame.index.isin(ids)]
        if not len(ids):
            return part(ids, use_arrow=False)
        starts = range(0, len(ids), _MOST_NUMBERS)
        parts = [part(ids[at : at + _MOST_NUMBERS], use_arrow=use_arrow) for at in starts]
        return parts[0] if len(parts) == 1 else pd.concat(parts)

    try:
        frame = _guarded(source, lambda: read(use_arrow=layer.driver not in _NO_ARROW))
    except NotImplementedError:
        # Arcs: only the slower way turns them into lines.
        frame = _guarded(source, lambda: read(use_arrow=False))
    if layer.content is not None and len(frame) != len(layer.content.ids if ids is None else ids):
        # GDAL's Arrow stream ends at a damaged row without a word.
        raise InputError("file_damaged", where=source.shown, part=source.layer)
    if "geometry" not in frame:
        frame = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([None] * len(frame)))
    attributes = pd.DataFrame(frame.drop(columns="geometry"))
    # Some formats allow a name twice: the first field has it.
    attributes = attributes.loc[:, ~attributes.columns.duplicated()]
    if layer.encoding.by_hand:
        attributes = decoded(attributes, layer.encoding)
    attributes = attributes.apply(_legible)
    return gpd.GeoDataFrame(
        attributes, geometry=gpd.GeoSeries(frame["geometry"].array, frame.index)
    )


def holds_lines(layer: Layer) -> bool:
    """Whether the declared geometry type admits lines."""
    kind = layer.geometry_type
    return "Line" in kind or "Curve" in kind or kind.startswith(("Unknown", "GeometryCollection"))


def holds_areas(layer: Layer) -> bool:
    """Whether the declared geometry type admits polygons."""
    kind = layer.geometry_type
    return "Polygon" in kind or "Surface" in kind or kind.startswith(("Unknown", "BaseGeometry"))


def _near(shapes: gpd.GeoSeries, mask: BaseGeometry) -> Any:
    # What has no place stays in, so that it is counted where the lines are put right.
    drawn = np.asarray(shapes.array)
    somewhere = ~(shapely.is_missing(drawn) | shapely.is_empty(drawn))
    # By each coordinate: bounds pass over those that are no numbers.
    coordinates, owner = shapely.get_coordinates(drawn, return_index=True)
    with np.errstate(invalid="ignore"):
        somewhere[owner[~(np.abs(coordinates) <= LARGEST).all(axis=1)]] = False
    shapely.prepare(mask)
    near = np.ones(len(shapes), dtype=bool)
    near[somewhere] = shapely.intersects(mask, drawn[somewhere])
    return near


def _plain(
    frame: gpd.GeoDataFrame, fields: list[str], geometry: str, *, flat: bool
) -> gpd.GeoDataFrame:
    drawn = np.asarray(frame[geometry].array)
    shapes = gpd.GeoSeries(shapely.force_2d(drawn) if flat else drawn, index=frame.index)
    return gpd.GeoDataFrame(pd.DataFrame(frame[fields]), geometry=shapes)


def _osm_roads(source: LayerSource) -> tuple[gpd.GeoDataFrame, tuple[InputNote, ...]]:
    from roadalign.formats.osm.layer import road_layer  # noqa: PLC0415  (pyosmium is heavy)

    return road_layer(Path(source.opened), label=source.shown)


def _of_frame(source: LayerSource, frame: gpd.GeoDataFrame) -> Layer:
    fields = tuple(str(name) for name in frame.columns if name != frame.geometry.name)
    kinds = sorted(set(frame.geometry.dropna().geom_type))
    return Layer(
        source=source,
        driver=MEMORY_DRIVER,
        crs=frame.crs,
        bounds=_bounds(frame.total_bounds),
        features=len(frame),
        geometry_type=kinds[0] if len(kinds) == 1 else "Unknown",
        fields=fields,
        raw_fields=fields,
        encoding=FORMAT_KNOWS,
    )


def _of_parquet(source: LayerSource) -> Layer:
    head = _guarded(source, lambda: parquet.describe(source.opened, layer=source.layer))
    return Layer(
        source=source,
        driver="Parquet",
        crs=head.crs,
        bounds=_bounds(head.bounds),
        features=head.features,
        content=head.content,
        notes=() if head.content is None else head.content.notes,
        geometry_type=head.geometry_type,
        fields=head.fields,
        raw_fields=head.fields,
        encoding=FORMAT_KNOWS,
    )


def _bounds(bounds: Any) -> Bounds | None:
    if bounds is None:
        return None
    west, south, east, north = (float(value) for value in bounds)
    # GDAL says (inf, inf, -inf, -inf) and pandas NaN of a layer without features.
    return (west, south, east, north) if west <= east and south <= north else None


def _legible(column: pd.Series) -> pd.Series:
    """Return a column whose texts are valid, what is not replaced by �; others as they are."""
    if not isinstance(column.dtype, pd.StringDtype):
        return column
    cells = pa.array(column.array)
    try:
        cells.validate(full=True)
    except pa.ArrowInvalid:
        raw = cells.cast(pa.large_binary()).to_pylist()
        texts = [None if text is None else text.decode("utf-8", errors="replace") for text in raw]
        return pd.Series(texts, index=column.index, dtype=object)
    return column


def _own_crs(stated: str | None, source: LayerSource) -> CRS | None:
    try:
        return read_crs(stated) if stated else None
    except NamesFilesError as problem:
        raise InputError("crs_elsewhere", where=source.shown, target=problem.text) from None
    except CRSError:
        raise InputError("bad_own_crs", where=source.shown) from None


def _finite_bounds(source: LayerSource) -> Bounds | None:
    """Return the bounds of the features that have a place, one with an infinite one aside."""
    frame = _guarded(
        source,
        lambda: gdal.read_dataframe(source.opened, layer=source.gdal_layer, columns=[]),
    )
    boxes = shapely.bounds(frame.geometry.array)
    boxes = boxes[(np.abs(boxes) <= LARGEST).all(axis=1)]
    whole = (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)) if len(boxes) else None
    return _bounds(whole)


def _guarded(source: LayerSource, read: Callable[[], Any]) -> Any:
    """Run a reader; its failures become errors that name the file.

    Warnings of the readers speak of measures, of rings or of one odd feature; what matters of
    these is counted when the lines are put right.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except (NotImplementedError, InputError):
        raise
    except Exception as problem:  # noqa: BLE001  (damage shows in a reader as any error at all)
        raise InputError("not_readable", where=source.shown, problem=said_by(problem)) from None

"""GeoParquet: its heading, and only the row groups that lie near the boundary.

GDAL as it comes with pyogrio cannot read Parquet. Rows keep their number in the file, which
`geopandas.read_parquet` forgets when it filters; so the geometries are looked through first, then
the row groups that hold a hit are read. The boxes that a file may carry ("covering", GeoParquet
1.1) decide nothing: they are compared with the geometries. Checksums of pages are compared where
the file has them; where it has none, a damaged byte in a value is not found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

from roadalign.formats.integrity.content import Content, damage_note, index_note, outside
from roadalign.formats.integrity.wkb import wkb_boxes
from roadalign.georeferencing.crs_text import read_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from roadalign.model.run import InputNote

_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_LACKING = "rows that the heading announces are not there"


@dataclass(frozen=True)
class Heading:
    """What a GeoParquet file says of itself.

    `bounds` is ``None`` where nothing has a place, `content` where the geometries are not in
    well-known binary.
    """

    crs: CRS | None
    bounds: tuple[float, float, float, float] | None
    features: int
    geometry_type: str
    fields: tuple[str, ...]
    content: Content | None


def describe(path: str, *, layer: str) -> Heading:
    """Return the heading of a file, and what its rows hold.

    Parameters
    ----------
    path
        The file.
    layer
        Name of the layer, for notes.

    Raises
    ------
    ValueError
        If the file is no GeoParquet, or lacks rows it announces.
    """
    with _opened(path) as file:
        geo, column = _geo(file)
        primary = geo["primary_column"]
        skipped = {*geo["columns"], _covering(column)}
        names = (name for name in file.schema_arrow.names if name not in skipped)
        fields = tuple(name for name in names if not name.startswith("__index_level_"))
        features = file.metadata.num_rows
        content = None
        if column["encoding"] == "WKB":
            content = _content(file, column, primary, layer)
    if content is None:
        bounds = gpd.read_parquet(path, columns=[primary]).total_bounds
        bounds = tuple(float(value) for value in bounds)
    else:
        bounds = content.bounds
    kinds = {kind.removesuffix(" Z") for kind in column.get("geometry_types") or ()}
    return Heading(
        crs=_crs(column),
        bounds=bounds,
        features=features,
        geometry_type=_common(kinds),
        fields=fields,
        content=content,
    )


def read(
    path: str,
    fields: list[str],
    *,
    rows: NDArray[np.int64] | None,
    mask: BaseGeometry | None,
    flat: bool = True,
) -> gpd.GeoDataFrame:
    """Return some features.

    Parameters
    ----------
    path
        The file.
    fields
        Attributes to read.
    rows
        Numbers of the rows, ascending; ``None`` reads all.
    mask
        An area in the file's own numbers that the features of a file without well-known binary
        have to touch; of others `rows` decides.
    flat
        Whether to leave heights and measures out.

    Returns
    -------
    geopandas.GeoDataFrame
        Index: the row's number, or the index the file was written with. No coordinate system.

    Raises
    ------
    ValueError
        If the file lacks rows it announces.
    """
    with _opened(path) as file:
        geo, column = _geo(file)
        primary = geo["primary_column"]
        if column["encoding"] != "WKB":
            return _native(path, fields, primary, mask, flat=flat)
        sizes = np.array([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)])
        ends = np.cumsum(sizes)
        if rows is None:
            rows = np.arange(file.metadata.num_rows)
        group = np.searchsorted(ends, rows, side="right")
        groups = np.unique(group)
        starts = ends - sizes
        index = [name for name in file.schema_arrow.names if name.startswith("__index_level_")]
        table = file.read_row_groups(groups.tolist(), columns=[*fields, *index, primary])
    if len(table) != sizes[groups].sum():
        raise ValueError(_LACKING)
    # Where a row stands in what was read: its place in its group, after the groups before it.
    before = np.cumsum([0, *sizes[groups]])
    place = before[np.searchsorted(groups, group)] + rows - starts[group]
    table = table.take(place)
    drawn = shapely.from_wkb(table[primary].to_numpy())
    shapes = shapely.force_2d(drawn) if flat else drawn
    frame = table.drop_columns([primary]).to_pandas()
    if not index:
        frame.index = pd.Index(rows)
    return gpd.GeoDataFrame(frame[fields], geometry=gpd.GeoSeries(shapes, frame.index))


def _opened(path: str) -> pq.ParquetFile:
    return pq.ParquetFile(path, page_checksum_verification=True)


def _content(file: pq.ParquetFile, column: dict[str, Any], primary: str, layer: str) -> Content:
    """Return what the rows hold, group by group, so that memory stays bounded."""
    found: list[tuple[NDArray[np.float64], NDArray[np.bool_]]] = []
    for group in range(file.num_row_groups):
        drawn = file.read_row_group(group, columns=[primary])[primary]
        if len(drawn) != file.metadata.row_group(group).num_rows:
            raise ValueError(_LACKING)
        found += [_geometries(chunk) for chunk in drawn.chunks]
    boxes = np.concatenate([np.zeros((0, 4)), *(one for one, _ in found)])
    whole = np.concatenate([np.zeros(0, dtype=bool), *(one for _, one in found)])
    if len(boxes) != file.metadata.num_rows:
        raise ValueError(_LACKING)
    notes: list[InputNote] = []
    if not whole.all():
        notes.append(damage_note(layer, "features_damaged", int((~whole).sum())))
    stated, slack = _boxes(file, column)
    if stated is not None and len(stated) != len(boxes):
        raise ValueError(_LACKING)
    if stated is not None:
        apart = outside(boxes, stated, slack=slack) & whole
        if apart.any():
            notes.append(index_note(layer, lacking=0, more=0, elsewhere=int(apart.sum())))
    return Content(np.arange(len(boxes)), boxes, tuple(notes))


def _geometries(chunk: pa.Array) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    if isinstance(chunk, pa.ExtensionArray):
        chunk = chunk.storage
    chunk = chunk.cast(pa.large_binary())
    chunk.validate(full=True)
    _, offsets, data = chunk.buffers()
    if data is None or not len(chunk):
        return np.full((len(chunk), 4), np.nan), np.ones(len(chunk), dtype=bool)
    places = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    starts, ends = places[:-1], places[1:]
    starts = np.where(np.asarray(chunk.is_null()), ends, starts)
    boxes, whole, curved = wkb_boxes(np.frombuffer(data, dtype=np.uint8), starts, ends)
    return boxes, whole & ~curved  # GeoParquet knows no arcs


def _native(
    path: str, fields: list[str], primary: str, mask: BaseGeometry | None, *, flat: bool
) -> gpd.GeoDataFrame:
    whole = gpd.read_parquet(path, columns=[*fields, primary])
    drawn = np.asarray(whole[primary].array)
    shapes = shapely.force_2d(drawn) if flat else drawn
    frame = gpd.GeoDataFrame(
        pd.DataFrame(whole[fields]), geometry=gpd.GeoSeries(shapes, whole.index)
    )
    return frame if mask is None else frame[_hit(shapes, mask)]


def _hit(shapes: Any, mask: BaseGeometry) -> NDArray[np.bool_]:
    shapely.prepare(mask)
    return np.asarray(shapely.intersects(mask, shapes), dtype=bool)


def _geo(file: pq.ParquetFile) -> tuple[dict[str, Any], dict[str, Any]]:
    metadata = file.schema_arrow.metadata or {}
    if b"geo" not in metadata:
        raise ValueError("no GeoParquet metadata")
    geo = json.loads(metadata[b"geo"])
    try:
        return geo, geo["columns"][geo["primary_column"]]
    except (KeyError, TypeError):
        raise ValueError("no geometry column in the GeoParquet metadata") from None


def _covering(column: dict[str, Any]) -> str | None:
    box = column.get("covering", {}).get("bbox")
    return str(box["xmin"][0]) if box else None


def _boxes(
    file: pq.ParquetFile, column: dict[str, Any]
) -> tuple[NDArray[np.float64] | None, float]:
    """Return the boxes a file carries, and the share of a coordinate they are rounded by."""
    name = _covering(column)
    if name is None:
        return None, 0.0
    paths = column["covering"]["bbox"]
    table = file.read(columns=[".".join(paths[corner]) for corner in _CORNERS]).flatten()
    corners = [table[".".join(paths[corner])].to_numpy() for corner in _CORNERS]
    slack = max(float(np.finfo(corner.dtype).eps) for corner in corners)
    return np.column_stack(corners).astype(float), slack


def _crs(column: dict[str, Any]) -> CRS | None:
    # Without the key the standard means longitude and latitude; null means unknown.
    if "crs" not in column:
        return CRS.from_user_input("OGC:CRS84")
    stated = column["crs"]
    return None if stated is None else read_crs(stated)


def _common(kinds: set[str]) -> str:
    single = {kind.removeprefix("Multi") for kind in kinds}
    return single.pop() if len(single) == 1 else "Unknown"

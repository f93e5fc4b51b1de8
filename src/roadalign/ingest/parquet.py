"""GeoParquet: its heading, and only the row groups that lie near the boundary.

GDAL as it comes with pyogrio cannot read Parquet. Rows keep their number in the file, which
`geopandas.read_parquet` forgets when it filters; so the bounding boxes that a file may carry
("covering", GeoParquet 1.1) are read first, then the row groups that hold a hit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_CORNERS = ("xmin", "ymin", "xmax", "ymax")


@dataclass(frozen=True)
class Heading:
    """What a GeoParquet file says of itself; `bounds` is ``None`` where it does not say."""

    crs: CRS | None
    bounds: tuple[float, float, float, float] | None
    features: int
    geometry_type: str
    fields: tuple[str, ...]


def describe(path: str) -> Heading:
    """Return the heading of a file.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    ValueError
        If the file is no GeoParquet.
    """
    with pq.ParquetFile(path) as file:
        geo, column = _geo(file)
        skipped = {*geo["columns"], _covering(column)}
        names = (name for name in file.schema_arrow.names if name not in skipped)
        fields = tuple(name for name in names if not name.startswith("__index_level_"))
        boxes = _boxes(file, column)
        features = file.metadata.num_rows
    bounds = column.get("bbox")
    if bounds is not None and len(bounds) != len(_CORNERS):
        bounds = [bounds[0], bounds[1], bounds[3], bounds[4]]
    if boxes is not None and len(boxes):
        bounds = [*np.nanmin(boxes[:, :2], axis=0), *np.nanmax(boxes[:, 2:], axis=0)]
    elif bounds is None:
        bounds = gpd.read_parquet(path, columns=[geo["primary_column"]]).total_bounds
    kinds = {kind.removesuffix(" Z") for kind in column.get("geometry_types") or ()}
    return Heading(
        crs=_crs(column),
        bounds=tuple(float(value) for value in bounds),  # type: ignore[arg-type]
        features=features,
        geometry_type=_common(kinds),
        fields=fields,
    )


def read(
    path: str, fields: list[str], *, mask: BaseGeometry | None, flat: bool = True
) -> gpd.GeoDataFrame:
    """Return the features that touch an area.

    Parameters
    ----------
    path
        The file.
    fields
        Attributes to read.
    mask
        The area in the file's own numbers; ``None`` reads everything.
    flat
        Whether to leave heights and measures out.

    Returns
    -------
    geopandas.GeoDataFrame
        Index: the row's number, or the index the file was written with. No coordinate system.
    """
    with pq.ParquetFile(path) as file:
        geo, column = _geo(file)
        primary = geo["primary_column"]
        if column["encoding"] != "WKB":
            return _native(path, fields, primary, mask, flat=flat)
        ends = np.cumsum([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)])
        rows = np.arange(file.metadata.num_rows)
        if mask is not None:
            boxes = _boxes(file, column)
            if boxes is None:
                drawn = file.read(columns=[primary])[primary].to_numpy()
                boxes = shapely.bounds(shapely.from_wkb(drawn))
            rows = rows[_touching(boxes, mask)]
        group = np.searchsorted(ends, rows, side="right")
        groups = np.unique(group)
        starts = ends - np.diff(ends, prepend=0)
        index = [name for name in file.schema_arrow.names if name.startswith("__index_level_")]
        table = file.read_row_groups(groups.tolist(), columns=[*fields, *index, primary])
    # Where a row stands in what was read: its place in its group, after the groups before it.
    before = np.cumsum([0, *(ends - starts)[groups]])
    place = before[np.searchsorted(groups, group)] + rows - starts[group]
    table = table.take(place)
    drawn = shapely.from_wkb(table[primary].to_numpy())
    shapes = shapely.force_2d(drawn) if flat else drawn
    frame = table.drop_columns([primary]).to_pandas()
    if not index:
        frame.index = pd.Index(rows)
    return gpd.GeoDataFrame(frame[fields], geometry=gpd.GeoSeries(shapes, frame.index))


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


def _touching(boxes: NDArray[np.float64], mask: BaseGeometry) -> NDArray[np.bool_]:
    west, south, east, north = mask.bounds
    hit = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    near = np.flatnonzero(hit)
    shapely.prepare(mask)
    hit[near] = shapely.intersects(mask, shapely.box(*boxes[near].T))
    return hit


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


def _boxes(file: pq.ParquetFile, column: dict[str, Any]) -> NDArray[np.float64] | None:
    name = _covering(column)
    if name is None:
        return None
    paths = column["covering"]["bbox"]
    table = file.read(columns=[".".join(paths[corner]) for corner in _CORNERS]).flatten()
    return np.column_stack([table[".".join(paths[corner])].to_numpy() for corner in _CORNERS])


def _crs(column: dict[str, Any]) -> CRS | None:
    # Without the key the standard means longitude and latitude; null means unknown.
    if "crs" not in column:
        return CRS.from_user_input("OGC:CRS84")
    stated = column["crs"]
    return None if stated is None else CRS.from_json_dict(stated)


def _common(kinds: set[str]) -> str:
    single = {kind.removeprefix("Multi") for kind in kinds}
    return single.pop() if len(single) == 1 else "Unknown"

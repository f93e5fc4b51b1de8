"""Some features of a layer of polygons: by the value of a field, or by a code or name alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rapidfuzz import process

from roadalign.attributes.text_columns import as_text, plain
from roadalign.boundary.side_area import Area
from roadalign.errors import InputError
from roadalign.formats.layers import holds_areas, open_layer, read_layer
from roadalign.formats.sources import IN_MEMORY, find_layers
from roadalign.georeferencing.crs import WGS84
from roadalign.georeferencing.georeference import settled_placement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.formats.layers import Layer
    from roadalign.formats.sources import Source

JOINED = "+"
_SHOWN = 12  # more values than this help nobody


def read_areas(source: Source, *, crs: str | None = None) -> tuple[gpd.GeoDataFrame, str]:
    """Read a layer of polygons whole.

    Parameters
    ----------
    source
        A file, ``file.gpkg:layer``, or a table in memory.
    crs
        Read it in this system, whatever it states, see `roadalign.georeferencing.georeference`.

    Returns
    -------
    tuple
        Its features, with a coordinate system, and how to name the layer.

    Raises
    ------
    InputError
        If it cannot be read, several layers could be meant, it states no coordinate system, or a
        feature is no area.
    """
    layers = [open_layer(one, encoding=None, where=str(source)) for one in find_layers(source)]
    fitting = [layer for layer in layers if holds_areas(layer)] or layers
    if len(fitting) > 1:
        names = ", ".join(layer.source.layer for layer in fitting)
        raise InputError("areas_choose_layer", where=fitting[0].source.label, layers=names)
    layer = fitting[0]
    where = layer.source.shown
    frame = read_layer(layer)
    frame = frame[~(frame.geometry.isna() | frame.geometry.is_empty)]
    kinds = {str(kind) for kind in frame.geometry.geom_type}
    if not kinds or any("Polygon" not in kind for kind in kinds):
        raise InputError("not_areas", where=where, found=", ".join(sorted(kinds)) or "—")
    return _placed(frame, layer, crs=crs), where


def area_where(source: Source, *, where: str | None = None, crs: str | None = None) -> Area:
    """Return the features of a layer that have a value in a field, as one side's land.

    Parameters
    ----------
    source, crs
        See `read_areas`.
    where
        ``"FIELD=VALUE"``; several values joined by ``+``. ``None`` takes all features.

    Raises
    ------
    InputError
        As `read_areas`, or if there is no such field or value.
    """
    frame, label = read_areas(source, crs=crs)
    stem = "boundary" if label == IN_MEMORY else Path(label).name.partition(".")[0]
    if where is None:
        return Area(stem, frame.geometry, _shown(label))
    field, given, value = where.partition("=")
    if not given or not value.strip():
        raise InputError("bad_where", where=where)
    return _picked(frame, value, field=field.strip(), label=label)


def pick_areas(
    source: Source, codes: Sequence[str], *, field: str | None = None, crs: str | None = None
) -> list[Area]:
    """Return features of a layer by codes or names, each text as one side's land.

    Parameters
    ----------
    source, crs
        See `read_areas`.
    codes
        Codes or names, compared without regard to case and width; several of one side joined by
        ``+``.
    field
        Where to look; ``None`` looks in all fields.

    Raises
    ------
    InputError
        As `read_areas`, or if a code is in no field, or means different features in different
        fields.
    """
    frame, label = read_areas(source, crs=crs)
    return [_picked(frame, code, field=field, label=label) for code in codes]


def column_texts(frame: gpd.GeoDataFrame, field: str, *, label: str) -> pd.Series:
    """Return the cells of one field as texts, ``None`` where there are none.

    Raises
    ------
    InputError
        If there is no such field.
    """
    fields = [str(name) for name in frame.columns if name != "geometry"]
    known = {plain(name): name for name in reversed(fields)}
    found = field if field in fields else known.get(plain(field))
    if found is None:
        nearest = process.extractOne(field, fields)
        raise InputError(
            "no_such_field",
            where=label,
            field=field,
            suggestion=nearest[0] if nearest else "—",
            fields=", ".join(fields) or "—",
        )
    texts: pd.Series = frame[found].map(as_text, na_action="ignore").astype(object)
    return texts.where(texts.notna(), None)


def _placed(frame: gpd.GeoDataFrame, layer: Layer, *, crs: str | None) -> gpd.GeoDataFrame:
    where = layer.source.shown
    try:
        placement, _ = settled_placement(
            layer.crs, assumed=None, told=crs, bounds=layer.bounds, near=None, where=where
        )
    except InputError as problem:
        if not problem.key.startswith("no_crs"):
            raise
        raise InputError("areas_no_crs", where=where, **problem.values) from None
    shapes = np.asarray(frame.geometry.array)
    system = placement.crs
    if placement.datum or placement.swapped:
        shapes = shapely.transform(shapes, lambda xy: placement.places(xy, WGS84))
        system = WGS84
    attributes = pd.DataFrame(frame.drop(columns="geometry"))
    return gpd.GeoDataFrame(attributes, geometry=gpd.GeoSeries(shapes, frame.index), crs=system)


def _picked(frame: gpd.GeoDataFrame, code: str, *, field: str | None, label: str) -> Area:
    # A value may itself hold the sign that joins values.
    whole = _rows(frame, code, field=field, label=label)
    if whole.any():
        rows = whole
    else:
        pieces = [piece.strip() for piece in code.split(JOINED) if piece.strip()]
        found = [_rows(frame, piece, field=field, label=label) for piece in pieces]
        for piece, one in zip(pieces, found, strict=True):
            if not one.any():
                raise _no_such_value(frame, piece, field=field, label=label)
        if not found:
            raise _no_such_value(frame, code, field=field, label=label)
        rows = np.logical_or.reduce(found)
    return Area(code.strip(), frame.geometry[rows], _shown(label))


def _rows(frame: gpd.GeoDataFrame, code: str, *, field: str | None, label: str) -> np.ndarray:
    wanted = plain(code)
    names = [field] if field else [str(name) for name in frame.columns if name != "geometry"]
    found = {}
    for name in names:
        texts = column_texts(frame, name, label=label)
        hits = np.array([text is not None and plain(text) == wanted for text in texts], dtype=bool)
        if hits.any():
            found[hits.tobytes()] = name, hits
    if len(found) > 1:
        fields = ", ".join(name for name, _ in found.values())
        raise InputError("code_in_several_fields", where=label, code=code, fields=fields)
    return next((hits for _, hits in found.values()), np.zeros(len(frame), dtype=bool))


def _no_such_value(
    frame: gpd.GeoDataFrame, code: str, *, field: str | None, label: str
) -> InputError:
    names = [field] if field else [str(name) for name in frame.columns if name != "geometry"]
    values = {
        text: None
        for name in names
        for text in column_texts(frame, name, label=label)
        if text is not None
    }
    nearest = [one[0] for one in process.extract(code, list(values), limit=_SHOWN)]
    return InputError(
        "no_such_code",
        where=label,
        code=code,
        fields=", ".join(names) or "—",
        nearest=", ".join(nearest) or "—",
    )


def _shown(label: str) -> str:
    """Return a layer without the folders it lies in: those are nobody's business elsewhere."""
    return Path(label).name

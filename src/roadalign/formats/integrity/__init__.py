"""Whether what a file says of its features is true of the features themselves.

One module per format. Each looks through all features, by their bytes, before the reader is asked:
where they lie is taken from their coordinates, so that no index decides which roads there are; an
index, a box or a count that says something else becomes a note, and parts that do not fit together
a refusal. Formats not named here are read whole.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from roadalign.formats.integrity.files import bytes_of, path_of
from roadalign.formats.integrity.flatgeobuf import MAGIC as FLATGEOBUF_MAGIC
from roadalign.formats.integrity.flatgeobuf import flatgeobuf_content
from roadalign.formats.integrity.geopackage import MAGIC as SQLITE_MAGIC
from roadalign.formats.integrity.geopackage import geopackage_content
from roadalign.formats.integrity.shapefile import shapefile_content

if TYPE_CHECKING:
    from pathlib import Path

    from roadalign.formats.integrity.content import Content
    from roadalign.formats.layer_source import LayerSource


def content_of(source: LayerSource) -> tuple[str, Content] | None:
    """Return what a layer holds, and GDAL's name of the format it was looked through as.

    Parameters
    ----------
    source
        A layer that GDAL reads.

    Returns
    -------
    tuple
        ``None`` where the format keeps nothing that could be compared, or is none of ours.

    Raises
    ------
    InputError
        Where parts of the file do not fit together.

    Notes
    -----
    A file that stays the same is looked through once: a plan may be read several times in one run.
    """
    states = [(path, path.stat()) for path in source.files]
    marks = tuple((path, at.st_size, at.st_mtime_ns, at.st_ino) for path, at in states)
    return _looked(source, marks)


@lru_cache(maxsize=16)
def _looked(
    source: LayerSource, _marks: tuple[tuple[Path, int, int, int], ...]
) -> tuple[str, Content] | None:
    path = path_of(source)
    suffix = path.rpartition(".")[2].lower()
    content, driver = None, ""
    if suffix == "shp":
        content, driver = shapefile_content(source), "ESRI Shapefile"
    elif suffix not in _NEVER:
        # A file may be called as it likes: GDAL goes by the first bytes.
        with bytes_of(source, path) as data:
            start = data[: len(SQLITE_MAGIC)].tobytes()
        if start.startswith(FLATGEOBUF_MAGIC):
            content, driver = flatgeobuf_content(source), "FlatGeobuf"
        elif start == SQLITE_MAGIC:
            content, driver = geopackage_content(source), "GPKG"
    return None if content is None else (driver, content)


_NEVER = {"gdb", "geojson", "json", "kml", "kmz", "gml", "dxf", "tab", "mif"}
"""Endings of formats that are folders or have no such parts, so that they are not unpacked."""

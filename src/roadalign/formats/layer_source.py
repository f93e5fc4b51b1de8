"""A layer that was found and is not yet opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import geopandas as gpd

PARQUET_SUFFIXES = frozenset({".parquet", ".geoparquet", ".pq"})
OSM_SUFFIXES = (
    *(".osm", ".osm.gz", ".osm.bz2", ".pbf"),
    *(".osc", ".osc.gz", ".osc.bz2", ".osh", ".osh.gz", ".osh.bz2"),
)
"""How OpenStreetMap's files end: states of the map, changes and histories."""


class LeftOut(NamedTuple):
    """One kind of thing that is not read.

    Parameters
    ----------
    key
        Of the message in ``notes.toml``, and of the fault in ``inspection.toml``.
    many
        How many there are.
    named
        The first of them.
    """

    key: str
    many: int
    named: str


@dataclass(frozen=True)
class LayerSource:
    """One layer, found but not yet opened.

    Parameters
    ----------
    label
        The file as the user named it.
    layer
        Name of the layer for a reader.
    opened
        What GDAL or pyarrow opens, see `roadalign.formats.gdal.gdal_name`.
    gdal_layer
        Name of the layer inside a file that holds several; ``None`` for the only one.
    files
        The files on disk, for size and checksum.
    dbf
        Name of the attribute file of a shapefile (inside the archive where ``opened`` lies in
        one); ``None`` for other formats.
    frame
        The table where the source is one in memory.
    left_out
        What its file or archive holds beside and is not read.
    """

    label: str
    layer: str
    opened: str
    gdal_layer: str | None = None
    files: tuple[Path, ...] = ()
    dbf: str | None = None
    frame: gpd.GeoDataFrame | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def parquet(self) -> bool:
        """Whether pyarrow and not GDAL reads this layer."""
        return Path(self.opened).suffix.lower() in PARQUET_SUFFIXES

    @property
    def osm(self) -> bool:
        """Whether pyosmium reads this layer: GDAL loses roads of files that are not sorted."""
        return self.opened.lower().endswith(OSM_SUFFIXES)

    @property
    def shown(self) -> str:
        """How to name the layer in a message."""
        return f"{self.label}:{self.gdal_layer}" if self.gdal_layer else self.label

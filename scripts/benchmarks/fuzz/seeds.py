"""Files to start from: the example, in every format the readers know."""

from __future__ import annotations

import warnings
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = ("shp", "gpkg", "geojson", "kml", "fgb", "gml", "parquet")
_PARTS = ("shp", "shx", "dbf", "prj", "cpg")
_SEPARATOR = b"\0\xf0part\xf0\0"


def write_seeds(plan: Path, folder: Path) -> list[Path]:
    """Write one plan in every format; a shapefile as one file, see `packed`.

    Parameters
    ----------
    plan
        A layer to read with geopandas.
    folder
        An empty folder.
    """
    table = gpd.read_file(plan, encoding="GB18030").iloc[:12]
    written = []
    for suffix in _FORMATS:
        path = folder / f"seed.{suffix}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if suffix == "parquet":
                table.to_parquet(path)
            elif suffix == "kml":
                table.to_crs(4326).to_file(path, driver="KML")
            else:
                table.to_file(path)
        if suffix == "shp":
            archive = folder / "seed.zip"
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as whole:
                for part in _PARTS:
                    if path.with_suffix(f".{part}").exists():
                        whole.write(path.with_suffix(f".{part}"), f"seed.{part}")
            written.append(archive)
            path.write_bytes(packed(path))
        written.append(path)
    return written


def packed(path: Path) -> bytes:
    """Return the parts of a shapefile as one row of bytes, so that they mutate together."""
    parts = (path.with_suffix(f".{part}") for part in _PARTS)
    return _SEPARATOR.join(part.read_bytes() if part.exists() else b"" for part in parts)


def unpacked(content: bytes, suffix: str, folder: Path) -> Path:
    """Write bytes as a file of a format, those of a shapefile as its parts; return the path."""
    path = folder / f"plan.{suffix}"
    if suffix != "shp":
        path.write_bytes(content)
        return path
    for part, piece in zip(_PARTS, content.split(_SEPARATOR), strict=False):
        path.with_suffix(f".{part}").write_bytes(piece)
    return path

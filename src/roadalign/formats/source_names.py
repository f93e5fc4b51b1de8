"""How sources are written: names of files, layers after a colon, several joined by ``+``."""

from __future__ import annotations

import os
import re
from pathlib import Path

from roadalign.errors import InputError

_MOST_PIECES = 100  # in a longer text `+` only joins; trying what may be a name costs the square
_LAYER_PART = re.compile(r"[^./\\:]+$")
_ADDRESS = re.compile(
    r"/vsi\w|[a-z][a-z0-9+.-]+://|(?:PG|WFS\d?|OAPIF|OAPIF_COLLECTION|OGCAPI|CSW|ES|MYSQL|MSSQL|OCI"
    r"|ODBC|MONGODBV3|CARTO|AMIGOCLOUD|PLSCENES|NGW|EEDA|MVT|PMTILES|SQLITE|SPATIALITE|GPKG|GEOJSON"
    r"|VRT|OGR_VRT|ADBC|MAPML|GPSBABEL|ELASTIC):",
    re.IGNORECASE,
)


def placed(source: str, folder: Path) -> str:
    """Return a source that is written as seen from a folder as seen from the current one.

    Parameters
    ----------
    source
        See the head of this module.
    folder
        What it is relative to; an absolute source stays as it is.
    """
    return "+".join(os.path.normpath(folder / part) for part in split_source(source, folder))


def split_source(spec: str, folder: Path | None = None) -> list[str]:
    """Return the single sources of a text in which ``+`` may join several.

    Parameters
    ----------
    spec
        The text. A ``+`` that belongs to the name of an existing file is left alone.
    folder
        What names are relative to; ``None`` for the current one.
    """
    base = folder or Path()
    parts = spec.split("+")
    if _there(base / spec) or len(parts) == 1:
        return [spec if _there(base / spec) else spec.strip()]
    if len(parts) > _MOST_PIECES or all(_exists(part, base) for part in parts):
        return [_trimmed(part, base) for part in parts]
    pieces = []
    start = 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        runs = {end: "+".join(parts[start:end]) for end in ends}
        end = next((end for end in ends if _there(base / _trimmed(runs[end], base))), None)
        if end is None and not _exists(runs[start + 1], base):
            end = next((end for end in ends if _exists(runs[end], base)), None)
        end = end or start + 1
        while end < len(parts) and not _there(base / runs[end]) and _LAYER_PART.match(parts[end]):
            end += 1  # the rest of a layer's name
        pieces.append(_trimmed(runs[end], base))
        start = end
    return pieces


def _trimmed(piece: str, base: Path) -> str:
    """Return a piece without the blanks around it, unless they belong to the name of a file."""
    return piece if _there(base / piece) else piece.strip()


def _exists(spec: str, base: Path) -> bool:
    spec = spec.strip()
    head = spec.rpartition(":")[0]
    return bool(spec) and (_there(base / spec) or (head != "" and _there(base / head)))


def _there(path: Path) -> bool:
    try:
        return path.expanduser().exists()
    except (OSError, RuntimeError):  # a name too long, a folder that is closed, no such user
        return False


def locate(piece: str) -> tuple[Path, str | None]:
    """Return the file of a single source, and the layer named after a colon.

    Raises
    ------
    InputError
        ``no_such_file``, or ``address`` where it names a service or a database.
    """
    if piece and _there(Path(piece)):
        return Path(piece).expanduser(), None
    head, colon, layer = piece.rpartition(":")
    if colon and head and layer and _there(Path(head)):
        return Path(head).expanduser(), layer
    refuse_address(piece)
    raise InputError("no_such_file", where=piece or "+")


def refuse_address(spec: str) -> None:
    """Raise where a text names a service, a database or one of GDAL's virtual file systems."""
    if _ADDRESS.match(spec.strip()) and not _there(Path(spec)):
        raise InputError("address", where=spec)

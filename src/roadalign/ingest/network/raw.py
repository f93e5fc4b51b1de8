"""Roads as a reader hands them on: OpenStreetMap's tags, not yet interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from roadalign.standards import table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from roadalign.model.result import InputRecord

ID = "id"
"""Column of the identity of a way in `RawRoads.tags`."""

_PLAIN = (
    *("highway", "name", "ref", "highway:CN", "highway:CN:urban", "lanes", "maxspeed", "oneway"),
    *("junction", "bridge", "tunnel", "layer", "noexit", "area", "barrier"),
)


@cache
def keys() -> tuple[str, ...]:
    """Return the keys of OpenStreetMap that are read of a way."""
    osm = table("osm")
    own = [key for value in osm["lifecycle"] for key in (value, f"{value}:highway")]
    return (*_PLAIN, *osm["access"]["keys"], *own)


@cache
def road_keys() -> tuple[str, ...]:
    """Return the keys one of which makes a way a road."""
    return ("highway", *(f"{value}:highway" for value in table("osm")["lifecycle"]))


@cache
def kinds() -> frozenset[str]:
    """Return the values of ``highway`` for roads of motor traffic in use."""
    return frozenset(value for row in table("osm")["highway"] for value in row["values"])


def no_places() -> pd.DataFrame:
    """Return an empty table of `RawRoads.named`."""
    texts = {name: pd.Series(dtype=object) for name in ("name", "kind")}
    return pd.DataFrame(texts | {name: pd.Series(dtype=float) for name in ("lon", "lat")})


@dataclass(frozen=True)
class RawRoads:
    """Some ways near the boundary, and the nodes on them that say something.

    Parameters
    ----------
    tags
        One row per line: `ID` and the keys of `keys`, texts or ``None``; a key nobody states may
        be absent.
    lines
        LineStrings in the working CRS.
    nodes
        Per line the ids of its vertices, or ``None``.
    points
        Nodes that may lie on the roads: ``node`` (int64), ``barrier``, ``noexit``, ``access``
        (texts or ``None``), ``lon``, ``lat``.
    record
        What was read.
    overture
        Whether Overture Maps made the data.
    named
        Places: ``name``, ``kind``, ``lon``, ``lat``.
    """

    tags: pd.DataFrame
    lines: NDArray[np.object_]
    nodes: NDArray[np.object_]
    points: pd.DataFrame
    record: InputRecord
    overture: bool = False
    named: pd.DataFrame = field(default_factory=no_places)


def no_points() -> pd.DataFrame:
    """Return an empty table of `RawRoads.points`."""
    texts = {name: pd.Series(dtype=object) for name in ("barrier", "noexit", "access")}
    places = {name: pd.Series(dtype=float) for name in ("lon", "lat")}
    return pd.DataFrame({"node": pd.Series(dtype="int64"), **texts, **places})

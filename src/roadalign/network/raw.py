"""Roads as a reader hands them on: OpenStreetMap's tags, not yet interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from roadalign.model.run import InputRecord


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
        One row per line: the id and the keys of `roadalign.attributes.osm_keys.keys`, texts or
        ``None``; a key nobody states may be absent.
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

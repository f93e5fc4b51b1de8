"""Where many ways lie, looked at by the chunk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.georeferencing.crs import Bounds

_HEADER_BYTES = 9  # of a line in well-known binary: byte order, type, count
_XY_BYTES = 16


@dataclass
class Places:
    """Lines by chunks: the ids of their ways, numbers of vertices, longitudes and latitudes."""

    box: Bounds
    ids: list[NDArray[np.int64]] = field(default_factory=list)
    counts: list[NDArray[np.int64]] = field(default_factory=list)
    xy: list[NDArray[np.float64]] = field(default_factory=list)
    extents: list[NDArray[np.float64]] = field(default_factory=list)

    def add(
        self, ids: list[int], counts: NDArray[np.int64], xy: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Keep what touches the box of the band; return which lines do."""
        starts = np.cumsum(counts) - counts
        low, high = np.minimum.reduceat(xy, starts), np.maximum.reduceat(xy, starts)
        self.extents.append(np.concatenate([low.min(axis=0), high.max(axis=0)]))
        west, south, east, north = self.box
        inside = np.concatenate([low <= (east, north), high >= (west, south)], axis=1)
        hit: NDArray[np.bool_] = np.asarray(inside.all(axis=1))
        self.ids.append(np.array(ids, dtype=np.int64)[hit])
        self.counts.append(counts[hit])
        self.xy.append(xy[np.repeat(hit, counts)])
        return hit

    @property
    def extent(self) -> Bounds | None:
        """Bounds of everything that was added, kept or not."""
        if not self.extents:
            return None
        corners = np.array(self.extents)
        west, south = corners[:, :2].min(axis=0).tolist()
        east, north = corners[:, 2:].max(axis=0).tolist()
        return west, south, east, north


def vertices(drawn: list[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the numbers of vertices and the vertices of lines in well-known binary, as hex."""
    sizes = np.fromiter(map(len, drawn), dtype=np.int64, count=len(drawn)) // 2
    starts = np.cumsum(sizes) - sizes
    raw = np.frombuffer(bytes.fromhex("".join(drawn)), dtype=np.uint8)
    body = np.ones(len(raw), dtype=bool)
    body[starts[:, None] + np.arange(_HEADER_BYTES)] = False
    return (sizes - _HEADER_BYTES) // _XY_BYTES, raw[body].view(np.float64).reshape(-1, 2)

"""The roads that an OpenStreetMap file holds, whichever way it had to be read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import numpy as np
import shapely

from roadalign.attributes.osm_keys import kinds, road_keys
from roadalign.standards import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.osm.places import Places
    from roadalign.georeferencing.crs import Bounds

MOST_NODES = 100_000
"""Nodes of a way at most (ours): OpenStreetMap itself admits 2,000."""

T = TypeVar("T")
Say: TypeAlias = Callable[[Any], T]
"""Keeps of a way of pyosmium what it says."""


@dataclass(frozen=True)
class NodeSays:
    """What a node says: at most one row each of `RawRoads.points` and `RawRoads.named`."""

    points: tuple[tuple[Any, ...], ...]
    named: tuple[tuple[Any, ...], ...]


@dataclass
class Found(Generic[T]):
    """Where the roads of a file lie, and what the rest of it says.

    Parameters
    ----------
    places
        Their lines, as far as they touch a box.
    said
        Returns of some ids of ways what each says, and the ids of its nodes.
    seen
        Ways with a key of roads, footpaths and all, in their newest version.
    wanted
        Those of them that may carry motor traffic.
    lines
        Lines found, inside the box or not.
    incomplete
        Roads that name nodes of which the file holds no place.
    short
        Roads of fewer than two nodes.
    deleted
        Roads whose newest version is deleted.
    older
        Roads of which the file also holds older versions.
    points, named
        Rows of `RawRoads.points` and `RawRoads.named`.
    pieces
        The nodes of the stretches that are left of incomplete roads; they are the last lines of
        ``places``.
    """

    places: Places
    said: Callable[[Collection[int]], dict[int, tuple[T, list[int]]]]
    seen: int = 0
    wanted: int = 0
    lines: int = 0
    incomplete: int = 0
    short: int = 0
    deleted: int = 0
    older: int = 0
    points: list[tuple[Any, ...]] = field(default_factory=list)
    named: list[tuple[Any, ...]] = field(default_factory=list)
    pieces: list[list[int]] = field(default_factory=list)

    def take(self, node: NodeSays) -> None:
        """Keep what a node says."""
        self.points += node.points
        self.named += node.named


@dataclass(frozen=True)
class DrawnLines:
    """Lines of roads in longitudes and latitudes.

    Parameters
    ----------
    ids
        Ids of their ways.
    xy, counts
        Vertices, none repeating the one before, and how many each line has.
    piece
        The place in `Found.pieces`, negative for whole ways.
    fresh
        Of each line, which of its nodes are a vertex.
    points
        How many roads have all their nodes at one place.
    """

    ids: NDArray[np.int64]
    xy: NDArray[np.float64]
    counts: NDArray[np.int64]
    piece: NDArray[np.int64]
    fresh: list[NDArray[np.bool_]]
    points: int

    def shapes(self, xy: NDArray[np.float64]) -> NDArray[np.object_]:
        """Return the lines through vertices in any system."""
        if not len(xy):
            return np.zeros(0, dtype=object)
        owner = np.repeat(np.arange(len(self.counts)), self.counts)
        return np.asarray(shapely.linestrings(xy, indices=owner), dtype=object)


def node_says(node: Any, *, box: Bounds) -> NodeSays:
    """Return what a node with a place says of the roads on it, and the name of a place in a box."""
    get = node.tags.get
    at = node.location
    points: tuple[tuple[Any, ...], ...] = ()
    named: tuple[tuple[Any, ...], ...] = ()
    if get("barrier") or get("noexit"):
        values = (get(key) for key in table("osm")["access"]["keys"])
        access = next((value for value in values if value), None)
        points = ((node.id, get("barrier"), get("noexit"), access, at.lon, at.lat),)
    west, south, east, north = box
    near = west <= at.lon <= east and south <= at.lat <= north
    if near and get("name") and get("place") in table("osm")["place"]["kinds"]:
        named = ((get("name"), get("place"), at.lon, at.lat),)
    return NodeSays(points, named)


def drawn_lines(found: Found[T]) -> DrawnLines:
    """Return the lines that were found in the box."""
    places = found.places
    ids = np.concatenate([np.zeros(0, np.int64), *places.ids])
    counts = np.concatenate([np.zeros(0, np.int64), *places.counts])
    xy = np.concatenate([np.zeros((0, 2)), *places.xy])
    owner = np.repeat(np.arange(len(ids)), counts)
    fresh = np.ones(len(xy), dtype=bool)
    fresh[1:] = (xy[1:] != xy[:-1]).any(axis=1) | (owner[1:] != owner[:-1])
    vertices = np.bincount(owner[fresh], minlength=len(ids))
    drawable = vertices > 1
    rows = np.flatnonzero(drawable)
    ends = np.cumsum(counts)
    return DrawnLines(
        ids=ids[rows],
        xy=xy[fresh & drawable[owner]],
        counts=vertices[rows],
        piece=rows - (len(ids) - len(found.pieces)),
        fresh=[fresh[ends[row] - counts[row] : ends[row]] for row in rows],
        points=int((~drawable).sum()),
    )


def is_way_of_roads(get: Callable[[str], str | None]) -> bool:
    """Whether tags are those of any kind of road or path."""
    return any(get(key) is not None for key in road_keys())


def refuse_endless(way: Any) -> None:
    """Raise ``ValueError`` where a way has more nodes than any."""
    if len(way.nodes) > MOST_NODES:
        raise ValueError(f"way {way.id}: {len(way.nodes)} nodes > {MOST_NODES}")


def may_carry_traffic(get: Callable[[str], str | None]) -> bool:
    """Whether a road or path may carry motor traffic, now or later."""
    highway = get("highway")
    return highway is None or highway in kinds() or highway in table("osm")["lifecycle"]

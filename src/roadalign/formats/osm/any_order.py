"""OpenStreetMap files in any order: of each id the newest version counts, deleted ones not at all.

Editors number what is new with negative ids and keep what was deleted; merged files hold objects
twice; histories hold all versions. pyosmium's index of places knows positive ids only and keeps
any of several places, so here all nodes and ways are looked at, once, and sorted afterwards.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic

import numpy as np
import osmium

from roadalign.formats.osm.file_kind import NODE, WAY, deleted_in_editor
from roadalign.formats.osm.found import (
    Found,
    NodeSays,
    Say,
    T,
    is_way_of_roads,
    may_carry_traffic,
    node_says,
    refuse_endless,
)
from roadalign.formats.osm.places import Places

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    from roadalign.georeferencing.crs import Bounds

_PER_DEGREE = 1e7  # how OpenStreetMap's formats count
_LON_MAX, _LAT_MAX = 180 * _PER_DEGREE, 90 * _PER_DEGREE


@dataclass
class _Nodes:
    """All nodes as they stand in the file, one number each per list."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    versions: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("q"))
    y: array[int] = field(default_factory=lambda: array("q"))
    gone: list[int] = field(default_factory=list)

    def add(self, node: Any, *, gone: bool) -> None:
        if gone or not node.visible:
            self.gone.append(len(self.ids))
        self.ids.append(node.id)
        self.versions.append(node.version)
        self.x.append(node.location.x)
        self.y.append(node.location.y)

    def newest(self) -> _Places:
        """Return the places of the newest versions that have one and are not deleted."""
        ids = np.array(self.ids, dtype=np.int64)
        order = np.lexsort((np.arange(len(ids)), np.array(self.versions, dtype=np.int64), ids))
        last = np.ones(len(ids), dtype=bool)
        last[:-1] = ids[order][1:] != ids[order][:-1]
        rows = order[last]
        xy = np.column_stack([np.array(self.x, np.int64), np.array(self.y, np.int64)])[rows]
        somewhere = (np.abs(xy) <= (_LON_MAX, _LAT_MAX)).all(axis=1)
        stands = somewhere & ~np.isin(rows, np.array(self.gone, dtype=np.int64))
        return _Places(ids[rows[stands]], xy[stands] / _PER_DEGREE, rows[stands])


@dataclass(frozen=True)
class _Places:
    """Places by sorted id, with the number each node has in the file."""

    ids: NDArray[np.int64]
    xy: NDArray[np.float64]
    numbers: NDArray[np.int64]

    def of(self, refs: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return the places of some nodes, and which have one."""
        if not len(self.ids):
            return np.zeros((len(refs), 2)), np.zeros(len(refs), dtype=bool)
        at = np.minimum(np.searchsorted(self.ids, refs), len(self.ids) - 1)
        return self.xy[at], self.ids[at] == refs


@dataclass(frozen=True)
class _Way(Generic[T]):
    """The newest version of a way so far; ``said`` is ``None`` where it is no road."""

    version: int
    gone: bool
    road: bool
    said: T | None
    refs: list[int]


def read_newest(path: Path, *, box: Bounds, say: Say[T]) -> Found[T]:
    """Return the roads of a file in any order.

    Parameters
    ----------
    path
        The file.
    box
        Longitudes and latitudes outside which no line is kept.
    say
        What is to be kept of a way.
    """
    nodes, ways = _Nodes(), _CollectedWays[T](say)
    deleted = deleted_in_editor(path)
    found: Found[T] = Found(Places(box), ways.said)
    # What a node says stands apart until it is known which version is the newest.
    telling: dict[int, NodeSays] = {}
    with osmium.io.Reader(str(path), NODE | WAY) as reader:
        one: Any
        for one in osmium.OsmFileIterator(reader):
            if one.is_way():
                ways.add(one, gone=ways.count in deleted["way"])
                continue
            if len(one.tags) and one.location.valid():
                telling[len(nodes.ids)] = node_says(one, box=box)
            nodes.add(one, gone=len(nodes.ids) in deleted["node"])
    places = nodes.newest()
    numbers = np.array([*telling], dtype=np.int64)
    for number in numbers[np.isin(numbers, places.numbers)].tolist():
        found.take(telling[number])
    found.seen, found.deleted, found.older = ways.seen, ways.deleted, ways.older
    _draw(found, ways.roads(), places)
    return found


class _CollectedWays(Generic[T]):
    """All ways of a file, of each id the newest version."""

    def __init__(self, say: Say[T]) -> None:
        self.say = say
        self.count = 0
        self.held: dict[int, _Way[T]] = {}
        self.versions: Counter[int] = Counter()
        self.ever: set[int] = set()

    def add(self, way: Any, *, gone: bool) -> None:
        """Take the next way of the file; of equal versions the last one counts."""
        self.count += 1
        get = way.tags.get
        path = is_way_of_roads(get)
        road = path and may_carry_traffic(get)
        if road:
            refuse_endless(way)
            self.ever.add(way.id)
        self.versions[way.id] += 1
        before = self.held.get(way.id)
        if before is not None and before.version > way.version:
            return
        refs = [node.ref for node in way.nodes] if road else []
        said = self.say(way) if road else None
        self.held[way.id] = _Way(way.version, gone or not way.visible, path, said, refs)

    def roads(self) -> dict[int, list[int]]:
        """Return the nodes of each road for motor traffic."""
        return {key: one.refs for key, one in self.held.items() if self._stands(one)}

    def said(self, ids: Collection[int]) -> dict[int, tuple[T, list[int]]]:
        """Return what some roads say, and their nodes."""
        chosen = ((key, self.held[key]) for key in ids)
        return {key: (one.said, one.refs) for key, one in chosen if one.said is not None}

    @staticmethod
    def _stands(one: _Way[T]) -> bool:
        return one.said is not None and not one.gone

    @property
    def seen(self) -> int:
        """Roads and paths that are not deleted."""
        return sum(one.road and not one.gone for one in self.held.values())

    @property
    def deleted(self) -> int:
        """Roads that are."""
        return sum(self.held[key].gone for key in self.ever)

    @property
    def older(self) -> int:
        """Roads of which the file holds an older version too."""
        return sum(self.versions[key] > 1 for key, one in self.held.items() if self._stands(one))


def _draw(found: Found[T], roads: dict[int, list[int]], places: _Places) -> None:
    """Look up where the roads lie."""
    ids = np.array([*roads], dtype=np.int64)
    counts = np.array([len(refs) for refs in roads.values()], dtype=np.int64)
    refs = np.array([ref for own in roads.values() for ref in own], dtype=np.int64)
    xy, held = places.of(refs)
    owner = np.repeat(np.arange(len(ids)), counts)
    lacking = np.bincount(owner[~held], minlength=len(ids)) > 0
    whole = ~lacking & (counts > 1)
    found.wanted = len(ids)
    found.incomplete = int(lacking.sum())
    found.short = int((~lacking & (counts < 2)).sum())  # noqa: PLR2004  (a line has two ends)
    found.lines = int(whole.sum())
    if found.lines:
        found.places.add(ids[whole].tolist(), counts[whole], xy[whole[owner]])
    runs = _runs(np.flatnonzero(held & lacking[owner]), owner)
    if runs:
        found.lines += len(runs)
        of = [int(ids[owner[run[0]]]) for run in runs]
        sizes = np.array([len(run) for run in runs])
        hit = found.places.add(of, sizes, xy[np.concatenate(runs)])
        found.pieces = [refs[runs[row]].tolist() for row in np.flatnonzero(hit)]


def _runs(rows: NDArray[np.int64], owner: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the stretches of neighbouring rows of one road: no line leads over a hole."""
    breaks = (np.diff(rows) > 1) | (np.diff(owner[rows]) != 0)
    return [run for run in np.split(rows, np.flatnonzero(breaks) + 1) if len(run) > 1]

"""OpenStreetMap files in good order, read twice: where the ways lie, then what the near ones say.

Nearly all large files are: sorted, every object once, every node there. Then pyosmium finds the
places, and only roads are looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import osmium

from roadalign.attributes.osm_keys import road_keys
from roadalign.formats.osm.file_kind import NODE, WAY
from roadalign.formats.osm.found import (
    Found,
    Say,
    T,
    may_carry_traffic,
    node_says,
    refuse_endless,
)
from roadalign.formats.osm.places import Places, vertices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from roadalign.georeferencing.crs import Bounds

_CHUNK = 100_000  # ways whose places are looked at together


class NotInOrderError(Exception):
    """The file holds an object twice, deleted, unsorted, or not at all."""


def read_sorted(path: Path, *, box: Bounds, say: Say[T]) -> Found[T]:
    """Return the roads of a file that is in order.

    Parameters
    ----------
    path
        The file.
    box
        Longitudes and latitudes outside which no line is kept.
    say
        What is to be kept of a way.

    Raises
    ------
    NotInOrderError
        As soon as the file proves not to be.
    """

    def said(ids: Collection[int]) -> dict[int, tuple[T, list[int]]]:
        chosen = set(ids)
        return {
            one.id: (say(one), [node.ref for node in one.nodes])
            for one in (_read_ways(path) if chosen else ())
            if one.id in chosen
        }

    found: Found[T] = Found(Places(box), said)
    make = osmium.geom.WKBFactory().create_linestring
    every = osmium.geom.use_nodes.ALL
    lines: list[str] = []
    ids: list[int] = []
    last = 0
    for one in _objects(path):
        if one.is_node():
            found.take(node_says(one, box=box))
            continue
        if one.id <= last or not one.visible:
            raise NotInOrderError
        last = one.id
        found.seen += 1
        if not may_carry_traffic(one.tags.get):
            continue
        refuse_endless(one)
        found.wanted += 1
        try:
            lines.append(make(one, every))
        except osmium.InvalidLocationError:
            raise NotInOrderError from None
        except RuntimeError:
            found.short += 1
            continue
        ids.append(one.id)
        if len(ids) == _CHUNK:
            found.places.add(ids, *vertices(lines))
            lines, ids = [], []
    if ids:
        found.places.add(ids, *vertices(lines))
    found.lines = found.wanted - found.short
    return found


def _objects(path: Path) -> Iterator[Any]:
    """Yield the telling nodes and all roads, with places."""
    # A filter must outlive its iterator, which does not hold on to it.
    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    places.ignore_errors()
    telling = osmium.filter.KeyFilter("barrier", "noexit", "place")
    telling.enable_for(NODE)
    roads = osmium.filter.KeyFilter(*road_keys())
    roads.enable_for(WAY)
    with osmium.io.Reader(str(path), NODE | WAY) as reader:
        yield from osmium.OsmFileIterator(reader, places, telling, roads)


def _read_ways(path: Path) -> Iterator[Any]:
    roads = osmium.filter.KeyFilter(*road_keys())
    with osmium.io.Reader(str(path), WAY) as reader:
        yield from osmium.OsmFileIterator(reader, roads)

"""A file of OpenStreetMap as a layer of a plan, and what any reader of one asks of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import osmium
import pandas as pd

from roadalign.attributes.osm_keys import ID, keys
from roadalign.attributes.osm_tags import interpret
from roadalign.errors import InputError
from roadalign.formats.osm.any_order import read_newest
from roadalign.formats.osm.file_kind import in_order, refuse_no_state
from roadalign.formats.osm.found import Found, Say, T, drawn_lines
from roadalign.formats.osm.sorted_order import NotInOrderError, read_sorted
from roadalign.georeferencing.crs import WGS84
from roadalign.model.run import InputNote
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from roadalign.georeferencing.crs import Bounds

WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)
_BROKEN = (RuntimeError, OSError, ValueError, MemoryError, osmium.InvalidLocationError)
"""How pyosmium says that a file is damaged or no OpenStreetMap file."""

MOST_FIELDS = 200
"""Keys that a layer of a plan has at most (ours): the most frequent; mappers invent thousands."""


def road_layer(path: Path, *, label: str) -> tuple[gpd.GeoDataFrame, tuple[InputNote, ...]]:
    """Return all roads of motor traffic of a file as a layer, and what was noticed.

    Parameters
    ----------
    path, label
        The file, and how the user named it.

    Returns
    -------
    tuple
        A table in longitudes and latitudes, indexed by the ids of the ways, with their tags as
        fields; and notes.

    Raises
    ------
    InputError
        As `find_ways`.
    """
    at = path.stat()
    return _road_layer(path, label, (at.st_size, at.st_mtime_ns, at.st_ino))


@lru_cache(maxsize=4)
def _road_layer(
    path: Path, label: str, _state: tuple[int, int, int]
) -> tuple[gpd.GeoDataFrame, tuple[InputNote, ...]]:
    def say(way: Any) -> dict[str, str]:
        return {tag.k: tag.v for tag in way.tags}

    found = find_ways(path, label, WORLD, say)
    lines = drawn_lines(found)
    ids = lines.ids.tolist()
    said = ways_said(found, ids, label)
    rows = [said[key][0] for key in ids]
    known = pd.DataFrame(
        [[str(key), *map(row.get, keys())] for key, row in zip(ids, rows, strict=True)],
        columns=[ID, *keys()],
        dtype=object,
    )
    _, keep = interpret(known)
    kept = [row for row, own in zip(rows, keep, strict=True) if own]
    shapes = lines.shapes(lines.xy)[keep]
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name) for row in kept], dtype=object) for name in _fields(kept)}
    )
    table = gpd.GeoDataFrame(frame, geometry=shapes, crs=WGS84)
    table.index = pd.Index(lines.ids[keep])
    notes = notes_of(found, path.name, without_line=found.short + lines.points)
    return table, tuple(notes)


def _fields(rows: Iterable[dict[str, str]]) -> list[str]:
    """Return the keys that become fields: those with a meaning here, and the most frequent."""
    counts: dict[str, int] = {}
    for row in rows:
        for key in row:
            counts[key] = counts.get(key, 0) + 1
    meant = [key for key in keys() if key in counts]
    others = sorted(counts.keys() - {*meant, "geometry"}, key=lambda key: (-counts[key], key))
    return [*meant, *others[: MOST_FIELDS - len(meant)]]


def find_ways(path: Path, label: str, box: Bounds, say: Say[T]) -> Found[T]:
    """Return the roads of a file that have a node in a box.

    Parameters
    ----------
    path, label
        The file, and how the user named it.
    box
        West, south, east, north in degrees.
    say
        What to take of a way.

    Raises
    ------
    InputError
        If the file cannot be read to its end, is no state of the map but a list of changes or a
        history, or holds no road at all.
    """
    try:
        refuse_no_state(path, label=label)
        found = _read(path, box, say)
    except _BROKEN as problem:
        raise InputError("network_not_readable", where=label, problem=str(problem)) from None
    if not found.seen + found.deleted:
        raise InputError("network_no_roads", where=label)
    if not found.lines and found.wanted + found.deleted:
        raise InputError(
            "osm_no_lines",
            where=label,
            count=found.wanted + found.deleted,
            deleted=found.deleted,
            short=found.short,
            incomplete=found.incomplete,
        )
    return found


def _read(path: Path, box: Bounds, say: Say[T]) -> Found[T]:
    if in_order(path):
        try:
            return read_sorted(path, box=box, say=say)
        except NotInOrderError:
            pass
    return read_newest(path, box=box, say=say)


def ways_said(found: Found[T], ids: list[int], label: str) -> dict[int, tuple[T, list[int]]]:
    """Return what was taken of some ways, and their nodes.

    Raises
    ------
    InputError
        ``network_not_readable``
    """
    try:
        return found.said(ids)
    except _BROKEN as problem:
        raise InputError("network_not_readable", where=label, problem=str(problem)) from None


def notes_of(found: Found[T], layer: str, *, without_line: int) -> list[InputNote]:
    """Return what is to be told of the ways that were left out."""
    told = {
        "ways_incomplete": found.incomplete,
        "ways_without_line": without_line,
        "ways_deleted": found.deleted,
        "ways_older": found.older,
    }
    return [
        InputNote("I04", Severity.NOTICE, key, {"layer": layer, "count": count}, count)
        for key, count in told.items()
        if count
    ]

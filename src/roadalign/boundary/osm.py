"""Administrative boundaries of OpenStreetMap: the ways that two relations share.

A way that is a member of both sides' relations is their common line exactly, even where the
extract holds the relations only in part. Only where they share no way are the areas put together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import osmium
import shapely
from rapidfuzz import process
from shapely import LineString

from roadalign.attributes.text_columns import plain
from roadalign.boundary.areas import JOINED
from roadalign.boundary.chains import chained
from roadalign.boundary.made_line import Border, Note, border_between, shape_notes
from roadalign.boundary.side_area import Area
from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84, moved, working_crs
from roadalign.model.result import Boundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_NAMES = ("name", "official_name", "alt_name", "short_name", "int_name", "loc_name", "old_name")
_CODES = ("ref", "ISO3166-1", "ISO3166-1:alpha2", "ISO3166-1:alpha3", "ISO3166-2", "ref:CN")
_BROKEN = (RuntimeError, OSError, ValueError, osmium.InvalidLocationError)
_FILTERED_BELOW = 1 << 40  # pyosmium's filter of ids takes room up to the highest, none negative
_SHOWN = 10
_INNER = "inner"
_WAY, _NODE, _RELATION = osmium.osm.WAY, osmium.osm.NODE, osmium.osm.RELATION


@dataclass(frozen=True)
class _Relation:
    """One administrative boundary: which names it answers to, and its ways with their roles."""

    key: int
    level: str
    name: str
    names: frozenset[str]
    ways: dict[int, str]

    @property
    def shown(self) -> str:
        return f"{self.name} (r{self.key}, admin_level {self.level or '—'})"


@dataclass
class _RelationWays:
    """Ways as read: nodes, places of nodes, which run through the sea."""

    nodes: dict[int, list[int]] = field(default_factory=dict)
    maritime: set[int] = field(default_factory=set)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)

    def lines(self, ways: Iterable[int]) -> tuple[list[NDArray[np.float64]], int]:
        """Return longitudes and latitudes of some ways, and how many are not whole in the file.

        No line leads over a missing node.
        """
        found, broken = [], 0
        for way in sorted(ways):
            places = [self.places.get(node) for node in self.nodes.get(way, [])]
            broken += not places or None in places
            run: list[tuple[float, float]] = []
            for place in (*places, None):
                if place is not None:
                    run.append(place)
                    continue
                if len(set(run)) > 1:
                    found.append(np.array(run))
                run = []
        return found, broken


def osm_border(
    path: Path, name_a: str, name_b: str, *, level: int | None = None, name: str | None = None
) -> Border:
    """Return the common line of administrative areas of OpenStreetMap.

    Parameters
    ----------
    path
        ``.osm.pbf`` or any other format of OpenStreetMap.
    name_a, name_b
        Names in any language (``name``, ``name:zh``, ``official_name`` …), codes (``ISO3166-2``,
        ``ref``) or ids of relations (``r90352``); several of one side joined by ``+``.
    level
        ``admin_level`` of the relations; ``None`` takes any.
    name
        What to call the line.

    Returns
    -------
    Border
        Without the ways tagged ``maritime=yes``.

    Raises
    ------
    InputError
        If the file cannot be read, no relation or several have a name, or the areas do not touch.
    """
    if not path.is_file():
        raise InputError("no_such_file", where=path)
    try:
        relations = _relations(path)
        sides = [_chosen(relations, one, level, where=path) for one in (name_a, name_b)]
        if {one.key for one in sides[0]} & {one.key for one in sides[1]}:
            raise InputError("areas_same", where=sides[0][0].shown)
        own = [set().union(*(one.ways for one in side)) for side in sides]
        shared = own[0] & own[1]
        read = _read_ways(path, shared or own[0] | own[1])
    except _BROKEN as problem:
        raise InputError("network_not_readable", where=path, problem=str(problem)) from None
    names = (JOINED.join(one.name for one in sides[0]), JOINED.join(one.name for one in sides[1]))
    label = name or f"{names[0]}–{names[1]}"
    if shared:
        return _from_shared(read, shared, names=names, label=label, path=path)
    areas = [
        Area(called, _assembled(read, side, where=path), _source(path))
        for called, side in zip(names, sides, strict=True)
    ]
    return border_between(areas[0], areas[1], name=label, licence="osm")


def _relations(path: Path) -> list[_Relation]:
    found = []
    chosen = osmium.filter.TagFilter(("boundary", "administrative"))
    with osmium.io.Reader(str(path), _RELATION) as reader:
        one: Any
        for one in osmium.OsmFileIterator(reader, chosen):
            tags = {tag.k: tag.v for tag in one.tags}
            names = {
                plain(text)
                for key, value in tags.items()
                if key in _CODES or key.partition(":")[0] in _NAMES
                for text in (value, *value.split(";"), *value.split("/"))
            }
            ways = {member.ref: member.role for member in one.members if member.type == "w"}
            called = tags.get("name") or tags.get("name:en") or f"r{one.id}"
            level = tags.get("admin_level", "")
            found.append(_Relation(one.id, level, called, frozenset(names), ways))
    return found


def _chosen(
    relations: list[_Relation], text: str, level: int | None, *, where: Path
) -> list[_Relation]:
    fitting = [one for one in relations if level is None or one.level == str(level)]
    whole = _named(fitting, text)
    if whole:
        return [_only(whole, text, where=where)]
    pieces = [piece.strip() for piece in text.split(JOINED) if piece.strip()]
    chosen = []
    for piece in pieces or [text]:
        found = _named(relations, piece) if _is_id(piece) else _named(fitting, piece)
        if not found:
            shown = {one.shown: None for one in fitting}
            nearest = [one[0] for one in process.extract(piece, list(shown), limit=_SHOWN)]
            raise InputError(
                "no_such_relation",
                where=where,
                name=piece,
                level="—" if level is None else level,
                nearest="; ".join(nearest) or "—",
            )
        chosen.append(_only(found, piece, where=where))
    return chosen


def _only(found: list[_Relation], text: str, *, where: Path) -> _Relation:
    if len(found) > 1:
        shown = "; ".join(one.shown for one in found[:_SHOWN])
        raise InputError("relation_twice", where=where, name=text, found=shown)
    return found[0]


def _is_id(text: str) -> bool:
    return text[:1] in "rR" and text[1:].isdecimal()


def _named(relations: list[_Relation], text: str) -> list[_Relation]:
    if _is_id(text.strip()):
        return [one for one in relations if one.key == int(text.strip()[1:])]
    wanted = plain(text)
    return [one for one in relations if wanted in one.names]


def _read_ways(path: Path, wanted: set[int]) -> _RelationWays:
    """Read some ways, then their nodes: the places of all other nodes are not kept."""
    ways = _RelationWays()
    for one in _objects(path, _WAY, wanted):
        ways.nodes[one.id] = [node.ref for node in one.nodes]
        if one.tags.get("maritime") == "yes":
            ways.maritime.add(one.id)
    nodes = {node for run in ways.nodes.values() for node in run}
    for one in _objects(path, _NODE, nodes):
        ways.places[one.id] = (one.location.lon, one.location.lat)
    return ways


def _objects(path: Path, kind: osmium.osm.osm_entity_bits, ids: set[int]) -> Iterator[Any]:
    """Yield the nodes or ways that have one of some ids."""
    if not ids:
        return
    # A filter must outlive its iterator, which does not hold on to it.
    small = min(ids) >= 0 and max(ids) < _FILTERED_BELOW
    filters = (osmium.filter.IdFilter(ids),) if small else ()
    with osmium.io.Reader(str(path), kind) as reader:
        one: Any
        for one in osmium.OsmFileIterator(reader, *filters):
            if one.id in ids:
                yield one


def _from_shared(
    read: _RelationWays, shared: set[int], *, names: tuple[str, str], label: str, path: Path
) -> Border:
    lines, broken = read.lines(shared - read.maritime)
    if not lines:
        raise InputError("relation_ways_missing", where=path, count=len(shared))
    middle = np.vstack(lines).mean(axis=0)
    crs = working_crs(float(middle[0]), float(middle[1]))
    drawn = np.array([LineString(moved(line, WGS84, crs)) for line in lines], dtype=object)
    boundary = Boundary(name=label, line=chained(drawn), crs=crs)
    notes = shape_notes(boundary)
    if broken:
        whole = len(shared - read.maritime)
        notes.append(Note("ways_missing", (("count", broken), ("of", whole))))
    if shared & read.maritime:
        notes.append(Note("maritime", (("count", len(shared & read.maritime)),)))
    return Border(boundary, names, _source(path), "osm", tuple(notes))


def _assembled(read: _RelationWays, side: list[_Relation], *, where: Path) -> gpd.GeoSeries:
    areas = []
    for one in side:
        rings = {}
        for inner in (False, True):
            ways = [way for way, role in one.ways.items() if (role == _INNER) is inner]
            lines, broken = read.lines(ways)
            if broken:
                raise InputError("relation_not_whole", where=where, name=one.shown, count=broken)
            faces = shapely.polygonize([LineString(line) for line in lines])
            rings[inner] = shapely.union_all(shapely.get_parts(faces))
        area = rings[False].difference(rings[True])
        if area.is_empty:
            raise InputError("relation_not_whole", where=where, name=one.shown, count=len(one.ways))
        areas.append(area)
    return gpd.GeoSeries(areas, crs=WGS84)


def _source(path: Path) -> str:
    return f"OpenStreetMap, {path.name}"

"""The existing roads of the example as files of OpenStreetMap: authored, not its data."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import numpy as np
import osmium
import shapely
from osmium.osm.mutable import Node, Way
from pyproj import Transformer

from sample_data.drawing import WORKING, _ends, _inland, _turned

if TYPE_CHECKING:
    from pathlib import Path

    from sample_data.drawing import Entry, Line, Vector

FIRST_ID = 900_000_000_000_001
"""Far beyond the ids of OpenStreetMap, and not below zero: those mean something to programs."""

NOTE = "ILLUSTRATIVE, made from roads.toml by scripts/make_sample_data; not OpenStreetMap data"
BUILT = {"现状"}
HIGHWAY = {
    "高速公路": "motorway", "一级公路": "trunk", "二级公路": "primary", "主干路": "primary",
    "三级公路": "secondary", "次干路": "secondary", "四级公路": "tertiary", "支路": "tertiary",
}  # fmt: skip
CLEAR_M = 300.0
LONGEST_M = 9000.0
STUB_M = 1200.0

Tags = dict[str, str]


class _Drawing:
    """Nodes and ways; one place is one node, so that ways which share it are joined."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[float, float], tuple[int, Tags]] = {}
        self.ways: list[tuple[Tags, list[int]]] = []
        self._degrees = Transformer.from_crs(WORKING, 4326, always_xy=True)

    def node(self, place: Vector, **tags: str) -> int:
        lon, lat = self._degrees.transform(*place)
        key = (round(lon, 7), round(lat, 7))
        number, own = self.nodes.setdefault(key, (FIRST_ID + len(self.nodes), {}))
        own.update(tags)
        return number

    def named(self, lon: float, lat: float, tags: Tags) -> None:
        self.nodes[(lon, lat)] = (FIRST_ID + len(self.nodes), tags)

    def way(self, points: Vector, tags: Tags) -> None:
        self.ways.append((tags, [self.node(place) for place in points]))


def write_network(table: Entry, line: Line, folder: Path) -> None:
    """Write ``network.osm`` and ``network.osm.pbf``.

    Parameters
    ----------
    table
        What roads.toml holds.
    line
        The boundary.
    folder
        Where to.

    """
    drawing = _drawn(table, line)
    for town in table["town"]:
        drawing.named(town["lon"], town["lat"], {"name": town["name"], "place": "town"})
    nodes = sorted((number, place, tags) for place, (number, tags) in drawing.nodes.items())
    ways = list(enumerate(drawing.ways, FIRST_ID))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<!-- {NOTE} -->"]
    lines.append(f'<osm version="0.6" generator={quoteattr(NOTE)}>')
    for number, (lon, lat), tags in nodes:
        head = f'  <node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"'
        lines += [head + ">", *_tags(tags), "  </node>"] if tags else [head + "/>"]
    for number, (tags, refs) in ways:
        lines.append(f'  <way id="{number}" version="1">')
        lines += [f'    <nd ref="{ref}"/>' for ref in refs]
        lines += [*_tags(tags), "  </way>"]
    (folder / "network.osm").write_text("\n".join([*lines, "</osm>", ""]), encoding="utf-8")
    header = osmium.io.Header()
    header.set("generator", NOTE)
    packed = folder / "network.osm.pbf"
    packed.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(packed), header=header) as writer:
        for number, place, tags in nodes:
            writer.add_node(Node(id=number, version=1, location=place, tags=tags))
        for number, (tags, refs) in ways:
            writer.add_way(Way(id=number, version=1, nodes=refs, tags=tags))


def is_built(place: Entry) -> bool:
    """Tell whether both sides state a place's road as existing, so that the network has it."""
    return all(place.get(side, {}).get("status") in BUILT for side in "ab")


def _tags(tags: Tags) -> list[str]:
    return [f"    <tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items()]


def _drawn(table: Entry, line: Line) -> _Drawing:
    drawing = _Drawing()
    tips: dict[str, list[Vector]] = {"a": [], "b": []}
    places = sorted([*table["place"], *table["existing"]], key=lambda entry: float(entry["km"]))
    for entry in places:
        kind = entry.get("kind", "")
        if not kind and not is_built(entry):
            continue
        halves = {
            side: _inland(end, away, line, 0.0 if kind else 3.0)
            for side, (end, away) in _ends(entry, line).items()
        }
        tags = entry["tags"] if kind else _road_tags(entry["a"])
        if kind == "facing":
            at, along = line.at(entry["km"])
            axis = _turned(along, -90)
            for side, sign in (("a", -1), ("b", 1)):
                halves[side] = at + axis * sign * np.array([[entry["short_m"]], [STUB_M]])
                drawing.way(halves[side], tags)
        else:
            drawing.way(np.vstack([halves["a"][::-1], halves["b"][1:]]), tags)
        if "barrier" in entry:
            drawing.node(halves["a"][0], barrier=entry["barrier"])
        for side, half in halves.items():
            tips[side].append(half[-1])
    for ends in tips.values():
        for one, two in itertools.pairwise(ends):
            link = shapely.LineString([one, two])
            if link.distance(line.metres) > CLEAR_M and link.length < LONGEST_M:
                drawing.way(np.array([one, two]), {"highway": "tertiary", "name": "示例连接路"})
    return drawing


def _road_tags(road: Entry) -> Tags:
    tags = {"highway": HIGHWAY.get(road["class"], "unclassified"), "name": road["name"]}
    if tags["highway"] == "motorway":
        tags["oneway"] = "no"  # one line stands for both carriageways; without it, it is one-way
    if "ref" in road:
        tags["ref"] = road["ref"]
    if "speed" in road:
        tags["maxspeed"] = str(road["speed"])
    return tags

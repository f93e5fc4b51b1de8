"""The keys of OpenStreetMap that say something of a road."""

from __future__ import annotations

from functools import cache

from roadalign.standards import table

ID = "id"
"""Column of the identity of a way among them."""

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

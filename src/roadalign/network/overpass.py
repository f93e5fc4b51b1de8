"""Roads from an Overpass server, through osmnx, piece by piece and kept as they come."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
import osmnx
import requests
import shapely

from roadalign.attributes.osm_keys import road_keys
from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84, transformed
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shapely import Polygon

    from roadalign.model.result import Boundary

_SIMPLIFY_M = 100.0  # of the band: osmnx asks for 500 m around it
_DIGITS = 6  # of a degree, as osmnx writes them
_STATUS_LINES = 5  # osmnx reads the fifth
_SETTINGS = (
    *("cache_folder", "cache_only_mode", "doh_url_template", "max_query_area_size"),
    *("overpass_rate_limit", "overpass_url", "requests_timeout", "use_cache"),
)
_FAILURES = (
    requests.RequestException,
    OSError,
    ValueError,  # osmnx's own errors are values of it
)


def fetch_osm(
    boundary: Boundary,
    *,
    band_m: float,
    url: str | None,
    cache: Path,
    progress: Callable[[int, int], None],
) -> Path:
    """Download all roads near the boundary into one OpenStreetMap file.

    Parameters
    ----------
    boundary
        The common line.
    band_m
        How far on each side of it, in metres.
    url
        An Overpass server's ``…/api``; ``None`` for the one osmnx asks.
    cache
        Folder that keeps every piece as the server sent it. Pieces that are there are not asked
        for again, so that an interrupted download goes on where it was; without a connection
        they do.
    progress
        Called with the number of a piece and how many there are, before it is asked for.

    Returns
    -------
    Path
        An ``.osm.pbf`` in the cache folder.

    Raises
    ------
    InputError
        If the server cannot be reached or does not answer one piece after several attempts.
    """
    pieces = _pieces(boundary, band_m)
    homes = [cache / _key(piece) for piece in pieces]
    try:
        cache.mkdir(parents=True, exist_ok=True)
        missing = [place for place, home in enumerate(homes) if _kept(home) is None]
        if missing:
            server = url or osmnx.settings.overpass_url
            limited = _limited(server, cache, own=url is not None)
            with _osmnx_settings(server, limited=limited):
                for place in missing:
                    progress(place + 1, len(pieces))
                    _download(pieces[place], homes[place], where=(place + 1, len(pieces)))
        target = cache / f"roads-{_key(shapely.geometrycollections(pieces))}.osm.pbf"
        _merge([_kept(home) or [] for home in homes], target)
    except OSError as problem:
        raise InputError("cannot_write", where=cache, problem=str(problem)) from None
    return target


def _pieces(boundary: Boundary, band_m: float) -> list[Polygon]:
    """Return the band in pieces, in longitude and latitude, along the boundary."""
    band = boundary.line.simplify(_SIMPLIFY_M).buffer(band_m, quad_segs=4)
    size_m = table("osm")["overpass"]["piece_m"]
    west, south, east, north = (int(np.floor(edge / size_m)) for edge in band.bounds)
    cells = [
        shapely.box(size_m * x, size_m * y, size_m * (x + 1), size_m * (y + 1))
        for x in range(west, east + 1)
        for y in range(south, north + 1)
    ]
    cut = shapely.get_parts(shapely.intersection(band.simplify(_SIMPLIFY_M), cells))
    pieces = [piece for piece in cut if piece.geom_type == "Polygon" and not piece.is_empty]
    pieces.sort(key=lambda piece: boundary.line.project(piece.representative_point()))
    moved = [transformed(piece, boundary.crs, WGS84) for piece in pieces]
    # Holes are never sent, and rounding may cross lines.
    filled = shapely.polygons(shapely.get_exterior_ring(moved))
    whole = shapely.set_precision(filled, 10.0**-_DIGITS)
    return [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]


def _key(shape: Any) -> str:
    text = shapely.to_wkt(shape, rounding_precision=_DIGITS) + _filter()
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _filter() -> str:
    keys, without = "|".join(road_keys()), "|".join(table("osm")["overpass"]["leave_out"])
    return f'[~"^({keys})$"~"."]["highway"!~"^({without})$"]'


def _kept(home: Path) -> list[dict[str, Any]] | None:
    """Return what is kept of a piece, ``None`` where it is not there or not whole."""
    for file in sorted(home.glob("*.json")):
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(content.get("elements"), list):
                found: list[dict[str, Any]] = content["elements"]
                return found
        except (ValueError, AttributeError):
            pass
        file.unlink()  # half written when the last call was interrupted
    return None


def _limited(server: str, cache: Path, *, own: bool) -> bool:
    """Return whether the server says when it is free; raise where there is no server.

    osmnx would wait a minute for a server that is not there before it says so.
    """
    try:
        answer = requests.get(
            server.rstrip("/") + "/status", timeout=table("osm")["overpass"]["probe_s"]
        )
    except requests.RequestException as problem:
        raise InputError(
            "overpass_offline", where=server, problem=_said(problem), cache=cache
        ) from None
    told = answer.ok and len(answer.text.split("\n")) >= _STATUS_LINES
    return told or not own


@contextmanager
def _osmnx_settings(server: str, *, limited: bool) -> Iterator[None]:
    """Set osmnx up for downloads only, and leave everything as it was."""
    before = {name: getattr(osmnx.settings, name) for name in _SETTINGS}
    resolve = socket.getaddrinfo  # osmnx replaces it
    osmnx.settings.cache_only_mode = True
    osmnx.settings.use_cache = True
    osmnx.settings.doh_url_template = None  # ask no third party for addresses
    osmnx.settings.max_query_area_size = 1e12  # pieces are small already
    osmnx.settings.overpass_rate_limit = limited
    osmnx.settings.overpass_url = server
    osmnx.settings.requests_timeout = table("osm")["overpass"]["timeout_s"]
    try:
        yield
    finally:
        socket.getaddrinfo = resolve
        for name, value in before.items():
            setattr(osmnx.settings, name, value)


def _download(piece: Polygon, home: Path, *, where: tuple[int, int]) -> None:
    rules = table("osm")["overpass"]
    osmnx.settings.cache_folder = home
    problem: Exception | None = None
    for attempt in range(rules["attempts"]):
        if attempt:
            time.sleep(rules["first_pause_s"] * rules["pause_factor"] ** (attempt - 1))
        try:
            osmnx.graph_from_polygon(piece, custom_filter=_filter(), simplify=False)
        except InterruptedError:  # how osmnx says: downloaded, and made no graph of it
            problem = None
        except _FAILURES as failed:
            problem = failed
        if _kept(home) is not None:
            return
    server, cache = osmnx.settings.overpass_url, home.parent
    said = _said(problem) if problem else "remark, or no data"
    if isinstance(problem, requests.ConnectionError):
        raise InputError("overpass_offline", where=server, problem=said, cache=cache) from None
    number, count = where
    raise InputError(
        "overpass_failed", where=server, number=number, count=count, problem=said, cache=cache
    ) from None


def _said(problem: Exception) -> str:
    """Return the first line of what went wrong, without the objects requests prints."""
    inner = getattr(problem.args[0], "reason", problem) if problem.args else problem
    return (str(inner).rpartition(">: ")[2] or type(problem).__name__).split("\n")[0][:200]


def _merge(pieces: list[list[dict[str, Any]]], target: Path) -> None:
    """Write all nodes and ways of the pieces, each once, sorted, with their tags."""
    found: dict[str, dict[int, dict[str, Any]]] = {"node": {}, "way": {}}
    for elements in pieces:
        for element in elements:
            if element.get("type") in found:
                found[element["type"]][element["id"]] = element
    beside = target.with_name(f".{target.name.removesuffix('.osm.pbf')}-{os.getpid()}.osm.pbf")
    mutable = osmium.osm.mutable
    head = osmium.io.Header()
    head.set("sorting", "Type_then_ID")
    try:
        with osmium.SimpleWriter(str(beside), header=head, overwrite=True) as writer:
            for key, node in sorted(found["node"].items()):
                place = (node["lon"], node["lat"])
                writer.add_node(mutable.Node(id=key, location=place, tags=node.get("tags", {})))
            for key, way in sorted(found["way"].items()):
                own = {"nodes": way.get("nodes", []), "tags": way.get("tags", {})}
                writer.add_way(mutable.Way(id=key, **own))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)

"""OpenStreetMap's tags become the columns of the network. What they mean is in ``osm.toml``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.attributes import values
from roadalign.attributes.osm_keys import ID, kinds
from roadalign.attributes.text_columns import NOT_UNDERSTOOD, parse_column
from roadalign.model.tables import NETWORK_COLUMNS, typed
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def interpret(tags: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Return what the tags of some ways say, and which of the ways are roads of motor traffic.

    Parameters
    ----------
    tags
        See `roadalign.network.raw.RawRoads`; not changed.

    Returns
    -------
    tuple
        A table of `NETWORK_COLUMNS` of those that are (``barrier`` without that of nodes), and
        a mask over the rows given.
    """
    life = _lifecycle(tags)
    area = _flag(_column(tags, "area"))
    of_no_class = life["kind"].isna() & (life["status"] != "existing")
    keep = (life["kind"].isin(kinds()) | of_no_class) & life["highway"].notna() & ~area
    tags, life = tags[keep], life[keep]
    rules = table("osm")
    no = rules["flags"]["no"]
    highway_cn = _column(tags, "highway:CN")
    urban_cn = _column(tags, "highway:CN:urban")
    ref = parse_column(_column(tags, "ref"), values.route_codes)
    out = {
        "osm_id": _column(tags, ID),
        "name": _column(tags, "name"),
        "ref": _first(ref.values, ref.source),
        "highway": life["highway"],
        "kind": life["kind"],
        "highway_cn": _first(highway_cn, urban_cn),
        "road_class": _first(
            _parsed(highway_cn, lambda text: _rank(text, "highwaycn")),
            _parsed(urban_cn, lambda text: _rank(text, "highwaycnurban")),
            _parsed(life["kind"], lambda text: _rank(text, "")),
        ),
        "lanes": _parsed(_column(tags, "lanes"), _lanes),
        "maxspeed_kmh": _parsed(_column(tags, "maxspeed"), _speed_kmh),
        "oneway": _oneway(_column(tags, "oneway"), _column(tags, "junction"), life["kind"]),
        "bridge": _flag(_column(tags, "bridge")),
        "tunnel": _flag(_column(tags, "tunnel"), no=[*no, *rules["flags"]["no_tunnel"]]),
        "layer": _parsed(_column(tags, "layer"), _layer),
        "status": life["status"],
        "access": _first(*(_column(tags, key) for key in rules["access"]["keys"])),
        "barrier": _column(tags, "barrier"),
        "noexit": _flag(_column(tags, "noexit")),
    }
    found = typed(pd.DataFrame(out, index=tags.index), NETWORK_COLUMNS)
    return found.reset_index(drop=True), keep.to_numpy(dtype=bool)


def blocks(barrier: pd.Series, access: pd.Series) -> pd.Series:
    """Return whether barriers stop motor traffic; ``<NA>`` where the tags do not say.

    Parameters
    ----------
    barrier
        Values of ``barrier``.
    access
        Value of the most specific key of access on the same node; wins.
    """
    rules = table("osm")
    out = pd.Series(pd.NA, index=barrier.index, dtype="boolean")
    for column, stops, passes in (
        (barrier, rules["barrier"]["blocks"], rules["barrier"]["passes"]),
        (access, rules["access"]["closed"], rules["access"]["open"]),
    ):
        out = out.mask(column.isin(stops), other=True).mask(column.isin(passes), other=False)
    return out


def _lifecycle(tags: pd.DataFrame) -> pd.DataFrame:
    """Return ``highway`` as given, the kind of road, and the status."""
    highway = _parsed(_column(tags, "highway"), str)
    kind = highway.copy()
    status = pd.Series("existing", index=tags.index, dtype=object)
    for value, meaning in table("osm")["lifecycle"].items():
        later = _parsed(_column(tags, f"{value}:highway"), str)
        only_later = highway.isna() & later.notna()
        highway = highway.mask(only_later, value)
        here = highway == value
        stated = _first(_parsed(_column(tags, value), str), later)
        # "yes" and "minor" name no class.
        kind = kind.mask(here, stated.where(stated.notna() & ~stated.isin(["yes", "minor"])))
        status = status.mask(here, meaning)
    return pd.DataFrame({"highway": highway, "kind": kind, "status": status})


def _oneway(stated: pd.Series, junction: pd.Series, kind: pd.Series) -> pd.Series:
    rules = table("osm")["oneway"]
    meaning = {text: name for name in ("forward", "backward", "both") for text in rules[name]}
    implied = kind.isin(rules["implied_highway"]) | _parsed(junction, str).isin(
        rules["implied_junction"]
    )
    silent = pd.Series(np.where(implied, "forward", "both"), index=stated.index, dtype=object)
    return _first(_parsed(stated, lambda text: meaning.get(text, NOT_UNDERSTOOD)), silent)


def _flag(column: pd.Series, *, no: list[str] | None = None) -> pd.Series:
    denied = table("osm")["flags"]["no"] if no is None else no
    return _parsed(column, lambda text: text not in denied).eq(other=True)


def _rank(text: str, field: str) -> Any:
    own = table("classes")["by_field"].get(field)
    return own.get(text, NOT_UNDERSTOOD) if own else values.road_class(text)


def _lanes(text: str) -> Any:
    number = _number(text, "lanes")
    return number if number and number <= table("osm")["lanes"]["max"] else NOT_UNDERSTOOD


def _layer(text: str) -> Any:
    number = _number(text, "layer")
    return NOT_UNDERSTOOD if number is None else number


def _number(text: str, rule: str) -> int | None:
    found = re.match(table("osm")[rule]["pattern"], text)
    return int(found["number"]) if found else None


def _speed_kmh(text: str) -> Any:
    rules = table("osm")["maxspeed"]
    found = re.match(rules["pattern"], text)
    if not found or found["unit"] not in rules["units"]:
        return NOT_UNDERSTOOD
    speed = round(float(found["number"]) * rules["units"][found["unit"]], 3)
    return speed if 0 < speed <= rules["max_kmh"] else NOT_UNDERSTOOD


def _column(tags: pd.DataFrame, key: str) -> pd.Series:
    if key in tags:
        return tags[key]
    return pd.Series(np.full(len(tags), None, dtype=object), index=tags.index)


def _parsed(column: pd.Series, parse: Callable[[str], Any]) -> pd.Series:
    """Return what a parser makes of the compared texts, each parsed once; ``None`` elsewhere."""
    return parse_column(column, parse).values


def _first(*columns: pd.Series) -> pd.Series:
    out = columns[0]
    for column in columns[1:]:
        out = out.where(out.notna(), column)
    return out

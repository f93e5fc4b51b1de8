"""Road segments of Overture Maps, said in OpenStreetMap's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.attributes.osm_keys import ID
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Callable


def tags(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the attributes of some segments under the keys of OpenStreetMap.

    Parameters
    ----------
    frame
        Columns of Overture's transportation theme; those that are absent say nothing. Segments
        that are no roads get no ``highway``.

    Notes
    -----
    A rule that holds only for a stretch of a segment (``between``) counts where it says that
    something is there (a bridge), not where it gives a number (a speed). A segment is a piece of
    a way, so its own id stands for it.
    """
    rules = table("osm")["overture"]
    flags = _cells(frame, "road_flags", _flags)
    flagged = {name: flags.map(lambda own, name=name: name in own) for name in rules["flags"]}
    highway = _cells(frame, "class", lambda value: value).replace(rules["class"])
    link = _cells(frame, "subclass", lambda value: value).eq("link") | flagged["is_link"]
    highway = highway.mask(
        highway.notna() & link & highway.isin(rules["with_link"]), highway + "_link"
    )
    if "subtype" in frame:
        highway = highway.where(frame["subtype"].eq("road"), None)
    building, gone = flagged["is_under_construction"], flagged["is_abandoned"]
    out = {
        ID: _cells(frame, "id", str),
        "highway": highway.mask(building, "construction").mask(gone, "abandoned"),
        "construction": highway.where(building, None),
        "abandoned": highway.where(gone, None),
        "name": _cells(frame, "names", _name),
        "ref": _cells(frame, "routes", _refs),
        "maxspeed": _cells(frame, "speed_limits", _speed),
        "oneway": _cells(frame, "access_restrictions", _oneway),
        "bridge": flagged["is_bridge"].map({True: "yes", False: None}),
        "tunnel": flagged["is_tunnel"].map({True: "yes", False: None}),
        "layer": _cells(frame, "level_rules", _layer),
    }
    return pd.DataFrame(out, index=frame.index).astype(object).where(lambda t: t.notna(), None)


def _cells(frame: pd.DataFrame, name: str, read: Callable[[Any], Any]) -> pd.Series:
    """Return what is read of each cell, ``None`` where there is none."""
    if name not in frame:
        empty = () if read is _flags else None
        return pd.Series([empty] * len(frame), index=frame.index, dtype=object)
    found = [_read(value, read) for value in frame[name]]
    cells = np.empty(len(found), dtype=object)
    cells[:] = found
    return pd.Series(cells, index=frame.index)


def _read(value: Any, read: Callable[[Any], Any]) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return () if read is _flags else None
    return read(value)


def _flags(rules: Any) -> tuple[str, ...]:
    return tuple(str(value) for rule in rules for value in _list(rule.get("values")))


def _name(names: Any) -> Any:
    return names.get("primary") if isinstance(names, dict) else str(names)


def _refs(routes: Any) -> str | None:
    found = [str(route["ref"]) for route in routes if route.get("ref")]
    return ";".join(dict.fromkeys(found)) or None


def _speed(rules: Any) -> str | None:
    """Return the limit that holds everywhere and always."""
    for rule in rules:
        limit = rule.get("max_speed")
        if limit and not _partly(rule):
            return f"{limit['value']} {limit.get('unit') or 'km/h'}"
    return None


def _oneway(rules: Any) -> str | None:
    """Return which direction is closed to everybody, all along the segment."""
    for rule in rules:
        when = rule.get("when") or {}
        others = any(_list(when.get(key)) for key in ("mode", "using", "recognized", "vehicle"))
        if rule.get("access_type") != "denied" or others or when.get("during"):
            continue
        if rule.get("between") is None and when.get("heading") in {"backward", "forward"}:
            return "yes" if when["heading"] == "backward" else "-1"
    return None


def _layer(rules: Any) -> str | None:
    return next((str(int(r["value"])) for r in rules if r.get("between") is None), None)


def _partly(rule: Any) -> bool:
    when = rule.get("when") or {}
    return rule.get("between") is not None or any(_said(value) for value in when.values())


def _said(value: Any) -> bool:
    return len(value) > 0 if isinstance(value, list | np.ndarray | str) else value is not None


def _list(value: Any) -> Any:
    return [] if value is None else value

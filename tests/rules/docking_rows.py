"""A docking point in one line: what each side says, and how the two ends lie."""

from __future__ import annotations

import pandas as pd
from pyproj import CRS
from shapely import LineString

from roadalign.model.result import Boundary
from roadalign.model.tables import CROSSED_COLUMNS, DOCKING_COLUMNS, SIDE_COLUMNS, typed
from roadalign.rules.core import Context
from roadalign.settings import Settings

NAMES = ("east", "west")
MEETING = {"gap_m": 0.0, "offset_m": 0.0, "deflection_deg": 0.0, "link_m": 0.0}
CURVE = {
    "speed_kmh": 60.0,
    "radius_m": 600.0,
    "transition_m": 50.0,
    "least_m": 150.0,
    "used_kmh": 60.0,
    "used_m": 300.0,
    "needed_m": 266.0,
    "a_room_m": 200.0,
    "b_room_m": 200.0,
}
SIGNED = ("offset_m",)


def points_table(*rows):
    """Docking points of rows such as ``{"a": {"lanes": 4}, "b": {"lanes": 6}, "gap_m": 3.0}``.

    A side that is not given does not arrive.
    """
    flat = []
    for number, row in enumerate(rows):
        sides = {
            f"{side}_{name}": value
            for side in "ab"
            for name, value in (
                {"end": "touch", "fid": "1"} | row[side] if side in row else {"end": "none"}
            ).items()
        }
        rest = {name: value for name, value in row.items() if name not in "ab"}
        pair = (
            {"verdict": "aligned"} | MEETING if {"a", "b"} <= set(row) else {"verdict": "missing"}
        )
        flat.append({"id": f"DP-{number}"} | pair | sides | rest)
    return typed(pd.DataFrame(flat, index=range(len(flat))), DOCKING_COLUMNS)


def mirrored(row):
    """The same docking point with the sides exchanged."""
    other = {"a": "b", "b": "a"}
    turned = {other.get(name, name): value for name, value in row.items()}
    return turned | {name: -turned[name] for name in SIGNED if name in turned}


def roads_table(*rows):
    """Boundary roads of rows such as ``{"a": {"lanes": 4}, "b": {"lanes": 6}}``."""
    columns = {f"{side}_{name}": kind for side in "ab" for name, kind in SIDE_COLUMNS.items()}
    flat = [{f"{s}_{name}": value for s in "ab" for name, value in row[s].items()} for row in rows]
    return typed(pd.DataFrame(flat, index=range(len(flat))), columns)


def network_rows(*rows):
    """A table of what the network says where there is no docking point."""
    kinds = {"name": "string", "road_class": "Int64", "barrier": "string", "side": "string"}
    table = pd.DataFrame(list(rows))
    return table.astype({name: kinds.get(name, "Float64") for name in table})


def context_of(
    *,
    limits=None,
    strip_m=None,
    median_m=None,
    roads=(),
    unplanned=(),
    opportunities=(),
    crossed=(),
    curves=(),
):
    return Context(
        limits=Settings(limits=limits or {}).limits_for(None),
        boundary=Boundary(
            name="test",
            line=LineString([(0, 0), (1000, 0)]),
            crs=CRS("EPSG:4549"),
            strip_width_max_m=strip_m,
            strip_width_median_m=median_m,
        ),
        boundary_roads=roads_table(*roads),
        names=NAMES,
        as_of_year=2026,
        **({"unplanned": network_rows(*unplanned)} if unplanned else {}),
        **({"opportunities": network_rows(*opportunities)} if opportunities else {}),
        crossed=typed(
            pd.DataFrame([{"line": "link", "width_m": 24.0} | dict(one) for one in crossed]),
            CROSSED_COLUMNS,
        ),
        curves=pd.DataFrame([CURVE | dict(one) for one in curves]),
    )

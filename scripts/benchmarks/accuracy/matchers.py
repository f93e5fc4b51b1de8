"""The program and its peers, asked the same question."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from benchmarks.accuracy.scores import MEASURES, Found
from benchmarks.cut_networks.cuts import SIDES
from benchmarks.cut_networks.lines import Web
from roadalign.docking import dock
from roadalign.model.result import Boundary, Plan
from roadalign.model.tables import DOCKING_COLUMNS, typed
from roadalign.rules.aspects import Comparison
from roadalign.rules.core import Context, run_rules
from roadalign.rules.verdicts import conclude
from roadalign.settings import Settings

if TYPE_CHECKING:
    from benchmarks.disturbances.cases import Case

OURS = "roadalign"
NEAREST = {"nearest 50 m": (50.0, 50.0), "nearest 300 m": (500.0, 300.0)}
"""Nearest end: reach from the boundary and search distance, in metres."""

PEERS = ("neatnet", "momepy")

RULES = ["G", "S", "T", "N", "C"]


def ours(case: Case) -> list[Found]:
    """Return what the program says of a case."""
    limits = Settings().limits_for(None)
    boundary = Boundary(case.cut.name, case.cut.line, case.cut.crs)
    plans = [
        Plan(side, case.roads[side], tuple(case.roads[side].total_bounds.tolist()), ())
        for side in SIDES
    ]
    docked = dock(plans[0], plans[1], boundary, limits=limits)
    points = typed(docked.points, DOCKING_COLUMNS)
    points = points.assign(id=pd.array([str(k) for k in range(len(points))], dtype="string"))
    limits = limits.widened(docked.shift_m)
    context = Context(limits, boundary, docked.boundary_roads, ("a", "b"))
    findings = run_rules(points, context, only=RULES)
    # what is measured is whether differences are found, not whether enough is stated
    compared = Comparison(deciding=(), needed=())
    points = conclude(
        points, findings, compared, position_in_doubt=False, names=("a", "b"), lang="en"
    )
    rules: dict[str, dict[str, str]] = {}
    for row in findings.dropna(subset=["docking_point"]).itertuples():
        rules.setdefault(str(row.docking_point), {})[str(row.rule)] = str(row.severity)
    numbers = {
        name: points[name].to_numpy(dtype=float, na_value=np.nan)
        for name in (*MEASURES, "confidence")
    }
    return [
        Found(
            _fids(points["a_fid"].iloc[k]),
            _fids(points["b_fid"].iloc[k]),
            str(points["verdict"].iloc[k]),
            float(docked.points["x"].iloc[k]),
            float(docked.points["y"].iloc[k]),
            float(numbers["confidence"][k]),
            {name: float(numbers[name][k]) for name in MEASURES},
            rules.get(str(k), {}),
        )
        for k in range(len(points))
    ]


def _fids(text: object) -> frozenset[str]:
    return frozenset() if text is pd.NA else frozenset(str(text).split(","))


def nearest_end(case: Case, *, reach_m: float, search_m: float) -> list[Found]:
    """Match line ends to the nearest end of the other side, each being the other's nearest.

    Parameters
    ----------
    case
        The case.
    reach_m
        Dangling ends this near to the boundary are looked at.
    search_m
        Furthest end that is accepted.
    """
    place, fids = {}, {}
    for side in SIDES:
        web = Web.of(np.asarray(case.roads[side].geometry.array, dtype=object))
        ends = np.flatnonzero(web.degree[web.nodes].ravel() == 1)
        xy = web.place[web.nodes.ravel()[ends]]
        near = shapely.dwithin(shapely.points(xy), case.cut.line, reach_m)
        place[side] = xy[near]
        fids[side] = case.roads[side]["fid"].to_numpy()[ends[near] // 2]
    if len(place["a"]) == 0 or len(place["b"]) == 0:
        return []
    apart, to_b = (np.asarray(found) for found in KDTree(place["b"]).query(place["a"]))
    to_a = np.asarray(KDTree(place["a"]).query(place["b"])[1])
    paired = (to_a[to_b] == np.arange(len(to_b))) & (apart <= search_m)
    found = [
        Found(frozenset([str(fids["a"][k])]), frozenset([str(fids["b"][to_b[k]])]), "aligned",
              *place["a"][k].tolist())
        for k in np.flatnonzero(paired)
    ]  # fmt: skip
    taken = set(to_b[paired].tolist())
    found += [
        Found(frozenset([str(fids["a"][k])]), frozenset(), "missing", *place["a"][k].tolist())
        for k in np.flatnonzero(~paired)
    ]
    found += [
        Found(frozenset(), frozenset([str(fids["b"][k])]), "missing", *place["b"][k].tolist())
        for k in range(len(to_a))
        if k not in taken
    ]
    return found


def gap_closing(case: Case, *, tolerance_m: float = 50.0) -> list[Found] | None:
    """Match by closing gaps with `neatnet` or `momepy`, ``None`` where neither is installed.

    Their ``close_gaps`` moves line ends that lie within the tolerance of one another to their
    centre; ends of the two sides that then coincide are taken for a pair.
    """
    peer = next((name for name in PEERS if importlib.util.find_spec(name)), None)
    if peer is None:
        return None
    close_gaps = importlib.import_module(peer).close_gaps
    tables = [case.roads[side][["side", "fid", "geometry"]] for side in SIDES]
    both = pd.concat(tables, ignore_index=True)
    near = shapely.dwithin(both.geometry.array, case.cut.line, 10 * tolerance_m)
    both = both[near].reset_index(drop=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # the one moved to the other
        closed = np.asarray(close_gaps(both, tolerance_m).array, dtype=object)
    web = Web.of(closed)
    ends: dict[int, dict[str, set[str]]] = {}
    loose = np.zeros((len(both), 2), dtype=bool)
    for side in SIDES:  # an end that meets the other side's is loose on its own side
        own = (both["side"] == side).to_numpy()
        before = Web.of(np.asarray(both.geometry.array, dtype=object)[own])
        loose[own] = before.degree[before.nodes] == 1
    for row, column in np.argwhere(loose).tolist():
        node = int(web.nodes[row, column])
        side, fid = both["side"].iloc[row], both["fid"].iloc[row]
        ends.setdefault(node, {"a": set(), "b": set()})[side].add(str(fid))
    return [
        Found(frozenset(fids["a"]), frozenset(fids["b"]),
              "aligned" if fids["a"] and fids["b"] else "missing", *web.place[node].tolist())
        for node, fids in ends.items()
        if shapely.dwithin(shapely.Point(web.place[node]), case.cut.line, tolerance_m)
    ]  # fmt: skip

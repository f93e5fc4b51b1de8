"""A cut while it is being disturbed: the two sides' lines and what is true of every crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import ops

from benchmarks.cut_networks.cuts import SIDES, other
from benchmarks.cut_networks.lines import Web
from roadalign.docking.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.cut_networks.cuts import Cut
    from benchmarks.cut_networks.lines import Tail

    Floats = NDArray[np.float64]
    Move = Callable[[Floats, Floats], Floats]

MIN_ANGLE_DEG = 40.0
ALONE_M = 40.0
STEP_M = 15.0
SLACK_M = 5.0
PROBE_M = 8.0


class Draft:
    """A cut being disturbed, changed in place until `.truth.finished` makes a case of it.

    Parameters
    ----------
    cut
        The cut; it stays as it is.

    Attributes
    ----------
    tables
        Road table of each side.
    lines
        Its lines, same order; they win over the table's geometry.
    end
        Drawn end of each crossing on each side, shape ``(n, 2)``.
    out
        Outward unit heading there.
    fids
        Sets of fids that end there.
    expect, touched, moved, rules, bent
        See `benchmarks.disturbances.cases.Case`; ``bent`` where the heading is no longer known.
    shifted
        Whether a whole side is shifted: a fault of the data, so no rule should speak of it at
        the single crossings, and the measures are the parts of the shift.
    """

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.ruler = Ruler(cut.line)
        self.crossings = cut.crossings.copy()
        self.tables = {side: cut.roads[side].copy() for side in SIDES}
        self.lines = {
            side: np.asarray(cut.roads[side].geometry.array, dtype=object).copy() for side in SIDES
        }
        place = cut.crossings[["x", "y"]].to_numpy(dtype=float)
        axis = cut.crossings[["axis_x", "axis_y"]].to_numpy(dtype=float)
        count = len(place)
        self.end = {side: place.copy() for side in SIDES}
        self.out = {"a": axis.copy(), "b": -axis}
        self.fids: dict[str, list[frozenset[str]]] = {
            side: list(cut.crossings[side]) for side in SIDES
        }
        self.expect = ["pair"] * count
        self.touched = np.zeros(count, dtype=bool)
        self.moved = np.zeros(count, dtype=bool)
        self.bent = np.zeros(count, dtype=bool)
        self.shifted = False
        self.rules: list[dict[str, str]] = [{} for _ in range(count)]
        self._webs: dict[str, Web] = {}
        self._made = 0

    # --- looking ---------------------------------------------------------------------------
    def web(self, side: str) -> Web:
        """Return the graph of one side as it is now."""
        if side not in self._webs:
            self._webs[side] = Web.of(self.lines[side])
        return self._webs[side]

    def tail(self, side: str, k: int) -> Tail:
        """Return the road of crossing ``k`` on one side, back to its first junction."""
        web = self.web(side)
        return web.tail(web.node_at(self.end[side][k]))

    def road(self, side: str, k: int) -> dict[str, Any]:
        """Return the attributes of a crossing's road on one side."""
        table = self.tables[side]
        row = table.index[table["fid"].isin(self.fids[side][k])][0]
        return {str(key): value for key, value in table.loc[row].items()}

    def own_side(self, side: str, k: int, points: Floats) -> bool:
        """Return whether points lie on the land of a side, seen from one crossing."""
        place = self.crossings[["x", "y"]].to_numpy(dtype=float)[k]
        probe = place - PROBE_M * self.out[side][k]
        signs = np.sign(self.ruler.read(np.vstack([probe, points])).distance_m)
        return bool((signs[1:] == signs[0]).all())

    def suitable(self) -> list[int]:
        """Return the crossings that may be disturbed one by one."""
        table = self.crossings
        single = table["group"].map(table["group"].value_counts()) == 1
        fine = (
            table["required"]
            & single
            & (table["angle_deg"] >= MIN_ANGLE_DEG)
            & (table["alone_m"] >= ALONE_M)
        ).to_numpy(dtype=bool)
        free = ~self.touched & ~self.moved
        return [
            k
            for k in np.flatnonzero(fine & free[: len(fine)]).tolist()
            if len(self.fids["a"][k]) == 1 == len(self.fids["b"][k]) and self.expect[k] == "pair"
        ]

    def picked(
        self, rng: np.random.Generator, *, share: float, tail_m: float, both: bool = False
    ) -> list[tuple[int, str]]:
        """Choose crossings and a side of each by chance.

        Parameters
        ----------
        rng
            Source of chance.
        share
            Share of the suitable crossings to choose (at least three where there are).
        tail_m
            Length the road must have up to its first junction.
        both
            Whether it must have it on both sides.
        """
        found = []
        for k in rng.permutation(self.suitable()).tolist():
            side = SIDES[int(rng.integers(2))]
            sides = SIDES if both else (side, other(side))
            long = [one for one in sides if self.tail(one, k).length_m >= tail_m]
            if both and len(long) < 2:  # noqa: PLR2004 (both sides)
                continue
            if long:
                found.append((k, long[0]))
        return found[: max(3, round(share * len(found)))]

    # --- changing --------------------------------------------------------------------------
    def changed(self, side: str) -> None:
        """Forget the graph of a side after its lines were changed."""
        self._webs.pop(side, None)

    def drop(self, side: str, rows: list[int]) -> None:
        """Take lines out of a side."""
        keep = np.ones(len(self.lines[side]), dtype=bool)
        keep[rows] = False
        self.lines[side] = self.lines[side][keep]
        self.tables[side] = self.tables[side][keep].reset_index(drop=True)
        self.changed(side)

    def add(self, side: str, line: Any, like: dict[str, Any]) -> str:
        """Add a line with the attributes given, and return its new fid."""
        self._made += 1
        fid = f"{side}x{self._made}"
        table = self.tables[side]
        row = pd.DataFrame([like | {"fid": fid, "side": side}])
        row = row[[name for name in table.columns if name in row]]
        kinds = {name: table[name].dtype for name in row if name != "geometry"}
        extra = gpd.GeoDataFrame(row.astype(kinds), geometry=[line], crs=table.crs)
        self.tables[side] = pd.concat([table, extra], ignore_index=True)
        self.lines[side] = np.append(self.lines[side], line)
        self.changed(side)
        return fid

    def trim(self, side: str, k: int, distance_m: float) -> Tail:
        """Cut the road of a crossing back, and return its tail as it was."""
        tail = self.tail(side, k)
        left_m = distance_m
        gone: list[int] = []
        for row in tail.rows:
            line = self.lines[side][row]
            length_m = float(shapely.length(line))
            if length_m <= left_m:
                gone.append(row)
                left_m -= length_m
                continue
            first = shapely.get_coordinates(line)[0]
            at_start = np.hypot(*(first - tail.at(distance_m - left_m))) < 0.1  # noqa: PLR2004
            low, high = (left_m, length_m) if at_start else (0.0, length_m - left_m)
            self.lines[side][row] = ops.substring(line, low, high)
            self.fids[side][k] = frozenset([str(self.tables[side]["fid"].iloc[row])])
            break
        if gone:
            self.drop(side, gone)
        self.changed(side)
        return tail

    def displace(self, side: str, k: int, move: Move, *, reach_m: float) -> bool:
        """Move the network of a side around one crossing, keeping its topology.

        Parameters
        ----------
        side, k
            The crossing and the side whose lines move.
        move
            Displacement from place and way along the network from the crossing.
        reach_m
            Way beyond which nothing moves.

        Returns
        -------
        bool
            False (and nothing done) where the reach holds a crossing that was moved before.
        """
        web = self.web(side)
        way = web.reach(web.node_at(self.end[side][k]), limit_m=reach_m)
        near = [
            (j, int(web.node_at(self.end[side][j])))
            for j in range(len(self.end[side]))
            if np.hypot(*(self.end[side][j] - self.end[side][k])) < reach_m
        ]
        near = [(j, node) for j, node in near if node >= 0 and np.isfinite(way[node])]
        if any(self.touched[j] or self.moved[j] for j, _ in near):
            return False
        for row in np.flatnonzero(np.isfinite(way[web.nodes]).any(axis=1)):
            line = shapely.segmentize(web.lines[row], STEP_M)
            xy = shapely.get_coordinates(line)
            run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
            s_m = np.minimum(way[web.nodes[row, 0]] + run, way[web.nodes[row, 1]] + run[-1] - run)
            self.lines[side][row] = shapely.linestrings(xy + move(xy, np.minimum(s_m, reach_m)))
        for j, node in near:
            step = move(self.end[side][[j]], np.array([way[node]]))[0]
            self.end[side][j] = self.end[side][j] + step
            if j != k:
                self.moved[j] = self.bent[j] = True
        self.changed(side)
        return True

    def append_truth(self, side: str, xy: Floats, fid: str, *, like: int) -> None:
        """Add a crossing that only one side reaches."""
        row = self.crossings.iloc[[like]].assign(
            x=xy[0], y=xy[1], group=int(self.crossings["group"].max()) + 1, required=True
        )
        self.crossings = pd.concat([self.crossings, row], ignore_index=True)
        for one in SIDES:
            self.end[one] = np.vstack([self.end[one], xy])
            self.out[one] = np.vstack([self.out[one], self.out[one][like]])
            self.fids[one].append(frozenset([fid]) if one == side else frozenset())
        self.expect.append(side)
        self.touched = np.append(self.touched, True)
        self.moved = np.append(self.moved, False)
        self.bent = np.append(self.bent, False)
        self.rules.append({})

    def relabel(self, side: str) -> None:
        """Find the fids of all crossings anew, by the lines that end there."""
        web = self.web(side)
        fid = self.tables[side]["fid"].to_numpy()
        rows: dict[int, list[int]] = {}
        for row, pair in enumerate(web.nodes.tolist()):
            for node in pair:
                rows.setdefault(node, []).append(row)
        for k, fids in enumerate(self.fids[side]):
            if fids:
                node = web.node_at(self.end[side][k])
                found = {str(fid[row]) for row in rows.get(node, [])}
                self.fids[side][k] = frozenset(found) or fids

    def widen(self, side: str) -> None:
        """Add to the fids of moved ends the lines that may now be the ones at the boundary.

        Where an end moved by some metres the boundary may meet the next line of the same road,
        or, where the road is shorter than that, any line of the junction it comes from. A
        crossing whose junction has gone over the line itself is not asked for any more: which
        road meets which is no longer defined.
        """
        required = self.crossings["required"].to_numpy(dtype=bool).copy()
        place = self.crossings[["x", "y"]].to_numpy(dtype=float)
        moved_m = np.hypot(*(self.end[side] - place).T)
        web = self.web(side)
        fid = self.tables[side]["fid"].to_numpy()
        for k in np.flatnonzero(moved_m > 1.0).tolist():
            node = web.node_at(self.end[side][k])
            if node < 0 or not self.fids[side][k]:
                continue
            tail = web.tail(node)
            reach_m = moved_m[k] + SLACK_M
            start_m = np.concatenate([[0.0], np.cumsum(shapely.length(web.lines[list(tail.rows)]))])
            rows = [
                row for row, at_m in zip(tail.rows, start_m[:-1], strict=True) if at_m < reach_m
            ]
            if start_m[-1] < reach_m:
                rows += np.flatnonzero((web.nodes == tail.node).any(axis=1)).tolist()
                required[k] &= self.own_side(side, k, tail.path[-1:])
            self.fids[side][k] = self.fids[side][k] | {str(fid[row]) for row in rows}
        self.crossings = self.crossings.assign(required=required)

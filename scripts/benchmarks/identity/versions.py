"""Two plans of a cut network whose every feature knows which road it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import roadalign
from benchmarks.cut_networks.cuts import SIDES
from benchmarks.cut_networks.named import load
from benchmarks.limits import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from roadalign.model.result import Result

BAND_M = LIMITS["read_band_m"] + 100.0
"""Features further from the line are not read by the program either."""

SAME_NAME = 0.7
"""Share of the named roads that both sides call the same."""

COLUMNS = ("name", "lanes", "status", "geometry")
CLASS, CLASSES = (
    "技术等级",
    ("等外公路", "四级公路", "三级公路", "二级公路", "一级公路", "高速公路"),
)


@dataclass(frozen=True)
class World:
    """One version of both plans.

    Parameters
    ----------
    plans
        By side, the features with the column ``who``: the crossing a feature leads to, else a text
        of its own. The program does not see it.
    line
        The boundary.
    """

    plans: dict[str, gpd.GeoDataFrame]
    line: shapely.LineString | shapely.MultiLineString

    def with_plan(self, side: str, table: gpd.GeoDataFrame) -> World:
        """Return a version with another plan of one side."""
        return replace(self, plans=self.plans | {side: table.reset_index(drop=True)})

    def checked(self, since: Result | None = None) -> tuple[Result, list[frozenset[str]]]:
        """Return what the program finds, and which roads each docking point really is."""
        crs = self.plans["a"].crs
        given = [self.plans[side].drop(columns="who") for side in SIDES]
        boundary = gpd.GeoDataFrame(geometry=[self.line], crs=crs)
        result = roadalign.check(*given, boundary=boundary, since=since)
        who = {side: self.plans[side]["who"].tolist() for side in SIDES}
        points = result.docking_points
        meant = [
            frozenset(
                who[side][int(fid)]
                for side, fids in zip(SIDES, pair, strict=True)
                if not pd.isna(fids)
                for fid in str(fids).split(",")
            )
            for pair in zip(points["a_fid"], points["b_fid"], strict=True)
        ]
        return result, meant


def first_version(name: str, *, folder: Path, named: float, seed: int) -> World:
    """Return a network cut at its line, as two plans.

    Parameters
    ----------
    name
        Of `benchmarks.cut_networks.named`.
    folder
        Where the networks are.
    named
        Share of the roads that get a name.
    seed
        Chooses them.
    """
    cut = load(name, seed=seed, folder=folder)
    rng = np.random.default_rng(seed)
    groups = cut.crossings["group"].to_numpy()
    has_name = rng.random(groups.max() + 1) < named
    same_name = rng.random(groups.max() + 1) < SAME_NAME
    plans = {}
    for side in SIDES:
        crossing = {
            fid: int(group)
            for fids, group in zip(cut.crossings[side], groups, strict=True)
            for fid in fids
        }
        table = cut.roads[side]
        near = np.asarray(shapely.dwithin(table.geometry.array, cut.line, BAND_M), dtype=bool)
        table = table[near].reset_index(drop=True)
        met = [crossing.get(str(fid)) for fid in table["fid"]]
        who = [f"{side}{row}" if group is None else f"x{group}" for row, group in enumerate(met)]
        names = [
            None
            if group is None or not has_name[group]
            else f"第{group}路" + ("" if same_name[group] else {"a": "东段", "b": "大道"}[side])
            for group in met
        ]
        kept = table[[column for column in COLUMNS if column in table]]
        written = [CLASSES[int(rank) - 1] for rank in table["road_class"]]
        named_roads = {"name": pd.array(names, dtype="string"), CLASS: written, "who": who}
        plans[side] = kept.assign(**named_roads)
    return World(plans, cut.line)

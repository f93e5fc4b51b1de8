"""Synthetic results: two plans along a winding line, checked, with existing roads around.

One stretch of the line is checked; a long line is that stretch over and over, so that making the
data does not take longer than measuring what is drawn of it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import roadalign
from roadalign.model.result import Background

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.model.result import Result

CRS = 4549
EAST, NORTH = 560_000.0, 3_400_000.0
STRETCH = 250
APART_M = 160.0
WAVE = 2 * np.pi * 4 / (STRETCH * APART_M)
"""So that stretches join where they meet."""
DEEP_M = 900.0
VERTICES = 14
BAND_M = 3_000.0
ODD_SHARE = 0.2
STRAIGHT_M = 150.0
CLASSES = np.array(["高速公路", "一级公路", "二级公路", "三级公路", "四级公路"])
KINDS = np.array(["primary", "secondary", "tertiary", "residential", "unclassified"])


def made_result(points: int, roads: int, *, planned: float = 0.5) -> Result:
    """Return a checked result.

    Parameters
    ----------
    points
        Roads that reach the boundary, each of them a docking point.
    roads
        Features in all: those of both plans, local streets among them, and existing ones.
    planned
        Share of the features that stands in the plans.
    """
    times = max(points // STRETCH, 1)
    one = _stretch(points // times, roads // times, planned=planned)
    return one if times == 1 else _repeated(one, times)


def _stretch(points: int, roads: int, *, planned: float) -> Result:
    random = np.random.default_rng(7)
    length_m = APART_M * points
    along = np.linspace(0.0, length_m, points * 4 + 2)
    line = np.column_stack([EAST + along, NORTH + _wave(along)])
    local = max(int(roads * planned) - 2 * points, 0)
    sides = [_plan(points, local // 2, length_m, sign=sign, random=random) for sign in (1.0, -1.0)]
    boundary = gpd.GeoDataFrame(geometry=[shapely.LineString(line)], crs=CRS)
    result = roadalign.check(sides[0], sides[1], boundary=boundary)
    there = max(roads - sum(len(side) for side in sides), 0)
    existing = gpd.GeoDataFrame(
        {"kind": random.choice(KINDS, there)},
        geometry=_streets(there, length_m, sign=0.0, random=random),
        crs=CRS,
    )
    background = dataclasses.replace(result.background, network=existing)
    return dataclasses.replace(result, background=background)


def _repeated(one: Result, times: int) -> Result:
    """Return a result along a line so many times as long."""
    step_m = float(np.ptp(shapely.get_coordinates(one.boundary.line)[:, 0]))

    def table(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        copies = []
        for number in range(times):
            moved = frame.set_geometry(frame.geometry.translate(number * step_m, 0.0))
            for name in {"id", "docking_point"} & set(moved.columns):
                moved[name] = moved[name].str.replace("DP-", f"DP-{number:02d}", regex=False)
            if "chainage_m" in moved:
                moved["chainage_m"] += number * one.boundary.line.length
            if "lon" in moved:
                degrees = moved.geometry.to_crs(4326)
                moved = moved.assign(lon=degrees.x, lat=degrees.y)
            copies.append(moved)
        return gpd.GeoDataFrame(pd.concat(copies, ignore_index=True))

    step = np.array([step_m, 0.0])
    first = shapely.get_coordinates(one.boundary.line)
    line = shapely.LineString(np.vstack([first + number * step for number in range(times)]))
    network = one.background.network
    return dataclasses.replace(
        one,
        boundary=dataclasses.replace(one.boundary, line=line),
        docking_points=table(one.docking_points),
        findings=table(one.findings),
        links=table(one.links),
        roads_a=table(one.roads_a),
        roads_b=table(one.roads_b),
        background=Background(network=None if network is None else table(network)),
    )


def _wave(along: NDArray[Any]) -> NDArray[Any]:
    return 400.0 * np.sin(along * WAVE) + 40.0 * np.sin(along * 8 * WAVE)


def _plan(
    points: int, local: int, length_m: float, *, sign: float, random: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return one side's roads: those that reach the line, a fifth of them not well, and streets."""
    x = APART_M * np.arange(1.0, points + 1.0)
    off_m = np.where(random.random(points) < ODD_SHARE, random.normal(0.0, 15.0, points), 0.0)
    away_m = np.linspace(0.0, DEEP_M, VERTICES)
    bend = 25.0 * np.sin(away_m / 180.0) * (away_m > STRAIGHT_M)
    east = EAST + (x + off_m)[:, None] + bend[None, :]
    north = NORTH + _wave(x)[:, None] + sign * away_m[None, :]
    reaching = _drawn(east, north)
    lines = [*reaching, *_streets(local, length_m, sign=sign, random=random)]
    rank = np.concatenate([np.arange(points) % len(CLASSES), np.full(local, len(CLASSES) - 1)])
    differs = (random.random(len(rank)) < ODD_SHARE) & (sign > 0)
    return gpd.GeoDataFrame(
        {
            "name": [f"示例{i}路" for i in range(len(lines))],
            "技术等级": CLASSES[np.where(differs, (rank + 1) % len(CLASSES), rank)],
            "车道数": np.where(differs, 6, 4),
            "设计速度": 80,
        },
        geometry=lines,
        crs=CRS,
    )


def _streets(count: int, length_m: float, *, sign: float, random: np.random.Generator) -> list[Any]:
    """Return winding local streets, on one side of the line, or on both where the sign is 0."""
    if not count:
        return []
    x = random.uniform(0.0, length_m, count)
    side = random.choice([-1.0, 1.0], count) if sign == 0.0 else np.full(count, sign)
    y = _wave(x) + side * random.uniform(600.0, BAND_M, count)
    turn = random.uniform(0.0, np.pi, count)
    steps = random.uniform(15.0, 60.0, (count, VERTICES))
    heading = turn[:, None] + np.cumsum(random.normal(0.0, 0.25, (count, VERTICES)), axis=1)
    east = EAST + x[:, None] + np.cumsum(steps * np.cos(heading), axis=1)
    # kept on its own side
    north = NORTH + y[:, None] + side[:, None] * np.cumsum(np.abs(steps * np.sin(heading)), axis=1)
    return _drawn(east, north)


def _drawn(east: NDArray[Any], north: NDArray[Any]) -> list[Any]:
    lines: Any = shapely.linestrings(np.stack([east, north], axis=2))
    return list(lines)

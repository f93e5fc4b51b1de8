"""What a new version of a plan does to an old one; every choice comes from the seed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.affinity
import shapely.ops

from benchmarks.cut_networks.cuts import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.identity.versions import World

    Floats = NDArray[np.float64]

WAVES = 4
REMOVED, ADDED, SPLIT, RENAMED = 0.05, 0.05, 0.2, 0.3
ASIDE_M = (20.0, 80.0)


def redrawn(world: World, rng: np.random.Generator) -> World:
    """Draw all roads anew, each side for itself, 1 to 5 m from where they were."""
    for side in SIDES:
        field = _field(rng)
        table = world.plans[side]
        lines = shapely.transform(np.asarray(table.geometry.array, dtype=object), field)
        world = world.with_plan(side, table.set_geometry(gpd.GeoSeries(lines, crs=table.crs)))
    return world


def _field(rng: np.random.Generator) -> Callable[[Floats], Floats]:
    """Return a smooth displacement: its size runs from 1 to 5 m, its direction anywhere."""
    angle = rng.uniform(0, 2 * np.pi, (2, WAVES))
    length_m = rng.uniform(200, 800, (2, WAVES))
    phase = rng.uniform(0, 2 * np.pi, (2, WAVES))
    way = np.stack([np.cos(angle), np.sin(angle)], axis=-1) / length_m[..., None]

    def moved(xy: Floats) -> Floats:
        wave = np.sin(2 * np.pi * np.einsum("nd,kwd->nkw", xy, way) + phase).mean(axis=-1)
        size_m = 3 + 2 * np.clip(2 * wave[:, 0], -1, 1)
        turn = 2 * np.pi * wave[:, 1]
        return np.asarray(xy + size_m[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1))

    return moved


def renamed(world: World, rng: np.random.Generator) -> World:
    """Give new names to some of the roads that have one."""
    for side in SIDES:
        table = world.plans[side]
        other = (rng.random(len(table)) < RENAMED) & table["name"].notna().to_numpy(dtype=bool)
        names = table["name"].mask(other, [f"新{row}街" for row in range(len(table))])
        world = world.with_plan(side, table.assign(name=names.astype("string")))
    return world


def renumbered(world: World, rng: np.random.Generator) -> World:
    """Write all features in another order."""
    for side in SIDES:
        table = world.plans[side]
        world = world.with_plan(side, table.iloc[rng.permutation(len(table))])
    return world


def split(world: World, rng: np.random.Generator) -> World:
    """Cut some lines in two."""
    for side in SIDES:
        table = world.plans[side]
        rows = np.flatnonzero(rng.random(len(table)) < SPLIT)
        tables: list[Any] = [table.drop(index=rows)]
        lines = table.geometry.iloc[rows]
        for half in ((0.0, 0.5), (0.5, 1.0)):
            parts = [shapely.ops.substring(line, *half, normalized=True) for line in lines]
            part = table.iloc[rows].set_geometry(gpd.GeoSeries(parts, lines.index, crs=table.crs))
            tables.append(part)
        world = world.with_plan(side, pd.concat(tables, ignore_index=True))
    return world


def removed_and_added(world: World, rng: np.random.Generator) -> World:
    """Take some crossings away, and draw new roads 20 to 80 m beside others."""
    known = sorted({who for who in world.plans["a"]["who"] if who.startswith("x")})
    chosen = rng.permutation(np.array(known))
    count_gone, count_new = (round(share * len(known)) for share in (REMOVED, ADDED))
    gone, models = chosen[:count_gone], chosen[count_gone : count_gone + count_new]
    ways = {who: _aside(world, who, rng) for who in models}
    for side in SIDES:
        table = world.plans[side]
        tables: list[Any] = [table[~table["who"].isin(gone)]]
        for who, way in ways.items():
            model = table[table["who"] == who]
            beside = model.set_geometry(model.geometry.translate(*way))
            tables.append(beside.assign(who=f"new-{who}", name=pd.NA))
        world = world.with_plan(side, pd.concat(tables, ignore_index=True))
    return world


def _aside(world: World, who: str, rng: np.random.Generator) -> tuple[float, float]:
    """Return a way along the line from where a crossing is."""
    lines = world.plans["a"].loc[world.plans["a"]["who"] == who, "geometry"]
    place = shapely.ops.nearest_points(lines.union_all(), world.line)[1]
    at_m = shapely.line_locate_point(world.line, place)
    by_m = float(rng.choice([-1, 1]) * rng.uniform(*ASIDE_M))
    ahead = shapely.line_interpolate_point(world.line, np.clip(at_m + by_m, 0, world.line.length))
    return float(ahead.x - place.x), float(ahead.y - place.y)


def shifted(world: World, rng: np.random.Generator, *, by_m: float = 8.0) -> World:
    """Shift everything, the boundary too."""
    turn = rng.uniform(0, 2 * np.pi)
    east, north = by_m * np.cos(turn), by_m * np.sin(turn)
    for side in SIDES:
        table = world.plans[side]
        moved = table.set_geometry(table.geometry.translate(east, north))
        world = world.with_plan(side, moved)
    return replace(world, line=shapely.affinity.translate(world.line, east, north))


def far_shifted(world: World, rng: np.random.Generator) -> World:
    """Shift everything by 40 m."""
    return shifted(world, rng, by_m=40.0)


def all_at_once(world: World, rng: np.random.Generator) -> World:
    """Do everything, with the shift of 8 m."""
    for edit in (removed_and_added, redrawn, renamed, split, renumbered, shifted):
        world = edit(world, rng)
    return world


EDITS: dict[str, Callable[[World, np.random.Generator], World]] = {
    "redrawn by 1-5 m": redrawn,
    "30 % renamed": renamed,
    "renumbered": renumbered,
    "20 % split": split,
    "5 % removed, 5 % added": removed_and_added,
    "shifted by 8 m": shifted,
    "shifted by 40 m": far_shifted,
    "all at once": all_at_once,
}

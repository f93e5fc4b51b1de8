"""Disturbances of how a road is drawn and described, not of where it lies."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from shapely import ops

from benchmarks.cut_networks.cuts import SIDES, other
from benchmarks.disturbances.moves import SHARE
from benchmarks.disturbances.severities import ATTRIBUTES, CODE, COLUMN, changed

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from benchmarks.disturbances.draft import Draft

DUAL_M = 150.0


def _some_side(rng: np.random.Generator) -> str:
    return SIDES[int(rng.integers(2))]


def _redrawn(draft: Draft, side: str, lines: NDArray[np.object_], source: NDArray[np.intp]) -> None:
    """Replace the lines of a side by others, each with the attributes of its source."""
    table = draft.tables[side].iloc[source].reset_index(drop=True)
    again = pd.Series(source).groupby(source).cumcount()
    fid = table["fid"].astype(str) + np.where(again > 0, "." + again.astype(str), "")
    draft.tables[side] = table.assign(fid=fid.astype("string"))
    draft.lines[side] = lines
    draft.changed(side)
    draft.relabel(side)
    draft.touched[:] = True


def split(draft: Draft, rng: np.random.Generator) -> None:
    """Split every feature of a side at one to three places."""
    side = _some_side(rng)
    lines, source = [], []
    for row, line in enumerate(draft.lines[side]):
        length_m = float(shapely.length(line))
        places = np.sort(rng.uniform(0, length_m, int(rng.integers(1, 4))))
        cuts = np.concatenate([[0.0], places, [length_m]])
        cuts = cuts[np.concatenate([[True], np.diff(cuts) > 0.5])]  # noqa: PLR2004 (half a metre)
        cuts[-1] = length_m
        for low, high in itertools.pairwise(cuts):
            lines.append(ops.substring(line, low, high))
            source.append(row)
        if len(cuts) < 2:  # noqa: PLR2004 (too short to be split)
            lines.append(line)
            source.append(row)
    _redrawn(draft, side, np.array(lines, dtype=object), np.array(source, dtype=np.intp))


def merge(draft: Draft, rng: np.random.Generator) -> None:
    """Give two to four features of one name and class the same fid, as parts of a multi-part."""
    side = _some_side(rng)
    table = draft.tables[side]
    order = table.assign(draw=rng.random(len(table))).sort_values(["name", "class_text", "draw"])
    label = order["name"].fillna("") + "|" + order["class_text"].fillna("")
    block = label.astype("category").cat.codes
    part = order.groupby(block).cumcount() // int(rng.integers(2, 5))
    first = order.groupby([block, part])["fid"].transform("first")
    draft.tables[side] = table.assign(fid=first.reindex(table.index).astype("string"))
    draft.relabel(side)
    draft.touched[:] = True


def reverse(draft: Draft, rng: np.random.Generator) -> None:
    """Digitise every two-way feature of a side the other way round."""
    side = _some_side(rng)
    oneway = draft.tables[side]["oneway"].fillna(value=False).to_numpy(dtype=bool)
    turned = shapely.reverse(draft.lines[side])
    lines = np.where(oneway, draft.lines[side], turned)
    _redrawn(draft, side, lines, np.arange(len(lines)))


def duplicate(draft: Draft, rng: np.random.Generator) -> None:
    """Draw every fourth feature of a side twice."""
    side = _some_side(rng)
    count = len(draft.lines[side])
    twice = np.flatnonzero(rng.random(count) < SHARE)
    source = np.sort(np.concatenate([np.arange(count), twice]))
    _redrawn(draft, side, draft.lines[side][source], source)


def densify(draft: Draft, rng: np.random.Generator) -> None:
    """Put a vertex every 3 m into a side's lines."""
    side = _some_side(rng)
    lines = np.asarray(shapely.segmentize(draft.lines[side], 3.0), dtype=object)
    _redrawn(draft, side, lines, np.arange(len(lines)))


def simplify(draft: Draft, rng: np.random.Generator) -> None:
    """Simplify a side's lines by 1 m; their ends stay."""
    side = _some_side(rng)
    lines = np.asarray(shapely.simplify(draft.lines[side], 1.0), dtype=object)
    _redrawn(draft, side, lines, np.arange(len(lines)))


def dual(draft: Draft, rng: np.random.Generator, *, share: float = 1.0) -> None:
    """Draw two carriageways on one side, 16 to 24 m apart, that join the axis 150 m back."""
    for k, side in draft.picked(rng, share=share, tail_m=DUAL_M + 20.0):
        row = draft.crossings.iloc[k]
        half_m = float(rng.uniform(8.0, 12.0))
        sine = np.sin(np.radians(row["angle_deg"]))
        tail = draft.tail(side, k)
        like = draft.road(side, k)
        bends = tail.straight(DUAL_M) < 0.95 or tail.outward() @ draft.out[side][k] < 0.94  # noqa: PLR2004
        if bends or like["oneway"]:
            continue
        steps = np.array([15.0, 30.0, 50.0, 70.0, 90.0, 110.0])
        inner = np.array([tail.at(d) for d in steps])
        heading = np.array([tail.outward(d) for d in steps])
        normal = np.column_stack([-heading[:, 1], heading[:, 0]])
        joint = tail.at(DUAL_M)
        chainage_m = row["chainage_m"] + np.array([-1, 1]) * half_m / sine
        starts = shapely.get_coordinates(shapely.line_interpolate_point(draft.cut.line, chainage_m))
        if (starts[1] - starts[0]) @ normal[0] < 0:
            starts = starts[::-1]
        left, right = (
            np.vstack([starts[i], inner + sign * half_m * normal, joint])
            for i, sign in enumerate((-1, 1))
        )
        drawn = [shapely.LineString(left[::-1]), shapely.LineString(right)]
        draft.trim(side, k, DUAL_M)
        lanes = max(1, int(like["lanes"]) // 2)
        half = like | {
            "oneway": True,
            "lanes": lanes,
            "carriageway_m": like["carriageway_m"] / 2,
        }
        fids = [draft.add(side, line, half) for line in drawn]
        if int(like["lanes"]) != 2 * lanes:
            draft.rules[k] |= {"S02": "?", "S01": "?"}
        draft.rules[k]["S03"] = "?"
        draft.fids[side][k] = frozenset(fids)
        draft.end[side][k] = np.mean(starts, axis=0)
        draft.touched[k] = True


def attributes(draft: Draft, rng: np.random.Generator, *, share: float = 2 * SHARE) -> None:
    """Change one attribute on one side."""
    for k, side in draft.picked(rng, share=share, tail_m=5.0):
        what = str(rng.choice(ATTRIBUTES))
        here, there, severity = changed(what, draft.road(side, k), rng)
        if what == "redline":
            there = round(there, 1)
        values = {side: there, other(side): here}
        for one in SIDES:
            _write(draft, one, k, {COLUMN[what]: values[one]})
            if what == "year":
                _write(draft, one, k, {"status": "planned"})
        if what == "class":
            for one in SIDES:
                _write(draft, one, k, {"class_text": f"rank {values[one]}"})
        if what in {"lanes", "speed", "class"}:
            draft.rules[k]["S01"] = "ok"
        draft.rules[k][CODE[what]] = severity
        draft.touched[k] = True


def blank(draft: Draft, rng: np.random.Generator) -> None:
    """Blank one attribute on one side."""
    for k, side in draft.picked(rng, share=2 * SHARE, tail_m=5.0):
        what = str(rng.choice([name for name in ATTRIBUTES if name != "year"]))
        if draft.road(side, k)[COLUMN[what]] is pd.NA:
            continue
        draft.touched[k] = True
        _write(draft, side, k, {COLUMN[what]: pd.NA})
        if what == "class":
            _write(draft, side, k, {"class_text": pd.NA})
        draft.rules[k][CODE[what]] = "unknown"


def rename(draft: Draft, rng: np.random.Generator) -> None:
    """Give every road of one side another name: most roads change it at a boundary."""
    side = _some_side(rng)
    names = draft.tables[side]["name"]
    known = names.dropna().unique()
    new = dict(zip(known, [f"Changed {k}" for k in rng.permutation(len(known))], strict=True))
    draft.tables[side] = draft.tables[side].assign(name=names.map(new).astype("string"))
    for rules in draft.rules:
        rules["N02"] = "?"
    draft.touched[:] = True


def _write(draft: Draft, side: str, k: int, values: dict[str, object]) -> None:
    """Write attributes of a whole road, from the boundary to its first junction."""
    rows = list(draft.tail(side, k).rows)
    table: gpd.GeoDataFrame = draft.tables[side]
    for column, value in values.items():
        table.loc[table.index[rows], column] = value

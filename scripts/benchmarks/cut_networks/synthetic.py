"""Street grids made by chance, for where no real network is at hand, and for weaving lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.cut_networks.cutting import cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.cut_networks.cuts import Cut

    Floats = NDArray[np.float64]

SYNTHETIC = ("grid", "weave")
EPSG = 4549
ORIGIN = (500_000.0, 3_400_000.0)
COLUMNS, ROWS, BLOCK_M = 13, 38, 190.0
JITTER_M = 14.0
LOST_SHARE = 0.10
SWING_M, WAVE_M = 28.0, 160.0


def synthetic(name: str, *, seed: int) -> Cut:
    """Make a street grid and cut it.

    Parameters
    ----------
    name
        ``"grid"`` (the line winds gently between two columns of streets) or ``"weave"`` (it
        swings to and fro, and a street along its middle crosses it again and again).
    seed
        Same seed, same network.
    """
    rng = np.random.default_rng([seed, SYNTHETIC.index(name)])
    roads = _grid(rng, spine=name == "weave")
    left, low, right, high = roads.total_bounds
    middle = (left + right) / 2
    y = np.arange(low - 100.0, high + 100.0, 10.0 if name == "weave" else 40.0)
    if name == "weave":
        x = middle + SWING_M * np.sin(2 * np.pi * y / WAVE_M)
    else:
        x = middle + 25.0 * np.sin(y / 420.0) + 12.0 * np.sin(y / 137.0)
    line = shapely.LineString(np.column_stack([x, y]))
    west = shapely.Polygon(
        np.concatenate(
            [np.column_stack([x, y]), [(left - 500, high + 90), (left - 500, low - 100)]]
        )
    )
    return cut(roads, line, name=name, land_a=west)


def _grid(rng: np.random.Generator, *, spine: bool) -> gpd.GeoDataFrame:
    """Return the streets: nodes of a grid, moved by chance, some streets left out.

    The number of columns is odd, the middle one stands on the middle of the grid and is left
    out (`spine` false) or kept (true), so that the line never runs along a street by accident.
    """
    across = np.linspace(-1, 1, COLUMNS + 1 if not spine else COLUMNS)
    width = (len(across) - 1) * BLOCK_M / 2
    up = np.cumsum(BLOCK_M * rng.uniform(0.6, 1.5, ROWS))
    place = np.stack(np.meshgrid(across * width, up), axis=-1)
    place += np.clip(rng.normal(0.0, JITTER_M, place.shape), -30, 30)
    if spine:
        place[:, COLUMNS // 2, 0] = rng.normal(0.0, 2.0, ROWS)
    place += np.array(ORIGIN)
    rows, lines = [], []
    columns = place.shape[1]
    for i in range(ROWS):
        for j in range(columns):
            for kind, k, end in (("row", i, (i, j + 1)), ("column", j, (i + 1, j))):
                if end[0] >= ROWS or end[1] >= columns or rng.random() < LOST_SHARE:
                    continue
                lines.append(_street(place[i, j], place[end], rng))
                rows.append({"highway": _class(kind, k), "name": f"{kind.title()} Street {k}"})
    table = pd.DataFrame(rows).assign(oneway=False)
    table["ref"] = pd.array([pd.NA] * len(table), dtype="string")
    table.loc[table["highway"] == "primary", "ref"] = "S" + (
        200 + table.loc[table["highway"] == "primary", "name"].str.extract(r"(\d+)")[0].astype(int)
    ).astype(str)
    return gpd.GeoDataFrame(table, geometry=lines, crs=EPSG)


def _class(kind: str, k: int) -> str:
    if kind == "row" and k % 6 == 3:  # noqa: PLR2004 (every sixth)
        return "primary"
    if k % 6 == 0:
        return "secondary"
    return "tertiary" if k % 2 else "residential"


def _street(start: Floats, end: Floats, rng: np.random.Generator) -> shapely.LineString:
    """Return a street from node to node that bends a little."""
    way = end - start
    normal = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9)
    steps = np.linspace(0, 1, 7)
    bulge = rng.normal(0.0, 2.0) * np.sin(np.pi * steps)
    return shapely.LineString(start + steps[:, None] * way + bulge[:, None] * normal)

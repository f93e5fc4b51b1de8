"""The folders of tests/cases as calls of the program; tests/test_cases.py says what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from pathlib import Path

NETWORK = "network.geojson"


def as_osm(path: Path, out: Path) -> Path:
    """Write the lines and points of a case as OpenStreetMap does: ways that share nodes.

    Parameters
    ----------
    path
        The case's ``network.geojson``.
    out
        The ``.osm`` to write; it is returned.
    """
    drawn = gpd.read_file(path)
    xy, of = shapely.get_coordinates(np.asarray(drawn.geometry.array), return_index=True)
    places, node = np.unique(xy, axis=0, return_inverse=True)
    lon, lat = Transformer.from_crs(drawn.crs, 4326, always_xy=True).transform(*places.T)
    barrier = drawn["barrier"] if "barrier" in drawn else pd.Series(pd.NA, drawn.index)
    rows = []
    for k in range(len(places)):
        kinds = barrier[of[node.ravel() == k]].dropna()
        tags = "".join(f'<tag k="barrier" v="{kind}"/>' for kind in kinds)
        rows.append(f'<node id="{k + 1}" lon="{lon[k]:.9f}" lat="{lat[k]:.9f}">{tags}</node>')
    for line in np.flatnonzero(drawn.geom_type == "LineString"):
        refs = "".join(f'<nd ref="{number + 1}"/>' for number in node.ravel()[of == line])
        said = drawn.drop(columns="geometry").iloc[line].dropna().items()
        tags = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in said)
        rows.append(f'<way id="{line + 1}">{refs}{tags}</way>')
    out.write_text(f'<osm version="0.6">{"".join(rows)}</osm>', encoding="utf-8")
    return out


def check_words(folder: Path) -> list[str]:
    """Return the words of ``align check`` for a case, called from its folder.

    Parameters
    ----------
    folder
        A copy of the case; where it has a network, ``network.osm`` is written into it.
    """
    words = ["a.geojson", "b.geojson", "--boundary", "boundary.geojson"]
    if (folder / "align.toml").exists():
        words += ["--config", "align.toml"]
    if (folder / NETWORK).exists():
        words += ["--network", as_osm(folder / NETWORK, folder / "network.osm").name]
    for path in sorted(folder.glob("constraint-*.geojson")):
        words += ["--constraint", f"{path.name}={path.stem.removeprefix('constraint-')}"]
    return words

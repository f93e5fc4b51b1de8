"""How many docking points are still themselves, and how many took another one's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

NEAREST_M = 50.0
KNOWN = ("x", "new-")
"""How crossings and new roads are called. What is left of a removed road may dock at its place:
nobody can say whether that is the same, so it counts neither way."""


@dataclass(frozen=True)
class Kept:
    """Figures of one matcher.

    Parameters
    ----------
    kept, all
        Docking points of the old version that have the same id in the new one, and those whose
        road is still there.
    reused
        Docking points of the new version with the id of another road.
    """

    kept: int = 0
    all: int = 0
    reused: int = 0

    def __add__(self, other: Kept) -> Kept:
        """Return both together."""
        return Kept(self.kept + other.kept, self.all + other.all, self.reused + other.reused)

    @property
    def share(self) -> float:
        """Share kept."""
        return self.kept / self.all if self.all else float("nan")


def scored(
    old_ids: Sequence[str],
    old_who: Sequence[frozenset[str]],
    new_ids: Sequence[str | None],
    new_who: Sequence[frozenset[str]],
) -> Kept:
    """Compare ids with the truth.

    Parameters
    ----------
    old_ids, new_ids
        Ids of the docking points of the two versions; ``None`` where one is new.
    old_who, new_who
        Which roads each of them really is.
    """
    there = frozenset[str]().union(*new_who)
    named = {name: who for name, who in zip(new_ids, new_who, strict=True) if name is not None}
    kept = every = reused = 0
    for name, who in zip(old_ids, old_who, strict=True):
        if who & there:
            every += 1
            kept += bool(named.get(name, frozenset()) & who)
        now = named.get(name, frozenset())
        reused += not now & who and any(one.startswith(KNOWN) for one in now)
    return Kept(kept, every, reused)


def by_nearest(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> list[str | None]:
    """Give every new point the id of the nearest old one within 50 m; the nearer one wins."""
    places = [np.column_stack([table.geometry.x, table.geometry.y]) for table in (old, new)]
    said = KDTree(places[0]).query(places[1], distance_upper_bound=NEAREST_M)
    apart, nearest = np.asarray(said[0]), np.asarray(said[1])
    found: list[str | None] = [None] * len(new)
    taken: set[int] = set()
    for row in np.argsort(apart, kind="stable").tolist():
        one = int(nearest[row])
        if np.isfinite(apart[row]) and one not in taken:
            taken.add(one)
            found[row] = str(old["id"].iloc[one])
    return found


def by_feature(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> list[str | None]:
    """Give every new point the id of the first old one with one of its feature numbers."""
    known: dict[tuple[str, str], str] = {}
    for side in ("a", "b"):
        for name, fids in zip(old["id"], old[f"{side}_fid"], strict=True):
            for fid in [] if pd.isna(fids) else str(fids).split(","):
                known.setdefault((side, fid), str(name))
    found: list[str | None] = []
    taken: set[str] = set()
    for pair in zip(new["a_fid"], new["b_fid"], strict=True):
        names = [
            known.get((side, fid))
            for side, fids in zip(("a", "b"), pair, strict=True)
            for fid in ([] if pd.isna(fids) else str(fids).split(","))
        ]
        name = next((one for one in names if one is not None and one not in taken), None)
        found.append(name)
        if name is not None:
            taken.add(name)
    return found

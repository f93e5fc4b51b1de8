"""What the standards ask of a curve that joins two roads: speeds, radii, transitions, lengths."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from roadalign.assessment.curve import CurveDesign
from roadalign.standards import table

Terrain = Literal["ordinary", "constrained"]
"""Whether the place leaves room for what is usual, or only for what is barely admitted."""

UNKNOWN_RANK = 3
LENGTHS = {"ordinary": "curve_m", "constrained": "curve_constrained_m"}


def required_design(
    point: dict[str, Any], *, speed_kmh: float, terrain: Terrain = "ordinary"
) -> CurveDesign:
    """Return what a curve has to satisfy: of the two sides' systems, the larger values.

    Parameters
    ----------
    point
        A row of the docking points.
    speed_kmh
        Design speed; the next higher one of ``curves.toml`` decides.
    terrain
        Which radius and length of the tables.

    Returns
    -------
    CurveDesign
        Radius, length of transitions (0 where the radius needs none) and least length of a curve.
    """
    texts = [point[f"{side}_class_text"] for side in "ab"]
    systems = {road_system(str(one)) for one in texts if pd.notna(one)}
    rows = [_row(system, speed_kmh) for system in sorted(systems or {"highway", "urban"})]
    radius_m = max(row[f"{terrain}_m"] for row in rows)
    transitions = [row["transition_m"] for row in rows if radius_m < row["transition_below_m"]]
    return CurveDesign(
        radius_m=float(radius_m),
        transition_m=float(max(transitions, default=0)),
        least_m=float(max(row[LENGTHS[terrain]] for row in rows)),
    )


def design_speeds_kmh(point: dict[str, Any]) -> tuple[float, float]:
    """Return the higher and the lower design speed; what neither side states follows from rank."""
    stated = [point[f"{side}_design_speed_kmh"] for side in "ab"]
    speeds = [float(one) for one in stated if pd.notna(one)]
    if not speeds:
        ranks = [point[f"{side}_road_class"] for side in "ab"]
        rank = max((int(one) for one in ranks if pd.notna(one)), default=UNKNOWN_RANK)
        speeds = [float(table("curves")["rank"][str(rank)]["speed_kmh"])]
    return max(speeds), min(speeds)


def road_system(class_text: str) -> str:
    """Return ``"urban"`` or ``"highway"``, by the words of a class as a source writes it."""
    words = table("curves")["system"]["urban"]
    return "urban" if any(word in class_text.lower() for word in words) else "highway"


def _row(system: str, speed_kmh: float) -> dict[str, Any]:
    rows: list[dict[str, Any]] = table("curves")[system]
    return next((row for row in rows if row["speed_kmh"] >= speed_kmh), rows[-1])

"""Pictures: F1 per kind, reliability of the confidence, and the cases that went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from benchmarks.accuracy import totals
from benchmarks.accuracy.matchers import OURS
from benchmarks.cut_networks.cuts import SIDES
from benchmarks.cut_networks.named import load
from benchmarks.disturbances.kinds import disturbed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from benchmarks.accuracy.scores import Score
    from benchmarks.disturbances.cases import Case

COLOUR = {"a": "#1f6fb4", "b": "#d2691e"}
PER_SHEET, COLUMNS = 12, 4
REACH_M = 90.0


def _pyplot() -> Any:
    import matplotlib as mpl  # noqa: PLC0415 (optional)

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    return plt


def overview(scores: Sequence[Score], path: Path) -> None:
    """Draw F1 per kind of every matcher, and the reliability of our confidence."""
    plt = _pyplot()
    kinds = list(dict.fromkeys(one.kind for one in scores))
    matchers = list(dict.fromkeys(one.matcher for one in scores))
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(13, 0.32 * len(kinds) + 2), width_ratios=(2, 1), layout="constrained"
    )
    for i, matcher in enumerate(matchers):
        own = [one for one in scores if one.matcher == matcher]
        values = []
        for kind in kinds:
            some = [one for one in own if one.kind == kind]
            near = totals.quality(some, what="pair", touched=True)["f1"]
            values.append(totals.quality(some, what="pair")["f1"] if np.isnan(near) else near)
        left.plot(values, np.arange(len(kinds)), "os^v"[i % 4], label=matcher, alpha=0.8)
    left.set_yticks(np.arange(len(kinds)), kinds)
    left.invert_yaxis()
    left.grid(axis="x", alpha=0.4)
    left.set_xlabel("F1 of pairs at disturbed crossings (all crossings where none has to stay)")
    left.legend(loc="lower left")
    table = totals.calibration([one for one in scores if one.matcher == OURS])
    said = [row["said"] for row in table["bins"]]
    found = [row["right"] for row in table["bins"]]
    right.plot([0, 1], [0, 1], color="grey", lw=1)
    right.plot(said, found, "o-", color=COLOUR["a"])
    for row in table["bins"]:
        right.annotate(f" {row['count']}", (row["said"], row["right"]), fontsize=8)
    right.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="confidence said", ylabel="share right")
    right.set_title(f"reliability, expected calibration error {table['ece']:.3f}", fontsize=10)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def failures(scores: Sequence[Score], folder: Path, *, most: int = 120) -> int:
    """Draw the cases that went wrong, twelve to a sheet; return how many sheets."""
    plt = _pyplot()
    folder.mkdir(parents=True, exist_ok=True)
    wrong = chosen(scores)[:most]
    cache: dict[tuple[str, str, int], Case] = {}
    for sheet in range(0, len(wrong), PER_SHEET):
        shown = wrong[sheet : sheet + PER_SHEET]
        rows = -(-len(shown) // COLUMNS)
        figure, axes = plt.subplots(
            rows, COLUMNS, figsize=(18, 4.7 * rows), layout="constrained", squeeze=False
        )
        for axis in axes.ravel()[len(shown) :]:
            axis.set_axis_off()
        for axis, one in zip(axes.ravel(), shown, strict=False):
            key = (one["network"], one["kind"], one["seed"])
            if key not in cache:
                cut = load(one["network"], seed=one["seed"])
                cache[key] = disturbed(cut, one["kind"], seed=one["seed"])
            _one(axis, cache[key], one)
        figure.savefig(folder / f"failures-{sheet // PER_SHEET + 1:02d}.png", dpi=75)
        plt.close(figure)
    return -(-len(wrong) // PER_SHEET)


def chosen(scores: Sequence[Score]) -> list[dict[str, Any]]:
    """Return our failures that concern pairing or verdict, one per place, kind and network."""
    seen: set[tuple[Any, ...]] = set()
    found = []
    for score in scores:
        if score.matcher != OURS:
            continue
        for one in score.failures:
            key = (one["network"], one["kind"], round(one["x"], -1), round(one["y"], -1))
            loud = not one["what"].startswith("rule") or one["kind"] == "none"
            if loud and key not in seen:
                seen.add(key)
                found.append(one)
    return found


def _one(axis: Axes, case: Case, one: dict[str, Any]) -> None:
    x, y = one["x"], one["y"]
    reach_m = max(REACH_M, 1.5 * abs(one["measures"].get("offset_m", 0.0) or 0.0))
    box = shapely.box(x - reach_m, y - reach_m, x + reach_m, y + reach_m)
    for side in SIDES:
        roads = case.roads[side]
        near = roads[shapely.intersects(roads.geometry.array, box)]
        fids = set(one[side].split(","))
        for fid, line in zip(near["fid"], near.geometry, strict=True):
            xy = shapely.get_coordinates(line)
            wide = 3.0 if fid in fids else 1.2
            axis.plot(*xy.T, color=COLOUR[side], lw=wide, marker=".", ms=4)
            middle = shapely.get_coordinates(shapely.intersection(line, box))
            if len(middle):
                axis.annotate(fid, middle[len(middle) // 2], fontsize=6, color=COLOUR[side])
    for part in np.atleast_1d(shapely.get_parts(case.cut.line)):
        axis.plot(*shapely.get_coordinates(part).T, "k--", lw=1)
    true = case.truth
    axis.plot(true["x"], true["y"], "o", mfc="none", mec="green", ms=9)
    axis.plot(x, y, "rx", ms=10)
    axis.set(xlim=(x - reach_m, x + reach_m), ylim=(y - reach_m, y + reach_m), aspect="equal")
    axis.tick_params(labelsize=6)
    measures = {key.split("_")[0]: value for key, value in one["measures"].items()}
    axis.set_title(
        f"{one['network']} {one['kind']} {one['seed']}: {one['what']}\n"
        f"a {one['a'][:30]}  b {one['b'][:30]}  {measures}",
        fontsize=7,
    )

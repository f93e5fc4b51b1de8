"""All edits through all matchers, and the table of it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.identity.edits import EDITS
from benchmarks.identity.kept_ids import Kept, by_feature, by_nearest, scored
from benchmarks.identity.versions import first_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Figures = dict[tuple[float, str, str], Kept]

OURS, NEAREST, FEATURE = "roadalign", "nearest point, 50 m", "feature number"
MATCHERS = (OURS, NEAREST, FEATURE)


def run_edits(
    name: str,
    *,
    folder: Path,
    named: Sequence[float],
    seeds: Sequence[int],
    progress: Callable[[str], None],
) -> Figures:
    """Run the benchmark.

    Parameters
    ----------
    name
        Network of `benchmarks.cut_networks.named`.
    folder
        Where the networks are.
    named
        Shares of the roads that have a name, each run for itself.
    seeds
        Each makes its own names and edits.
    progress
        Called with a line of text as jobs end.

    Returns
    -------
    dict
        Figures by share of names, edit and matcher, over all seeds.
    """
    found: Figures = {}
    for share in named:
        for seed in seeds:
            world = first_version(name, folder=folder, named=share, seed=seed)
            old, old_who = world.checked()
            for kind, edit in EDITS.items():
                rng = np.random.default_rng([seed, zlib.crc32(kind.encode())])
                new, new_who = edit(world, rng).checked(old)
                before, after = old.docking_points, new.docking_points
                ids = {
                    OURS: after["id"].astype(str).tolist(),
                    NEAREST: by_nearest(before, after),
                    FEATURE: by_feature(before, after),
                }
                for matcher, given in ids.items():
                    kept = scored(before["id"].astype(str).tolist(), old_who, given, new_who)
                    key = (share, kind, matcher)
                    found[key] = found.get(key, Kept()) + kept
                progress(f"{100 * share:.0f} % named, seed {seed}: {kind}")
    return found


def table(found: Figures) -> str:
    """Return the figures as text: share kept, and ids given to another road."""
    lines = []
    for share in dict.fromkeys(key[0] for key in found):
        lines += ["", f"{100 * share:.0f} % of the roads have a name"]
        lines.append(f"{'':26}" + "".join(f"{matcher:>24}" for matcher in MATCHERS))
        lines.append(f"{'':26}" + f"{'kept':>14}{'reused':>10}" * len(MATCHERS))
        totals = dict.fromkeys(MATCHERS, Kept())
        for kind in EDITS:
            row = [found[share, kind, matcher] for matcher in MATCHERS]
            totals = {m: totals[m] + one for m, one in zip(MATCHERS, row, strict=True)}
            lines.append(f"{kind:26}" + "".join(map(_cell, row)))
        lines.append(f"{'together':26}" + "".join(map(_cell, totals.values())))
    return "\n".join(lines[1:])


def _cell(kept: Kept) -> str:
    return f"{100 * kept.share:>12.2f} %{kept.reused:>10}"

"""What a disturbed case and its truth are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from benchmarks.cut_networks.cuts import Cut


@dataclass(frozen=True)
class Case:
    """A disturbed cut with its truth.

    Parameters
    ----------
    cut
        The cut it was made from.
    kind, seed
        What was done to it, and with which seed.
    roads
        The disturbed road table of each side.
    truth
        ``Cut.crossings`` with ``expect`` (``pair``, ``a`` or ``b`` where that side arrives
        alone, ``none``), ``touched`` (disturbed on purpose), ``moved`` (moved as a side
        effect), ``gap_m``, ``offset_m``, ``deflection_deg`` (unknown: NaN) and ``rules``
        (code to severity; ``?`` where either of two severities would be right).
    """

    cut: Cut
    kind: str
    seed: int
    roads: dict[str, gpd.GeoDataFrame]
    truth: pd.DataFrame

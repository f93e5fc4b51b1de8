"""How two widths of one road are compared, whatever was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadalign.model.words import Severity
from roadalign.rules.judging import grade_by_limits

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.settings.limits import Limits

WIDTH_LIMITS = (
    "width_notice_m",
    "width_notice_share",
    "width_mismatch_share",
    "width_severe_share",
)


def grade_widths(
    a_m: pd.Series, b_m: pd.Series, *, limits: Limits, silent: pd.Series
) -> pd.DataFrame:
    """Grade the difference of two widths as a share of the wider one.

    Parameters
    ----------
    a_m, b_m
        Widths of the two sides in metres.
    limits
        The limits in force; those of `WIDTH_LIMITS` are read.
    silent
        Where neither side states a width.

    Returns
    -------
    pandas.DataFrame
        As of `roadalign.rules.judging.grade_by_limits`; ``value`` is the share (0 to 1).
    """
    difference_m = (a_m - b_m).abs()
    share = difference_m / a_m.where(a_m > b_m, b_m)
    unequal = difference_m > limits["width_notice_m"]
    return grade_by_limits(
        share,
        [
            (severity, name, unequal & (share > limits[name]))
            for severity, name in (
                (Severity.NOTICE, "width_notice_share"),
                (Severity.MISMATCH, "width_mismatch_share"),
                (Severity.SEVERE, "width_severe_share"),
            )
        ],
        limits=limits,
        unit="1",
        silent=silent,
    )

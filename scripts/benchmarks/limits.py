"""The limits of the program, read from its table: what they mean is written here once more."""

from __future__ import annotations

from typing import Any

from roadalign.standards import table

LIMITS: dict[str, Any] = {name: row["value"] for name, row in table("limits").items()}
"""Value of each limit, in the unit of its name."""

Levels = tuple[tuple[float, str], ...]
SEVERITIES = ("notice", "mismatch", "severe")


def steps(what: str, unit: str = "") -> Levels:
    """Return from which value on a difference deserves which severity.

    Parameters
    ----------
    what
        Beginning of the names of its limits, e.g. ``"gap"``.
    unit
        Their end, e.g. ``"m"``; empty for those that count.
    """
    end = f"_{unit}" if unit else ""
    return tuple((float(LIMITS[f"{what}_{name}{end}"]), name) for name in SEVERITIES)

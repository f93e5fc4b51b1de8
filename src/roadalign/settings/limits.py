"""The limits in force, and the numbers that settings may hold.

A limit is known by its name alone (``gap_mismatch_m``); the table of limits with their
defaults, units and sources is ``standards/limits.toml``.
"""

from __future__ import annotations

import difflib
from typing import Any

from roadalign.errors import InputError
from roadalign.safety.bounds import shortened
from roadalign.standards import table

MOST_NAME = 100


class Limits:
    """The limits in force, read as ``limits["gap_mismatch_m"]``."""

    def __init__(self, values: dict[str, float]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> float:
        """Return one limit; its unit is the end of its name."""
        return self._values[name]

    def widened(self, by_m: float) -> Limits:
        """Return the limits for data that is uncertain by some metres.

        Parameters
        ----------
        by_m
            Added to every limit marked ``positional`` in ``standards/limits.toml``.
        """
        known = table("limits")
        return Limits(
            {
                name: value + by_m * bool(known[name].get("positional"))
                for name, value in self._values.items()
            }
        )

    def as_dict(self) -> dict[str, float]:
        """Return all limits by name."""
        return dict(self._values)


def check_limits(given: dict[str, Any]) -> None:
    """Raise `InputError` where a limit does not exist or is no number of its unit."""
    known = table("limits")
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name[:MOST_NAME], known, n=1)
            said = near[0] if near else "—"
            raise InputError("unknown_limit", where=shortened(name), suggestion=said)
        unit = known[name]["unit"]
        least, most = known[name].get("least", 0.0), table("units")[unit]["most"]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not least <= value <= most:
            bounds = {"unit": unit, "least": f"{least:g}", "most": f"{most:g}"}
            raise InputError("bad_limit", where=name, value=shortened(value), **bounds)


def require_range(key: str, value: float, *, most: float, least: float = 0.0) -> None:
    """Raise `InputError` where a number of a setting is not from one to another.

    Parameters
    ----------
    key
        The setting, e.g. ``"a.accuracy_m"``.
    value
        What it is set to.
    most, least
        The largest and the smallest it may be.
    """
    if not least <= value <= most:
        bounds = {"least": f"{least:g}", "most": f"{most:g}"}
        raise InputError("setting_range", where=key, value=shortened(value), **bounds)

"""Where a side draws and says the same in two runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.model.columns import SIDES
from roadalign.model.run import FeatureDigests

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Unchanged:
    """Which stretches of the boundary are the same in two runs, side by side.

    Parameters
    ----------
    stretch_m
        Length of a stretch.
    same
        By side, whether each stretch is; empty where it cannot be told.
    """

    stretch_m: float = 1.0
    same: Mapping[str, list[bool]] = field(default_factory=dict)

    @classmethod
    def between(cls, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Unchanged:
        """Compare what two runs recorded of their features.

        Parameters
        ----------
        old, new
            ``features`` of their run records, the sides in one order; ``None`` where a report of
            an older program knows none. Nothing is told where the boundary is another one.
        """
        one, two = _read(old), _read(new)
        if one is None or two is None or one.boundary != two.boundary:
            return cls()
        same = {
            side: [a == b for a, b in zip(getattr(one, side), getattr(two, side), strict=False)]
            for side in SIDES
        }
        return cls(two.stretch_m, same)

    def at(self, side: str, chainage_m: float) -> bool:
        """Return whether a side is certainly the same around a place on the boundary."""
        flags = self.same.get(side, [])
        if not flags:
            return False
        k = int(min(max(chainage_m / self.stretch_m, 0), len(flags) - 1))
        return all(flags[max(k - 1, 0) : k + 2])


def _read(features: Any) -> FeatureDigests | None:
    """Return what a run recorded of its features; ``None`` where that is nothing of use."""
    try:
        found = msgspec.convert(features, FeatureDigests)
    except msgspec.ValidationError:
        return None
    count = len(found.a)
    return found if found.stretch_m > 0 and count == len(found.b) else None

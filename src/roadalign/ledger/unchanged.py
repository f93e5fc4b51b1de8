"""Where a side draws and says the same in two runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDES = ("a", "b")


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
        if not old or not new or old["boundary"] != new["boundary"]:
            return cls()
        same = {
            side: [one == two for one, two in zip(old[side], new[side], strict=True)]
            for side in SIDES
        }
        return cls(float(new["stretch_m"]), same)

    def at(self, side: str, chainage_m: float) -> bool:
        """Return whether a side is certainly the same around a place on the boundary."""
        flags = self.same.get(side, [])
        k = min(int(chainage_m / self.stretch_m), len(flags) - 1)
        return bool(flags) and all(flags[max(k - 1, 0) : k + 2])

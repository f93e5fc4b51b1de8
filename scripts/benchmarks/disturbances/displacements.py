"""Displacements of a network: functions of place and of the way along it from a crossing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HELD_M, EASING_M = 60.0, 200.0
TURN_END_M = 300.0
CORRELATION_M = 100.0
WAVES = 64
EDGE_M = 300.0


def fading(way_m: Floats, *, held_m: float, easing_m: float) -> Floats:
    """Return 1 up to ``held_m``, 0 from ``held_m + easing_m``, smooth between."""
    t = np.clip((way_m - held_m) / easing_m, 0, 1)
    return np.asarray(1 - t * t * (3 - 2 * t))


@dataclass(frozen=True)
class Shift:
    """The same vector up to `HELD_M` from the crossing, fading over `EASING_M`."""

    vector: Floats

    def __call__(self, xy: Floats, way_m: Floats) -> Floats:
        """Return the displacement at some places, shape ``(n, 2)``."""
        part = fading(way_m, held_m=HELD_M, easing_m=EASING_M)
        return np.asarray(part[:, None] * self.vector + 0.0 * xy)


@dataclass(frozen=True)
class Turn:
    """A turn about a place, whole up to ``held_m`` from the crossing, none from `TURN_END_M`."""

    pivot: Floats
    angle_deg: float
    held_m: float

    def __call__(self, xy: Floats, way_m: Floats) -> Floats:
        """Return the displacement at some places, shape ``(n, 2)``."""
        part = fading(way_m, held_m=self.held_m, easing_m=TURN_END_M - self.held_m)
        angle = np.radians(self.angle_deg) * part
        cos, sin = np.cos(angle), np.sin(angle)
        x, y = (xy - self.pivot).T
        return np.asarray(np.column_stack([cos * x - sin * y, sin * x + cos * y]) - xy + self.pivot)


@dataclass(frozen=True)
class Field:
    """A smooth random field, correlated over `CORRELATION_M`, fading at the edge of the data.

    It is a sum of waves with normally distributed wave numbers, which has a Gaussian correlation.
    """

    sigma_m: float
    waves: Floats
    phase: Floats
    window: tuple[float, float, float, float]

    @classmethod
    def drawn(
        cls, rng: np.random.Generator, *, sigma_m: float, window: tuple[float, float, float, float]
    ) -> Field:
        """Draw a field by chance."""
        waves = rng.normal(0.0, 1.0 / CORRELATION_M, (2, WAVES, 2))
        return cls(sigma_m, waves, rng.uniform(0, 2 * np.pi, (2, WAVES)), window)

    def __call__(self, xy: Floats) -> Floats:
        """Return the displacement at some places, shape ``(n, 2)``."""
        left, bottom, right, top = self.window
        step = [np.cos(xy @ self.waves[k].T + self.phase[k]).sum(axis=1) for k in (0, 1)]
        edge = np.minimum.reduce(
            [xy[:, 0] - left, right - xy[:, 0], xy[:, 1] - bottom, top - xy[:, 1]]
        )
        fade = np.clip(edge / EDGE_M, 0, 1)[:, None]
        return np.asarray(self.sigma_m * np.sqrt(2 / WAVES) * fade * np.column_stack(step))

    def moved(self, xy: Floats) -> Floats:
        """Return the places where they come to lie."""
        return np.asarray(xy + self(xy))

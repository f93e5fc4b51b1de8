"""The boundary as a ruler: chainage along it, signed distance from it.

The sign of a distance (left positive, looking along the boundary) is taken from the
pseudo-normal of the nearest feature of the line, which is exact at vertices too, where the
normal of a single segment is not (Bærentzen and Aanæs, "Signed distance computation using the
angle weighted pseudonormal", 2005; in the plane the sum of the two unit normals does).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import LineString, MultiLineString

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """Where some points lie relative to the boundary.

    Parameters
    ----------
    distance_m
        Signed distance, shape ``(n,)``, left of the boundary positive.
    chainage_m
        Distance along the boundary of the nearest place on it, shape ``(n,)``.
    foot
        That place, shape ``(n, 2)``.
    direction
        Unit direction of the boundary there, shape ``(n, 2)``.
    """

    distance_m: Floats
    chainage_m: Floats
    foot: Floats
    direction: Floats


class Ruler:
    """The boundary, ready to be measured against.

    Parameters
    ----------
    line
        The boundary in a metric CRS. The parts of a multi-part line follow one another, each side
        on the same hand of all (`roadalign.docking.parts.turn_parts`).
    """

    def __init__(self, line: LineString | MultiLineString) -> None:
        parts = np.atleast_1d(shapely.get_parts(line))
        coordinates, part = shapely.get_coordinates(parts, return_index=True)
        inner = part[1:] == part[:-1]
        start, end = coordinates[:-1][inner], coordinates[1:][inner]
        length = np.hypot(*(end - start).T)
        real = length > 0
        self.line = line
        self.start, self.end = start[real], end[real]
        self.length_m = length[real]
        self.part = part[:-1][inner][real]
        self.direction = (self.end - self.start) / self.length_m[:, None]
        self.chainage_m = np.concatenate([[0.0], np.cumsum(self.length_m)[:-1]])
        self.total_m = float(self.length_m.sum())
        self.segments = np.asarray(
            shapely.linestrings(np.stack([self.start, self.end], axis=1)), dtype=object
        )
        self.tree = shapely.STRtree(self.segments)

    def read(self, points: Floats) -> Reading:
        """Measure points against the boundary.

        Parameters
        ----------
        points
            Coordinates, shape ``(n, 2)``, in the CRS of the line.
        """
        count = len(points)
        if count == 0:
            none = np.empty(0)
            return Reading(none, none, np.empty((0, 2)), np.empty((0, 2)))
        which, segment = self.tree.query_nearest(shapely.points(points), all_matches=True)
        offset = points[which] - self.start[segment]
        along = np.clip(
            np.einsum("ij,ij->i", offset, self.direction[segment]), 0, self.length_m[segment]
        )
        normal = np.stack([-self.direction[segment, 1], self.direction[segment, 0]], axis=1)
        pseudo = np.stack([np.bincount(which, normal[:, axis], count) for axis in (0, 1)], axis=1)
        first = np.unique(which, return_index=True)[1]
        segment, along = segment[first], along[first]
        foot = self.start[segment] + along[:, None] * self.direction[segment]
        away = points - foot
        side = np.where(np.einsum("ij,ij->i", away, pseudo) >= 0, 1.0, -1.0)
        return Reading(
            side * np.hypot(*away.T),
            self.chainage_m[segment] + along,
            foot,
            self.direction[segment],
        )

    def place(self, chainage_m: float) -> Floats:
        """Return the place on the boundary at a chainage, shape ``(2,)``."""
        last = len(self.chainage_m) - 1
        k = int(np.clip(np.searchsorted(self.chainage_m, chainage_m, side="right") - 1, 0, last))
        along = np.clip(chainage_m - self.chainage_m[k], 0.0, self.length_m[k])
        place: Floats = self.start[k] + along * self.direction[k]
        return place

    def crossings(self, lines: NDArray[np.object_]) -> tuple[NDArray[np.intp], Floats]:
        """Return where lines meet the boundary.

        Parameters
        ----------
        lines
            LineStrings, shape ``(n,)``.

        Returns
        -------
        line, measure_m
            For every meeting place the index of the line and the distance along it, by line
            and distance; places nearer than 1 mm to one another are one.
        """
        which, segment = self.tree.query(lines, predicate="intersects")
        met = shapely.intersection(lines[which], self.segments[segment])
        parts, index = shapely.get_parts(met, return_index=True)
        line = which[index]
        measure = shapely.line_locate_point(lines[line], shapely.centroid(parts))
        order = np.lexsort((measure, line))
        line, measure = line[order], measure[order]
        same = np.zeros(len(line), dtype=bool)
        same[1:] = (line[1:] == line[:-1]) & (np.diff(measure) < 0.001)  # noqa: PLR2004 (1 mm)
        return line[~same], measure[~same]

    def rays(self, origin: Floats, heading: Floats, *, reach_m: float) -> tuple[Floats, Floats]:
        """Follow headings until they meet the boundary.

        Parameters
        ----------
        origin, heading
            Points and unit directions, shape ``(n, 2)``.
        reach_m
            How far a ray goes.

        Returns
        -------
        distance_m, angle_deg
            Distance along each ray to the first meeting (NaN where it meets nothing) and the
            angle there between ray and boundary (0 to 90).
        """
        count = len(origin)
        distance, angle = np.full(count, np.nan), np.full(count, np.nan)
        if count == 0:
            return distance, angle
        rays = shapely.linestrings(np.stack([origin, origin + reach_m * heading], axis=1))
        which, segment = self.tree.query(rays, predicate="intersects")
        u, v = heading[which], self.direction[segment]
        cross = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
        away = self.start[segment] - origin[which]
        with np.errstate(divide="ignore", invalid="ignore"):
            along = (away[:, 0] * v[:, 1] - away[:, 1] * v[:, 0]) / cross
        order = np.argsort(-along, kind="stable")
        distance[which[order]] = along[order]
        angle[which[order]] = np.degrees(np.arcsin(np.clip(np.abs(cross), 0, 1)))[order]
        return distance, angle

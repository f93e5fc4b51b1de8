"""How well a layer lies on the existing roads, read as it is and read otherwise.

The score of a reading is the share of the layer's length near the boundary that lies within
`NEAR_M` of an existing road. Roads that are only planned lie on none, so a score says something
against the other scores, not alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.formats.nearby import within
from roadalign.georeferencing.crs import WGS84, systems_here, transformed
from roadalign.georeferencing.gcj02 import DATUMS
from roadalign.model.inspection import ReadingScore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from pyproj import CRS

    from roadalign.georeferencing.georeference import Georeference
    from roadalign.model.result import Boundary, Network

NEAR_M = 15.0
STEP_M = 25.0
MOST_POINTS = 20_000
BETTER_BY, LEAST_SHARE = 2.0, 0.3
"""A reading is better where its share is this many times that of the layer as it is, and this."""

OTHER_SYSTEMS = "EPSG:…"
"""Stands for all other systems where it fails to look them up."""

PROBLEM_CHARACTERS = 200
"""What is told of an error in a trial at most."""


def reading_scores(
    lines: NDArray[np.object_],
    placement: Georeference,
    *,
    numbers: tuple[float, float, float, float],
    network: Network,
    boundary: Boundary,
    band_m: float,
) -> tuple[ReadingScore, ...]:
    """Return the score of each way to read a layer, as it is first.

    Parameters
    ----------
    lines
        The layer's lines in its own numbers.
    placement
        How they are read.
    numbers
        Their bounds.
    network
        The existing roads.
    boundary
        The common line.
    band_m
        What is near it, in metres.
    """
    tree = shapely.STRtree(np.asarray(network.roads.geometry.array, dtype=object))
    scores = [
        _tried(name, partial(_score, name, lines, one, tree, boundary, band_m))
        for name, one in _plain_and_datums(placement)
    ]
    try:
        systems = list(_systems(placement, numbers, boundary))
    except Exception as problem:  # noqa: BLE001  (the readings tried so far stand)
        return (*scores, _failed(OTHER_SYSTEMS, problem))
    scores += [
        _tried(name, partial(_score, name, lines, one, tree, boundary, band_m))
        for name, one in systems
    ]
    return tuple(scores)


def better_reading(scores: tuple[ReadingScore, ...]) -> str | None:
    """Return the reading that explains a layer much better than the layer as it is, if any."""
    if not scores or scores[0].problem:
        return None
    best = max(scores, key=lambda one: one.share)
    clear = best.share >= LEAST_SHARE and best.share >= BETTER_BY * scores[0].share
    return best.reading if best.reading and clear else None


def _tried(name: str, score: Callable[[], ReadingScore]) -> ReadingScore:
    """Return the score of a reading; what fails there ends that trial alone, and is told."""
    try:
        return score()
    except Exception as problem:  # noqa: BLE001  (whatever it is, the layer as it is stands)
        return _failed(name, problem)


def _failed(name: str, problem: Exception) -> ReadingScore:
    said = f"{type(problem).__name__}: {problem}"[:PROBLEM_CHARACTERS]
    return ReadingScore(reading=name, share=0.0, length_km=0.0, problem=said)


def _plain_and_datums(placement: Georeference) -> Iterator[tuple[str, Georeference]]:
    yield "", placement
    for datum in DATUMS:
        if datum != placement.datum:
            yield datum, replace(placement, datum=datum)


def _systems(
    placement: Georeference, numbers: tuple[float, float, float, float], boundary: Boundary
) -> Iterator[tuple[str, Georeference]]:
    lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
    for code in systems_here(placement.turned(numbers), (lon, lat)):
        crs: CRS = type(placement.crs).from_epsg(code)
        if crs != placement.crs:
            yield f"EPSG:{code}", replace(placement, crs=crs, datum="")


def _score(
    name: str,
    lines: NDArray[np.object_],
    placement: Georeference,
    tree: shapely.STRtree,
    boundary: Boundary,
    band_m: float,
) -> ReadingScore:
    placed = placement.lines(lines, boundary.crs)
    near = placed[within(placed, boundary, distance_m=band_m)]
    length_m = shapely.length(near)
    counts = np.maximum((length_m / STEP_M).astype(int), 1)
    if not len(near):
        return ReadingScore(reading=name, share=0.0, length_km=0.0)
    owner = np.repeat(np.arange(len(near)), counts)
    place = np.concatenate([(np.arange(n) + 0.5) / n for n in counts.tolist()])
    every = max(1, len(owner) // MOST_POINTS)
    points = shapely.line_interpolate_point(near[owner[::every]], place[::every], normalized=True)
    on_road = np.unique(tree.query(points, predicate="dwithin", distance=NEAR_M)[0])
    return ReadingScore(
        reading=name,
        share=round(len(on_road) / len(points), 3),
        length_km=round(float(length_m.sum()) / 1000, 1),
    )

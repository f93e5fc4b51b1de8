"""Where every feature of a file really lies, as its own coordinates say.

A spatial index, a box written beside a geometry and a count in a heading are each written once and
may be old or damaged; a reader that believes them leaves roads out without a word. Here the boxes
are taken from the coordinates themselves, for all features at once, and what else the file says is
compared with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from roadalign.formats.line_parts import LARGEST
from roadalign.model.run import InputNote
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from roadalign.georeferencing.crs import Bounds

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int64]
    Boxes = NDArray[np.float64]

_BLOCK_RUNS = 50_000  # so many lines at a time, so that memory stays bounded
_WORD = 8  # bytes of a coordinate
_CLOSE = 1e-9


@dataclass(frozen=True)
class Content:
    """The features of a layer, whatever its index says.

    Parameters
    ----------
    ids
        Their numbers as the reader knows them, ascending.
    boxes
        West, south, east, north of each in the layer's own numbers; NaN where it has no place.
    notes
        What does not fit together in the file.
    doubtful
        Boxes that the file states elsewhere for the same features, and which hold `boxes`; where
        the two differ a feature is near if either is.
    unsure
        Features whose coordinates do not tell how far they reach, such as arcs.
    """

    ids: Places
    boxes: Boxes
    notes: tuple[InputNote, ...] = ()
    doubtful: Boxes | None = None
    unsure: NDArray[np.bool_] | None = None

    @property
    def bounds(self) -> Bounds | None:
        """Return the bounds of all features that have a place."""
        placed = self.boxes[_placed(self.boxes)]
        if not len(placed):
            return None
        west, south = placed[:, :2].min(axis=0).tolist()
        east, north = placed[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    def near(self, mask: BaseGeometry) -> NDArray[np.bool_]:
        """Return which features may touch an area.

        One without a place may, so that it is told, and so may one whose reach is not known.

        Parameters
        ----------
        mask
            The area, in the layer's own numbers.
        """
        placed = _placed(self.boxes)
        west, south, east, north = mask.bounds
        boxes = self.boxes if self.doubtful is None else self.doubtful
        with np.errstate(invalid="ignore"):
            hit = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
            hit &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south) & placed
        some = np.flatnonzero(hit)
        shapely.prepare(mask)
        hit[some] = shapely.intersects(mask, shapely.box(*boxes[some].T))
        return hit | ~placed if self.unsure is None else hit | ~placed | self.unsure


def damage_note(layer: str, key: str, count: int, **more: object) -> InputNote:
    """Return the note that something in a file may be lost or wrong.

    Parameters
    ----------
    layer
        Name of the layer.
    key
        Of the message in ``notes.toml``.
    count
        How many features.
    """
    return InputNote("I04", Severity.MISMATCH, key, {"layer": layer, "count": count, **more}, count)


def index_note(layer: str, *, lacking: int, more: int, elsewhere: int) -> InputNote:
    """Return the note that a spatial index does not fit its table.

    Parameters
    ----------
    layer
        Name of the layer.
    lacking, more, elsewhere
        Features that the index lacks, that only the index knows, and that it has elsewhere.
    """
    values: dict[str, object] = {
        "layer": layer,
        "lacking": lacking,
        "more": more,
        "elsewhere": elsewhere,
    }
    # What only the index knows may have been lost from the table; the rest changes nothing.
    severity = Severity.MISMATCH if more else Severity.NOTICE
    return InputNote("I04", severity, "index_differs", values, lacking + more + elsewhere)


def outside(boxes: Boxes, stated: Boxes, *, slack: float = _CLOSE) -> NDArray[np.bool_]:
    """Return which boxes are not held by those stated; one without a place is held by any.

    Parameters
    ----------
    boxes
        From the coordinates.
    stated
        What the file says of the same features.
    slack
        Share of a coordinate by which the two may differ, written in other digits.
    """
    room = max(slack, _CLOSE) * np.abs(boxes)
    low, high = boxes[:, :2], boxes[:, 2:]
    with np.errstate(invalid="ignore"):
        held = (stated[:, :2] <= low + room[:, :2]).all(axis=1)
        held &= (stated[:, 2:] >= high - room[:, 2:]).all(axis=1)
    return np.asarray(~held & _placed(boxes), dtype=bool)


class Runs(NamedTuple):
    """Coordinates that follow each other in a file: one line, or one part of one.

    Parameters
    ----------
    owner
        Number of the feature each belongs to.
    at
        Byte where the first coordinate begins.
    points
        How many.
    numbers
        Numbers of a point: 2, or more with heights and measures.
    """

    owner: Places
    at: Places
    points: Places
    numbers: Places


def boxes_of(data: Bytes, runs: Runs, *, features: int) -> Boxes:
    """Return the box of each feature, NaN for one without a point.

    Parameters
    ----------
    data
        The bytes of the file.
    runs
        Where its coordinates stand; all inside the file.
    features
        How many features there are.
    """
    found = np.full((features, 4), np.nan)
    low = np.full((features, 2), np.inf)
    high = np.full((features, 2), -np.inf)
    held = runs.points > 0
    runs = Runs(*(one[held] for one in runs))
    kinds = runs.at % _WORD + _WORD * runs.numbers
    for kind in np.unique(kinds):
        same = np.flatnonzero(kinds == kind)
        shift, numbers = int(kind % _WORD), int(kind // _WORD)
        values = np.frombuffer(data, "<f8", (len(data) - shift) // _WORD, shift)
        for start in range(0, len(same), _BLOCK_RUNS):
            some = same[start : start + _BLOCK_RUNS]
            count = runs.points[some]
            ends = np.cumsum(count)
            begins = ends - count
            first = (runs.at[some] - shift) // _WORD
            place = np.repeat(first - numbers * begins, count) + numbers * np.arange(ends[-1])
            owner = runs.owner[some]
            for axis in (0, 1):
                along = values[place + axis]
                # NaN goes through: such a feature has no place, and is told.
                np.minimum.at(low[:, axis], owner, np.minimum.reduceat(along, begins))
                np.maximum.at(high[:, axis], owner, np.maximum.reduceat(along, begins))
    drawn = np.zeros(features, dtype=bool)
    drawn[runs.owner] = True
    found[drawn] = np.hstack([low, high])[drawn]
    return found


def whole_numbers(data: Bytes, at: Places, *, form: str) -> NDArray[np.int64]:
    """Return the whole numbers that stand at some bytes.

    Parameters
    ----------
    data
        The bytes of the file.
    at
        Where each begins; all inside the file.
    form
        Type as numpy writes it, e.g. ``"<u4"``.
    """
    width = np.dtype(form).itemsize
    raw = np.ascontiguousarray(data[at[:, None] + np.arange(width)])
    return np.asarray(raw.view(form).ravel(), dtype=np.int64)


def _placed(boxes: Boxes) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(boxes) <= LARGEST).all(axis=1), dtype=bool)

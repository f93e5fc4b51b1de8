"""Boxes of geometries in well-known binary, and whether the counts in them fit their length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.formats.integrity.content import Runs, boxes_of, whole_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.integrity.content import Boxes, Bytes, Places

_HEADING = 9  # byte order, kind, and how many points or parts
_LINE, _LINES = 2, 5
_ARCS, _LAST_ARC = 8, 14  # kinds of curves, which only GDAL reads
_SRID = 0x20000000
_MOST_NUMBERS = 4


def wkb_boxes(
    data: Bytes, starts: Places, ends: Places
) -> tuple[Boxes, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the box of each geometry, whether it is whole, and whether it holds arcs.

    Lines and groups of lines are looked through all at once; others, one by one, by GEOS.

    Parameters
    ----------
    data
        Bytes that hold the geometries.
    starts, ends
        Where each begins and ends; equal for a missing one, which is whole and has no box. One that
        holds arcs has none either: an arc reaches further than its points.
    """
    held = ends - starts >= _HEADING
    code, numbers = _kinds(data, starts, held)
    runs: list[Runs] = []
    place = starts.copy()
    left = np.where(held & (code == _LINE), 1, 0)
    grouped = np.flatnonzero(held & (code == _LINES))
    left[grouped] = whole_numbers(data, starts[grouped] + 5, form="<u4")
    place[grouped] += _HEADING
    whole = (ends == starts) | (held & np.isin(code, (_LINE, _LINES)))
    lines = np.isin(code, (_LINE, _LINES)) & held
    while True:
        todo = np.flatnonzero((left > 0) & whole)
        if not len(todo):
            break
        inside = place[todo] + _HEADING <= ends[todo]
        whole[todo[~inside]] = False
        todo = todo[inside]
        inner, inner_numbers = _kinds(data, place[todo], np.ones(len(todo), dtype=bool))
        count = whole_numbers(data, place[todo] + 5, form="<u4")
        end = place[todo] + _HEADING + 8 * count * numbers[todo]
        fits = (inner == _LINE) & (inner_numbers == numbers[todo]) & (end <= ends[todo])
        whole[todo[~fits]] = False
        good = todo[fits]
        runs.append(Runs(good, place[good] + _HEADING, count[fits], numbers[good]))
        place[good] = end[fits]
        left[good] -= 1
    whole[lines] &= (place == ends)[lines]
    gathered = Runs(*(np.concatenate(part) for part in zip(*runs, strict=True))) if runs else None
    if gathered is None:
        boxes = np.full((len(starts), 4), np.nan)
    else:
        boxes = boxes_of(data, gathered, features=len(starts))
    boxes[lines & ~whole] = np.nan
    curved = (code >= _ARCS) & (code <= _LAST_ARC)
    whole |= curved
    for row in np.flatnonzero(~lines & ~curved & (ends > starts)):
        boxes[row], whole[row] = _single(bytes(data[starts[row] : ends[row]]))
    return boxes, whole, curved


def _kinds(
    data: Bytes, at: Places, held: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the kind of each geometry, -1 where it is none to look through, and its numbers."""
    code = np.full(len(at), -1, dtype=np.int64)
    numbers = np.full(len(at), 2, dtype=np.int64)
    little = held.copy()
    little[held] = data[at[held]] == 1
    stated = whole_numbers(data, at[little] + 1, form="<u4")
    flat = stated & 0x0FFFFFFF
    thousands = flat // 1000
    more = np.where(thousands == 3, 2, thousands) if len(flat) else thousands  # noqa: PLR2004
    more = np.where(thousands == 2, 1, more)  # noqa: PLR2004
    more = more + ((stated >> 31) & 1) + ((stated >> 30) & 1)
    known = (thousands <= 3) & (2 + more <= _MOST_NUMBERS) & ((stated & _SRID) == 0)  # noqa: PLR2004
    code[little] = np.where(known, flat % 1000, -1)
    numbers[little] = np.where(known, 2 + more, 2)
    return code, numbers


def _single(blob: bytes) -> tuple[tuple[float, ...], bool]:
    shape = shapely.from_wkb(blob, on_invalid="ignore")
    if shape is None:
        return (np.nan,) * 4, False
    again = (
        shapely.to_wkb(shape, output_dimension=4, flavor="iso"),
        shapely.to_wkb(shape, output_dimension=4, include_srid=True),
    )
    whole = len(blob) in {len(one) for one in again}
    return tuple(shapely.bounds(shape).tolist()), whole

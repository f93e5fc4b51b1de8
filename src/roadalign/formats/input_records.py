"""What is recorded of an input, and whether a file is still the one it was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from roadalign.errors import InputError
from roadalign.formats.sources import find_layers
from roadalign.model.run import InputNote, InputRecord
from roadalign.model.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from roadalign.formats.layers import Layer
    from roadalign.formats.sources import Source

_BLOCK_BYTES = 1 << 20


def layer_record(
    layer: Layer,
    *,
    role: str,
    crs: str,
    crs_how: str,
    features_read: int,
    parts: int,
    notes: Sequence[InputNote],
    fields: dict[str, str] | None = None,
) -> InputRecord:
    """Return the record of one layer that was read.

    Parameters
    ----------
    layer
        The layer.
    role
        ``"a"``, ``"b"``, ``"boundary"``, ``"network"`` or ``"constraint"``.
    crs, crs_how
        The coordinate system it was read in, and how that is known.
    features_read, parts
        Features near the boundary, and their parts.
    notes
        What was noticed, beside what the layer notes itself.
    fields
        Canonical column to source field, where fields are mapped.
    """
    return InputRecord(
        role=Role(role),
        path=layer.source.label,
        layer=layer.source.layer,
        size_bytes=size_bytes(layer.source.files),
        sha256=checksum(layer.source.files),
        driver=layer.driver,
        crs=crs,
        crs_how=crs_how,
        encoding=layer.encoding.name,
        encoding_how=layer.encoding.how,
        features_total=layer.features,
        features_read=features_read,
        parts=parts,
        fields=fields or {},
        notes=(*layer.notes, *notes),
    )


def fingerprint(source: Source) -> str:
    """Return a SHA-256 that is equal for equal content, whatever the files are called.

    Parameters
    ----------
    source
        As `roadalign.formats.sources.find_layers` takes it.

    Returns
    -------
    str
        Hexadecimal digest over the contents, and over the names of layers chosen inside files
        that hold several: two layers of one GeoPackage differ.
    """
    digests = []
    for layer in find_layers(source):
        whole = hashlib.sha256()
        if layer.frame is not None:
            for shape in shapely.to_wkb(layer.frame.geometry.array):
                whole.update(shape or b"-")
        else:
            whole.update((checksum(layer.files) or "").encode())
            # Two layers of one file differ, whether it is a GeoPackage or an archive.
            whole.update((layer.gdal_layer or "").encode())
            whole.update(layer.opened.partition("}/")[2].encode())
        digests.append(whole.hexdigest())
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def checksum(files: Iterable[Path]) -> str | None:
    """Return the SHA-256 over the contents of some files in their order, ``None`` for none.

    Files that stay the same are read once: a plan may be read several times in one run.
    """
    states = [(path, path.stat()) for path in files]
    marks = tuple((path, at.st_size, at.st_mtime_ns, at.st_ino) for path, at in states)
    return _digest(marks) if marks else None


@lru_cache(maxsize=256)
def _digest(marks: tuple[tuple[Path, int, int, int], ...]) -> str:
    whole = hashlib.sha256()
    for path, *_ in marks:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                whole.update(block)
    return whole.hexdigest()


@dataclass(frozen=True)
class Stamp:
    """Size, time and number of each file of some sources at one moment.

    Parameters
    ----------
    label
        The file as the user named it.
    marks
        What would differ if it were written to or replaced.
    """

    label: str
    marks: tuple[tuple[str, int, int, int], ...]


def stamps(sources: Iterable[Source]) -> list[Stamp]:
    """Return the stamps of all files behind some sources, to be compared with later ones.

    Raises
    ------
    InputError
        As `find_layers`; ``input_changed`` where a file is gone.
    """
    found = []
    for source in sources:
        for layer in find_layers(source):
            try:
                states = [(str(path), path.stat()) for path in layer.files]
            except OSError:
                raise InputError("input_changed", where=layer.label) from None
            marks = tuple((name, at.st_size, at.st_mtime_ns, at.st_ino) for name, at in states)
            found.append(Stamp(layer.label, marks))
    return found


def refuse_changed(sources: Iterable[Source], before: list[Stamp]) -> None:
    """Raise where a file behind some sources is not the one it was.

    Parameters
    ----------
    sources
        The same sources.
    before
        Their stamps before reading, see `stamps`.

    Raises
    ------
    InputError
        ``input_changed``, naming the file.
    """
    try:
        now = stamps(sources)
    except InputError as problem:
        raise InputError("input_changed", where=problem.where) from None
    for old, new in zip(before, now, strict=False):
        if old != new:
            raise InputError("input_changed", where=old.label)
    if len(now) != len(before):
        raise InputError("input_changed", where=(before or now)[-1].label)


def size_bytes(files: Iterable[Path]) -> int | None:
    """Return the bytes of some files together, ``None`` for none."""
    sizes = [path.stat().st_size for path in files]
    return sum(sizes) if sizes else None

"""The bytes of the files a layer stands in, on disk or in an archive."""

from __future__ import annotations

import mmap
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from roadalign.formats import gdal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadalign.formats.integrity.content import Bytes
    from roadalign.formats.layer_source import LayerSource

_ZIPPED = "/vsizip/"


def is_zipped(source: LayerSource) -> bool:
    """Whether a layer stands in an archive."""
    return source.opened.startswith(_ZIPPED)


def path_of(source: LayerSource) -> str:
    """Return the file that is opened: its path, or its name inside the archive."""
    return source.opened.partition("}/")[2] if is_zipped(source) else gdal.path_of(source.opened)


def beside(source: LayerSource, *suffixes: str) -> str | None:
    """Return the file of the same name with one of some endings, ``None`` where there is none.

    Parameters
    ----------
    source
        The layer.
    suffixes
        In small letters; files may spell theirs otherwise.
    """
    path = path_of(source)
    stem = path.rpartition(".")[0]
    if is_zipped(source):
        with zipfile.ZipFile(source.files[0]) as archive:
            names = archive.namelist()
    else:
        names = [str(other) for other in Path(path).parent.iterdir()]
    wanted = {f"{stem}{suffix}".casefold() for suffix in suffixes}
    return next((name for name in sorted(names) if name.casefold() in wanted), None)


@contextmanager
def bytes_of(source: LayerSource, path: str) -> Iterator[Bytes]:
    """Give the bytes of a file; those on disk are looked at where they are.

    Parameters
    ----------
    source
        The layer.
    path
        As `path_of` or `beside` return it.
    """
    if is_zipped(source):
        with zipfile.ZipFile(source.files[0]) as archive:
            yield np.frombuffer(archive.read(path), dtype=np.uint8)
        return
    with Path(path).open("rb") as file:
        if not file.seek(0, 2):
            yield np.zeros(0, dtype=np.uint8)
            return
        view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # Arrays may still look at the map when this ends; it closes with the last of them.
        yield np.frombuffer(view, dtype=np.uint8)

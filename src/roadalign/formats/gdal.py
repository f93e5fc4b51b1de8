"""The one door to GDAL: only the drivers of ``standards/formats.toml``, and no network.

GDAL asks each of some sixty drivers whether a file is theirs; some of them fetch what a file names,
run what it says, or open other files. Two locks keep that out: the drivers that are not needed are
taken away from the process, and GDAL's HTTP gets a proxy of a kind that does not exist, so that it
gives up before it looks up or connects to any host.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pyogrio
import pyogrio.core
from pyogrio.errors import DataLayerError

from roadalign.errors import InputError, printable
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOWHERE = "nowhere://0"
_NO_NETWORK = {
    "GDAL_HTTP_PROXY": _NOWHERE,
    "GDAL_HTTPS_PROXY": _NOWHERE,
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "/nothing",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_DOWNLOAD_WFS_SCHEMA": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GDAL_ALLOW_REMOTE_RESOURCE_TO_ACCESS_LOCAL_FILE": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "OGR_SQLITE_LIST_VIRTUAL_OGR": "NO",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
}
_PAST_THE_PROXY = ("no_proxy", "NO_PROXY", "PROJ_NETWORK")
_MISREAD = re.compile(r"[\x00-\x1f\x7f!]")
_ARCHIVE = "/vsizip/"


def gdal_name(path: Path, *, label: str) -> str:
    """Return how to name a file to GDAL so that it reads this file and no other.

    Parameters
    ----------
    path
        The file.
    label
        How to name it in an error.

    Raises
    ------
    InputError
        ``name_misread`` where readers take a part of the path for something else.
    """
    whole = str(path.absolute())
    _refuse_misread(whole, _MISREAD, label)
    # pyogrio reads a plain path as an address and loses what follows a semicolon; not so of this.
    return f"file://{whole}" if os.sep == "/" else whole


def gdal_name_in_archive(archive: Path, entry: str, *, label: str) -> str:
    """Return how to name an entry of an archive to GDAL; like `gdal_name`."""
    whole = str(archive.resolve())
    _refuse_misread(whole, re.compile(r"[\x00-\x1f\x7f{}]"), label)
    _refuse_misread(entry, re.compile(r"[\x00-\x1f\x7f]"), label)
    return f"{_ARCHIVE}{{{whole}}}/{entry}"


def path_of(opened: str) -> str:
    """Return the path of a file that is named to GDAL; an entry of an archive stays as it is."""
    return opened.removeprefix("file://")


def list_layers(opened: str) -> Any:
    """Return the layers of a file and their kinds of geometry, see `pyogrio.list_layers`.

    Parameters
    ----------
    opened
        A file as `gdal_name` or `gdal_name_in_archive` names it.
    """
    with _locked():
        if _opening(opened):
            return list(_one_by_one(opened))
        return pyogrio.list_layers(opened)


def read_info(opened: str, **options: Any) -> dict[str, Any]:
    """Return what a layer says of itself, see `pyogrio.read_info`.

    Parameters
    ----------
    opened
        A file as `gdal_name` or `gdal_name_in_archive` names it.
    **options
        As pyogrio takes them.

    Raises
    ------
    InputError
        ``other_driver`` where a driver took the file that may not open files of its ending.
    """
    with _locked():
        info: dict[str, Any] = pyogrio.read_info(opened, **options, **_opening(opened))
    suffix = PurePath(opened).suffix.lower()
    if info["driver"] not in drivers_of(suffix):
        raise InputError(
            "other_driver", where=path_of(opened), suffix=suffix, driver=info["driver"]
        )
    return info


def read_dataframe(opened: str, **options: Any) -> Any:
    """Return features, see `pyogrio.read_dataframe`; to be called after `read_info`."""
    with _locked():
        return pyogrio.read_dataframe(opened, **options, **_opening(opened))


@cache
def drivers_of(suffix: str) -> frozenset[str]:
    """Return GDAL's drivers that may open a file of an ending (lower case, with its dot)."""
    formats = table("formats")["format"].values()
    return frozenset(
        name for one in formats if suffix in one["suffixes"] for name in one["drivers"]
    )


def _opening(opened: str) -> dict[str, str]:
    """Return what keeps GDAL from writing beside a file: of GML it notes the fields it found."""
    return {"WRITE_GFS": "NO"} if opened.lower().endswith(".gml") else {}


def _one_by_one(opened: str) -> Iterator[tuple[str, str | None]]:
    """Yield name and kind of each layer; pyogrio's own list cannot be told how to open."""
    for number in count():
        try:
            info = pyogrio.read_info(opened, layer=number, **_opening(opened))
        except DataLayerError:
            return
        yield str(info["layer_name"]), info["geometry_type"]


@contextmanager
def _locked() -> Iterator[None]:
    """Take the network away from GDAL for as long as it reads.

    What the user excepts from proxies in the environment would be asked past ours, and so would the
    servers of PROJ's grids.
    """
    kept = {name: os.environ.pop(name) for name in _PAST_THE_PROXY if name in os.environ}
    before = {name: pyogrio.get_gdal_config_option(name) for name in _NO_NETWORK}
    pyogrio.set_gdal_config_options(_NO_NETWORK)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)
        os.environ.update(kept)


def _leave_only(names: frozenset[str]) -> None:
    """Unregister all other drivers of this process."""
    others = sorted(set(pyogrio.list_drivers()) - names)
    pyogrio.set_gdal_config_options({"OGR_SKIP": ",".join(others)})
    # GDAL looks at what to leave out each time it is asked to register all.
    pyogrio.core._register_drivers()  # noqa: SLF001
    pyogrio.set_gdal_config_options({"OGR_SKIP": None})


def _refuse_misread(text: str, signs: re.Pattern[str], label: str) -> None:
    if printable(text) != text:
        raise InputError("not_utf8", where=label)
    found = signs.search(text)
    if found:
        raise InputError("name_misread", where=label, sign=ascii(found[0])[1:-1])


_leave_only(
    frozenset(table("formats")["registered"]["drivers"]).union(
        *(one["drivers"] for one in table("formats")["format"].values())
    )
)

"""Tiles behind the map: which, from where, in which coordinates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from roadalign.errors import InputError
from roadalign.standards import table

NONE = "none"
HIDDEN = "***"
KEY = re.compile(r"[0-9A-Za-z_-]{8,64}")
HOST = re.compile(r"[0-9A-Za-z.-]+(:\d{1,5})?")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NEEDED, ALLOWED = {"x", "y", "z"}, {"x", "y", "z", "r"}
CUSTOM_ZOOM = 19


@dataclass(frozen=True)
class Basemap:
    """One background map.

    Parameters
    ----------
    urls
        Templates of its layers, lowest first.
    hosts
        What stands for ``{s}``.
    datum
        ``"wgs84"`` or ``"gcj02"``.
    largest_zoom
        Where its tiles end.
    attribution
        Whom to name; text.

    Raises
    ------
    InputError
        If an address does not lead to a plain host over HTTP: a page allows these origins.
    """

    urls: tuple[str, ...]
    hosts: tuple[str, ...]
    datum: str
    largest_zoom: int
    attribution: str

    def __post_init__(self) -> None:
        """Refuse what no page may be allowed to ask."""
        for url in self.urls:
            if not self.hosts or not all(_is_web(url.replace("{s}", one)) for one in self.hosts):
                raise _unknown(url)

    @property
    def origins(self) -> tuple[str, ...]:
        """Scheme and host of everything that is asked, each once."""
        filled = [url.replace("{s}", host) for url in self.urls for host in self.hosts]
        parts = [urlsplit(url) for url in filled]
        return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))


def parse_basemap(given: str) -> Basemap | None:
    """Return the background map that a setting names.

    Parameters
    ----------
    given
        ``"none"``, a name of ``standards/basemaps.toml`` (with ``:KEY`` where its tiles need one),
        or the address of tiles with ``{z}``, ``{x}`` and ``{y}``.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if given in {"", NONE}:
        return None
    known = table("basemaps")
    name, _, key = given.partition(":")
    if name in known:
        return _named_basemap(known[name], name, key)
    return _custom(given)


def without_key(given: str) -> str:
    """Return a setting as it may be written down: no key, of an address only the host."""
    if given in {"", NONE} or given in table("basemaps"):
        return given
    name, _, _ = given.partition(":")
    if name in table("basemaps"):
        return f"{name}:{HIDDEN}"
    part = urlsplit(given)
    return f"{part.scheme}://{part.netloc.rpartition('@')[2]}/{HIDDEN}"


def _named_basemap(row: dict[str, object], name: str, key: str) -> Basemap:
    urls = [str(url) for url in row["url"]]  # type: ignore[attr-defined]
    needs = any("{key}" in url for url in urls)
    if needs and not KEY.fullmatch(key):
        raise InputError("basemap_key", where=f"basemap {name}", name=name)
    if key and not needs:
        raise _unknown(f"{name}:{HIDDEN}")
    return Basemap(
        urls=tuple(url.replace("{key}", key) for url in urls),
        hosts=tuple(row["hosts"]),  # type: ignore[arg-type]
        datum=str(row["datum"]),
        largest_zoom=int(str(row["largest_zoom"])),
        attribution=str(row["attribution"]),
    )


def _custom(given: str) -> Basemap:
    found = set(PLACEHOLDER.findall(given))
    if not _is_web(given) or not found >= NEEDED or not found <= ALLOWED:
        raise _unknown(given)
    return Basemap((given,), ("",), "wgs84", CUSTOM_ZOOM, urlsplit(given).netloc)


def _is_web(url: str) -> bool:
    """Return whether an address is one of a plain host over HTTP, and no other to a browser."""
    try:
        part = urlsplit(url)
    except ValueError:
        return False
    # a browser takes a backslash for a slash, and leaves out what is not printable
    plain = url.isprintable() and "\\" not in url and url.lower().startswith(f"{part.scheme}://")
    return plain and part.scheme in {"http", "https"} and bool(HOST.fullmatch(part.netloc))


def _unknown(given: str) -> InputError:
    # what stands behind a colon, before the host or after it may be somebody's key
    scheme, address, rest = given.partition("://")
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2]
    shown = f"{scheme}://{host}/{HIDDEN}" if address else given.partition(":")[0]
    return InputError("basemap_unknown", where="basemap", given=shown, known=_names())


def _names() -> str:
    return ", ".join([NONE, *table("basemaps")])

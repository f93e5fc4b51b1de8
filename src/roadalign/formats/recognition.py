"""What a file is, by its ending and by its content, before any reader sees it.

The table ``standards/formats.toml`` says what is read. A file whose content is of another kind
than its ending says is refused; one that only points at data elsewhere is refused with what it
points at.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from roadalign.errors import InputError
from roadalign.formats.markup import outermost
from roadalign.georeferencing.crs_text import names_files
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Opener = Callable[[], IO[bytes]]

_START_BYTES = 512
_CHUNK_BYTES = 4 << 20
_OVERLAP_BYTES = 64 << 10
_POINTER_BYTES = 64 << 20  # how far into a file of an odd kind we look for what it points at
_NEAR_BYTES = 512
_SHOWN_CHARS = 200
_BLANK = b" \t\r\n"
_MARKS = b"\xef\xbb\xbf"
_DECODER = json.JSONDecoder()


def _spelled(word: str) -> bytes:
    """Return a pattern for a word of JSON, each letter plain or as an escape."""
    letters = (rf"(?:{one}|\\u00(?i:{ord(one):02x}))" for one in word)
    return f"[\"']{''.join(letters)}[\"']".encode()


_CRS = re.compile(b"|".join(map(_spelled, ("crs", "coordRefSys", "spatialReference"))))
_HOLDS = re.compile(
    rb"[\"'](features|geometry|geometries|coordinates|objects|arcs|rings|paths)[\"']"
)
_POINTER = re.compile(
    rb"<(OGR(?:VRT|WFS|CSW)\w{0,40}|VRTDataset|GDAL_W\w{1,40}"
    rb"|\w{0,40}:?(?:WFS|WMS|WMTS|CSW)_?Capabilities)|"
    rb"(gdal_streamed_alg|tilejson|stac_version)|[\"'](links|tiles|collections|layers)[\"']",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(rb"<OGR(?:VRT|WFS|CSW)DataSource|gdal_streamed_alg", re.IGNORECASE)
# Every repetition has an end: a text made for it would keep an open one busy for hours.
_TARGET = re.compile(
    rb"<(?:SrcDataSource|SrcSQL|SrcLayer|SourceFilename|URL)\b[^>]{0,200}>\s{0,200}([^<]{1,400})|"
    rb"[\"']command_line[\"']\s{0,20}:\s{0,20}\"((?:[^\"\\]|\\.){1,400})|"
    rb"[\"']?(?:href|url|tiles)[\"']?\s{0,20}[:=]\s{0,20}\[?\s{0,20}[\"']([^\"']{1,400})|"
    rb"([a-z][\w+.-]{1,20}://(?!(?:www\.)?(?:opengis|w3)\.)[^\s\"'<>]{1,400})",
    re.IGNORECASE,
)
_JUST_ADDRESS = re.compile(
    r"(?:https?|ftp)://(?!(?:www\.)?opengis\.net/)|file:|/vsi", re.IGNORECASE
)
_SRS_NAME = re.compile(rb"srsName\s{0,200}(?:=|>)([^<>]{1,20000})", re.IGNORECASE)
_STATING = {".prj", ".gfs", ".fgb"}
_HEADING_BYTES = 1 << 20
_ELSEWHERE = re.compile(r"://(?!(?:www\.)?opengis\.net/)|/vsi|^file:", re.IGNORECASE)


def listed_suffixes() -> tuple[str, ...]:
    """Return the endings of all files that are read as layers, in the order of the table."""
    return tuple(
        suffix for one in table("formats")["format"].values() for suffix in one["suffixes"]
    )


def require_known_suffix(name: str, *, label: str) -> None:
    """Raise where files of this ending are not read.

    Parameters
    ----------
    name
        Name of the file.
    label
        How to name it in an error.

    Raises
    ------
    InputError
        ``format_unknown``.
    """
    suffix = PurePath(name).suffix
    if _by_suffix().get(suffix.lower()) is None:
        known = ", ".join((*listed_suffixes(), ".osm", ".osm.pbf"))
        raise InputError("format_unknown", where=label, suffix=suffix or "—", known=known)


def require_content(opener: Opener, *, name: str, label: str) -> None:
    """Raise where a file is not of the kind that its ending says, or points elsewhere.

    Parameters
    ----------
    opener
        Opens the file, or the entry of an archive, from its start.
    name
        Its name.
    label
        How to name it in an error.

    Raises
    ------
    InputError
        ``names_other_files``, ``format_unlike_name``, ``format_unknown``, ``markup_entities``.
    """
    suffix = PurePath(name).suffix.lower()
    kind = _by_suffix().get(suffix)
    if kind is None:
        _refuse_pointer(opener, label)
        require_known_suffix(name, label=label)
        return
    with opener() as stream:
        start = stream.read(_START_BYTES)
    if kind.get("json"):
        fits = start.removeprefix(_MARKS).lstrip(_BLANK)[:1] in (b"{", b"[", b"")
        if fits and not _holds_features(opener, label):
            _refuse_pointer(opener, label)
            return  # what else is wrong with it is for the reader to say
    elif "roots" in kind:
        root, link = outermost(opener, label=label, needs="Placemark" if suffix == ".kml" else None)
        fits = root is not None and (root in kind["roots"] or "*" in kind["roots"])
        if fits and link is not None:
            raise InputError("names_other_files", where=label, target=link[:_SHOWN_CHARS])
        if root is not None and _POINTER.match(f"<{root}".encode()):
            fits = False
    elif "begins" in kind:
        text = start.removeprefix(_MARKS).lstrip(_BLANK)
        fits = any(re.match(one.encode(), text, re.IGNORECASE) for one in kind["begins"])
    else:
        fits = any(start.startswith(bytes.fromhex(one)) for one in kind.get("starts", ()))
    if not fits:
        found = _by_start(start)
        if found is None:
            _refuse_pointer(opener, label)
        found = found or _first_letters(start)
        raise InputError("format_unlike_name", where=label, suffix=suffix, found=found)


def refuse_stated(opener: Opener, *, name: str, label: str) -> None:
    """Raise where a file states a coordinate system that names another file.

    GDAL opens what is named there in passing. Of JSON `require_content` looks.

    Parameters
    ----------
    opener, name, label
        See `require_content`; also of the files beside a shapefile or GML.

    Raises
    ------
    InputError
        ``crs_elsewhere``.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".gml":
        pieces = (piece.replace(b"\0", b"") for piece, _ in _chunks(opener))
        texts = [found[1] for piece in pieces for found in _SRS_NAME.finditer(piece)]
    elif suffix in _STATING:
        with opener() as stream:
            texts = [stream.read(_HEADING_BYTES)]
    else:
        return
    for raw in dict.fromkeys(texts):
        text = html.unescape(raw.decode("utf-8", errors="replace"))
        if names_files(text):
            shown = "".join(one for one in text[:_SHOWN_CHARS] if one.isprintable())
            raise InputError("crs_elsewhere", where=label, target=shown)


def refuse_pointer(opener: Opener, *, label: str) -> None:
    """Raise where a file that is no layer begins like a description of data elsewhere.

    Parameters
    ----------
    opener, label
        See `require_content`.

    Raises
    ------
    InputError
        ``names_other_files``.
    """
    with opener() as stream:
        start = stream.read(_OVERLAP_BYTES)
    text = start.replace(b"\0", b"").lstrip(_MARKS + b"\xff\xfe" + _BLANK)
    if text[:1] in (b"<", b"{") and _VIRTUAL.search(text):
        _refuse_pointer(opener, label)


@cache
def _by_suffix() -> dict[str, dict[str, Any]]:
    formats = table("formats")["format"].values()
    return {suffix: one for one in formats for suffix in one["suffixes"]}


def _by_start(start: bytes) -> str | None:
    """Return the name of the format that a file begins like."""
    for name, one in table("formats")["format"].items():
        if any(start.startswith(bytes.fromhex(hexa)) for hexa in one.get("starts", ())):
            return str(name)
    return None


def _first_letters(start: bytes) -> str:
    text = start.removeprefix(_MARKS).lstrip(_BLANK)[:20].decode("utf-8", errors="replace")
    return "".join(one if one.isprintable() else "�" for one in text) or "—"


def _chunks(opener: Opener, *, most: int | None = None) -> Iterator[tuple[bytes, int]]:
    """Yield pieces of a file that overlap, each with where its own part ends."""
    kept, read = b"", 0
    with opener() as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            read += len(chunk)
            piece = kept + chunk
            yield piece, max(len(piece) - _OVERLAP_BYTES, 0)
            kept = piece[-_OVERLAP_BYTES:]
            if most is not None and read >= most:
                break
    yield kept, len(kept)


def _holds_features(opener: Opener, label: str) -> bool:
    """Whether JSON holds features; raise where it names a coordinate system elsewhere."""
    holds = False
    for piece, end in _chunks(opener):
        if b"gdal_streamed_alg" in piece:
            return False
        holds = holds or _HOLDS.search(piece) is not None
        if not any(one in piece for one in (b"crs", b"RefSys", b"Reference", b"\\u00")):
            continue
        for found in _CRS.finditer(piece):
            if found.start() < end:
                _refuse_crs_elsewhere(piece, found.end(), label)
    return holds


def _refuse_crs_elsewhere(piece: bytes, place: int, label: str) -> None:
    """Raise where what follows a key names a coordinate system by an address.

    GDAL would fetch the address; what cannot be read here might be one for a laxer reader.
    """
    for length in (_NEAR_BYTES, _OVERLAP_BYTES):  # a few bytes are enough mostly; keys may be many
        after = piece[place : place + length].lstrip(_BLANK)
        if after[:1] in (b",", b"}", b"]"):
            return  # a value and no key
        after = after[1:].lstrip(_BLANK) if after[:1] == b":" else b""
        if after[:1] in (b"{", b"["):
            try:
                stated, _ = _DECODER.raw_decode(after.decode("utf-8", errors="ignore"))
            except (ValueError, RecursionError):
                continue
            _refuse_addresses(stated, label)
            return
        if after and after[:1] != b"/":
            text = after[1:_SHOWN_CHARS].partition(after[:1])[0].decode("utf-8", errors="replace")
            elsewhere = _JUST_ADDRESS.match(text) or names_files(text)
            if after[:1] in (b'"', b"'") and elsewhere:
                raise InputError("crs_elsewhere", where=label, target=text)
            return  # a field of this name
    raise InputError("crs_elsewhere", where=label, target="—")


def _refuse_addresses(stated: Any, label: str) -> None:
    for kind, target in _addresses(stated):
        if kind in ("link", "url") or _ELSEWHERE.search(target) or names_files(target):
            raise InputError("crs_elsewhere", where=label, target=target[:_SHOWN_CHARS])


def _addresses(stated: Any) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each way in which a system is named."""
    todo = [stated]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            kind = one.get("type")
            inner = one.get("properties")
            inside = inner if isinstance(inner, dict) else {}
            texts = [value for value in {**inside, **one}.values() if isinstance(value, str)]
            said = str(inside.get("href") or inside.get("url") or inside or "—")
            yield (kind.lower() if isinstance(kind, str) else ""), said
            yield from (("", text) for text in texts)
            todo += [value for value in one.values() if isinstance(value, dict | list)]


def _refuse_pointer(opener: Opener, label: str) -> None:
    """Raise where a file that holds no features says where some are."""
    points, target = False, None
    for piece, _ in _chunks(opener, most=_POINTER_BYTES):
        text = piece.replace(b"\0", b"")  # what is left of UTF-16
        points = points or _POINTER.search(text) is not None
        if points:
            found = _TARGET.search(text)
            target = next(one for one in found.groups() if one) if found else None
        if target is not None:
            break
    if points:
        shown = (target or b"?")[:_SHOWN_CHARS].decode("utf-8", errors="replace").strip()
        raise InputError("names_other_files", where=label, target=shown)

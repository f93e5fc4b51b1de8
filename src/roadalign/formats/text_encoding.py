"""Which encoding the texts of a shapefile's attribute file are in.

GDAL takes a file that does not say so for ISO-8859-1 and returns nonsense without a word. Chinese
texts are told apart by their bytes: GB18030 hardly ever passes as strict UTF-8.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from roadalign.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.layer_source import LayerSource

_DESCRIPTOR_BYTES = 32
_NAME_BYTES = 10  # a field name is cut here, in the middle of a character if need be
_END = 0x0D
_ASCII = 0x80
_HAN = re.compile("[一-鿿]{2}")
_CODE_PAGES = {"65001": "utf-8", "936": "gb18030", "54936": "gb18030", "950": "big5"}
_LATIN = "ISO-8859-1"


@dataclass(frozen=True)
class TextEncoding:
    """How the texts of a layer are to be read.

    Parameters
    ----------
    name
        Python's name of the encoding.
    how
        ``"stated"`` by the user, ``"cpg"`` by the file beside, ``"found"`` in the bytes,
        ``"ascii"`` where nothing needs decoding, ``"format"`` where the format knows.
    by_hand
        Whether names or values end in half a character, so that GDAL has to pass the bytes
        through and `decoded` has to read them.
    """

    name: str
    how: str
    by_hand: bool = False

    @property
    def gdal(self) -> str | None:
        """What to tell GDAL; ``None`` where the format knows."""
        if self.how == "format":
            return None
        return _LATIN if self.by_hand else self.name


FORMAT_KNOWS = TextEncoding("utf-8", "format")


def text_encoding(source: LayerSource, *, stated: str | None, where: str) -> TextEncoding:
    """Return the encoding of a layer's texts.

    Parameters
    ----------
    source
        The layer.
    stated
        What the user says; wins over everything.
    where
        How to name the setting in an error.

    Raises
    ------
    InputError
        If there is no encoding of the name stated.
    """
    given = None
    if stated is not None:
        given = _codec_name(stated)
        if given is None:
            raise InputError("bad_encoding", where=where, encoding=stated)
    if source.dbf is None:
        return FORMAT_KNOWS
    texts = _texts(_content(source, source.dbf))
    if given is not None:
        return TextEncoding(given, "stated", by_hand=not _decodes(texts, given, cut=False))
    declared = _declared(source)
    if declared is not None and _decodes(texts, declared, cut=True):
        return TextEncoding(declared, "cpg", by_hand=not _decodes(texts, declared, cut=False))
    if all(text.isascii() for text, _ in texts):
        return TextEncoding("utf-8", "ascii")
    name = "utf-8" if _decodes(texts, "utf-8", cut=True) else "gb18030"
    return TextEncoding(name, "found", by_hand=not _decodes(texts, name, cut=False))


def doubted(source: LayerSource, encoding: TextEncoding) -> str | None:
    """Return what the texts of a shapefile look like where that contradicts what was said.

    Parameters
    ----------
    source
        The layer.
    encoding
        What `text_encoding` returned for it.

    Returns
    -------
    str
        ``"utf-8"`` or ``"gb18030"``; ``None`` where nothing speaks against the encoding. UTF-8 is
        never doubted, and Chinese in an encoding of Western Europe always is.
    """
    if source.dbf is None or encoding.how not in ("stated", "cpg") or encoding.name == "utf-8":
        return None
    texts = _texts(_content(source, source.dbf))
    if all(text.isascii() for text, _ in texts):
        return None
    if _decodes(texts, "utf-8", cut=True):
        return "utf-8"
    western = encoding.name.startswith(("iso8859", "cp125", "cp437", "cp850", "ascii"))
    chinese = western and _decodes(texts, "gb18030", cut=True) and _mostly_han(texts)
    return "gb18030" if chinese else None


def _mostly_han(texts: list[tuple[bytes, bool]]) -> bool:
    """Whether most texts read as GB18030 hold Chinese words; accented letters make single ones."""
    others = [text.decode("gb18030", errors="ignore") for text, _ in texts if not text.isascii()]
    return 2 * sum(bool(_HAN.search(text)) for text in others) > len(others)


def decoded(frame: pd.DataFrame, encoding: TextEncoding) -> pd.DataFrame:
    """Return a table whose texts came through as ISO-8859-1 with names and texts decoded."""
    columns = {}
    for name in frame.columns:
        column = frame[name]
        if pd.api.types.is_string_dtype(column) or column.dtype == object:
            codes, unique = pd.factorize(column)
            texts = np.array([_one(text, encoding.name) for text in unique] + [None], dtype=object)
            column = pd.Series(texts[codes], index=frame.index)
        columns[_one(name, encoding.name)] = column
    return pd.DataFrame(columns, index=frame.index)


def decoded_name(name: str, encoding: TextEncoding) -> str:
    """Return one field name that came through as ISO-8859-1, half a character at its end cut."""
    return str(_one(name, encoding.name)) if encoding.by_hand else name


def _one(value: object, encoding: str) -> object:
    if not isinstance(value, str):
        return value
    return value.encode("latin-1", errors="ignore").decode(encoding, errors="ignore")


def _codec_name(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):  # no such name; no name at all
        return None


def _declared(source: LayerSource) -> str | None:
    if source.dbf is None:
        return None
    cpg = Path(source.dbf).with_suffix(".cpg")
    for candidate in (cpg, cpg.with_suffix(".CPG")):
        try:
            text = _content(source, str(candidate)).decode("ascii", errors="ignore").strip()
        except (KeyError, OSError):
            continue
        digits = text.split()[-1] if text else ""
        if digits in _CODE_PAGES:
            return _CODE_PAGES[digits]
        name = _codec_name(text) or _codec_name(f"cp{digits}")
        # GB18030 holds all of GBK and GB2312 and the rare characters of place names besides.
        return "gb18030" if name in ("gbk", "gb2312") else name
    return None


def _content(source: LayerSource, name: str) -> bytes:
    if source.opened.startswith("/vsizip/"):
        with zipfile.ZipFile(source.files[0]) as archive:
            return archive.read(name)
    return Path(name).read_bytes()


def _texts(content: bytes) -> list[tuple[bytes, bool]]:
    """Return names and unique non-ASCII texts, each with whether it fills its room."""
    # A file cut short promises more than it holds.
    header_length = min(int.from_bytes(content[8:10], "little"), len(content))
    record_length = int.from_bytes(content[10:12], "little")
    names: list[tuple[bytes, bool]] = []
    widths: list[tuple[int, int]] = []
    place, offset = _DESCRIPTOR_BYTES, 1
    while place + _DESCRIPTOR_BYTES <= header_length and content[place] != _END:
        descriptor = content[place : place + _DESCRIPTOR_BYTES]
        name = descriptor[:11].split(b"\0")[0]
        names.append((name, len(name) >= _NAME_BYTES))
        if descriptor[11:12] == b"C":
            # A text wider than 255 bytes keeps the rest of its width where decimals would stand.
            widths.append((offset, descriptor[16] + 256 * descriptor[17]))
            offset += descriptor[16] + 256 * descriptor[17]
        else:
            offset += descriptor[16]
        place += _DESCRIPTOR_BYTES
    if not record_length:
        return names
    count = (len(content) - header_length) // record_length
    body = np.frombuffer(content, np.uint8, count * record_length, header_length)
    rows = body.reshape(count, record_length)
    return names + [text for start, width in widths for text in _unique(rows, start, width)]


def _unique(rows: NDArray[np.uint8], start: int, width: int) -> list[tuple[bytes, bool]]:
    field = rows[:, start : start + width]
    field = np.ascontiguousarray(field[(field >= _ASCII).any(axis=1)])
    if not field.size:
        return []
    texts = np.unique(field.view(f"V{field.shape[1]}"))
    cut = (text.tobytes().rstrip(b" \0") for text in texts)
    return [(text, len(text) >= width - 1) for text in cut]


def _decodes(texts: list[tuple[bytes, bool]], encoding: str, *, cut: bool) -> bool:
    """Whether all texts decode; with `cut`, half a character at the end of a full room passes."""
    try:
        for text, full in texts:
            codecs.getincrementaldecoder(encoding)().decode(text, final=not (cut and full))
    except UnicodeDecodeError:
        return False
    return True

"""Archives with more, or less, in them than there should be."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

from benchmarks.robustness.pair import Call, good, save, side
from benchmarks.robustness.registry import refused, right

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ZEROS = b"\0" * (1 << 20)


def _parts(folder: Path) -> dict[str, bytes]:
    path = Path(save(side("a"), folder / "a.shp", encoding="UTF-8"))
    return {suffix: path.with_suffix(suffix).read_bytes() for suffix in _PARTS}


def _packed(folder: Path, content: dict[str, bytes], name: str = "a.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, data in content.items():
            archive.writestr(inner, data)
    return path


def _shapefile(folder: Path, inner: str = "a") -> Path:
    return _packed(folder, {inner + suffix: data for suffix, data in _parts(folder).items()})


@right()
def shapefile_in_a_folder(folder: Path) -> Call:
    return good(folder, a=str(_shapefile(folder, "规划/道路/a")))


@right()
def rubbish_of_other_systems(folder: Path) -> Call:
    content = {f"a{suffix}": data for suffix, data in _parts(folder).items()}
    content |= {"__MACOSX/._a.shp": b"\0\5\26\7", ".DS_Store": b"x", "Thumbs.db": b"x"}
    return good(folder, a=str(_packed(folder, content)))


@refused("no_vector_files", named="a.zip")
def nothing_inside(folder: Path) -> Call:
    return good(folder, a=str(_packed(folder, {})))


@refused("no_vector_files", named="a.zip")
def an_archive_inside(folder: Path) -> Call:
    inner = _shapefile(folder).read_bytes()
    return good(folder, a=str(_packed(folder, {"inner.zip": inner}, "outer-a.zip")))


@refused("file_empty", named="a.zip")
def of_no_bytes(folder: Path) -> Call:
    (folder / "a.zip").write_bytes(b"")
    return good(folder, a=str(folder / "a.zip"))


@refused("not_readable", named="a.zip")
def cut_in_half(folder: Path) -> Call:
    path = _shapefile(folder)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return good(folder, a=str(path))


@refused("archive_false", named="a.zip")
def with_a_damaged_entry(folder: Path) -> Call:
    path = _shapefile(folder)
    content = bytearray(path.read_bytes())
    for place in range(60, 90):
        content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    return good(folder, a=str(path))


@refused("format_unlike_name", named="a.zip")
def of_another_kind(folder: Path) -> Call:
    path = folder / "a.zip"
    path.write_bytes(b"Rar!\x1a\x07\x01\0" + bytes(200))
    return good(folder, a=str(path))


@refused("archive_entry_outside", named="a.zip")
def names_that_climb_out(folder: Path) -> Call:
    content = {f"../../outside/a{suffix}": data for suffix, data in _parts(folder).items()}
    return good(folder, a=str(_packed(folder, content)))


@refused("archive_entry_outside", named="a.zip")
def names_from_the_root(folder: Path) -> Call:
    content = {f"/tmp/a{suffix}": data for suffix, data in _parts(folder).items()}  # noqa: S108
    return good(folder, a=str(_packed(folder, content)))


@refused("file_cut_short", "shapefile_part_missing", named="a.zip/a.shp")
def without_an_index(folder: Path) -> Call:
    content = {f"a{suffix}": data for suffix, data in _parts(folder).items() if suffix != ".shx"}
    return good(folder, a=str(_packed(folder, content)))


@refused("file_cut_short", named="a.zip/a.shp")
def with_a_shapefile_cut_in_half(folder: Path) -> Call:
    content = {f"a{suffix}": data for suffix, data in _parts(folder).items()}
    content["a.shp"] = content["a.shp"][: len(content["a.shp"]) // 2]
    return good(folder, a=str(_packed(folder, content)))


@refused("archive_locked", named="a.zip")
def with_a_password(folder: Path) -> Call:
    path = _shapefile(folder)
    content = path.read_bytes()
    # The flag in both headings says "encrypted"; no need to encrypt for that.
    content = content.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0")
    content = content.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")
    path.write_bytes(content)
    return good(folder, a=str(path))


@refused("archive_too_large", named="a.zip")
def a_bomb_that_says_so(folder: Path) -> Call:
    path = folder / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.geojson", "w") as entry,
    ):
        for _ in range(80):
            entry.write(_ZEROS)
    return good(folder, a=str(path))


@refused("archive_false", "archive_too_large", named="a.zip")
def a_bomb_that_says_less(folder: Path) -> Call:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("a.geojson", _ZEROS * 80)
    true = struct.pack("<L", len(_ZEROS) * 80)
    path = folder / "a.zip"
    path.write_bytes(memory.getvalue().replace(true, struct.pack("<L", 1000)))
    return good(folder, a=str(path))


@refused("archive_too_large", named="a.zip")
def a_bomb_of_many_names_for_one_piece(folder: Path) -> Call:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("0.geojson", _ZEROS * 40)
        first = archive.filelist[0]
        for i in range(1, 400):
            copy = zipfile.ZipInfo(f"{i}.geojson")
            copy.header_offset, copy.CRC = first.header_offset, first.CRC
            copy.compress_type, copy.flag_bits = first.compress_type, first.flag_bits
            copy.compress_size, copy.file_size = first.compress_size, first.file_size
            archive.filelist.append(copy)
    return good(folder, a=str(path))


@right()
def the_same_entry_twice(folder: Path) -> Call:
    path = folder / "a.zip"
    parts = _parts(folder)
    with zipfile.ZipFile(path, "w") as archive:
        for suffix, data in parts.items():
            archive.writestr(f"a{suffix}", data)
    return good(folder, a=str(path))

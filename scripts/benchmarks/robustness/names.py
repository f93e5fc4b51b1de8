"""Files and folders whose names hold signs that readers take for something else."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING

from benchmarks.robustness.pair import Call, good, save, side
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from pathlib import Path


def _called(folder: Path, name: str) -> Call:
    """Return the good pair with side A's shapefile under a name (without its ending)."""
    save(side("a"), folder / "a.shp", encoding="UTF-8")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    for part in folder.glob("a.*"):
        part.rename(target.with_name(target.name + part.suffix))
    return good(folder, a=f"{target}.shp")


@right()
def a_semicolon(folder: Path) -> Call:
    return _called(folder, "plan;2027")


@right()
def question_mark_star_and_bars(folder: Path) -> Call:
    return _called(folder, "plan? *|{x}[1]#%41&")


@right()
def a_colon(folder: Path) -> Call:
    return _called(folder, "12:30 plan")


@right()
def a_plus(folder: Path) -> Call:
    return _called(folder, "east+west")


@right()
def a_plus_in_one_of_several(folder: Path) -> Call:
    table = side("a")
    parts = (table.iloc[:2], table.iloc[2:])
    names = [save(one, folder / f"{x}.gpkg") for one, x in zip(parts, ("n+s", "e+w"), strict=True)]
    return good(folder, a="+".join(names))


@right()
def a_plus_and_a_layer(folder: Path) -> Call:
    return good(folder, a=save(side("a"), folder / "n+s.gpkg", layer="roads") + ":roads")


@right()
def a_layer_with_a_plus(folder: Path) -> Call:
    return good(folder, a=save(side("a"), folder / "a.gpkg", layer="n+s") + ":n+s")


@right()
def blanks_at_the_end_of_the_stem(folder: Path) -> Call:
    return _called(folder, "plan  ")


@right()
def braces_and_a_semicolon_in_a_folder(folder: Path) -> Call:
    return _called(folder, "{a;b}/plan")


@refused("name_misread", named="\\n")
def a_line_break(folder: Path) -> Call:
    return _called(folder, "plan\n2027")


@refused("name_misread", named="!")
def an_exclamation_mark_in_a_folder(folder: Path) -> Call:
    return _called(folder, "new!/plan")


@refused("format_unknown", named="a.gpkg ")
def a_blank_behind_the_ending(folder: Path) -> Call:
    save(side("a"), folder / "x.gpkg")
    (folder / "x.gpkg").rename(folder / "a.gpkg ")
    return good(folder, a=str(folder / "a.gpkg "))


def _packed(folder: Path, archive: str, entry: str, *, mode: int = 0) -> Call:
    path = save(side("a"), folder / "x.gpkg", layer="x")
    (folder / archive).parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / archive, "w") as packed:
        info = zipfile.ZipInfo(entry)
        info.external_attr = mode << 16
        with open(path, "rb") as source, packed.open(info, "w") as target:  # noqa: PTH123
            shutil.copyfileobj(source, target)
    return good(folder, a=str(folder / archive))


@right()
def odd_signs_in_an_archive(folder: Path) -> Call:
    return _packed(folder, "a;b?.zip", "x;{y}!*|.gpkg")


@refused("name_misread", named="{")
def an_archive_in_a_folder_of_one_brace(folder: Path) -> Call:
    return _packed(folder, "a{b/a.zip", "x.gpkg")


@refused("name_misread", named="a.zip")
def a_line_break_in_an_archive(folder: Path) -> Call:
    return _packed(folder, "a.zip", "x\ny.gpkg")


@refused("archive_link", named="a.zip")
def a_link_in_an_archive(folder: Path) -> Call:
    return _packed(folder, "a.zip", "x.gpkg", mode=stat.S_IFLNK | 0o777)


@refused("archive_entries", named="a.zip")
def a_hundred_thousand_entries(folder: Path) -> Call:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for i in range(100_000):
            archive.writestr(f"{i}.txt", b"")
    return good(folder, a=str(folder / "a.zip"))


@refused("not_a_file", named="a.prj")
def a_pipe_beside_a_shapefile(folder: Path) -> Call:
    call = _called(folder, "a")
    (folder / "a.prj").unlink()
    os.mkfifo(folder / "a.prj")
    return call


@refused("not_a_file", named="a.gfs")
def a_pipe_beside_a_gml(folder: Path) -> Call:
    from benchmarks.robustness.hostile import gml  # noqa: PLC0415

    call = gml(folder)
    os.mkfifo(folder / "a.gfs")
    return call


@refused("not_a_file", named="a.geojson")
def a_device(folder: Path) -> Call:
    (folder / "a.geojson").symlink_to("/dev/zero")
    return good(folder, a=str(folder / "a.geojson"))


@refused("not_a_file", named="plans/b.gpkg")
def a_pipe_in_a_folder(folder: Path) -> Call:
    (folder / "plans").mkdir()
    save(side("a"), folder / "plans" / "a.gpkg")
    os.mkfifo(folder / "plans" / "b.gpkg")
    return good(folder, a=str(folder / "plans"))


@refused("not_a_file", named="line.gpkg")
def a_pipe_as_boundary(folder: Path) -> Call:
    os.mkfifo(folder / "line.gpkg")
    return good(folder, boundary=str(folder / "line.gpkg"))


@refused("not_a_file", named="c.gpkg")
def a_device_as_constraint(folder: Path) -> Call:
    (folder / "c.gpkg").symlink_to("/dev/zero")
    one = {"file": str(folder / "c.gpkg"), "kind": "farmland"}
    return good(folder, settings={"constraint": [one]})


@refused("file_empty", named="status.geojson")
def a_file_of_the_system(folder: Path) -> Call:
    (folder / "status.geojson").symlink_to("/proc/self/status")
    return good(folder, a=str(folder / "status.geojson"))

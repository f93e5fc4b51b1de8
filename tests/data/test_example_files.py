"""The files of the embedded example: what the script makes, and as awkward as promised."""

import shutil
import subprocess
import sys
from pathlib import Path

import pyogrio
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "jinshan-jiaxing"
SHAPE = FOLDER / "jinshan" / "jinshan_roads.shp"
MOST_BYTES = 400_000
SQLITE_VERSION = slice(96, 100)  # of the header of any SQLite file


def script(*words: str | Path) -> tuple[int, str]:
    made = subprocess.run(
        [sys.executable, ROOT / "scripts/make_sample_data", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.stderr == ""
    return made.returncode, made.stdout.strip()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "copy"))


def test_the_files_are_what_the_script_makes() -> None:
    assert script("--check") == (0, "the same")


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert script("--folder", tmp_path / name)[0] == 0
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    assert len(one) == 11
    assert sum(map(len, one.values())) < MOST_BYTES


def test_a_geopackage_of_another_sqlite_is_the_same(copy: Path) -> None:
    data = bytearray((copy / "jiaxing.gpkg").read_bytes())
    data[SQLITE_VERSION] = bytes([0, 1, 2, 3])
    (copy / "jiaxing.gpkg").write_bytes(data)
    assert script("--check", "--folder", copy) == (0, "the same")


def test_a_changed_value_a_missing_file_and_a_foreign_cpg_are_named(copy: Path) -> None:
    roads = pyogrio.read_dataframe(copy / "jiaxing.gpkg", layer="ghlw")
    roads.loc[0, "SJSS"] += 20
    pyogrio.write_dataframe(roads, copy / "jiaxing.gpkg", layer="ghlw")
    (copy / "align.toml").unlink()
    (copy / "jinshan" / "jinshan_roads.cpg").write_text("GBK", encoding="ascii")
    told = "different: align.toml, jiaxing.gpkg, jinshan/jinshan_roads.cpg"
    assert script("--check", "--folder", copy) == (1, told)


def test_a_line_moved_by_a_centimetre_is_named(copy: Path) -> None:
    roads = pyogrio.read_dataframe(copy / "jiaxing.gpkg", layer="ghlw")
    roads.geometry = roads.translate(0.01)
    pyogrio.write_dataframe(roads, copy / "jiaxing.gpkg", layer="ghlw")
    assert script("--check", "--folder", copy) == (1, "different: jiaxing.gpkg")


def test_jinshan_is_gbk_and_does_not_say_so() -> None:
    assert sorted(path.suffix for path in SHAPE.parent.iterdir()) == [
        ".dbf", ".prj", ".shp", ".shx",
    ]  # fmt: skip
    data = SHAPE.with_suffix(".dbf").read_bytes()
    assert data[29] == 0
    with pytest.raises(UnicodeDecodeError):
        data[32:].decode("utf-8")
    assert "叶新公路".encode("gbk") in data
    read = pyogrio.read_dataframe(SHAPE, encoding="gb18030")
    assert read.crs.to_epsg() == 4549
    assert {"道路名称", "技术等级", "车道数", "路面宽度", "路基宽度"} <= set(read.columns)
    assert {"叶新公路", "朱吕公路", "示例一路"} <= set(read["道路名称"])


def test_jiaxing_has_other_field_names_codes_and_zone_coordinates() -> None:
    read = pyogrio.read_dataframe(FOLDER / "jiaxing.gpkg", layer="ghlw")
    assert read.crs.to_epsg() == 4528
    assert read.total_bounds[0] > 40_000_000
    assert {"LXMC", "LXBM", "JSDJ", "LMKD", "LJKD"} <= set(read.columns)
    assert set(read["JSDJ"].dropna()) == {"10", "11", "22", "23", "24", "30"}


def test_the_boundary_is_one_line_in_degrees() -> None:
    read = pyogrio.read_dataframe(FOLDER / "boundary.geojson")
    assert read.crs.to_epsg() == 4326
    assert read.geom_type.tolist() == ["LineString"]
    first, last = (read.geometry[0].coords[i] for i in (0, -1))
    assert first == (121.2706, 30.6797)  # the coast
    assert last == (120.9924, 30.9525)

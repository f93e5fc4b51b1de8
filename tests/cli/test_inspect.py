"""``align inspect`` as a process."""

import json
import tomllib
import warnings

import geopandas as gpd
import pytest
from shapely import LineString

from warm_processes import align

X, Y = 600_000.0, 3_400_000.0


@pytest.fixture
def folder(tmp_path):
    """A plan with three faults (no .prj, GBK unsaid, a status nobody knows), and a boundary."""
    plan = gpd.GeoDataFrame(
        {"建设状态": ["在册", "规划"]},
        geometry=[
            LineString([(X - 900, Y), (X + 900, Y)]),
            LineString([(X - 900, Y + 500), (X - 100, Y + 500)]),
        ],
        crs=4549,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plan.to_file(tmp_path / "plan.shp", encoding="GBK")
    (tmp_path / "plan.prj").unlink()
    (tmp_path / "plan.cpg").unlink()
    line = LineString([(X, Y - 1000), (X, Y + 1000)])
    gpd.GeoDataFrame(geometry=[line], crs=4549).to_file(tmp_path / "line.gpkg")
    return tmp_path


def test_the_help_has_an_example_in_both_languages(tmp_path):
    english = align("inspect", "--help", folder=tmp_path)
    chinese = align("inspect", "--help", folder=tmp_path, lang="zh")
    assert (english.returncode, chinese.returncode) == (0, 0)
    assert "align inspect jinshan.shp" in english.stdout
    assert "示例" in chinese.stdout


def test_the_suggested_lines_written_to_a_file_settle_everything(folder):
    ran = align("inspect", "plan.shp", "-b", "line.gpkg", "--json", folder=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    record = json.loads(ran.stdout)
    (layer,) = record["layers"]
    assert layer["crs"]["verdict"] == "missing"
    assert layer["doubts"][0]["texts"] == [{"text": "在册", "count": 1}]
    (folder / "align.toml").write_text(record["align_toml"], encoding="utf-8")
    again = align("inspect", "plan.shp", "-b", "line.gpkg", "--config", "align.toml", folder=folder)
    assert again.returncode == 0, again.stderr
    assert "Nothing needs to be set in align.toml." in again.stdout
    assert "EPSG:4549" in again.stdout
    said = " ".join(again.stdout.split())
    assert "2 roads within 1500 m of “line”, 1 of them at the line (within 5 m)" in said


def test_the_lines_are_those_of_the_side_asked_for(folder):
    ran = align("inspect", "plan.shp", "--side", "b", "--json", folder=folder)
    assert [*tomllib.loads(json.loads(ran.stdout)["align_toml"])] == ["b"]


def test_one_unreadable_layer_is_told_and_ends_with_two(folder):
    (folder / "broken.gpkg").write_bytes(b"SQLite format 3\0no")
    ran = align("inspect", "plan.shp", "broken.gpkg", "absent.shp", folder=folder)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    for words in ("2 features, 2 lines", "broken.gpkg", "The file cannot be read", "absent.shp"):
        assert words in ran.stdout


def test_a_page_is_written_beside_the_text(folder):
    ran = align("inspect", "plan.shp", "--html", "plan.html", folder=folder, lang="zh")
    assert ran.returncode == 0, ran.stderr
    page = (folder / "plan.html").read_text(encoding="utf-8")
    assert "在册" in page
    assert "网页：plan.html" in ran.stdout
    (folder / "minutes.html").write_text("minutes")
    refused = align("inspect", "plan.shp", "--html", "minutes.html", folder=folder)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--force" in refused.stderr
    assert align("inspect", "plan.shp", "--html", "minutes.html", "--force", folder=folder)
    assert not [path for path in folder.iterdir() if path.name.startswith(".align-")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan.shp", "-b", "absent.gpkg"), "no such file"),
        (("plan.shp", "--config", "absent.toml"), "no such file"),
        (("plan.shp", "--config", "wrong.toml"), "EPSG:0"),
        ((), "LAYER"),
    ],
)
def test_a_wrong_call_is_refused(folder, words, said):
    (folder / "wrong.toml").write_text('[a]\ncrs = "EPSG:0"\n')
    ran = align("inspect", *words, folder=folder)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_embedded_example_needs_only_its_encoding_stated(default_folder):
    ran = align(
        "inspect",
        "jinshan/jinshan_roads.shp",
        "jiaxing.gpkg:ghlw",
        "--boundary",
        "boundary.geojson",
        "--json",
        folder=default_folder,
    )
    record = json.loads(ran.stdout)
    assert tomllib.loads(record["align_toml"]) == {"a": {"encoding": "gb18030"}}
    assert [layer["crs"]["name"] for layer in record["layers"]] == ["EPSG:4549", "EPSG:4528"]
    assert all(layer["boundary"]["at"] > 20 for layer in record["layers"])

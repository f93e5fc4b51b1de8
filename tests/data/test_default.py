"""The embedded example: what its table says must be found, and nothing else."""

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from roadalign import Result

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = ["notice", "mismatch", "severe"]
NUMBERS = ("gap_m", "offset_m", "deflection_deg")


def expected() -> list[dict[str, Any]]:
    text = (ROOT / "data/jinshan-jiaxing/expected.toml").read_text(encoding="utf-8")
    points: list[dict[str, Any]] = tomllib.loads(text)["point"]
    return points


def test_there_are_as_many_points_as_places(default_result: Result) -> None:
    assert len(default_result.docking_points) == len(expected()) == 26


@pytest.mark.parametrize("place", expected(), ids=lambda place: place["a"] or place["b"])
def test_a_place_is_found_as_its_table_says(default_result: Result, place: dict[str, Any]) -> None:
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


def test_nothing_is_said_of_the_whole_but_the_encoding(default_result: Result) -> None:
    findings = default_result.findings
    whole = findings[findings["docking_point"].isna() & findings["level"].isin(SPOKEN)]
    assert whole["rule"].tolist() == ["I03"]


def test_every_place_says_what_it_shows() -> None:
    places = expected()
    assert all(place["shows"] for place in places)
    bad = [place for place in places if place["verdict"] != "aligned"]
    assert len(bad) == 10
    assert pd.Series([place["shows"] for place in places]).is_unique

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


def expected(what: str = "point") -> list[dict[str, Any]]:
    text = (ROOT / "data/jinshan-jiaxing/expected.toml").read_text(encoding="utf-8")
    points: list[dict[str, Any]] = tomllib.loads(text)[what]
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
    assert (point["verdict"], point["state"]) == (place["verdict"], place["state"])
    for side in ("a", "b"):
        lacks = point[f"missing_{side}"]
        wanted = place.get("missing", {}).get(side, [])
        assert ([] if pd.isna(lacks) else lacks.split(",")) == wanted
    for name in NUMBERS:
        if name in place:
            assert point[name] == pytest.approx(place[name], abs=0.5), name
    if "network" in place:
        assert point["network"] == place["network"]
        assert pd.isna(point["network_barrier"]) == ("barrier" not in place)
    findings = default_result.findings
    found = findings[(findings["docking_point"] == point["id"]) & findings["severity"].isin(SPOKEN)]
    rules = place.get("rules", {})
    assert dict(zip(found["rule"], found["severity"], strict=True)) == {
        code: rule["severity"] for code, rule in rules.items()
    }
    for code, rule in rules.items():
        if "value" in rule:
            (value,) = found.loc[found["rule"] == code, "value"]
            assert value == pytest.approx(rule["value"], abs=0.5), code


def test_nothing_is_said_of_the_whole_but_the_encoding_and_the_network(
    default_result: Result,
) -> None:
    findings = default_result.findings
    whole = findings[findings["docking_point"].isna() & findings["severity"].isin(SPOKEN)]
    assert sorted(whole["rule"]) == ["C03", "C04", "I03"]
    for road in expected("nowhere"):
        ((code, rule),) = road["rules"].items()
        (found,) = whole[whole["rule"] == code].to_dict("records")
        assert found["severity"] == rule["severity"]
        assert found["chainage_m"] == pytest.approx(road["chainage_m"], abs=0.5)
        assert road["name"] in found["message_en"]
        assert road["name"] in found["message_zh"]
        if "value" in rule:
            assert found["value"] == pytest.approx(rule["value"], abs=0.5)


def test_a_barrier_and_two_dead_ends_make_a_way_around(default_result: Result) -> None:
    points = default_result.docking_points.set_index("a_name")
    barred = points.loc["枫美路"]
    assert (barred["network"], barred["network_barrier"]) == ("connected", "block")
    for name in ("枫美路", "示例五路"):
        assert points.loc[name, "detour_ratio"] > 3
        assert points.loc[name, "minutes_saved"] > 1
    # Twelve roads that both plans state as existing and one of a single plan, less the barred one.
    through = points[(points["network"] == "connected") & points["network_barrier"].isna()]
    assert len(through) == 12
    assert (through["detour_ratio"] < 1.1).all()


def test_there_is_a_proposal_and_every_witness_is_heard(default_result: Result) -> None:
    spoken = default_result.findings[default_result.findings["severity"].isin(SPOKEN)]
    assert {"C03", "C04", "L01", "L02"} <= set(spoken["rule"])
    assert (default_result.links["kind"] == "proposal").any()
    assert default_result.docking_points["priority"].between(0, 100).all()


def test_every_place_says_what_it_shows() -> None:
    places = expected()
    assert all(place["shows"] for place in places)
    bad = [place for place in places if place["verdict"] != "aligned"]
    assert len(bad) == 11  # ten open, one that waits for data
    assert pd.Series([place["shows"] for place in places]).is_unique

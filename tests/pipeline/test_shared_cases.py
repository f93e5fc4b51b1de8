"""Small inputs beside the checkout that once went wrong; skipped, saying so, where they are absent."""

from pathlib import Path

import pytest

import roadalign
from roadalign.settings import parse_settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
OTHER = {"a": "b", "b": "a"}


def points_of(name, *, swapped):
    """Return the docking points that do not just agree: names of both sides, verdict, gap."""
    folder = SHARED / name
    if not folder.exists():
        pytest.skip(f"{name} is not beside the checkout")
    first, second = ("b", "a") if swapped else ("a", "b")
    result = roadalign.check(
        folder / f"{first}.geojson",
        folder / f"{second}.geojson",
        boundary=folder / "boundary.geojson",
        settings=parse_settings({"aspects": ["place"]}, where="test"),
    )
    points = result.docking_points
    said = points[points["verdict"] != "aligned"]
    side = OTHER if swapped else {"a": "a", "b": "b"}
    names = said[[f"{side[name]}_name" for name in "ab"]].fillna("").to_numpy().tolist()
    rules = [
        sorted(result.findings.loc[result.findings["docking_point"] == point, "rule"])
        for point in said["id"]
    ]
    gaps = said["gap_m"].astype("Float64").round(1).fillna(0.0).tolist()
    return list(zip(map(tuple, names), said["verdict"], rules, gaps, strict=True))


@pytest.mark.real
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("geo-oblique_cutback", [(("road", "road"), "mismatched", ["G01"], 60.0)]),
        ("geo-oblique_end_taken_for_border_road", [(("road", ""), "missing", ["C01"], 0.0)]),
        ("geo-own_road_in_the_way", [(("road", "road"), "mismatched", ["G01"], 80.0)]),
        ("geo-planned_cul_de_sac", []),
        ("geo-street_ends_at_neighbours_border_road", []),
    ],
)
def test_ends_that_were_no_candidates(name, expected, swapped):
    assert points_of(name, swapped=swapped) == expected

"""What must not change a verdict, on small plans that hypothesis makes."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import shapely.ops
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from shapely import LineString
from shapely.affinity import rotate, translate

import roadalign
from benchmarks.robustness.pair import CODE, X, Y
from roadalign.errors import InputError
from roadalign.settings import parse_settings

SAME = settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],  # making a failure smaller takes minutes
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
MIDDLE = (X + 3000, Y)
EXCHANGED = {"a": "b", "b": "a"}


@st.composite
def plans(draw):
    """Return two sides and a boundary: up to five roads, 900 m apart, each as it pleases."""
    sides = {"a": [], "b": []}
    for i in range(draw(st.integers(1, 5))):
        x = X + 900 + 900 * i
        for name, sign in (("a", -1), ("b", 1)):
            if not draw(st.integers(0, 4)):
                continue
            beside_m = draw(st.sampled_from([0, 0, 2, 8, 25]))
            short_m = draw(st.sampled_from([0, 0, 0, 12, 60]))
            bend_m = draw(st.sampled_from([0, 0, 30]))
            lanes = draw(st.sampled_from([None, "2", "4", "6"]))
            line = [
                (x + beside_m + bend_m, Y + sign * 800),
                (x + beside_m, Y + sign * 400),
                (x + beside_m, Y + sign * short_m),
            ]
            sides[name].append((f"road {i}", lanes, LineString(line)))
    drawn = {"a": table(sides["a"], -1), "b": table(sides["b"], 1)}
    line = LineString([(X, Y), (X + 6000, Y)])
    return drawn["a"], drawn["b"], gpd.GeoDataFrame(geometry=[line], crs=CODE)


def table(rows, sign):
    # A road far from all others, so that no side is ever empty.
    y = Y + sign * 1200
    far = ("far", None, LineString([(X + 5900, y), (X + 5950, y)]))
    names, lanes, lines = zip(*rows, far, strict=True)
    return gpd.GeoDataFrame({"name": names, "lanes": lanes}, geometry=list(lines), crs=CODE)


def seen(a, b, boundary, *, exchanged=False):
    """Return verdict, severity, rules and names of each docking point, whatever their order."""
    place = parse_settings({"aspects": ["place"]}, where="test")  # the plans state no more
    result = roadalign.check(a, b, boundary=boundary, settings=place)
    one, two = ("b", "a") if exchanged else ("a", "b")
    return sorted(
        (
            str(row[f"{one}_name"]),
            str(row[f"{two}_name"]),
            row["verdict"],
            row["severity"],
            row["rules"],
        )
        for row in result.docking_points.to_dict("records")
    )


def each(tables, change):
    return [one.set_geometry([change(shape) for shape in one.geometry]) for one in tables]


@SAME
@given(plans())
def test_exchanging_the_sides_mirrors_the_result(pair):
    a, b, line = pair
    assert seen(a, b, line) == seen(b, a, line, exchanged=True)


@SAME
@given(plans())
def test_the_direction_of_drawing_changes_nothing(pair):
    a, b, line = pair
    turned = each([a, b], lambda shape: shape.reverse())
    assert seen(*turned, line) == seen(a, b, line)


@SAME
@given(plans(), st.sampled_from([0.15, 0.5, 0.8]))
def test_splitting_features_changes_nothing(pair, share):
    a, b, line = pair

    def split(one):
        first = [shapely.ops.substring(s, 0, share, normalized=True) for s in one.geometry]
        second = [shapely.ops.substring(s, share, 1, normalized=True) for s in one.geometry]
        pieces = [one.set_geometry(first), one.set_geometry(second)]
        return gpd.GeoDataFrame(pd.concat(pieces, ignore_index=True), crs=CODE)

    assert seen(split(a), split(b), line) == seen(a, b, line)


@SAME
@given(plans(), st.sampled_from([(12_345.678, -54_321.9), (-20_000.1, 80_000.5)]))
def test_moving_everything_changes_nothing(pair, by):
    moved = each(pair, lambda shape: translate(shape, *by))
    assert seen(*moved) == seen(*pair)


@SAME
@given(plans(), st.sampled_from([17.0, 90.0, 180.0, 301.0]))
def test_turning_everything_changes_nothing(pair, angle_deg):
    turned = each(pair, lambda shape: rotate(shape, angle_deg, origin=MIDDLE))
    assert seen(*turned) == seen(*pair)


@SAME
@given(plans(), st.sampled_from([(4326, 4528), (4528, 4490), (4490, 32651)]))
def test_the_system_of_the_input_changes_nothing(pair, codes):
    a, b, line = pair
    assert seen(a.to_crs(codes[0]), b.to_crs(codes[1]), line.to_crs(4490)) == seen(a, b, line)


@SAME
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_features_changes_nothing(pair, dice):
    a, b, line = pair

    def shuffled(one):
        order = list(range(len(one)))
        dice.shuffle(order)
        return one.iloc[order].reset_index(drop=True)

    assert seen(shuffled(a), shuffled(b), line) == seen(a, b, line)


BROKEN = st.sampled_from(
    [
        None,
        LineString(),
        shapely.Point(X, Y),
        shapely.Point(X, Y).buffer(30),
        shapely.MultiLineString(),
        shapely.GeometryCollection([shapely.Point(X, Y), LineString([(X, Y), (X + 1, Y)])]),
        LineString([(X, Y), (X, Y)]),
        LineString([(1e300, 1e300), (X, Y - 100)]),
        LineString([(X, Y - 10), (X + 80, Y - 90), (X + 80, Y - 10), (X, Y - 90)]),
        LineString([(X + i % 3, Y - i) for i in range(50)]),
    ]
)


@SAME
@given(plans(), st.lists(BROKEN, min_size=1, max_size=6), st.lists(BROKEN, max_size=3))
def test_broken_geometry_is_a_result_or_an_error(pair, more, instead):
    a, b, line = pair
    added = gpd.GeoDataFrame({"name": ["x"] * len(more)}, geometry=more, crs=CODE)
    a = gpd.GeoDataFrame(pd.concat([a, added], ignore_index=True), crs=CODE)
    if instead:
        line = gpd.GeoDataFrame(geometry=instead, crs=CODE)
    try:
        roadalign.check(a, b, boundary=line)
    except InputError as problem:
        assert "→" in problem.render("zh")  # noqa: PT017  (a result is right too)


def test_the_strategies_make_what_they_should():
    kinds = set()

    @settings(SAME, max_examples=12)
    @given(plans())
    def look(pair):
        kinds.update(row[2] for row in seen(*pair))

    look()
    assert kinds >= {"aligned", "mismatched", "missing"}


@pytest.mark.parametrize("angle_deg", [0.0, 33.0])
def test_a_known_pair_is_seen(angle_deg):
    def side(sign):
        return table([("road 1", "4", LineString([(X + 900, Y + sign * 800), (X + 900, Y)]))], sign)

    line = gpd.GeoDataFrame(geometry=[LineString([(X, Y), (X + 6000, Y)])], crs=CODE)
    turned = each([side(-1), side(1), line], lambda s: rotate(s, angle_deg, origin=MIDDLE))
    assert [row[:3] for row in seen(*turned)] == [("road 1", "road 1", "aligned")]

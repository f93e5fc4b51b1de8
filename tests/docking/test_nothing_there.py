"""A side without roads, without ends at the line, or with one alone: nothing crashes, nobody is paired."""

import numpy as np
import pytest
import shapely
from drawn_sides import BOUNDARY, LIMITS, RULER, down, ends_of, pairing_of, plan, roads, up
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadalign.docking import dock
from roadalign.docking.boundary_roads import find_boundary_roads
from roadalign.docking.corridors import corridor_labels, docking_groups, siblings
from roadalign.docking.headings import fit_headings
from roadalign.docking.intervals import CANDIDATE_COLUMNS, follow
from roadalign.docking.measure import measure
from roadalign.docking.pairing import pair_ends
from roadalign.docking.points import describe_points
from roadalign.docking.ruler import Ruler
from roadalign.docking.shared_roads import shared_boundary_roads
from roadalign.docking.shift import common_shift
from roadalign.docking.sides import Side
from roadalign.docking.strokes import make_strokes
from roadalign.docking.vote import voted_shift

ANYWHERE = st.tuples(
    st.integers(0, 400).map(lambda k: 10 * k), st.integers(-70, 70).map(lambda k: 10 * k)
)
LINES = st.lists(ANYWHERE, min_size=2, max_size=4, unique=True)
NONE, FAR = [], [up(500, -900, -800), up(900, -900, -800)]
DUAL = [up(500), up(520)]
TANGLE = [up(500), up(520), up(540, -600, -10), [(500, -300), (900, -300)], [(100, -5), (900, -5)]]
OTHER = {"a": "b", "b": "a"}

some = settings(max_examples=15, deadline=None)


def mirrored(lines):
    return [[(x, -y) for x, y in line] for line in lines]


def drawn(lines, side):
    """Lines written for side A, for either side."""
    return lines if side == "a" else mirrored(lines)


def pair_of(lines, side):
    """Both sides' candidates: one draws the lines, the other nothing."""
    own, none = ends_of(*drawn(lines, side), side=side), ends_of(side=OTHER[side])
    return (own, none) if side == "a" else (none, own)


sides = pytest.mark.parametrize("side", ["a", "b"])
shapes = pytest.mark.parametrize(
    "lines", [NONE, FAR, [up(500)], DUAL, TANGLE], ids=["none", "far", "one", "dual", "tangle"]
)


@sides
@given(lines=st.lists(LINES, max_size=5), others=st.lists(LINES, max_size=1))
@example(lines=DUAL, others=[])
@example(lines=DUAL, others=FAR)
@example(lines=TANGLE, others=[])
@example(lines=[], others=[])
@some
def test_a_side_with_next_to_nothing_is_docked(side, lines, others):
    own = plan(*drawn(lines, side), side=side)
    other = plan(*drawn(others, OTHER[side]), side=OTHER[side])
    docked = dock(*((own, other) if side == "a" else (other, own)), BOUNDARY, limits=LIMITS)
    points = docked.points
    assert len(docked.approaches) >= len(points)
    if not others and len(points):
        assert set(points["verdict"]) == {"missing"}
        assert set(points[f"{OTHER[side]}_end"]) == {"none"}
        assert points[f"{side}_fid"].notna().all()
        assert set(docked.approaches["side"]) == {side}
    if not lines and not others:
        assert len(points) == 0


@sides
@shapes
def test_nobody_is_paired_with_an_empty_side(side, lines):
    a, b = pair_of(lines, side)
    bundles = siblings(a, limits=LIMITS), siblings(b, limits=LIMITS)
    pairing = pair_ends(
        a,
        b,
        corridor_a=corridor_labels(a, bundles[0]),
        corridor_b=corridor_labels(b, bundles[1]),
        limits=LIMITS,
    )
    assert len(pairing.a) == len(pairing.b) == len(pairing.confidence) == 0
    assert len(pairing.lone_confidence_a) == len(a.ends)
    assert len(pairing.lone_confidence_b) == len(b.ends)
    assert common_shift(a, b, pairing, limits=LIMITS) is None
    groups = docking_groups(a, b, pairing, bundles=bundles, limits=LIMITS)
    assert set(groups["side"]) <= {side}
    assert (groups["partner"] == -1).all()
    points, approaches = describe_points(groups, a, b, pairing, RULER, limits=LIMITS)
    assert len(points) == groups["group"].nunique() == len(approaches)
    assert len(shared_boundary_roads(a, b, RULER, limits=LIMITS)) == 0
    table = (roads(*drawn(lines, side), side=side), roads(side=OTHER[side]))
    assert (
        voted_shift(*(table if side == "a" else table[::-1]), BOUNDARY.line, limits=LIMITS) is None
    )


def test_two_carriageways_that_face_nothing_are_one_point():
    a, b = pair_of(DUAL, "a")
    bundle = siblings(a, limits=LIMITS)
    assert bundle.tolist() == [[0, 1]]
    groups = docking_groups(
        a,
        b,
        pairing_of(count_a=2, count_b=0),
        bundles=(bundle, siblings(b, limits=LIMITS)),
        limits=LIMITS,
    )
    assert groups["group"].nunique() == 1
    assert groups["row"].tolist() == [0, 1]


@sides
@given(lines=st.lists(LINES, min_size=1, max_size=4), x=st.integers(1, 399))
@example(lines=[up(500), up(520)], x=50)
@some
def test_one_road_faces_what_may_be(side, lines, x):
    one = ends_of(*drawn([up(10 * x)], side), side=side)
    many = ends_of(*drawn(lines, OTHER[side]), side=OTHER[side])
    a, b = (one, many) if side == "a" else (many, one)
    bundles = siblings(a, limits=LIMITS), siblings(b, limits=LIMITS)
    labels = corridor_labels(a, bundles[0]), corridor_labels(b, bundles[1])
    pairing = pair_ends(a, b, corridor_a=labels[0], corridor_b=labels[1], limits=LIMITS)
    assert len(pairing.a) <= 1
    groups = docking_groups(a, b, pairing, bundles=bundles, limits=LIMITS)
    points, approaches = describe_points(groups, a, b, pairing, RULER, limits=LIMITS)
    assert len(points) == groups["group"].nunique()
    assert (points["verdict"] != "missing").sum() == len(pairing.a)
    assert len(approaches) == len(points) + len(pairing.a)


def test_no_roads_give_no_strokes_and_no_ends():
    made = make_strokes(roads(), tolerance_m=1.0)
    assert len(made.lines) == len(made.line_stroke) == 0
    assert made.end_free.shape == made.end_last.shape == (0, 2)
    found = ends_of()
    assert len(found.ends) == len(found.boundary_road) == 0
    assert Side(found).place.shape == (0, 2)
    assert siblings(found, limits=LIMITS).shape == (0, 2)
    assert corridor_labels(found, siblings(found, limits=LIMITS)).tolist() == []


def test_roads_out_of_reach_are_no_candidates():
    found = ends_of(*FAR)
    assert len(found.strokes.lines) == 2
    assert len(found.ends) == 0
    assert Side(found).road == []


def test_nothing_to_follow_measure_fit_or_read():
    none = np.empty(0, dtype=object)
    strokes = make_strokes(roads(up(500)), tolerance_m=1.0)
    followed = follow(strokes, np.empty(0, dtype=np.intp), RULER, own_sign=1, limits=LIMITS)
    assert len(followed) == 0
    assert followed.dtypes.astype(str).to_dict() == CANDIDATE_COLUMNS
    assert find_boundary_roads(none, RULER, limits=LIMITS).tolist() == []
    heading, stretch = fit_headings(none, np.empty(0), np.empty(0, dtype=int), np.empty(0))
    assert (heading.shape, stretch.shape) == ((0, 2), (0,))
    got = measure(*[np.empty((0, 2))] * 4)
    assert [len(one) for one in (got.gap_m, got.offset_m, got.deflection_deg, got.link_m)] == [
        0
    ] * 4
    reading = RULER.read(np.empty((0, 2)))
    assert len(reading.distance_m) == len(reading.chainage_m) == 0
    assert reading.foot.shape == reading.direction.shape == (0, 2)
    line, where_m = RULER.crossings(none)
    assert len(line) == len(where_m) == 0
    ahead, angle = RULER.rays(np.empty((0, 2)), np.empty((0, 2)), reach_m=100)
    assert len(ahead) == len(angle) == 0


def test_no_road_along_the_boundary_beside_one_is_not_shared():
    along = ends_of([(100, -5), (900, -5)])
    assert along.boundary_road.tolist() == [True]
    for a, b in [(along, ends_of(down(3000), side="b")), (ends_of(up(3000)), along)]:
        assert len(shared_boundary_roads(a, b, RULER, limits=LIMITS)) == 0


@given(lines=st.lists(LINES, max_size=3))
@some
def test_a_vote_of_few_is_none(lines):
    assert (
        voted_shift(roads(*lines), roads(down(500), side="b"), BOUNDARY.line, limits=LIMITS) is None
    )


@given(points=st.lists(ANYWHERE, max_size=1))
def test_a_boundary_of_one_segment_reads_one_place_or_none(points):
    reading = Ruler(shapely.LineString([(0, 0), (1, 0)])).read(
        np.array(points, dtype=float).reshape(-1, 2)
    )
    assert reading.distance_m.shape == (len(points),)

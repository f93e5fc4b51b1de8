"""Reading areas that a road may have to cross."""

import geopandas as gpd
import pytest
import shapely
from pyproj import CRS

from roadalign.cli.check import with_constraints
from roadalign.errors import InputError
from roadalign.model.result import Boundary
from roadalign.plans.constraints import ConstraintSource, read_constraints
from roadalign.settings import parse_settings

LINE = Boundary(
    name="line",
    line=shapely.LineString([(600000, 3400000), (604000, 3400000)]),
    crs=CRS.from_epsg(4549),
)


def frame(*shapes, crs=4549):
    return gpd.GeoDataFrame({"MC": "x"}, index=range(len(shapes)), geometry=list(shapes), crs=crs)


def box(x, y, *, size_m=100):
    return shapely.box(600000 + x, 3400000 + y, 600000 + x + size_m, 3400000 + y + size_m)


def read(source, kind="farmland", *, crs=None):
    sources = [ConstraintSource(source, kind, crs)]
    return read_constraints(sources, boundary=LINE, band_m=1500)


def keys(found):
    return [note.key for record in found.inputs for note in record.notes]


@pytest.mark.parametrize("name", ["areas.gpkg", "areas.geojson", "areas.shp"])
def test_areas_near_the_boundary_are_read_whole_from_a_file(tmp_path, name):
    path = tmp_path / name
    wide = shapely.box(601000, 3401000, 601100, 3409000)
    frame(box(0, 0), wide, box(0, 5000)).to_file(path)
    found = read(path)
    assert found.areas["kind"].tolist() == ["farmland"] * 2
    assert sorted(found.areas.area.round().tolist()) == [10_000, 800_000]
    assert found.areas.crs == LINE.crs
    (record,) = found.inputs
    assert (record.role, record.features_total, record.features_read) == ("constraint", 3, 2)
    assert keys(found) == []


def test_another_coordinate_system_is_turned_into_the_working_one():
    found = read(frame(box(0, 0)).to_crs(4528))
    assert found.areas.area.iloc[0] == pytest.approx(10_000, rel=1e-3)
    assert found.areas.geometry.iloc[0].centroid.distance(box(0, 0).centroid) < 1


def test_none_stated_is_an_error_unless_assumed():
    bare = frame(box(0, 0), crs=None)
    with pytest.raises(InputError):
        read(bare)
    found = read(bare, crs="EPSG:4549")
    assert keys(found) == ["crs_assumed"]


def test_an_area_that_crosses_itself_is_repaired_with_a_note():
    x, y = 600000, 3400000
    bow = shapely.Polygon([(x, y), (x + 100, y + 100), (x + 100, y), (x, y + 100)])
    found = read(frame(bow, box(500, 0)))
    assert found.areas.is_valid.all()
    assert found.areas.area.tolist() == pytest.approx([5000, 10_000])
    assert keys(found) == ["areas_repaired"]


def test_what_is_no_area_is_left_out_with_a_note():
    found = read(frame(box(0, 0), shapely.Point(600500, 3400000), None))
    assert len(found.areas) == 1
    assert keys(found) == ["areas_dropped"]


def test_nothing_near_is_said():
    found = read(frame(box(0, 90_000)))
    assert found.areas.empty
    assert keys(found) == ["no_area_near"]


def test_lines_and_unknown_kinds_are_errors(tmp_path):
    path = tmp_path / "lines.gpkg"
    frame(shapely.LineString([(600000, 3400000), (600100, 3400000)])).to_file(path)
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.key == "constraint_not_areas"
    with pytest.raises(InputError) as caught:
        read(frame(box(0, 0)), "swamp")
    assert caught.value.key == "unknown_constraint"


def test_settings_and_options():
    merged = with_constraints(
        {"constraint": [{"file": "a.gpkg", "kind": "water"}]}, ("b=1.gpkg:red=ecological_red_line",)
    )
    settings = parse_settings(merged, where="align.toml")
    assert [(one.file, one.kind) for one in settings.constraint] == [
        ("a.gpkg", "water"),
        ("b=1.gpkg:red", "ecological_red_line"),
    ]
    for wrong in ("water", "=water", "a.gpkg="):
        with pytest.raises(InputError) as caught:
            with_constraints({}, (wrong,))
        assert caught.value.key == "bad_constraint"
    with pytest.raises(InputError) as caught:
        parse_settings({"constraint": [{"file": "a.gpkg", "kind": "swamp"}]}, where="align.toml")
    assert caught.value.key == "unknown_constraint"

"""Only the drivers of the table open files, each only those of its endings, all through one door."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from shapely import LineString

import roadalign
from roadalign.errors import InputError
from roadalign.formats import gdal
from roadalign.formats.recognition import require_content
from roadalign.formats.source_names import placed, split_source
from roadalign.formats.sources import find_layers
from roadalign.standards import table

SOURCE = Path(roadalign.__file__).parent
REACHING = {
    *("OGR_VRT", "GDALG", "WFS", "OAPIF", "OGCAPI", "CSW", "HTTP", "Elasticsearch", "Carto"),
    *("AmigoCloud", "PLSCENES", "NGW", "EEDA", "ADBC", "GPSBabel", "MapML", "SQLite", "OSM", "S57"),
}


def roads(path, **options):
    lines = [LineString([(0, 0), (1, 1)]), LineString([(1, 1), (2, 1)])]
    gpd.GeoDataFrame({"name": ["x", "y"]}, geometry=lines, crs=4326).to_file(path, **options)
    return path


def run(code):
    kept = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=kept, check=True
    )
    return set(done.stdout.split(";"))


@pytest.mark.parametrize(
    "before", ["", "import pyogrio; pyogrio.list_drivers()"], ids=["first", "after pyogrio"]
)
def test_only_the_drivers_of_the_table_are_left_in_a_process(before):
    code = f"{before}\nimport roadalign.formats.gdal, pyogrio; print(*pyogrio.list_drivers(), sep=';', end='')"
    left = run(code)
    formats = table("formats")
    allowed = {name for one in formats["format"].values() for name in one["drivers"]}
    allowed |= set(formats["registered"]["drivers"])
    assert left <= allowed
    assert {"GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf", "DXF", "OpenFileGDB"} <= left
    assert not left & REACHING


def test_without_the_program_such_drivers_are_there():
    there = run("import pyogrio; print(*pyogrio.list_drivers(), sep=';', end='')")
    assert {"OGR_VRT", "GDALG", "WFS"} <= there


def test_gdal_is_read_through_one_door():
    reads = re.compile(
        r"pyogrio\.(read_\w+|list_layers|open_arrow)|\bgpd\.read_file|geopandas\.read_file|from osgeo"
    )
    others = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.name != "gdal.py" and reads.search(path.read_text("utf-8"))
    }
    assert others == set()


def test_a_driver_opens_its_own_endings_only(tmp_path):
    path = roads(tmp_path / "a.geojson").rename(tmp_path / "a.gpkg")
    with pytest.raises(InputError) as problem:
        gdal.read_info(gdal.gdal_name(path, label="a.gpkg"))
    assert problem.value.key == "other_driver"
    assert "GeoJSON" in problem.value.render("en")


def test_what_is_set_for_reading_is_put_back(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "localhost")
    pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": "http://proxy.example:3128"})
    try:
        gdal.read_info(gdal.gdal_name(roads(tmp_path / "a.geojson"), label="a"))
        assert pyogrio.get_gdal_config_option("GDAL_HTTP_PROXY") == "http://proxy.example:3128"
    finally:
        pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": None})
    assert (os.environ["NO_PROXY"], os.environ["no_proxy"]) == ("*", "localhost")
    assert pyogrio.get_gdal_config_option("CPL_VSIL_CURL_ALLOWED_FILENAME") is None


@pytest.mark.parametrize(
    ("suffix", "driver"),
    [
        *((".shp", "ESRI Shapefile"), (".gpkg", "GPKG"), (".fgb", "FlatGeobuf"), (".kml", "KML")),
        *((".dxf", "DXF"), (".gml", "GML"), (".mif", "MapInfo File"), (".tab", "MapInfo File")),
        *((".geojson", "GeoJSON"), (".geojsonl", "GeoJSONSeq"), (".json", "JSONFG")),
        (".gdb", "OpenFileGDB"),
    ],
)
def test_what_each_driver_writes_is_read(tmp_path, suffix, driver):
    path = tmp_path / f"a{suffix}"
    lines = [LineString([(0, 0), (1, 1)]), LineString([(1, 1), (2, 1)])]
    frame = gpd.GeoDataFrame({"name": ["x", "y"]}, geometry=lines, crs=4326)
    if suffix == ".dxf":
        frame = frame[["geometry"]].assign(Layer="x")
    pyogrio.write_dataframe(frame, path, driver=driver)
    (one,) = find_layers(path)
    info = gdal.read_info(one.opened, layer=one.gdal_layer, force_feature_count=True)
    assert info["features"] == 2


@pytest.mark.parametrize("ending", [".csv", ".sqlite", ".gpx", ".xlsx", ".txt", ""])
def test_other_endings_are_refused_by_name(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_text("id,WKT\n1,LINESTRING(0 0,1 1)\n", encoding="utf-8")
    with pytest.raises(InputError) as problem:
        find_layers(path)
    assert problem.value.key == "format_unknown"
    assert problem.value.where == str(path)


def test_many_statements_of_a_system_are_looked_at_once_each(tmp_path):
    """Each is a small object; a look at all that follows each would copy gigabytes."""
    path = tmp_path / "a.geojson"
    many = ",".join(['{"crs":{"type":"name","properties":{"name":"EPSG:4549"}}}'] * 100_000)
    path.write_text(f'{{"features":[{many}]}}', encoding="utf-8")
    require_content(lambda: path.open("rb"), name=path.name, label="a")
    last = many + ',{"crs":{"type":"link","properties":{"href":"x"}}}'
    path.write_text(f'{{"features":[{last}]}}', encoding="utf-8")
    with pytest.raises(InputError) as problem:
        require_content(lambda: path.open("rb"), name=path.name, label="a")
    assert problem.value.key == "crs_elsewhere"


def test_a_plus_in_names(tmp_path, monkeypatch):
    for name in ("n+s.gpkg", "a.gpkg", "b.gpkg"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    assert split_source("n+s.gpkg") == ["n+s.gpkg"]
    assert split_source("a.gpkg + b.gpkg") == ["a.gpkg", "b.gpkg"]
    assert split_source("n+s.gpkg+a.gpkg") == ["n+s.gpkg", "a.gpkg"]
    assert split_source("a.gpkg+n+s.gpkg:roads") == ["a.gpkg", "n+s.gpkg:roads"]
    assert split_source("a.gpkg:x+y+b.gpkg") == ["a.gpkg:x+y", "b.gpkg"]
    assert split_source("a.gpkg+gone.gpkg") == ["a.gpkg", "gone.gpkg"]
    assert split_source("+".join(["gone"] * 1000)) == ["gone"] * 1000


def test_a_plus_in_names_of_settings(tmp_path):
    (tmp_path / "n+s.gpkg").write_bytes(b"x")
    (tmp_path / "b.gpkg").write_bytes(b"x")
    assert placed("n+s.gpkg+b.gpkg", tmp_path) == f"{tmp_path}/n+s.gpkg+{tmp_path}/b.gpkg"

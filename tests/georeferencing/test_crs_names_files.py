"""A coordinate system that names a file is refused by name; the file is never opened."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from html import escape

import geopandas as gpd
import pyogrio
import pyproj.network
import pytest
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely import LineString

from roadalign.errors import InputError
from roadalign.georeferencing.crs_text import NamesFilesError, read_crs
from roadalign.georeferencing.georeference import parse_placement

PROGRAM = "from roadalign.cli import main; main()"
SYSTEM = 'GEOGCS["x",DATUM["d",SPHEROID["WGS84",6378137,298.257223563]{}],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
WGS84 = CRS.from_epsg(4326).to_wkt()
BOUND = (
    f"BOUNDCRS[SOURCECRS[{WGS84}],TARGETCRS[{WGS84}],"
    'ABRIDGEDTRANSFORMATION["t",METHOD["NTv2",ID["EPSG",9615]],'
    'PARAMETERFILE["Latitude and longitude difference file","PIPE"]]]'
)
TEXTS = {
    "grids": "+proj=longlat +ellps=WGS84 +nadgrids=PIPE +no_defs +type=crs",
    "optional grids": "+proj=longlat +ellps=WGS84 +nadgrids=@PIPE +no_defs +type=crs",
    "a device": "+proj=longlat +ellps=WGS84 +nadgrids=/dev/zero +no_defs +type=crs",
    "an address": "+proj=longlat +ellps=WGS84 +nadgrids=http://127.0.0.1:9/g.tif +type=crs",
    "geoid": "+proj=longlat +datum=WGS84 +geoidgrids=PIPE +vunits=m +no_defs",
    "init": "+init=PIPE:4326",
    "pipeline": "+proj=pipeline +step +proj=hgridshift +grids=PIPE",
    "bound": BOUND,
    "extension": SYSTEM.format(',EXTENSION["PROJ4_GRIDS","PIPE"]'),
}


def drawn():
    road = LineString([(121, 30.8), (121.01, 30.81)])
    return gpd.GeoDataFrame({"name": ["x"]}, geometry=[road], crs=4326)


def shapefile(folder, text):
    drawn().to_file(folder / "a.shp")
    (folder / "a.prj").write_text(text)
    return "a.shp"


def zipped(folder, text):
    shapefile(folder, text)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for path in folder.glob("a.[sdp]*"):
            archive.write(path, path.name)
    return "a.zip"


def geopackage(folder, text):
    drawn().to_file(folder / "a.gpkg")
    with closing(sqlite3.connect(folder / "a.gpkg")) as base:
        base.execute(
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, "
            "organization_coordsys_id, definition) VALUES ('x', 9999, 'x', 9999, ?)",
            (text,),
        )
        base.execute("UPDATE gpkg_geometry_columns SET srs_id = 9999")
        base.execute("UPDATE gpkg_contents SET srs_id = 9999")
        base.commit()
    return "a.gpkg"


def geojson(folder, text):
    named = {"type": "name", "properties": {"name": text}}
    (folder / "a.geojson").write_text(json.dumps(json.loads(drawn().to_json()) | {"crs": named}))
    return "a.geojson"


def gml(folder, text):
    pyogrio.write_dataframe(drawn(), folder / "a.gml")
    (folder / "a.xsd").unlink()
    written = (folder / "a.gml").read_text("utf-8")
    (folder / "a.gml").write_text(written.replace("urn:ogc:def:crs:EPSG::4326", escape(text)))
    return "a.gml"


@pytest.mark.parametrize("made", [shapefile, zipped, geopackage, geojson, gml])
def test_a_file_that_a_coordinate_system_names_is_not_opened(made, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # whoever opens it waits for ever
    names = []
    for number, text in enumerate(TEXTS.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        names.append(f"{number}/{made(folder, text.replace('PIPE', str(pipe)))}")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, "inspect", "--json", *names],
        cwd=tmp_path,
        env={**os.environ, "PROJ_NETWORK": "ON"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2, done.stderr
    layers = json.loads(done.stdout)["layers"]
    said = {name: one["problems"][0]["key"] for name, one in zip(TEXTS, layers, strict=True)}
    assert said == dict.fromkeys(TEXTS, "crs_elsewhere")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_setting_that_names_a_file_is_refused(text, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError) as problem:
        parse_placement(text.replace("PIPE", str(tmp_path / "pipe")), where="[a] crs")
    assert problem.value.key == "bad_crs"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_that_names_a_file_is_no_coordinate_system(text):
    with pytest.raises(NamesFilesError):
        read_crs(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"\\u0069nit": "/nowhere:1"}',
        '{"proj": "longlat", "nadgrids": "/nowhere"}',
        "+proj=longlat +ellps=WGS84 +nadgrids=@null , /nowhere",
        "+proj = pipeline +step +proj=affine",
        "x" * 200_000,
        "EPSG:4326\0",
    ],
)
def test_other_spellings_are_refused_too(text):
    with pytest.raises(CRSError):
        read_crs(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("EPSG:4549", 4549), ("urn:ogc:def:crs:EPSG::4549", 4549), ("+init=epsg:4549", 4549)),
        *((CRS.from_epsg(code).to_wkt(), code) for code in (4549, 3857, 27700)),
        *((CRS.from_epsg(code).to_wkt("WKT1_GDAL"), code) for code in (4549, 3857)),
        (CRS.from_epsg(4549).to_json(), 4549),
        (CRS.from_epsg(4549).to_json_dict(), 4549),
    ],
)
@pytest.mark.filterwarnings("ignore:.*init.*:FutureWarning")
def test_systems_that_name_no_file_are_read(text, code):
    assert read_crs(text).to_epsg(min_confidence=25) == code


def test_the_grid_of_no_shift_is_none():
    text = "+proj=merc +a=6378137 +b=6378137 +units=m +nadgrids=@null +wktext +no_defs"
    assert read_crs(text).is_projected


def test_grids_are_not_fetched():
    assert not pyproj.network.is_network_enabled()

"""Reading leaves the folder of the files as it was: no notes of a reader, no locks, no indexes."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
from shapely import LineString

import roadalign
from roadalign.cli import align

LINE = LineString([(121.0, 30.7), (121.0, 30.9)])
ROAD = LineString([(121.0, 30.8), (121.01, 30.8)])
OTHER = LineString([(120.99, 30.8), (121.0, 30.8)])


def drawn(road):
    return gpd.GeoDataFrame({"name": ["x"]}, geometry=[road], crs=4326)


def state(folder):
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.iterdir())
    }


def made(folder, kind):
    """Write one plan of a kind; return what names it."""
    path = folder / f"a{kind}"
    pyogrio.write_dataframe(drawn(ROAD), path, driver="KML" if kind == ".kml" else None)
    (folder / "a.xsd").unlink(missing_ok=True)
    if kind == ".gpkg":
        with closing(sqlite3.connect(path)) as base:
            base.execute("PRAGMA journal_mode=WAL")
    return path


def zipped(folder):
    path = made(folder, ".gml")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(path, "a.gml")
    path.unlink()
    return folder / "a.zip"


@pytest.mark.parametrize("kind", [".gml", ".gpkg", ".shp", ".fgb", ".kml", ".mif", ".tab", ".zip"])
def test_a_folder_is_unchanged_by_inspect_and_check(kind, tmp_path, monkeypatch):
    folder = tmp_path / "plans"
    folder.mkdir()
    path = zipped(folder) if kind == ".zip" else made(folder, kind)
    drawn(OTHER).to_file(tmp_path / "b.geojson")
    gpd.GeoDataFrame(geometry=[LINE], crs=4326).to_file(tmp_path / "line.geojson")
    monkeypatch.chdir(tmp_path)
    before = state(folder)
    assert align.main(["inspect", str(path), "-b", "line.geojson"], standalone_mode=False) == 0
    assert state(folder) == before
    words = ["check", str(path), "b.geojson", "-b", "line.geojson", "-o", "out", "-q"]
    assert align.main(words, standalone_mode=False) in (0, None)
    assert state(folder) == before


def test_all_layers_of_a_gml_file_are_found(tmp_path):
    path = tmp_path / "a.gml"
    pyogrio.write_dataframe(drawn(ROAD), path, layer="roads")
    text = path.read_text("utf-8")
    member = text[text.index("<ogr:featureMember>") : text.index("</ogr:FeatureCollection>")]
    path.write_text(text.replace(member, member + member.replace("roads", "paths")), "utf-8")
    (tmp_path / "a.xsd").unlink(missing_ok=True)
    assert sorted(one.layer for one in roadalign.inspect(path)) == ["paths", "roads"]

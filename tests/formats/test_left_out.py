"""What lies beside the layers of a file and is not read is told, by inspect and by check."""

import zipfile

import geopandas as gpd
import pytest
from shapely import LineString

import roadalign
from roadalign.outputs.inspection import inspection_text

LINK = (
    "<NetworkLink><name>x</name><Link><href>\nhttp://plans.example/{}.kml </href></Link>"
    "</NetworkLink>"
)
PLACE = "<Placemark><name>x</name><LineString><coordinates>121,30.8 121.01,30.8</coordinates></LineString></Placemark>"
KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
)
TARGETS = ("http://plans.example/0.kml", "http://plans.example/1.kml")


def kml(folder):
    text = KML.format(LINK.format(0) + PLACE + LINK.format(1))
    (folder / "a.kml").write_text(text, "utf-8")
    return folder / "a.kml"


def kmz(folder):
    with zipfile.ZipFile(folder / "a.kmz", "w") as archive:
        archive.write(kml(folder), "doc.kml")
    return folder / "a.kmz"


def kml_in_archive(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(kml(folder), "inner/a.kml")
    return folder / "a.zip"


def roads(folder):
    line = LineString([(121, 30.8), (121.01, 30.8)])
    gpd.GeoDataFrame({"name": ["x"]}, geometry=[line], crs=4326).to_file(folder / "r.geojson")
    return folder / "r.geojson"


def archive_in_archive(folder):
    with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
        archive.write(roads(folder), "r.geojson")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(folder / "r.geojson", "r.geojson")
        archive.write(folder / "inner.zip", "more/inner.zip")
        archive.writestr("old.7z", b"7z")
        archive.writestr("readme.txt", b"no archive")
    return folder / "a.zip"


def told(path, folder):
    """Return what inspect says in both languages, and the findings of a check."""
    reports = roadalign.inspect(path)
    assert reports[0].features == 1
    said = [inspection_text(reports, side="a", lang=lang, width=400) for lang in ("en", "zh")]
    other = LineString([(120.99, 30.8), (121.0, 30.8)])
    gpd.GeoDataFrame({"name": ["x"]}, geometry=[other], crs=4326).to_file(folder / "b.geojson")
    line = gpd.GeoDataFrame(geometry=[LineString([(121, 30.7), (121, 30.9)])], crs=4326)
    found = roadalign.check(path, folder / "b.geojson", boundary=line).findings
    found = found[(found["rule"] == "I04") & (found["side"] == "a")]
    return said, [*found["message_en"], *found["message_zh"]]


@pytest.mark.parametrize("made", [kml, kmz, kml_in_archive])
def test_links_beside_placemarks_are_told(made, tmp_path):
    said, found = told(made(tmp_path), tmp_path)
    assert "Links in the file to data elsewhere: 2" in said[0]
    assert "指向别处数据的链接：2" in said[1]
    assert len(found) == 2
    for text in (*said, *found):
        assert ", ".join(TARGETS) in text


def test_archives_inside_an_archive_are_told(tmp_path):
    said, found = told(archive_in_archive(tmp_path), tmp_path)
    assert len(found) == 2
    for text in (*said, *found):
        assert "more/inner.zip, old.7z" in text
        assert "readme.txt" not in text


def test_of_a_whole_file_nothing_is_told(tmp_path):
    _, found = told(roads(tmp_path), tmp_path)
    assert found == []

"""Networks made to harm: markup that unfolds, and what is no file."""

from __future__ import annotations

import bz2
import gzip
import os

import geopandas as gpd
import pytest
import shapely

from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.network.read import read_network
from roadalign.settings import Settings

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(12))
PAD = f"<!--{' ' * 100_000}-->"
GRAPH = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k">&l11;</key></graphml>'
OSM = '<osm version="0.6"><node id="1" lon="121" lat="31"><tag k="name" v="&l11;"/></node></osm>'


@pytest.fixture(scope="module")
def boundary():
    line = shapely.LineString([(121.0, 31.0), (121.02, 31.0)])
    return read_boundary(gpd.GeoDataFrame(geometry=[line], crs=4326), settings=Settings())


def key(path, boundary):
    with pytest.raises(InputError) as problem:
        read_network([str(path)], boundary=boundary, band_m=500)
    assert path.name in problem.value.render("en")
    return problem.value.key


@pytest.mark.parametrize(("name", "body"), [("a.graphml", GRAPH), ("a.osm", OSM)])
@pytest.mark.parametrize(
    "heading",
    [
        f"<!DOCTYPE x [{LAUGHS}]>",
        f"{PAD}<!DOCTYPE x [{LAUGHS}]>",
        '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///dev/zero">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>',
    ],
    ids=["laughs", "laughs behind a comment", "another file", "another type", "a parameter"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_unfold(tmp_path, boundary, name, body, heading, encoding):
    path = tmp_path / name
    path.write_bytes((heading + body).encode(encoding))
    assert key(path, boundary) == "markup_entities"


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress)])
def test_entities_in_a_packed_file(tmp_path, boundary, suffix, pack):
    path = tmp_path / f"a.osm.{suffix}"
    path.write_bytes(pack(f"<!DOCTYPE x [{LAUGHS}]>{OSM}".encode()))
    assert key(path, boundary) == "network_not_readable"


@pytest.mark.parametrize("name", ["a.osm.pbf", "a.osm", "a.graphml", "a.gpkg", "a.parquet"])
def test_pipes_and_devices_are_no_networks(tmp_path, boundary, name):
    path = tmp_path / name
    os.mkfifo(path)
    assert key(path, boundary) == "not_a_file"
    path.unlink()
    path.symlink_to("/dev/zero")
    assert key(path, boundary) == "not_a_file"

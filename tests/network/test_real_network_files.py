"""Real extracts beside the checkout, compared with what pyosmium alone says of them."""

from pathlib import Path

import geopandas as gpd
import osmium
import pytest
import shapely
from pyproj import Transformer

from roadalign.attributes.osm_keys import kinds
from roadalign.boundary.read import read_boundary
from roadalign.network.read import read_network
from roadalign.settings import Settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
MERIDIAN = shapely.LineString([(-8.61, 41.12), (-8.61, 41.18)])
BAND_M = 1000


def shared(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    return path


def boundary_of(line):
    return read_boundary(gpd.GeoDataFrame(geometry=[line], crs=4326), settings=Settings())


def plainly(path, boundary):
    """Return the node ids of every road in use near the boundary, the slow and obvious way."""
    change = Transformer.from_crs(4326, boundary.crs, always_xy=True)
    found = {}
    for way in osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY).with_locations():
        if (
            not way.is_way()
            or way.tags.get("highway") not in kinds()
            or way.tags.get("area") == "yes"
        ):
            continue
        nodes = [node for node in way.nodes if node.location.valid()]
        if len(nodes) < 2:
            continue
        xy = change.transform([n.location.lon for n in nodes], [n.location.lat for n in nodes])
        line = shapely.LineString(zip(*xy, strict=True))
        if line.distance(boundary.line) <= BAND_M:
            found[str(way.id)] = [node.ref for node in nodes]
    return found


@pytest.mark.real
def test_every_road_of_an_extract_is_read_whole():
    path, boundary = shared("porto.osm.pbf"), boundary_of(MERIDIAN)
    roads = read_network([path], boundary=boundary, band_m=BAND_M).roads
    used = roads[roads["status"] == "existing"]
    expected = plainly(path, boundary)
    assert len(expected) > 1000
    assert set(used["osm_id"]) == set(expected)
    # Vertices that repeat the one before are left out; those that remain are in order.
    for key, nodes in zip(used["osm_id"], used["nodes"], strict=True):
        remaining = iter(expected[key])
        assert all(node in remaining for node in nodes.tolist())
        assert nodes[0] == expected[key][0]
        assert nodes[-1] == expected[key][-1] or len(set(expected[key])) < len(expected[key])
    assert shapely.get_num_coordinates(used.geometry.array).sum() >= 0.999 * sum(
        map(len, expected.values())
    )


@pytest.mark.real
def test_a_layer_of_the_sides_knows_only_highway():
    path = shared("wuhan_hongshan_wuchang.gpkg")
    boundary = read_boundary(f"{path}:boundary", settings=Settings())
    found = read_network([path], boundary=boundary, band_m=BAND_M)
    assert [record.layer for record in found.inputs] == ["side_a", "side_b"]
    near = sum(record.features_read for record in found.inputs)
    assert len(found.roads) == near > 1000
    assert set(found.roads["highway"]) <= kinds()

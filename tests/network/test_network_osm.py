"""OpenStreetMap files: what is read, what is kept whole, and what broken files say.

The boundary is a line of about 2 km along latitude 31; 0.001 degrees of latitude are 111 m.
"""

import gzip

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import pytest
import shapely

from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.network.read import read_network
from roadalign.network.store import write_network
from roadalign.settings import Settings

LAT, LON = 31.0, 121.0
NODES = {
    1: (121.001, 30.990),  # 1100 m south
    2: (121.001, 31.000),  # on the boundary
    3: (121.001, 31.010),  # 1100 m north
    4: (121.005, 31.001),
    5: (121.006, 31.001),
    6: (121.006, 31.002),
    7: (121.500, 31.300),  # 58 km away
    8: (121.501, 31.301),
}
WAYS = {
    10: ([1, 2, 3], {"highway": "primary", "name": "亭枫公路", "ref": "G320", "lanes": "4"}),
    11: ([4, 5, 6], {"highway": "footway"}),
    12: ([7, 8], {"highway": "residential"}),
}


@pytest.fixture(scope="module")
def boundary():
    line = shapely.LineString([(LON, LAT), (LON + 0.02, LAT)])
    return read_boundary(gpd.GeoDataFrame(geometry=[line], crs=4326), settings=Settings())


def osm_xml(ways=WAYS, nodes=NODES, *, node_tags=None, ways_first=False):
    def tags(own):
        return "".join(f'<tag k="{k}" v="{v}"/>' for k, v in own.items())

    points = "".join(
        f'<node id="{i}" lon="{x}" lat="{y}" version="1">{tags((node_tags or {}).get(i, {}))}</node>'
        for i, (x, y) in nodes.items()
    )
    lines = "".join(
        f'<way id="{i}" version="1">{"".join(f"<nd ref={chr(34)}{n}{chr(34)}/>" for n in refs)}{tags(own)}</way>'
        for i, (refs, own) in ways.items()
    )
    body = lines + points if ways_first else points + lines
    return f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{body}</osm>'


def written(folder, *words, name="roads.osm", **more):
    path = folder / name
    path.write_text(osm_xml(*words, **more), encoding="utf-8")
    return path


def network(path, boundary, band_m=500):
    return read_network([str(path)], boundary=boundary, band_m=band_m)


def one(folder, boundary, tags):
    """Return the only row of a road with these tags that crosses the boundary."""
    roads = network(written(folder, {10: ([1, 2, 3], tags)}), boundary).roads
    assert len(roads) == 1
    return roads.iloc[0]


def test_a_road_near_the_boundary_is_read_whole_and_the_rest_is_not(tmp_path, boundary):
    roads = network(written(tmp_path), boundary, band_m=50).roads
    assert roads["osm_id"].tolist() == ["10"]
    # 0.02 degrees of latitude at 31 degrees north: 0.02 * 110,867 m on the ellipsoid.
    assert roads.geometry.length[0] == pytest.approx(2217, abs=3)
    assert roads["nodes"][0].tolist() == [1, 2, 3]
    assert roads["nodes"][0].dtype == np.int64
    row = roads.iloc[0]
    assert (row["name"], row["ref"], row["lanes"], row["road_class"]) == ("亭枫公路", "G320", 4, 4)
    assert (row["status"], row["oneway"], row["layer"] is not None) == ("existing", "both", True)
    assert roads.crs == boundary.crs


def test_compressed_xml_and_pbf_say_the_same(tmp_path, boundary):
    text = osm_xml()
    zipped = tmp_path / "roads.osm.gz"
    zipped.write_bytes(gzip.compress(text.encode()))
    binary = tmp_path / "roads.osm.pbf"
    with osmium.SimpleWriter(str(binary)) as writer:
        for one_object in osmium.FileProcessor(str(written(tmp_path))):
            writer.add(one_object)
    plain = network(tmp_path / "roads.osm", boundary).roads
    for path in (zipped, binary):
        roads = network(path, boundary).roads
        assert roads.drop(columns=["nodes", "geometry"]).equals(
            plain.drop(columns=["nodes", "geometry"])
        )
        assert shapely.equals_exact(roads.geometry.array, plain.geometry.array, 1e-6).all()
        assert roads["nodes"][0].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "trunk", "highway:CN": "2"}, {"highway_cn": "2", "road_class": 4}),
        ({"highway": "trunk", "highway:CN:urban": "branch"}, {"road_class": 2}),
        ({"highway": "track"}, {"kind": "track", "road_class": None}),
        ({"highway": "primary_link"}, {"road_class": 4}),
        (
            {"highway": "construction", "construction": "secondary"},
            {"highway": "construction", "kind": "secondary", "status": "construction"},
        ),
        ({"highway": "construction"}, {"kind": None, "status": "construction"}),
        ({"highway": "proposed", "proposed": "motorway"}, {"status": "proposed", "road_class": 6}),
        ({"planned:highway": "primary"}, {"highway": "planned", "status": "planned"}),
        ({"highway": "disused", "disused": "service"}, {"status": "abandoned", "kind": "service"}),
        (
            {"highway": "primary", "abandoned:highway": "trunk"},
            {"status": "existing", "kind": "primary"},
        ),
        ({"highway": "primary", "maxspeed": "40 mph"}, {"maxspeed_kmh": 64.374}),
        ({"highway": "primary", "maxspeed": "60"}, {"maxspeed_kmh": 60}),
        ({"highway": "primary", "maxspeed": "CN:urban"}, {"maxspeed_kmh": None}),
        ({"highway": "primary", "maxspeed": "none"}, {"maxspeed_kmh": None}),
        ({"highway": "primary", "maxspeed": "0"}, {"maxspeed_kmh": None}),
        ({"highway": "primary", "lanes": "2;3"}, {"lanes": None}),
        ({"highway": "primary", "lanes": "0"}, {"lanes": None}),
        ({"highway": "primary", "oneway": "yes"}, {"oneway": "forward"}),
        ({"highway": "primary", "oneway": "-1"}, {"oneway": "backward"}),
        ({"highway": "motorway"}, {"oneway": "forward"}),
        ({"highway": "motorway", "oneway": "no"}, {"oneway": "both"}),
        ({"highway": "motorway_link"}, {"oneway": "both"}),
        ({"highway": "primary", "junction": "roundabout"}, {"oneway": "forward"}),
        ({"highway": "primary", "oneway": "reversible"}, {"oneway": "both"}),
        ({"highway": "primary", "bridge": "viaduct", "layer": "2"}, {"bridge": True, "layer": 2}),
        ({"highway": "primary", "bridge": "no"}, {"bridge": False, "layer": None}),
        ({"highway": "primary", "tunnel": "yes", "layer": "-1"}, {"tunnel": True, "layer": -1}),
        ({"highway": "primary", "tunnel": "building_passage"}, {"tunnel": False}),
        ({"highway": "primary", "access": "no", "motor_vehicle": "yes"}, {"access": "yes"}),
        ({"highway": "primary", "access": "private"}, {"access": "private"}),
        ({"highway": "primary", "noexit": "yes"}, {"noexit": True}),
        ({"highway": "primary", "ref": "320国道"}, {"ref": "G320"}),
        ({"highway": "primary", "ref": "Ring 3 West"}, {"ref": "Ring 3 West"}),
    ],
)
def test_tags_mean(tmp_path, boundary, tags, expected):
    row = one(tmp_path, boundary, tags)
    for column, value in expected.items():
        found = row[column]
        assert (np.isscalar(found) and found == value) if value is not None else found is not value
        if value is None:
            assert row[[column]].isna().all()


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "construction", "construction": "footway"},
        {"highway": "razed"},
        {"highway": "service", "area": "yes"},
        {"highway": "rest_area"},
    ],
)
def test_what_carries_no_motor_traffic_is_left_out(tmp_path, boundary, tags):
    assert network(written(tmp_path, {10: ([1, 2, 3], tags)}), boundary).roads.empty


def test_nodes_say_barriers_and_dead_ends(tmp_path, boundary):
    ways = {**WAYS, 13: ([5, 6], {"highway": "service"})}
    on = {
        2: {"barrier": "block", "maxwidth": "2"},
        3: {"noexit": "yes"},
        4: {"barrier": "bollard"},  # on the footway only
        6: {"barrier": "gate", "access": "yes"},
        5: {"barrier": "gate"},
    }
    found = network(written(tmp_path, ways, node_tags=on), boundary)
    roads = found.roads.set_index("osm_id")
    assert roads["barrier"].to_dict() == {"10": "block", "13": "gate"}
    assert roads["noexit"].to_dict() == {"10": True, "13": False}
    barriers = found.barriers.set_index("osm_id")
    assert barriers["kind"].to_dict() == {"2": "block", "5": "gate", "6": "gate"}
    assert barriers["blocks"].astype(object).tolist() == [True, pd.NA, False]
    places = found.barriers.to_crs(4326).geometry
    assert places.x[0] == pytest.approx(121.001, abs=1e-8)
    assert places.y[0] == pytest.approx(31.0, abs=1e-8)


def test_nodes_behind_their_ways_lose_no_road(tmp_path, boundary):
    backwards = dict(reversed(NODES.items()))
    path = written(tmp_path, WAYS, backwards, ways_first=True, node_tags={2: {"barrier": "block"}})
    found = network(path, boundary)
    assert found.roads["nodes"][0].tolist() == [1, 2, 3]
    assert found.roads["barrier"][0] == "block"
    assert not found.inputs[0].notes


def test_no_line_leads_over_a_hole_in_the_file(tmp_path, boundary):
    nodes = {**{key: NODES[key] for key in (2, 4, 5, 6)}, 9: (121.002, 31.001)}
    ways = {10: ([2, 9, 3, 4, 5, 1], {"highway": "primary"}), 11: ([4, 6], {"highway": "service"})}
    found = network(written(tmp_path, ways, nodes), boundary)
    assert [one.tolist() for one in found.roads["nodes"]] == [[4, 6], [2, 9], [4, 5]]
    assert found.roads["osm_id"].tolist() == ["11", "10", "10"]
    (note,) = found.inputs[0].notes
    assert (note.key, note.count) == ("ways_incomplete", 1)


def test_repeated_vertices_go_with_their_ids(tmp_path, boundary):
    nodes = {**NODES, 9: NODES[2]}
    ways = {10: ([1, 2, 9, 2, 3], {"highway": "primary"}), 11: ([2, 9], {"highway": "primary"})}
    roads = network(written(tmp_path, ways, nodes), boundary).roads
    assert [one.tolist() for one in roads["nodes"]] == [[1, 2, 3]]
    assert shapely.get_num_coordinates(roads.geometry.array).tolist() == [3]


def test_a_way_in_two_files_is_taken_from_the_fuller_one(tmp_path, boundary):
    cut = {10: ([2, 3], WAYS[10][1]), 14: ([5, 6], {"highway": "service"})}
    paths = [str(written(tmp_path, cut, name="b.osm")), str(written(tmp_path, name="a.osm"))]
    for order in (paths, paths[::-1]):
        roads = read_network(order, boundary=boundary, band_m=500).roads.set_index("osm_id")
        assert sorted(roads.index) == ["10", "14"]
        assert roads.loc["10", "nodes"].tolist() == [1, 2, 3]


def test_the_same_node_in_two_files_is_one_barrier(tmp_path, boundary):
    on = {2: {"barrier": "block"}}
    paths = [str(written(tmp_path, name=name, node_tags=on)) for name in ("a.osm", "b.osm")]
    assert len(read_network(["+".join(paths)], boundary=boundary, band_m=500).barriers) == 1


def test_elsewhere_in_the_world_is_an_empty_network_and_a_note(tmp_path, boundary):
    path = written(tmp_path, {12: WAYS[12]})
    found = network(path, boundary)
    assert found.roads.empty
    assert found.barriers.empty
    assert list(found.roads.columns[-2:]) == ["nodes", "geometry"]
    (note,) = found.inputs[0].notes
    assert note.key == "nothing_near"
    assert float(note.values["distance_km"]) == pytest.approx(56, abs=3)


BROKEN_TEXTS = {
    "web page": "<!DOCTYPE html><html><body>Too many requests</body></html>",
    "no bytes": "",
    "no number": osm_xml().replace("121.001", "12x.001"),
    "no objects": osm_xml({}, {}),
    "no highway": osm_xml({10: ([1, 2], {"railway": "rail"})}),
}


def broken(kind, folder):
    path = folder / "roads.osm"
    if kind == "cut short":
        whole = folder / "whole.osm.pbf"
        with osmium.SimpleWriter(str(whole)) as writer:
            for key, place in NODES.items():
                writer.add_node(osmium.osm.mutable.Node(id=key, location=place))
        path = folder / "cut.osm.pbf"
        path.write_bytes(whole.read_bytes()[:-20])
    elif kind == "cut short xml":
        path.write_text(osm_xml()[:-30], encoding="utf-8")
    elif kind == "cut short gzip":
        path = folder / "roads.osm.gz"
        path.write_bytes(gzip.compress(osm_xml().encode())[:-40])
    elif kind == "noise":
        path = folder / "roads.osm.pbf"
        path.write_bytes(bytes(range(256)) * 4)
    elif kind in BROKEN_TEXTS:
        path.write_text(BROKEN_TEXTS[kind], encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("cut short", "network_not_readable"),
        ("cut short xml", "network_not_readable"),
        ("web page", "network_not_readable"),
        ("cut short gzip", "network_not_readable"),
        ("no bytes", "network_not_readable"),
        ("noise", "network_not_readable"),
        ("no number", "network_not_readable"),
        ("no objects", "network_no_roads"),
        ("no highway", "network_no_roads"),
        ("not there", "no_such_file"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path, boundary, kind, key):
    path = broken(kind, tmp_path)
    with pytest.raises(InputError) as caught:
        network(path, boundary)
    assert caught.value.key == key
    assert path.name in str(caught.value)


@pytest.mark.parametrize("ways_first", [False, True])
def test_named_places_near_the_boundary_are_kept(tmp_path, boundary, ways_first):
    said = {
        4: {"place": "town", "name": "枫泾镇"},
        5: {"place": "village"},  # no name
        6: {"place": "ocean", "name": "too much for a map of a boundary"},
        7: {"place": "town", "name": "58 km away"},
    }
    found = network(written(tmp_path, node_tags=said, ways_first=ways_first), boundary)
    assert found.places.drop(columns="geometry").to_numpy().tolist() == [["枫泾镇", "town"]]
    place = found.places.to_crs(4326).geometry.iloc[0]
    assert (place.x, place.y) == pytest.approx(NODES[4], abs=1e-7)
    assert found.barriers.empty
    assert found.roads["osm_id"].tolist() == ["10"]
    write_network(found, tmp_path / "roads.gpkg")
    again = read_network([str(tmp_path / "roads.gpkg")], boundary=boundary, band_m=500)
    assert again.places["name"].tolist() == ["枫泾镇"]
    assert again.places.geometry.iloc[0].distance(found.places.geometry.iloc[0]) < 0.01

"""Roads in formats that are not OpenStreetMap's own, and the file the program writes itself."""

import geopandas as gpd
import networkx as nx
import numpy as np
import osmnx
import pandas as pd
import pytest
import shapely

from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.network.read import read_network
from roadalign.network.store import write_network
from roadalign.settings import NetworkSettings, Settings

ACROSS = shapely.LineString([(121.001, 30.99), (121.001, 31.0), (121.001, 31.01)])
BESIDE = shapely.LineString([(121.005, 31.001), (121.006, 31.001)])
FAR = shapely.LineString([(121.5, 31.3), (121.51, 31.3)])


@pytest.fixture(scope="module")
def boundary():
    line = shapely.LineString([(121.0, 31.0), (121.02, 31.0)])
    return read_boundary(gpd.GeoDataFrame(geometry=[line], crs=4326), settings=Settings())


def network(source, boundary, **settings):
    own = NetworkSettings(**settings)
    return read_network([source], boundary=boundary, band_m=500, settings=own)


def table(rows, lines=(ACROSS, BESIDE, FAR), crs=4326):
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=list(lines), crs=crs)


@pytest.fixture
def geofabrik():
    return table(
        {
            "osm_id": ["10", "11", "12"],
            "code": [5113, 5122, 5111],
            "fclass": ["primary", "track_grade2", "motorway"],
            "name": ["亭枫公路", None, None],
            "ref": ["G320", None, None],
            "oneway": ["T", "B", "F"],
            "maxspeed": [60, 0, 120],
            "layer": [1, 0, 0],
            "bridge": ["T", "F", "F"],
            "tunnel": ["F", "F", "F"],
        }
    )


@pytest.mark.parametrize("name", ["gis_osm_roads_free_1.shp", "roads.gpkg", "roads.geojson"])
def test_geofabriks_layer(tmp_path, boundary, geofabrik, name):
    geofabrik.to_file(tmp_path / name)
    if name.endswith(".gpkg"):
        water = geofabrik[["osm_id", "fclass", "geometry"]]
        water.to_file(tmp_path / name, layer="gis_osm_waterways_free")
    roads = network(str(tmp_path / name), boundary).roads
    assert roads["osm_id"].tolist() == ["10", "11"]
    row = roads.iloc[0]
    assert (row["name"], row["ref"], row["highway"]) == ("亭枫公路", "G320", "primary")
    assert (row["oneway"], row["maxspeed_kmh"], row["layer"]) == ("backward", 60, 1)
    assert (row["bridge"], row["tunnel"], row["nodes"]) == (True, False, None)
    assert roads.loc[1, ["kind", "oneway"]].tolist() == ["track", "both"]
    assert pd.isna(roads.loc[1, "maxspeed_kmh"])


def test_a_folder_gives_its_extracts_and_its_layers(tmp_path, boundary, geofabrik):
    geofabrik[:1].to_file(tmp_path / "gis_osm_roads_free_1.shp")
    (tmp_path / "more.osm").write_text(
        '<osm version="0.6"><node id="1" lon="121.005" lat="31.001" version="1"/>'
        '<node id="2" lon="121.006" lat="31.001" version="1"/><way id="11" version="1">'
        '<nd ref="1"/><nd ref="2"/><tag k="highway" v="service"/></way></osm>'
    )
    found = network(str(tmp_path), boundary)
    assert sorted(found.roads["osm_id"]) == ["10", "11"]
    assert [record.driver for record in found.inputs] == ["OSM", "ESRI Shapefile"]


def test_a_layer_that_knows_only_highway(boundary):
    roads = network(table({"highway": ["primary", "footway", "motorway"]}), boundary).roads
    assert roads["highway"].tolist() == ["primary"]
    assert roads["osm_id"].isna().all()


def test_tags_that_gdal_keeps_in_one_field(boundary):
    other = ['"lanes"=>"2","highway:CN"=>"1"', None, None]
    given = table({"osm_id": ["1", "2", "3"], "highway": ["primary"] * 3, "other_tags": other})
    roads = network(given, boundary).roads
    assert roads["lanes"].tolist() == [2, pd.NA]
    assert roads["road_class"].tolist() == [5, 4]


def test_a_layer_without_a_system_is_assumed_only_when_told(boundary):
    given = table({"highway": ["primary"] * 3}, crs=None)
    with pytest.raises(InputError) as caught:
        network(given, boundary)
    assert caught.value.key == "no_crs_degrees"
    found = network(given, boundary, crs="EPSG:4326")
    assert len(found.roads) == 2
    assert found.inputs[0].notes[0].key == "crs_assumed"


def test_a_layer_of_something_else_is_refused(boundary):
    with pytest.raises(InputError) as caught:
        network(table({"waterway": ["river"] * 3}), boundary)
    assert caught.value.key == "network_not_roads"
    assert "waterway" in str(caught.value)


def segments():
    everywhere = {"between": None, "when": None}
    return table(
        {
            "id": ["08f1", "08f2", "08f3"],
            "subtype": ["road", "road", "rail"],
            "class": ["motorway", "unknown", "standard_gauge"],
            "subclass": ["link", None, None],
            "names": [{"primary": "G60连接线"}, None, None],
            "routes": [[{"ref": "G60", "network": "CN"}], None, None],
            "road_flags": [
                [{"values": ["is_bridge"], "between": [0.1, 0.4]}],
                [{"values": ["is_under_construction"], "between": None}],
                None,
            ],
            "speed_limits": [
                [
                    {
                        "max_speed": {"value": 80, "unit": "km/h"},
                        "between": [0.0, 0.5],
                        "when": None,
                    },
                    {"max_speed": {"value": 30, "unit": "mph"}, **everywhere},
                ],
                None,
                None,
            ],
            "access_restrictions": [
                [
                    {
                        "access_type": "denied",
                        "when": {"heading": "backward", "mode": None},
                        "between": None,
                    }
                ],
                [
                    {
                        "access_type": "denied",
                        "when": {"heading": None, "mode": ["hgv"]},
                        "between": None,
                    }
                ],
                None,
            ],
            "level_rules": [[{"value": 1, "between": None}], None, None],
        },
        lines=(ACROSS, BESIDE, BESIDE),
    )


def test_segments_of_overture(tmp_path, boundary):
    segments().to_parquet(tmp_path / "segments.parquet")
    found = network(str(tmp_path / "segments.parquet"), boundary)
    assert "Overture" in found.attribution
    first, second = (row for _, row in found.roads.iterrows())
    assert (first["highway"], first["osm_id"], first["name"]) == (
        "motorway_link",
        "08f1",
        "G60连接线",
    )
    assert (first["ref"], first["bridge"], first["layer"]) == ("G60", True, 1)
    assert first["maxspeed_kmh"] == pytest.approx(48.280)
    assert (first["oneway"], second["oneway"]) == ("forward", "both")
    assert (second["status"], second["kind"]) == ("construction", "road")


def graph():
    made = nx.MultiDiGraph(crs="epsg:4326", simplified=True)
    made.add_node(1, x=121.001, y=30.99, street_count=1)
    made.add_node(3, x=121.001, y=31.01, street_count=1)
    made.add_node(5, x=121.006, y=31.001, street_count=1)
    two = {
        "osmid": [10, 14],
        "highway": ["primary", "secondary"],
        "name": "亭枫公路",
        "oneway": False,
        "length": 2217.3,
    }
    made.add_edge(1, 3, 0, **two, reversed=False, geometry=ACROSS)
    made.add_edge(3, 1, 0, **two, reversed=True, geometry=ACROSS.reverse())
    made.add_edge(3, 5, 0, osmid=11, highway="service", oneway=True, reversed=False, length=1.0)
    return made


def test_a_graph_of_osmnx(tmp_path, boundary):
    osmnx.save_graphml(graph(), tmp_path / "g.graphml")
    roads = network(str(tmp_path / "g.graphml"), boundary).roads
    assert roads["osm_id"].tolist() == ["10;14", "11"]
    assert roads["highway"].tolist() == ["primary", "service"]
    assert roads["oneway"].tolist() == ["both", "forward"]
    first, second = roads["nodes"]
    assert (first[0], first[-1], len(first)) == (1, 3, 3)
    assert first[1] < 0
    assert second.tolist() == [3, 5]
    assert roads["name"][0] == "亭枫公路"


@pytest.mark.parametrize(
    "text",
    ["", "<html></html>", "<graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>'],
)
def test_a_broken_graph_is_no_traceback(tmp_path, boundary, text):
    path = tmp_path / "g.graphml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        network(str(path), boundary)
    assert "g.graphml" in str(caught.value)


OSM = """<osm version="0.6">
<node id="1" lon="121.001" lat="30.99" version="1"/>
<node id="2" lon="121.001" lat="31.0" version="1"><tag k="barrier" v="block"/></node>
<node id="3" lon="121.001" lat="31.01" version="1"><tag k="noexit" v="yes"/></node>
<way id="11" version="1"><nd ref="2"/><nd ref="3"/><tag k="highway" v="construction"/>
<tag k="construction" v="trunk"/><tag k="oneway" v="-1"/><tag k="highway:CN:urban" v="arterial"/></way>
<way id="10" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="lanes" v="4"/>
<tag k="maxspeed" v="40 mph"/><tag k="bridge" v="yes"/><tag k="layer" v="1"/>
<tag k="motor_vehicle" v="private"/></way></osm>"""


@pytest.mark.parametrize("suffix", ["gpkg", "parquet", "geojson"])
def test_what_is_written_reads_back_the_same(tmp_path, boundary, suffix):
    (tmp_path / "a.osm").write_text(OSM)
    before = network(str(tmp_path / "a.osm"), boundary)
    path = tmp_path / f"roads.{suffix}"
    write_network(before, path)
    after = network(str(path), boundary)
    plain = ["nodes", "geometry"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(before.roads.drop(columns=plain)),
        pd.DataFrame(after.roads.drop(columns=plain)),
    )
    assert [list(one) for one in after.roads["nodes"]] == [[2, 3], [1, 2]]
    shift_m = shapely.distance(before.roads.geometry.array, after.roads.geometry.array)
    assert shift_m.max() < 0.01
    assert after.attribution == before.attribution
    if suffix == "gpkg":
        assert after.barriers["kind"].tolist() == ["block"]
        assert after.barriers["blocks"].tolist() == [True]
        before_xy, after_xy = (
            shapely.get_coordinates(n.barriers.geometry.array) for n in (before, after)
        )
        assert np.allclose(before_xy, after_xy, atol=0.01)


def test_whom_to_name_is_kept(tmp_path, boundary):
    segments().to_parquet(tmp_path / "segments.parquet")
    found = network(str(tmp_path / "segments.parquet"), boundary)
    write_network(found, tmp_path / "roads.gpkg")
    assert "Overture" in network(str(tmp_path / "roads.gpkg"), boundary).attribution


@pytest.mark.parametrize("kind", ["geofabrik", "overture", "graph", "own"])
def test_roads_elsewhere_are_an_empty_network_and_a_note(tmp_path, boundary, geofabrik, kind):
    path = tmp_path / "roads.gpkg"
    if kind == "geofabrik":
        geofabrik[2:].to_file(path)
    elif kind == "overture":
        path = tmp_path / "segments.parquet"
        segments().set_geometry([FAR] * 3, crs=4326).to_parquet(path)
    elif kind == "graph":
        path = tmp_path / "g.graphml"
        made = graph()
        for node in made.nodes:
            made.nodes[node]["x"] -= 1
        made.remove_edges_from([(1, 3), (3, 1)])
        osmnx.save_graphml(made, path)
    else:
        (tmp_path / "a.osm").write_text(OSM)
        line = shapely.LineString([(122.0, 31.0), (122.02, 31.0)])
        there = read_boundary(gpd.GeoDataFrame(geometry=[line], crs=4326), settings=Settings())
        (tmp_path / "a.osm").write_text(OSM.replace("121.001", "122.001"))
        write_network(network(str(tmp_path / "a.osm"), there), path)
    found = network(str(path), boundary)
    assert found.roads.empty
    assert found.barriers.empty
    assert [note.key for note in found.inputs[0].notes] == ["nothing_near"]


def test_ids_that_are_none_are_left_out(tmp_path, boundary):
    (tmp_path / "a.osm").write_text(OSM)
    path = tmp_path / "roads.geojson"
    write_network(network(str(tmp_path / "a.osm"), boundary), path)
    path.write_text(path.read_text(encoding="utf-8").replace('"2 3"', '"2 x"'), encoding="utf-8")
    nodes = network(str(path), boundary).roads["nodes"]
    assert nodes[0] is None
    assert nodes[1].tolist() == [1, 2]


def test_whose_the_roads_are_can_be_set(tmp_path, boundary):
    path = tmp_path / "roads.gpkg"
    table({"highway": ["primary"]}, lines=(ACROSS,)).to_file(path)
    found = network(str(path), boundary, attribution="city of X")
    assert found.attribution == "city of X"
    assert network(str(path), boundary).attribution == "© OpenStreetMap contributors"

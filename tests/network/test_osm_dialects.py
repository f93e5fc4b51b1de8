"""OpenStreetMap files as editors, mergers and attackers write them.

The boundary is a line of about 2 km along latitude 31, from longitude 121 to 121.02.
"""

import bz2
import gzip
import random

import geopandas as gpd
import osmium
import pytest
import shapely

from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.formats.osm.layer import road_layer
from roadalign.network.read import read_network
from roadalign.plans.inspection import inspect
from roadalign.plans.read import read_plan
from roadalign.settings import Settings

LAT = {"south": "30.990", "line": "31.000", "north": "31.010"}
BIG = 2**63 - 2


@pytest.fixture(scope="module")
def boundary():
    line = shapely.LineString([(121.0, 31.0), (121.02, 31.0)])
    return read_boundary(gpd.GeoDataFrame(geometry=[line], crs=4326), settings=Settings())


def node(key, lon="121.001", lat="31.000", more="", tags=None):
    return f'<node id="{key}" lon="{lon}" lat="{lat}" {more}>{tagged(tags)}</node>'


def way(key, refs, tags=None, more='version="1"', kind="primary"):
    own = {"highway": kind} if tags is None else tags
    inside = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{key}" {more}>{inside}{tagged(own)}</way>'


def tagged(tags):
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in (tags or {}).items())


def across(first, lon="121.001"):
    """Return three nodes across the boundary, with ids that count away from zero."""
    step = 1 if first > 0 else -1
    keys = [first, first + step, first + 2 * step]
    return keys, [node(key, lon, lat) for key, lat in zip(keys, LAT.values(), strict=True)]


def osm(folder, *objects, name="roads.osm", encoding="utf-8", root="osm"):
    path = folder / name
    text = f'<?xml version="1.0" encoding="{encoding}"?><{root} version="0.6">'
    raw = f"{text}{''.join(objects)}</{root}>".encode(encoding)
    pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
    path.write_bytes(pack(raw))
    return path


def network(path, boundary):
    return read_network([str(path)], boundary=boundary, band_m=500)


def roads_of(path, boundary):
    roads = network(path, boundary).roads
    return {key: nodes.tolist() for key, nodes in zip(roads["osm_id"], roads["nodes"], strict=True)}


def notes_of(found):
    return {note.key: note.count for record in found.inputs for note in record.notes}


def refusal(path, boundary):
    with pytest.raises(InputError) as caught:
        network(path, boundary)
    return caught.value


@pytest.mark.parametrize(
    ("first", "way_id"), [(-1, -7), (-1, 7), (1, -7), (BIG - 9, BIG), (9 - BIG, 1)]
)
@pytest.mark.parametrize("name", ["a.osm", "a.osm.bz2"])
def test_any_id_is_an_id(tmp_path, boundary, first, way_id, name):
    keys, nodes = across(first)
    path = osm(tmp_path, *nodes, way(way_id, keys), name=name)
    assert roads_of(path, boundary) == {str(way_id): keys}
    assert not notes_of(network(path, boundary))


@pytest.mark.parametrize("sorting", ["", "Type_then_ID"])
@pytest.mark.parametrize("keys", [[-3, -2, -1], [5, 4, 3], [-2, 3, 2**40]])
def test_ids_in_binary_files(tmp_path, boundary, keys, sorting):
    path = tmp_path / "a.osm.pbf"
    head = osmium.io.Header()
    head.set("sorting", sorting)
    mutable = osmium.osm.mutable
    with osmium.SimpleWriter(str(path), header=head) as writer:
        for key, lat in zip(keys, LAT.values(), strict=True):
            writer.add_node(mutable.Node(id=key, location=(121.001, float(lat))))
        for way_id in (-4, 9):
            writer.add_way(mutable.Way(id=way_id, nodes=keys, tags={"highway": "primary"}))
    assert roads_of(path, boundary) == {"-4": keys, "9": keys}


def test_what_is_new_in_an_editor_stands_beside_what_was_downloaded(tmp_path, boundary):
    old, nodes = across(1)
    new, more = across(-1, "121.005")
    path = osm(tmp_path, *more, *nodes, way(-5, new), way(4, [*old, -3]), way(-6, [2, -2]))
    assert roads_of(path, boundary) == {"-5": new, "4": [*old, -3], "-6": [2, -2]}


@pytest.mark.parametrize(
    ("mark", "name", "encoding"),
    [
        ('action="delete"', "a.osm", "utf-8"),
        ("action='delete'", "a.osm.gz", "utf-8"),
        ('action = "delete"', "a.osm.bz2", "utf-8"),
        ('action="delete"', "a.osm", "utf-16"),
        ('visible="false"', "a.osm", "utf-8"),
        ('visible="false" action="modify"', "a.osm", "utf-8"),
    ],
)
def test_a_deleted_road_is_left_out_and_counted(tmp_path, boundary, mark, name, encoding):
    keys, nodes = across(1)
    deleted = [way(7, keys, more=mark), way(9, keys, more=mark, kind="footway")]
    kept = way(8, keys, more='action="modify"')
    found = network(osm(tmp_path, *nodes, *deleted, kept, name=name, encoding=encoding), boundary)
    assert found.roads["osm_id"].tolist() == ["8"]
    assert notes_of(found) == {"ways_deleted": 1}


def test_a_road_that_only_speaks_of_deleting_stays(tmp_path, boundary):
    keys, nodes = across(1)
    said = {"highway": "primary", "note": "action=delete", "action": "delete"}
    assert roads_of(osm(tmp_path, *nodes, way(7, keys, said)), boundary) == {"7": keys}


@pytest.mark.parametrize("mark", ['action="delete"', 'visible="false" version="3"'])
def test_a_deleted_node_is_no_node(tmp_path, boundary, mark):
    keys, nodes = across(1)
    gone = node(9, "121.002", "31.001", mark, {"barrier": "gate"})
    found = network(osm(tmp_path, *nodes, gone, way(7, [*keys, 9])), boundary)
    assert found.roads["nodes"][0].tolist() == keys
    assert found.barriers.empty
    assert notes_of(found) == {"ways_incomplete": 1}


@pytest.mark.parametrize("newest_first", [False, True])
def test_of_several_versions_the_newest_counts(tmp_path, boundary, newest_first):
    keys, nodes = across(1)
    versions = [
        way(7, keys, more='version="2"', kind="secondary"),
        way(7, keys[:2], more='version="10"', kind="trunk"),
        way(8, keys, more='version="1"'),
        way(8, keys, {"railway": "rail"}, more='version="2"'),
        way(9, keys, {}, more='version="1"'),
        way(9, keys, more='version="2"'),
    ]
    versions = versions[::-1] if newest_first else versions
    found = network(osm(tmp_path, *nodes, *versions), boundary)
    roads = found.roads.set_index("osm_id")
    assert roads["kind"].to_dict() == {"7": "trunk", "9": "primary"}
    assert roads.loc["7", "nodes"].tolist() == keys[:2]
    assert notes_of(found) == {"ways_older": 2}


def test_of_equal_versions_the_last_counts(tmp_path, boundary):
    keys, nodes = across(1)
    twice = [way(7, keys, more="", kind="residential"), way(7, keys, more="", kind="trunk")]
    assert network(osm(tmp_path, *nodes, *twice), boundary).roads["kind"].tolist() == ["trunk"]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_node_stands_where_its_newest_version_stands(tmp_path, boundary, newest_first):
    """The way ends 1,100 m north in its newest version; its older end lies 50 km away."""
    two = [
        node(2, "121.5", "31.3", 'version="1"', {"barrier": "gate"}),
        node(2, "121.001", "31.010", 'version="2"', {"barrier": "block"}),
    ]
    two = two[::-1] if newest_first else two
    path = osm(tmp_path, node(1), *two, way(7, [1, 2]))
    found = network(path, boundary)
    # 0.01 degrees of latitude at 31 degrees north are 1,108.7 m on the ellipsoid.
    assert found.roads.geometry.length[0] == pytest.approx(1108.7, abs=1)
    assert found.barriers["kind"].tolist() == ["block"]


@pytest.mark.parametrize("deleted_last", [False, True])
def test_a_road_deleted_in_its_newest_version_is_gone(tmp_path, boundary, deleted_last):
    keys, nodes = across(1)
    two = [way(7, [], {}, 'version="2" visible="false"'), way(7, keys)]
    path = osm(tmp_path, *nodes, *(two[::-1] if deleted_last else two), way(8, keys))
    found = network(path, boundary)
    assert found.roads["osm_id"].tolist() == ["8"]
    assert notes_of(found) == {"ways_deleted": 1}


def test_binary_files_may_hold_a_road_twice_too(tmp_path, boundary):
    keys, nodes = across(1)
    both = [way(7, keys, kind="residential"), way(7, keys, more='version="2"', kind="trunk")]
    source = osm(tmp_path, *nodes, *both)
    path = tmp_path / "a.osm.pbf"
    head = osmium.io.Header()
    head.set("sorting", "Type_then_ID")
    with osmium.SimpleWriter(str(path), header=head) as writer:
        for one in osmium.FileProcessor(str(source)):
            writer.add(one)
    found = network(path, boundary)
    assert found.roads["kind"].tolist() == ["trunk"]
    assert notes_of(found) == {"ways_older": 1}


@pytest.mark.parametrize("name", ["a.osc", "a.osc.gz", "a.osm", "a.osm.bz2"])
def test_a_change_file_is_refused(tmp_path, boundary, name):
    keys, nodes = across(1)
    inside = f"<create>{''.join(nodes)}{way(7, keys)}</create>"
    problem = refusal(osm(tmp_path, inside, name=name, root="osmChange"), boundary)
    assert (problem.key, "apply-changes" in str(problem)) == ("osm_changes", True)


@pytest.mark.parametrize("name", ["a.osh", "a.osh.gz", "a.osh.pbf", "told.osm.pbf"])
def test_a_history_file_is_refused(tmp_path, boundary, name):
    keys, nodes = across(1)
    source = osm(tmp_path, *nodes, way(7, keys), name="source.osm")
    path = tmp_path / name
    if name.endswith(".pbf"):
        # The writer marks as a history what is called so.
        called = tmp_path / "a.osh.pbf"
        with osmium.SimpleWriter(str(called)) as writer:
            for one in osmium.FileProcessor(str(source)):
                writer.add(one)
        called.rename(path)
    else:
        osm(tmp_path, *nodes, way(7, keys), name=name)
    problem = refusal(path, boundary)
    assert (problem.key, "time-filter" in str(problem)) == ("osm_history", True)


def test_roads_without_two_places_are_told(tmp_path, boundary):
    keys, nodes = across(1)
    twin = node(4, "121.001", LAT["line"])
    odd = [way(10, []), way(11, [2]), way(12, [2, 4]), way(13, [2, 2])]
    found = network(osm(tmp_path, *nodes, twin, *odd, way(14, keys)), boundary)
    assert found.roads["osm_id"].tolist() == ["14"]
    assert notes_of(found) == {"ways_without_line": 4}


@pytest.mark.parametrize(
    ("objects", "told"),
    [
        ([node(1), way(7, [])], {"short": 1}),
        ([node(1), node(2, lat="31.01"), way(7, [1, 3]), way(8, [4, 5, 6])], {"incomplete": 2}),
        ([node(1), node(2, lat="31.01"), way(7, [1, 2], more='visible="false"')], {"deleted": 1}),
        ([node(1, "200"), node(2, lat="91"), way(7, [1, 2])], {"incomplete": 1}),
        (['<node id="1"/><node id="2"/>', way(7, [1, 2])], {"incomplete": 1}),
    ],
)
def test_a_file_whose_roads_cannot_be_drawn_says_why(tmp_path, boundary, objects, told):
    problem = refusal(osm(tmp_path, *objects), boundary)
    assert problem.key == "osm_no_lines"
    nothing = {"short": 0, "incomplete": 0, "deleted": 0}
    assert problem.values == {**nothing, **told, "count": sum(told.values())}


def bomb():
    severities = "".join(f'<!ENTITY e{one} "{f"&e{one - 1};" * 10}">' for one in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY e0 "action">{severities}]>'
        '<osm version="0.6"><node id="1" lat="31" lon="121"><tag k="name" v="&e11;"/></node></osm>'
    ).encode()


HOSTILE = {
    "entities": ("a.osm", bomb),
    "entities, packed": ("a.osm.bz2", lambda: bz2.compress(bomb())),
    "no number": ("a.osm", lambda: bomb_free('lat="NaN"')),
    "beyond all numbers": ("a.osm", lambda: bomb_free(f'lat="{"9" * 30}"')),
    "an id beyond 64 bits": ("a.osm", lambda: bomb_free('lat="1"', key="9" * 30)),
    "blanks without end": ("a.osm.gz", lambda: gzip.compress(b"<osm>" + b" " * (70 << 20))),
    "cut short": ("a.osm.bz2", lambda: bz2.compress(bomb_free('lat="31"') * 999)[:-20]),
    "not packed": ("a.osm.bz2", lambda: bomb_free('lat="31"')),
    "a way of more nodes than any": ("a.osm", lambda: bomb_free('lat="31"', refs=100_001)),
}


def bomb_free(lat, key="1", refs=2):
    inside = node(2) + way(7, [2] * refs, more='version="1" action="modify"')
    head = f'<?xml version="1.0"?><osm version="0.6"><node id="{key}" lon="121" {lat}/>'
    return f"{head}{inside}</osm>".encode()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused(tmp_path, boundary, kind):
    name, make = HOSTILE[kind]
    path = tmp_path / name
    path.write_bytes(make())
    assert refusal(path, boundary).key in {"network_not_readable", "markup_entities"}


@pytest.mark.parametrize("seed", range(12))
def test_any_order_and_any_versions_give_the_newest_state(tmp_path, boundary, seed):
    """The truth is kept in two dictionaries while the objects are made."""
    draw = random.Random(seed)  # noqa: S311  (no secret)
    objects, places, drawn = [], {}, {}
    keys = draw.sample([*range(-12, 0), *range(1, 12)], 14)
    for key in keys:
        for version in range(1, draw.randint(2, 4)):
            place = (f"121.0{draw.randint(10, 99)}", f"31.00{draw.randint(10, 99)}")
            gone = draw.random() < 0.1
            shown = f'version="{version}" visible="{str(not gone).lower()}"'
            objects.append(node(key, *place, shown))
            places[key] = None if gone else place
    for key in draw.sample([-3, -2, -1, 1, 2, 3], 4):
        for version in range(1, draw.randint(2, 4)):
            refs = draw.sample(keys, draw.randint(0, 5))
            kind = draw.choice(["primary", "footway", "trunk"])
            gone = draw.random() < 0.2
            shown = f'version="{version}" visible="{str(not gone).lower()}"'
            objects.append(way(key, refs, more=shown, kind=kind))
            drawn[key] = [] if gone or kind == "footway" else refs
    draw.shuffle(objects)
    expected = [run for key, refs in drawn.items() for run in runs(key, refs, places)]
    path = osm(tmp_path, *objects)
    roads = roads_or_none(path, boundary)
    if roads is None:
        assert expected == []
        return
    found = [(key, ref.tolist()) for key, ref in zip(roads["osm_id"], roads["nodes"], strict=True)]
    assert sorted(found) == sorted(expected)
    for line, (_, refs) in zip(roads.to_crs(4326).geometry, found, strict=True):
        there = [tuple(map(float, places[ref])) for ref in refs]
        assert shapely.equals_exact(line, shapely.LineString(there), 1e-6)


def roads_or_none(path, boundary):
    try:
        return read_network([str(path)], boundary=boundary, band_m=30_000).roads
    except InputError as problem:
        if problem.key != "osm_no_lines":
            raise
        return None


def runs(key, refs, places):
    """Return the stretches of a way between nodes that have no place."""
    found, run = [], []
    for ref in [*refs, None]:
        if places.get(ref) is not None:
            run.append(ref)
            continue
        if len(run) > 1:
            found.append((str(key), run))
        run = []
    return found


def plan_of(path, boundary):
    return read_plan([str(path)], side="a", boundary=boundary, settings=Settings())


@pytest.mark.parametrize("name", ["a.osm", "a.osm.gz", "a.osm.bz2"])
@pytest.mark.parametrize("first", [1, -1])
def test_a_plan_may_be_such_a_file(tmp_path, boundary, name, first):
    """Nodes stand behind their ways here: a reader that goes through once loses every road."""
    keys, nodes = across(first)
    tags = {"highway": "primary", "name": "亭枫公路", "lanes": "4", "oneway": "-1"}
    footway = way(8, keys, kind="footway")
    deleted = way(9, keys, more='action="delete"')
    path = osm(tmp_path, way(-7, keys, tags), footway, deleted, *nodes[::-1], name=name)
    plan = plan_of(path, boundary)
    assert plan.roads["fid"].tolist() == ["-7"]
    row = plan.roads.iloc[0]
    assert (row["name"], row["lanes"], row["class_text"]) == ("亭枫公路", 4, "primary")
    # DrawnLines northwards, open only southwards: the line is turned.
    assert row["geometry"].coords[0][1] > row["geometry"].coords[-1][1]
    (record,) = plan.inputs
    assert (record.driver, record.features_total, record.sha256 is None) == ("OSM", 1, False)
    assert {note.key: note.count for note in record.notes} == {"ways_deleted": 1}


def test_a_plan_of_a_binary_file_and_what_inspect_says_of_it(tmp_path, boundary):
    keys, nodes = across(1)
    ways = [way(7, keys, {"highway": "primary", "width:lanes": "3|3"}), way(8, [*keys, 99])]
    source = osm(tmp_path, *nodes, *ways)
    path = tmp_path / "a.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for one in osmium.FileProcessor(str(source)):
            writer.add(one)
    assert plan_of(path, boundary).roads["fid"].tolist() == ["7", "8"]
    for given in (path, f"{path}:lines"):
        (report,) = inspect(
            str(given), boundary=gpd.GeoDataFrame(geometry=[boundary.line], crs=boundary.crs)
        )
        assert (report.readable, report.driver, report.features) == (True, "OSM", 2)
        assert {fault.kind: fault.count for fault in report.faults}["ways_incomplete"] == 1
        assert "width:lanes" in report.unused


def test_a_layer_of_such_a_file_that_is_not_there(tmp_path, boundary):
    keys, nodes = across(1)
    path = osm(tmp_path, *nodes, way(7, keys))
    with pytest.raises(InputError) as caught:
        plan_of(f"{path}:points", boundary)
    assert caught.value.key == "no_such_layer"


@pytest.mark.parametrize(
    ("name", "root", "key"),
    [("a.osc", "osmChange", "osm_changes"), ("a.osh", "osm", "osm_history")],
)
def test_a_plan_is_no_change_file_and_no_history(tmp_path, boundary, name, root, key):
    keys, nodes = across(1)
    inside = [*nodes, way(7, keys)]
    inside = [f"<modify>{''.join(inside)}</modify>"] if root == "osmChange" else inside
    with pytest.raises(InputError) as caught:
        plan_of(osm(tmp_path, *inside, name=name, root=root), boundary)
    assert caught.value.key == key


def test_a_boundary_is_not_made_of_roads(tmp_path):
    keys, nodes = across(1)
    path = osm(tmp_path, *nodes, way(7, keys, {"boundary": "administrative"}))
    with pytest.raises(InputError) as caught:
        read_boundary(str(path), settings=Settings())
    assert (caught.value.key, "align boundary osm" in str(caught.value)) == ("osm_only_roads", True)


def test_keys_of_mappers_do_not_become_fields_without_end(tmp_path):
    keys, nodes = across(1)
    many = {"highway": "primary", "zz_last": "1"} | {f"key{one:03}": "x" for one in range(300)}
    path = osm(
        tmp_path, *nodes, way(7, keys, many), way(8, keys, {"highway": "trunk", "zz_last": "2"})
    )
    frame, notes = road_layer(path, label="a.osm")
    assert len(frame.columns) == 201  # 200 and the lines
    assert frame.columns[0] == "highway"
    assert frame["zz_last"].tolist() == ["1", "2"]
    assert not notes

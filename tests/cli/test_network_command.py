"""``align network`` as a process: cutting files, and downloading over real HTTP."""

import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyogrio
import pytest

import warm_processes

STATUS = (
    "Connected as: 1\nCurrent time: 2030-01-01T00:00:00Z\nRate limit: 0\n\n2 slots available now.\n"
)
LINE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "LineString", "coordinates": [[121.0, 31.0], [121.4, 31.0]]},
        }
    ],
}
NODES = {
    1: (121.001, 30.99),
    2: (121.001, 31.0),
    3: (121.001, 31.01),
    4: (121.39, 30.99),
    5: (121.39, 31.01),
}
ELEMENTS = [
    *({"type": "node", "id": key, "lon": x, "lat": y} for key, (x, y) in NODES.items()),
    {"type": "way", "id": 10, "nodes": [1, 2, 3], "tags": {"highway": "primary", "name": "A"}},
    {"type": "way", "id": 11, "nodes": [4, 5], "tags": {"highway": "tertiary"}},
]
ELEMENTS[1]["tags"] = {"barrier": "block"}
OSM = """<osm version="0.6">
<node id="1" lon="121.001" lat="30.99" version="1"/><node id="2" lon="121.001" lat="31.01" version="1"/>
<way id="10" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way></osm>"""


class Overpass(ThreadingHTTPServer):
    """Answers like Overpass; `failing` numbers of questions get 500."""

    def __init__(self, failing=(), *, remark=False):
        super().__init__(("127.0.0.1", 0), Answers)
        self.failing, self.remark, self.asked = set(failing), remark, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/api"


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.reply(200 if self.path == "/api/status" else 404, STATUS.encode(), "text/plain")

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        data = urllib.parse.parse_qs(self.rfile.read(size).decode())["data"][0]
        self.server.asked.append(data)
        if len(self.server.asked) in self.server.failing:
            self.reply(500, b"<html>Internal error</html>", "text/html")
            return
        content = {"version": 0.6, "elements": ELEMENTS}
        if self.server.remark:
            content["remark"] = "runtime error: Query timed out"
        self.reply(200, json.dumps(content).encode(), "application/json")

    def reply(self, code, body, kind):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "line.geojson").write_text(json.dumps(LINE))
    (tmp_path / "a.osm").write_text(OSM)
    return tmp_path


def align(*words, **more):
    return warm_processes.align("network", *words, NO_PROXY="*", **more)


def fetch(server, folder, *words):
    url = server if isinstance(server, str) else server.url
    return align(
        "fetch", "-b", "line.geojson", "--band-km", 2, "--overpass-url", url, *words, folder=folder
    )


def cut(folder, *words, **more):
    return align("cut", "a.osm", "-b", "line.geojson", *words, folder=folder, **more)


def roads(path):
    return pyogrio.read_dataframe(path, layer="roads")


def test_cut_writes_both_layers_and_names_the_source(folder):
    ran = cut(folder, "--band-km", 1)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "roads.gpkg: 1 roads, 2.2 km, 0 barriers",
        "© OpenStreetMap contributors",
    ]
    assert ran.stderr.startswith("[1/3] ")
    layers = [str(name) for name, _ in pyogrio.list_layers(folder / "roads.gpkg")]
    assert layers == ["roads", "barriers"]
    assert roads(folder / "roads.gpkg")["nodes"].tolist() == ["1 2"]
    info = pyogrio.read_info(folder / "roads.gpkg", layer="roads")
    assert "© OpenStreetMap contributors" in info["layer_metadata"]["DESCRIPTION"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.osm", "line.geojson", "roads.gpkg"]


def test_what_was_cut_can_be_cut_again(folder):
    assert cut(folder).returncode == 0
    ran = align("cut", "roads.gpkg", "-b", "line.geojson", "-o", "again.parquet", folder=folder)
    assert ran.returncode == 0, ran.stderr
    ran = align("cut", "again.parquet", "-b", "line.geojson", "-o", "last.geojson", folder=folder)
    assert ran.returncode == 0, ran.stderr
    last = json.loads((folder / "last.geojson").read_text(encoding="utf-8"))
    assert "© OpenStreetMap contributors" in last["description"]
    assert last["features"][0]["properties"]["nodes"] == "1 2"
    assert cut(folder, "-q", "-o", "last.geojson").stdout == ""
    assert not list(folder.glob("*.xml"))


def test_a_file_of_somebody_else_is_not_overwritten(folder):
    for name in ("roads.gpkg", "roads.geojson", "roads.parquet"):
        foreign = folder / name
        foreign.write_text("mine")
        ran = cut(folder, "-o", name)
        assert (ran.returncode, foreign.read_text()) == (2, "mine")
        assert name in ran.stderr
        assert cut(folder, "-o", name, "--force").returncode == 0
        assert cut(folder, "-o", name).returncode == 0  # its own file now


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "roads.shp"], ".gpkg"),
        (["-o", "nowhere/roads.gpkg"], "nowhere"),
        (["--band-km", "0"], "--band-km"),
        (["--band-km", "1e9"], "--band-km"),
        (["-b", "none.geojson"], "none.geojson"),
        (["none.osm.pbf"], "none.osm.pbf"),
        (["line.geojson"], "highway"),
    ],
)
def test_a_wrong_call_says_so_and_writes_nothing(folder, words, said):
    before = sorted(path.name for path in folder.iterdir())
    for lang in ("en", "zh"):
        ran = cut(folder, *words, lang=lang)
        assert ran.returncode == 2
        assert said in ran.stderr
        assert "Traceback" not in ran.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_bad_file_is_no_traceback(folder):
    (folder / "a.osm").write_text("<html></html>")
    ran = cut(folder)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "a.osm" in ran.stderr


def test_nothing_near_is_said_and_written(folder):
    (folder / "a.osm").write_text(OSM.replace("121.001", "120.001"))
    ran = cut(folder)
    assert ran.returncode == 0
    assert "no road near the boundary" in ran.stderr
    assert roads(folder / "roads.gpkg").empty
    assert (
        align("cut", "roads.gpkg", "-b", "line.geojson", "-o", "b.gpkg", folder=folder).returncode
        == 0
    )


def test_fetch_asks_piece_by_piece_and_survives_a_failure(folder):
    server = Overpass(failing={2})
    ran = fetch(server, folder)
    assert ran.returncode == 0, ran.stderr
    found = roads(folder / "roads.gpkg")
    assert sorted(found["osm_id"]) == ["10", "11"]
    assert found.set_index("osm_id").loc["10", ["nodes", "barrier"]].tolist() == ["1 2 3", "block"]
    assert ran.stdout.endswith("© OpenStreetMap contributors\n")
    # 38 km of line in cells of 15 km: at least three pieces, and one asked for twice.
    assert len(server.asked) >= 4
    assert len(set(server.asked)) == len(server.asked) - 1
    assert "construction:highway" in server.asked[0]


@pytest.mark.slow  # a storm of processes
def test_an_interrupted_download_goes_on_where_it_was(folder):
    server = Overpass(failing=range(3, 100))
    ran = fetch(server, folder)
    assert ran.returncode == 2
    assert "align-cache" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (folder / "roads.gpkg").exists()
    half = next((folder / "align-cache").glob("*/*.json"))
    half.write_text(half.read_text()[:50])  # stopped while it was written
    better = Overpass()
    ran = fetch(better, folder)
    assert ran.returncode == 0, ran.stderr
    assert sorted(roads(folder / "roads.gpkg")["osm_id"]) == ["10", "11"]
    done, wanted = set(server.asked[:2]), set(server.asked[:3])
    assert len(done & set(better.asked)) == 1
    assert wanted - done <= set(better.asked)
    better.shutdown()
    better.server_close()
    ran = fetch(better.url, folder)  # everything is there: no server is needed
    assert ran.returncode == 0, ran.stderr


def test_an_answer_that_says_it_is_not_whole_is_not_taken(folder):
    ran = fetch(Overpass(remark=True), folder)
    assert ran.returncode == 2
    assert not list((folder / "align-cache").glob("*/*.json"))


def test_offline_says_what_to_do(folder):
    server = Overpass()
    server.shutdown()
    server.server_close()
    for lang, said in (("en", "align network cut"), ("zh", "数据摘录")):
        ran = align(
            "fetch", "-b", "line.geojson", "--overpass-url", server.url, folder=folder, lang=lang
        )
        assert ran.returncode == 2
        assert said in ran.stderr
        assert "geofabrik" in ran.stderr
        assert "Traceback" not in ran.stderr
    assert not (folder / "roads.gpkg").exists()


@pytest.mark.parametrize("command", ["cut", "fetch"])
def test_help_has_an_example_in_both_languages(folder, command):
    assert f"align network {command}" in align(command, "--help", folder=folder).stdout
    assert "示例" in align(command, "--help", folder=folder, lang="zh").stdout

"""Tiles behind the map: none unless asked for, in their own coordinates, and nobody's key told."""

import base64
import html
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from roadalign.errors import InputError
from roadalign.model.basemap import parse_basemap
from roadalign.outputs.map import render
from roadalign.outputs.map.payload import payload
from roadalign.settings import Settings, as_plain, parse_settings

KEY = "0123456789abcdef"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def unpacked(text):
    """Return longitudes and latitudes of a packed line, in degrees."""
    numbers, value, shift = [], 0, 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lon = lat = 0
    places = []
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + east, lat + north
        places.append((lon / 1e6, lat / 1e6))
    return places


def drawn(result, given):
    return payload(result, lang="en", basemap=parse_basemap(given))


def test_what_is_drawn_on_gaode_is_moved_and_what_is_told_is_not(made_result):
    plain, moved = drawn(made_result, "none"), drawn(made_result, "gaode")
    # 121° E 30.8° N lies 0.004348° further east and 0.002267° further south in GCJ-02
    assert plain["points"][0]["at"] == [30.8, 121.0]
    assert moved["points"][0]["at"] == pytest.approx([30.797733, 121.004348], abs=2e-6)
    assert (moved["points"][0]["lon"], moved["points"][0]["lat"]) == (121.0, 30.8)
    # of the line, from 1 km west to 5 km east of there, about the same is true
    for key in ("boundary", "links"):
        for one, two in zip(unpacked(plain[key][0]), unpacked(moved[key][0]), strict=True):
            assert two[0] - one[0] == pytest.approx(0.00435, abs=3e-4)
            assert two[1] - one[1] == pytest.approx(-0.00227, abs=3e-4)
    for same in ("osm", f"tianditu:{KEY}"):
        assert drawn(made_result, same)["boundary"] == plain["boundary"]


def test_the_policy_opens_the_page_to_the_tiles_alone(made_result):
    def policy(given):
        page = html.unescape(render(made_result, lang="en", basemap=parse_basemap(given)))
        return page.split('Content-Security-Policy" content="')[1].split('"')[0]

    assert "img-src data:;" in policy("none")
    assert "img-src data: https://tile.openstreetmap.org;" in policy("osm")
    assert "http" not in policy("osm").replace("https://tile.openstreetmap.org", "")
    assert policy("gaode").count("autonavi.com") == 4


def test_a_key_stands_in_the_map_alone(made_result):
    settings = parse_settings({"basemap": f"tianditu:{KEY}"}, where="align.toml")
    assert as_plain(settings)["basemap"] == "tianditu:***"
    assert KEY in render(made_result, lang="en", basemap=parse_basemap(settings.basemap))
    url = f"https://tiles.example.org/{{z}}/{{x}}/{{y}}?key={KEY}"
    plain = as_plain(parse_settings({"basemap": url}, where="align.toml"))
    assert plain["basemap"] == "https://tiles.example.org/***"
    assert as_plain(Settings())["basemap"] == "none"


@pytest.mark.parametrize(
    "given",
    [
        "google",
        "tianditu",
        "tianditu:x y",
        "osm:key12345",
        "https://tiles.example.org/{z}/{x}.png",
        "ftp://tiles.example.org/{z}/{x}/{y}",
        "https://user:word@tiles.example.org/{z}/{x}/{y}",
        "https://a.org;script-src/{z}/{x}/{y}",
        "https://[/{z}/{x}/{y}",
    ],
)
def test_what_is_no_basemap_is_refused(given):
    with pytest.raises(InputError) as refused:
        parse_settings({"basemap": given}, where="align.toml")
    for lang in ("en", "zh"):
        said = refused.value.render(lang)
        assert "{z}" in said or "KEY" in said or "密钥" in said
        assert "key12345" not in said


@pytest.fixture
def tile_server():
    """Serve one pixel for every tile, and note what was asked for."""
    asked = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
def test_tiles_are_asked_for_and_drawn(chromium, made_result, tile_server, tmp_path):
    origin, asked = tile_server
    path = tmp_path / "map.html"
    tiles = parse_basemap(origin + "/{z}/{x}/{y}.png")
    path.write_text(render(made_result, lang="en", basemap=tiles), encoding="utf-8")
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("img.leaflet-tile-loaded")
    # 6 km are some hundred pixels wide where a tile of 256 takes 10 km or less
    zoom, x, y = asked[0].removesuffix(".png").strip("/").split("/")
    assert int(zoom) >= 11
    # the column of 121° E at that zoom, give or take the width of the view
    assert int(x) == pytest.approx((121.02 + 180) / 360 * 2 ** int(zoom), abs=6)
    assert int(y) > 0
    assert origin.split("//")[1] in page.inner_text("#sources")
    assert "sees who opens this map" in page.inner_text("#legend")
    assert complaints == []
    context.close()

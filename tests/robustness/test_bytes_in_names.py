"""Names that are no UTF-8 are refused by name, in a real process, whatever they name."""

import os
import subprocess
import sys

import geopandas as gpd
import pytest
from shapely import LineString

from benchmarks.processes import environment
from roadalign.errors import InputError
from roadalign.formats.sources import find_layers

PROGRAM = "from roadalign.cli import main; main()"
ODD = b"\xff"
CALLS = {
    "plan": (b"inspect", b"\xff.shp"),
    "nothing": (b"inspect", b"\xff.nothing", b"--html", b"x.html"),
    "output": (b"check", b"a.shp", b"b.shp", b"-b", b"line.geojson", b"-o", b"out\xff"),
    "names": (b"check", b"a.shp", b"b.shp", b"-b", b"line.geojson", b"--names", b"\xff,b"),
    "crs": (b"check", b"a.shp", b"b.shp", b"-b", b"line.geojson", b"--assume-crs", b"a=\xff"),
    "command": (ODD,),
}


@pytest.fixture
def folder(tmp_path):
    for name, x in (("a", 121.0), ("b", 120.99), ("odd", 121.0)):
        line = LineString([(x, 30.8), (x + 0.01, 30.8)])
        gpd.GeoDataFrame({"name": ["x"]}, geometry=[line], crs=4326).to_file(
            tmp_path / f"{name}.shp"
        )
    line = LineString([(121.0, 30.7), (121.0, 30.9)])
    gpd.GeoDataFrame(geometry=[line], crs=4326).to_file(tmp_path / "line.geojson")
    (tmp_path / "inner").mkdir()
    try:
        for path in tmp_path.glob("odd.*"):
            path.rename(
                os.fsdecode(os.fsencode(tmp_path / "inner") + b"/\xff" + os.fsencode(path.suffix))
            )
    except OSError:
        pytest.skip("this disk takes no such names")
    return tmp_path


def ran(words, folder):
    # Strict in both streams, as a program may set its own to be.
    more = {"PYTHONIOENCODING": "utf-8:strict", "TMPDIR": str(folder)}
    return subprocess.run(
        [os.fsencode(sys.executable), b"-c", PROGRAM.encode(), *words],
        cwd=folder,
        env=environment() | more,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_word_that_is_no_text_is_refused_by_name(call, lang, folder):
    before = sorted(folder.iterdir())
    done = ran(call if call == (ODD,) else (*call, b"--lang", lang.encode()), folder)
    assert done.returncode == 2, done.stderr
    assert rb"\udcff" in done.stderr
    assert b"UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before


def test_such_a_file_in_a_folder_is_named_and_the_others_described(folder):
    for path in folder.glob("a.*"):
        path.rename(folder / "inner" / path.name)
    done = ran((b"inspect", b"inner"), folder)
    assert done.returncode == 2
    assert rb"inner/\udcff.shp" in done.stdout
    assert b"UTF-8" in done.stdout
    assert b"inner/a.shp\n" in done.stdout


def test_the_message_of_an_error_can_be_printed():
    with pytest.raises(InputError) as problem:
        find_layers(os.fsdecode(b"\xff.shp"))
    for said in (str(problem.value), problem.value.render("zh")):
        assert said.encode("utf-8").startswith(rb"\udcff.shp: ")

"""A listener stands where files point, and hears nothing, whatever a file is given as."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.robustness import pointers
from benchmarks.robustness.registry import variants
from warm_processes import align

AS_EVERYTHING = """
import json, sys
import roadalign
from roadalign.errors import InputError
from roadalign.plans.constraints import ConstraintSource

def tried(act):
    try:
        act()
        return "read"
    except InputError as problem:
        return problem.key

told = {}
for name, a, b, line in json.load(sys.stdin):
    told[name] = [
        tried(lambda: roadalign.check(a, b, boundary=line)),
        tried(lambda: roadalign.check(b, a, boundary=line)),
        tried(lambda: roadalign.check(b, b, boundary=a)),
        tried(lambda: roadalign.check(line, b, boundary=line, network=a)),
        tried(lambda: roadalign.check(line, b, boundary=line, constraints=[
            ConstraintSource(a, "farmland")])),
        tried(lambda: roadalign.inspect(a)),
    ]
print(json.dumps(told))
"""

BEHIND_THE_FIRST_LOCK = """
import json, sys, warnings
from roadalign.formats import gdal

warnings.simplefilter("ignore")
for _, a, *_ in json.load(sys.stdin):
    for act in (gdal.list_layers, gdal.read_info, gdal.read_dataframe):
        try:
            act(a)
        except Exception:
            pass
"""

WITHOUT_LOCKS = """
import json, sys, warnings
import pyogrio

warnings.simplefilter("ignore")
for _, a, *_ in json.load(sys.stdin):
    try:
        pyogrio.read_dataframe(a)
    except Exception:
        pass
"""


class Listener(ThreadingHTTPServer):
    """Counts who connects; answers that there is nothing."""

    heard = 0

    def process_request(self, request, address):
        self.heard += 1
        super().process_request(request, address)


class Nothing(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_error(404)

    def log_message(self, *_):
        pass


@pytest.fixture
def listener():
    with Listener(("127.0.0.1", 0), Nothing) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def calls(listener, tmp_path, monkeypatch):
    """Every file that points somewhere, pointing at the listener."""
    address = f"http://127.0.0.1:{listener.server_address[1]}/roads"
    monkeypatch.setattr(pointers, "ADDRESS", address)
    made = []
    for variant in variants():
        if variant.family != "pointers":
            continue
        folder = tmp_path / str(len(made))
        folder.mkdir()
        call = variant.make(folder)
        made.append((variant.name, str(call.a), str(call.b), str(call.boundary)))
    return made


def ran(script, calls):
    # Without the proxy settings of whoever runs the tests, so that what connects is heard.
    kept = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    return subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
        env=kept,
    )


def test_nobody_is_asked_whatever_a_file_is_given_as(calls, listener):
    told = json.loads(ran(AS_EVERYTHING, calls).stdout)
    assert len(told) >= 30
    assert listener.heard == 0
    refused = {name for name, said in told.items() if said[0] != "read"}
    assert len(refused) >= 25


def test_nobody_is_asked_by_the_commands(calls, listener, tmp_path, monkeypatch):
    sources = [a for _, a, *_ in calls]
    line = calls[0][3]
    for number, a in enumerate(sources):
        out = str(tmp_path / f"cut-{number}.gpkg")
        sources[number] = (a, ["network", "cut", a, "--boundary", line, "-o", out])
    for key in [key for key in os.environ if "proxy" in key.lower()]:
        monkeypatch.delenv(key)
    commands = [
        ["inspect", *(a for a, _ in sources)],
        *(cut for _, cut in sources[::6]),
        *(["boundary", "between", a, line, "-o", "new.geojson"] for a, _ in sources[1::8]),
        *(["check", a, line, "--boundary", line] for a, _ in sources[2::8]),
    ]
    for words in commands:
        done = align(*words, folder=tmp_path)
        assert "Traceback" not in done.stderr, done.stderr
        assert "Usage:" not in done.stderr, done.stderr
        assert done.returncode in {0, 2}, done.stderr
    assert listener.heard == 0


def test_the_second_lock_holds_where_the_first_is_open(calls, listener):
    ran(BEHIND_THE_FIRST_LOCK, calls)
    assert listener.heard == 0


def test_the_listener_hears_a_reader_without_locks(calls, listener):
    ran(WITHOUT_LOCKS, calls)
    assert listener.heard > 0

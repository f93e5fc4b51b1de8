"""Parts of the pages' scripts that need no page, run in node."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import shapely

from roadalign.outputs.map.pack import SCALE, Packer
from roadalign.outputs.web import bundle

HERE = Path(__file__).parent
SOURCES = Path(bundle.__code__.co_filename).parent / "src"
UNPACK = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const { unpack } = await import(pathToFileURL(process.argv[1]));
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(unpack)));
"""


def run(node, *arguments, given=None):
    return subprocess.run(
        [node, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_units_in_node(node):
    done = run(node, "--test", "--test-reporter=tap", *sorted(HERE.glob("*.test.js")))
    counts = {
        key: int(value)
        for key, value in re.findall(r"^# (tests|pass|fail) (\d+)$", done.stdout, re.MULTILINE)
    }
    assert done.returncode == 0, done.stdout + done.stderr
    assert counts["fail"] == 0
    assert counts["pass"] == counts["tests"] >= 20


def test_what_python_packs_node_unpacks(node):
    rng = np.random.default_rng(7)
    lines = [
        [(rng.uniform(-180, 180), rng.uniform(-90, 90)) for _ in range(rng.integers(2, 40))]
        for _ in range(60)
    ]
    lines += [
        [(-180, -90), (180, 90)],
        [(0, 0), (0.000001, -0.000001)],
        [(121.1, 30.8), (121.1, 30.8)],
    ]
    packed = Packer(4326).lines([shapely.LineString(line) for line in lines], within_m=0.0)
    done = run(
        node,
        "--input-type=module",
        "--eval",
        UNPACK,
        SOURCES / "shared" / "pack.js",
        given=json.dumps(packed),
    )
    assert done.returncode == 0, done.stderr
    for line, got in zip(lines, json.loads(done.stdout), strict=True):
        exact = np.round(np.asarray(line)[:, ::-1] * SCALE) / SCALE
        assert np.abs(np.asarray(got)[[0, -1]] - exact[[0, -1]]).max() < 1e-9
        if len(got) == len(exact):
            assert np.abs(np.asarray(got) - exact).max() < 1e-9
    assert (
        sum(len(got) == len(line) for line, got in zip(lines, json.loads(done.stdout), strict=True))
        > 55
    )

"""Processes of the command line that start warm.

Importing what a check needs takes longer than the check of a small pair. One process imports it, and
each call is forked from that one: a process of its own, with its own folder, environment and exit
status, that reads nothing again. What is about starting or ending belongs into a cold one.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import roadalign

COLD = "from roadalign.cli import main; main()"
WARM = """
import gc, json, os, sys
import roadalign.boundary, roadalign.ledger, roadalign.network, roadalign.plans.inspection
import roadalign.outputs.comparison, roadalign.outputs.inspection, roadalign.outputs.map
import roadalign.outputs.terminal, roadalign.outputs.writers, roadalign.pipeline.run_from_settings
from roadalign.rules.core import load_rules
load_rules()
assert not [name for name in sys.modules if name.startswith("roadalign.cli")]  # it reads ALIGN_LANG
gc.freeze()
for line in sys.stdin:
    call = json.loads(line)
    child = os.fork()
    if not child:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
for stream, name in enumerate(call["streams"], 1):
    os.dup2(os.open(name, os.O_WRONLY), stream)
os.chdir(call["folder"])
os.environ.clear()
os.environ.update(call["environment"])
sys.argv = ["-c", *call["words"]]
from roadalign.cli import main
main()
"""


def align(*words, folder, lang="en", **environment):
    """Run ``align`` in a folder; return what `subprocess.run` returns of a cold one."""
    words = [str(word) for word in words]
    env = {**os.environ, "ALIGN_LANG": lang, "PYTHONIOENCODING": "utf-8", **environment}
    if not hasattr(os, "fork"):
        return cold(*words, folder=folder, env=env)
    server = _server()
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        call = {"words": words, "folder": str(folder), "environment": env}
        server.stdin.write(json.dumps(call | {"streams": [out.name, err.name]}) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        said = [Path(one.name).read_text(encoding="utf-8") for one in (out, err)]
    return subprocess.CompletedProcess(words, status, *said)


def cold(*words, folder, env):
    return subprocess.run(
        [sys.executable, "-c", COLD, *words],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@cache
def _server():
    source = str(Path(roadalign.__file__).parents[1])
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": source}
    return subprocess.Popen(
        [sys.executable, "-W", "error::DeprecationWarning:roadalign", "-c", WARM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=env,
    )


def stop():
    """End the process that the others are forked from, if there is one."""
    if _server.cache_info().currsize:
        _server().communicate()
        _server.cache_clear()

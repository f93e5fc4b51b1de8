"""Every benchmark is called as its reader would call it, and ends with its table."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest

from benchmarks.__main__ import NAMES, main
from benchmarks.places import DATA, PORTO, ROOT, WUHAN

SAYS = {
    "accuracy": "Confidence: expected calibration error",
    "batch": "ratio of two processes to one",
    "fuzz": "lines of the readers reached",
    "identity": "together",
    "kill": "batch ",
    "ledger_storm": "everything is there once, nobody was refused",
    "map": "plain Folium",
    "mutants": "killed",
    "network": "the same lengths in all of them",
    "robustness": "total ",
    "same_reports": "reports of HEAD and of this checkout compared",
}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
LACKS = {
    "batch": f"the networks of Porto and Wuhan are not in {DATA}"
    if not (PORTO.exists() and WUHAN.exists())
    else "",
    "map": "" if CHROMIUM and find_spec("playwright") else "no Chromium, or no playwright",
    "mutants": "" if find_spec("mutmut") else "mutmut is not installed (the extra bench)",
    "same_reports": "" if (ROOT / ".git").exists() and shutil.which("git") else "no git checkout",
}


def bench(*words, cwd):
    return subprocess.run(
        [str(ROOT / "scripts" / "bench"), *words],
        cwd=cwd,
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="scripts/bench is a shell script")
@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_starts_and_prints_its_table(name, tmp_path):
    if LACKS.get(name):
        pytest.skip(LACKS[name])
    done = bench(name, "--quick", cwd=tmp_path)
    # a checkout with changes of its own may well make other reports: then it is 1
    expected = {0, 1} if name == "same_reports" else {0}
    assert done.returncode in expected, done.stdout + done.stderr
    assert SAYS[name] in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="scripts/bench is a shell script")
def test_without_a_name_all_are_listed_with_a_line_each(tmp_path):
    done = bench(cwd=tmp_path)
    rows = re.findall(r"^  (\w+) +(\S.{20,})$", done.stdout, re.MULTILINE)
    assert [name for name, _ in rows] == NAMES == sorted(SAYS)
    assert bench("--help", cwd=tmp_path).stdout == done.stdout


def test_an_unknown_name_is_refused_with_those_there_are(capsys):
    assert main(["speed"]) == 2
    said = capsys.readouterr().err
    assert "there is no speed" in said
    assert all(name in said for name in NAMES)


def test_what_is_not_here_is_said_and_no_traceback(capsys):
    assert main(["accuracy", "--networks", "atlantis"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("scripts/bench accuracy: not known: atlantis; known: ")
    assert main(["same_reports", "--before", "no-such-revision", "--only", "example"]) == 2
    assert "no-such-revision" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_has_help_with_examples(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.count(f"  scripts/bench {name} ") >= 2
    assert "--quick" in said

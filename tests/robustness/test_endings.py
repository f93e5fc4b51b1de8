"""How the program ends: stopped, unread, out of memory, or by what nobody foresaw."""

import os
import re
import signal
import stat
import subprocess
import sys

import pytest

import roadalign
from benchmarks.robustness.pair import good
from benchmarks.robustness.trials import environment
from roadalign.cli import endings, main

PROGRAM = "from roadalign.cli import main; main()"
FAULTY = """
import roadalign.cli.rule as rule
def fail(*_, **__):
    raise {what}
rule.command.callback = fail
from roadalign.cli import main
main()
"""


def files_of(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def ran(program, *words, folder, **more):
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=folder,
        env=environment() | {"TMPDIR": str(folder)} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "what", ['RuntimeError("of all things")', 'RecursionError("too deep")', "KeyError('x')"]
)
def test_what_nobody_foresaw_is_one_line_and_a_file_of_details(what, lang, tmp_path):
    done = ran(FAULTY.format(what=what), "rule", "G01", folder=tmp_path, ALIGN_LANG=lang)
    assert done.returncode == 70
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    (file,) = tmp_path.iterdir()
    kind = what.partition("(")[0]
    for told in (kind, roadalign.__version__, str(file)):
        assert told in line
    assert re.search("[一-鿿]", line) if lang == "zh" else line.isascii()
    details = file.read_text(encoding="utf-8")
    assert "Traceback" in details
    assert kind in details
    assert "'G01'" in details
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_details_of_two_faults_are_two_files(tmp_path):
    for _ in range(2):
        ran(FAULTY.format(what="ValueError()"), "rule", folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_place_for_details_that_takes_none_is_told(monkeypatch, capsys):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert endings.report_unforeseen(ValueError("x")) == 70
    (line,) = capsys.readouterr().err.splitlines()
    assert "ValueError" in line
    assert "No space left on device" in line


def test_too_little_memory_is_told_with_what_helps(tmp_path):
    done = ran(FAULTY.format(what="MemoryError()"), "rule", folder=tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (70, "", 1)
    assert "memory" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_is_gone_is_no_fault():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "rule", "G01"],
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device here that is always full")  # noqa: PTH110
def test_an_output_that_is_full_is_told():
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "rule", "G01"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            check=False,
        )
    assert done.returncode == 70
    assert "cannot be printed" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_terminal_that_knows_no_chinese_gets_the_rest(tmp_path):
    done = ran(PROGRAM, "rule", "G01", "--lang", "zh", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "G01" in done.stdout


@pytest.mark.slow  # a storm of processes or bytes
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("step", ["[1/6]", "[4/6]", "[6/6]"])
def test_a_signal_that_ends_the_program_leaves_nothing(step, number, status, tmp_path):
    call = good(tmp_path)
    before = files_of(tmp_path)
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "check", call.a, call.b, "--boundary", call.boundary],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in running.stderr:
        if line.startswith(step):
            running.send_signal(number)
            break
    rest = running.communicate()[1]
    assert running.returncode == status
    assert "Traceback" not in rest
    assert rest.splitlines()[-1].startswith("Stopped.")
    assert files_of(tmp_path) == before
    assert not (tmp_path / "align-out").exists()


def test_asking_twice_does_not_break_off_the_cleaning_up():
    program = """
import os, signal
from roadalign.cli.endings import Ended, end_like_ctrl_c
end_like_ctrl_c()
try:
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
except Ended as stopped:
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)
    print("cleaned up", stopped.status)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.stdout == "cleaned up 143\n"


def test_a_call_that_is_right_ends_with_0(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["align", "rule", "G01"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    assert "G01" in capsys.readouterr().out

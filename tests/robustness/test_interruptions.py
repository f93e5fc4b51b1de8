"""What happens when a run is stopped, the disk is full, or an input changes while it is read."""

import os
import resource
import signal
import socket
import subprocess
import sys

import pytest

import roadalign
from benchmarks.robustness.pair import good, save, side
from benchmarks.robustness.trials import environment
from roadalign.errors import InputError
from warm_processes import align

PROGRAM = "from roadalign.cli import main; main()"
STEPS = ("[1/6]", "[2/6]", "[3/6]", "[4/6]", "[5/6]", "[6/6]")
LARGEST_BYTES = 20_000


def words(call, *more):
    return [
        *(sys.executable, "-c", PROGRAM, "check", call.a, call.b),
        *("--boundary", call.boundary, *more),
    ]


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.slow  # a storm of processes or bytes
@pytest.mark.parametrize("step", STEPS)
def test_ctrl_c_leaves_nothing_half_written(step, tmp_path):
    call = good(tmp_path)
    before = files_of(tmp_path)
    running = subprocess.Popen(
        words(call),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in running.stderr:
        if line.startswith(step):
            running.send_signal(signal.SIGINT)
            break
    rest = running.communicate()[1]
    assert running.returncode == 130
    assert "Traceback" not in rest
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("earlier", [False, True], ids=["new folder", "earlier results"])
def test_a_full_disk_changes_nothing(earlier, tmp_path):
    call = good(tmp_path)
    if earlier:
        align("check", call.a, call.b, "--boundary", call.boundary, "-q", folder=tmp_path)
        assert (tmp_path / "align-out" / "map.html").exists()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = subprocess.run(
        words(call, "-q"),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=full,
    )
    assert ran.returncode == 2, ran.stderr
    assert "cannot be written" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def full():
    """Let no file grow beyond a size, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_BYTES, LARGEST_BYTES))


def test_an_input_that_changes_while_it_is_read_is_refused(tmp_path):
    call = good(tmp_path)

    def change(step):
        if step == "docking":
            (tmp_path / "new.gpkg").write_bytes(b"")
            save(side("a").iloc[:2], tmp_path / "new.gpkg")
            (tmp_path / "new.gpkg").replace(call.a)

    with pytest.raises(InputError) as problem:
        roadalign.check(call.a, call.b, boundary=call.boundary, progress=change)
    assert problem.value.key == "input_changed"
    assert problem.value.where == call.a


def test_no_connection_is_tried(tmp_path):
    # Binding is left alone: urllib3 asks so whether the machine knows IPv6, and sends nothing.
    call = good(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*_):\n"
        "    print('CONNECTION TRIED', flush=True)\n"
        "    raise RuntimeError('no network')\n"
        "for name in ('connect', 'connect_ex', 'sendto'):\n"
        "    setattr(socket.socket, name, refuse)\n"
        "socket.getaddrinfo = socket.create_connection = refuse\n"
    )
    own = environment()
    own["PYTHONPATH"] = os.pathsep.join([str(tmp_path), own["PYTHONPATH"]])
    ran = subprocess.run(
        words(call), cwd=tmp_path, env=own, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "CONNECTION TRIED" not in ran.stdout + ran.stderr
    assert (tmp_path / "align-out" / "map.html").exists()


def test_a_machine_without_a_network(tmp_path):
    alone = ["unshare", "--net"]
    try:
        possible = (
            subprocess.run([*alone, "true"], check=False, capture_output=True).returncode == 0
        )
    except FileNotFoundError:
        possible = False
    if not possible:
        pytest.skip("no network namespace may be made here")
    call = good(tmp_path)
    ran = subprocess.run(
        [*alone, *words(call, "-q")],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_nothing_in_a_file_makes_the_reader_connect(tmp_path):
    """A listener stands where the file points; the kernel completes a connection unasked."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.xsd?service=WFS&amp;request=DescribeFeatureType"
        path = tmp_path / "a.gml"
        drawn = "\n".join(
            f'<gml:featureMember><x:r gml:id="r.{i}"><x:g><gml:LineString srsName="EPSG:4549">'
            f"<gml:posList>{' '.join(f'{y} {x}' for x, y in line.coords)}</gml:posList></gml:LineString></x:g>"
            "</x:r></gml:featureMember>"
            for i, line in enumerate(side("a").geometry)
        )
        path.write_text(
            '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" '
            'xmlns:x="http://example.invalid/x" xmlns:gml="http://www.opengis.net/gml" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="http://example.invalid/x {address}">{drawn}</wfs:FeatureCollection>'
        )
        call = good(tmp_path, a=str(path))
        try:
            roadalign.check(call.a, call.b, boundary=call.boundary)
        except InputError as problem:
            assert problem.where.endswith("a.gml")  # noqa: PT017  (a result is right too)
        with pytest.raises(BlockingIOError):
            listener.accept()

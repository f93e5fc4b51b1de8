"""The file of a ledger: who may write when, what a kill or a full disk leaves, what is refused."""

import errno
import itertools
import os
import signal
import subprocess
import sys
import threading

import pytest
from made_minutes import NAMES, event, header, lines, written

from roadalign.errors import InputError
from roadalign.ledger import store
from roadalign.ledger.events import new_ledger
from roadalign.ledger.register import decide
from roadalign.ledger.store import read_ledger, update

POINT = "DP-AAAAAA"
TIME = "2026-03-02T00:00:00Z"
posix = pytest.mark.skipif(os.name != "posix", reason="permissions and links of POSIX")


def deciding(note, point=POINT):
    """Return a change that writes one decision down, in a ledger begun where there is none."""
    return lambda before: decide(
        before or new_ledger("界", NAMES), point, {"note": note}, time=TIME
    )


def notes(path):
    return [one.fields.note for one in read_ledger(path).events]


def names(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def path(tmp_path):
    return written(tmp_path / "l.jsonl", header(), event(note="old"))


def refused(path, change=None):
    with pytest.raises(InputError) as found:
        update(path, change or deciding("new"))
    assert found.value.where == str(path)
    return found.value.key


def test_lines_are_only_added(path):
    before = path.read_bytes()
    found, after = update(path, deciding("new"))
    assert [len(one.events) for one in (found, after)] == [1, 2]
    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == 3
    assert notes(path) == ["old", "new"]
    assert names(path.parent) == ["l.jsonl"]


def test_what_is_there_already_writes_nothing(path):
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    update(path, lambda ledger: ledger)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


def test_a_new_ledger_is_begun_whole(tmp_path):
    before, after = update(tmp_path / "new.jsonl", deciding("first"))
    assert before is None
    assert read_ledger(tmp_path / "new.jsonl").events == after.events
    assert names(tmp_path) == ["new.jsonl"]


def test_a_later_decision_is_dated_after_what_is_there_under_the_lock(path):
    """Each of many writers at one moment sees what the one before it wrote."""
    rounds = 5
    threads = [
        threading.Thread(
            target=lambda n=n: [update(path, deciding(f"{n}-{k}")) for k in range(rounds)]
        )
        for n in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    events = read_ledger(path).events
    assert len(events) == 1 + 8 * rounds
    times = [one.moment for one in events]
    assert all(earlier < later for earlier, later in itertools.pairwise(times))


def test_the_disk_has_it_before_it_is_told(path, monkeypatch):
    done = []
    real_write, real_fsync = os.write, os.fsync
    monkeypatch.setattr(os, "write", lambda *a: done.append("write") or real_write(*a))
    monkeypatch.setattr(os, "fsync", lambda *a: done.append("fsync") or real_fsync(*a))

    def many(before):
        for number in range(50):
            before = deciding(f"{number}")(before)
        return before

    update(path, many)
    assert done == ["write", "fsync"]
    done.clear()
    update(path.with_name("new.jsonl"), many)
    assert done == ["write", "fsync", "fsync"]  # the second is the folder's


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_full_disk_leaves_what_was_there(path, monkeypatch, part):
    before, real = path.read_bytes(), os.write

    def full(handle, content):
        if part:
            real(handle, bytes(content)[: len(content) // part])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        assert refused(path) == "cannot_write_ledger"
        assert refused(path.with_name("new.jsonl")) == "cannot_write_ledger"
    assert path.read_bytes() == before
    assert names(path.parent) == ["l.jsonl"]


def test_what_the_disk_does_not_confirm_is_taken_back(path, monkeypatch):
    before = path.read_bytes()

    def failing(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failing)
        assert refused(path) == "cannot_write_ledger"
    assert path.read_bytes() == before


def test_a_write_in_pieces_is_whole(path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: real(handle, bytes(content)[:7]))
    update(path, deciding("in pieces"))
    assert notes(path) == ["old", "in pieces"]


def test_a_line_that_is_cut_off_is_closed_and_kept(path):
    torn = '{"time": "2026-03-0'
    with path.open("a", encoding="utf-8") as file:
        file.write(torn)
    before, _ = update(path, deciding("new"))
    assert before.torn == 3
    assert path.read_text(encoding="utf-8").splitlines()[2] == torn
    again = read_ledger(path)
    assert [one.line for one in again.left_out] == [3]
    assert again.torn is None
    assert notes(path) == ["old", "new"]


def test_a_line_that_is_just_being_written_is_waited_for(path, monkeypatch):
    whole = lines(event("DP-BBBBBB", note="slow")).encode()
    with path.open("ab") as file:
        file.write(whole[:20])
    looks = []

    def rest(_):
        looks.append(1)
        with path.open("ab") as file:
            file.write(whole[20:])

    monkeypatch.setattr(store.time, "sleep", rest)
    assert len(read_ledger(path).events) == 2
    assert looks == [1]


HOLDER = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(path):
    """Another process that holds the lock until it is told, or killed."""
    words = [sys.executable, "-c", HOLDER, str(path.with_name(".l.jsonl.lock"))]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


@pytest.mark.process
def test_one_waits_for_its_turn_and_says_so(path, holder, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE_S", 0.0)
    told = []

    def waiting():
        told.append(notes(path))
        holder.stdin.close()

    update(path, deciding("new"), waiting=waiting)
    assert told == [["old"]]
    assert notes(path) == ["old", "new"]


@pytest.mark.process
def test_a_killed_holder_holds_nobody_up(path, holder):
    holder.kill()
    holder.wait()
    assert path.with_name(".l.jsonl.lock").exists()
    update(path, deciding("new"))
    assert notes(path) == ["old", "new"]
    assert names(path.parent) == ["l.jsonl"]


@pytest.mark.process
@pytest.mark.usefixtures("holder")
def test_who_waits_too_long_is_told_and_nothing_is_written(path, monkeypatch):
    monkeypatch.setattr(store, "LONGEST_WAIT_S", 0.0)
    before = path.read_bytes()
    assert refused(path) == "ledger_busy"
    assert path.read_bytes() == before


KILLED = """
import os, signal, sys
from pathlib import Path
import filelock
from roadalign.ledger import store
from roadalign.ledger.events import new_ledger
from roadalign.ledger.register import decide

CALLS = ("open", "read", "write", "fsync", "link", "unlink", "close", "fstat")

def killed(path, last):
    steps = 0
    def counted(real):
        def call(*words, **more):
            nonlocal steps
            steps += 1
            if steps == last:
                if real is write:
                    real(words[0], bytes(words[1])[: len(words[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*words, **more)
        return call
    write = os.write
    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    store.update(path, lambda before: decide(
        before or new_ledger("界", ("甲", "乙")), "DP-AAAAAA", {"note": "new"},
        time="2026-03-02T00:00:00Z"))

for step in range(1, int(sys.argv[2]) + 1):
    child = os.fork()
    if not child:
        killed(Path(sys.argv[1]) / str(step) / "l.jsonl", step)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(code, flush=True)
    if code != -signal.SIGKILL:
        break
"""
MOST_STEPS = 100


@posix
@pytest.mark.parametrize("begun", [True, False])
@pytest.mark.process
def test_a_kill_at_any_call_of_the_system_leaves_the_old_or_the_new(begun, tmp_path):
    for step in range(1, MOST_STEPS + 1):
        (tmp_path / str(step)).mkdir()
        if begun:
            written(tmp_path / str(step) / "l.jsonl", header(), event(note="old"))
    words = [sys.executable, "-c", KILLED, str(tmp_path), str(MOST_STEPS)]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    codes = [int(line) for line in ran.stdout.split()]
    assert len(codes) > 10
    assert codes == [-signal.SIGKILL] * (len(codes) - 1) + [0], ran.stderr
    old = ["old"] if begun else []
    states = []
    for step in range(1, len(codes) + 1):
        path = tmp_path / str(step) / "l.jsonl"
        found = notes(path) if path.exists() else []
        states.append(found)
        update(path, deciding("next"))
        assert notes(path) == [*found, "next"]
        assert names(path.parent) == ["l.jsonl"]
    new = [*old, "new"]
    turn = states.index(new)  # from some call on it is there, and never half
    assert states == [old] * turn + [new] * (len(states) - turn)
    assert turn > 0


@posix
def test_links_owner_and_permissions_stay(path, tmp_path):
    path.chmod(0o640)
    (tmp_path / "hard").hardlink_to(path)
    (tmp_path / "soft").symlink_to("l.jsonl")
    before = path.stat()
    update(tmp_path / "soft", deciding("new"))
    after = path.stat()
    assert (tmp_path / "soft").is_symlink()
    kept = ("st_ino", "st_mode", "st_uid", "st_gid", "st_nlink")
    assert [getattr(after, key) for key in kept] == [getattr(before, key) for key in kept]
    assert notes(tmp_path / "hard") == ["old", "new"]
    assert names(tmp_path) == ["hard", "l.jsonl", "soft"]


@posix
def test_a_link_to_nothing_begins_the_ledger_that_it_names(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "soft").symlink_to("far/l.jsonl")
    update(tmp_path / "soft", deciding("first"))
    assert (tmp_path / "soft").is_symlink()
    assert notes(tmp_path / "far" / "l.jsonl") == ["first"]


@posix
@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_a_file_that_nobody_may_write_to_is_not_written_to(path, mode):
    path.chmod(mode)
    before, inode = path.read_bytes(), path.stat().st_ino
    assert refused(path) == "cannot_write_ledger"
    assert (path.read_bytes(), path.stat().st_ino) == (before, inode)
    assert path.stat().st_mode & 0o777 == mode
    assert names(path.parent) == ["l.jsonl"]


@posix
def test_a_new_ledger_has_the_permissions_that_new_files_have(tmp_path):
    mask = os.umask(0o027)
    try:
        update(tmp_path / "l.jsonl", deciding("first"))
    finally:
        os.umask(mask)
    assert (tmp_path / "l.jsonl").stat().st_mode & 0o777 == 0o640


def unreadable(folder):
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to("loop")
    (folder / "device").symlink_to("/dev/zero")
    with (folder / "large").open("wb") as file:
        file.truncate(store.LARGEST_BYTES + 1)
    (folder / "empty").touch()
    return {
        "pipe": ("not_a_file", "not_a_file"),
        "device": ("not_a_file", "not_a_file"),
        "folder": ("cannot_read", "cannot_write_ledger"),
        "loop": ("cannot_read", "cannot_write_ledger"),
        "large": ("cannot_read", "cannot_read"),
        "empty": ("not_a_ledger", "not_a_ledger"),
        "nul\x00": ("cannot_read", "cannot_write_ledger"),
        "x" * 300: ("cannot_read", "cannot_write_ledger"),
        "none/l": ("no_ledger", "cannot_write_ledger"),
    }


@posix
def test_what_is_no_file_is_refused_at_once(tmp_path):
    for name, (to_read, to_write) in unreadable(tmp_path).items():
        before = names(tmp_path)
        with pytest.raises(InputError) as found:
            read_ledger(tmp_path / name)
        assert found.value.key == to_read, name
        assert refused(tmp_path / name) == to_write, name
        assert names(tmp_path) == before, name


def test_a_ledger_grows_up_to_its_bound_and_no_further(path, monkeypatch):
    update(path, deciding("new"))
    _, after = update(path, deciding("one"))
    size = path.stat().st_size
    line = len(path.read_bytes().splitlines()[-1]) + 1
    monkeypatch.setattr(store, "LARGEST_BYTES", size + line)
    update(path, deciding("two"))
    full = path.read_bytes()
    assert len(full) == size + line
    assert refused(path) == "ledger_full"
    assert path.read_bytes() == full
    assert len(read_ledger(path).events) == len(after.events) + 1


def test_a_ledger_replaced_meanwhile_is_written_to_as_it_is_now(path, tmp_path):
    calls = []

    def change(before):
        if not calls:  # an editor saves, as many do: a new file takes the name
            written(
                tmp_path / "edited", header(), event(note="old"), event("DP-BBBBBB", note="saved")
            )
            (tmp_path / "edited").replace(path)
        calls.append(len(before.events))
        return deciding("new")(before)

    update(path, change)
    assert calls == [1, 2]
    assert sorted(notes(path)) == ["new", "old", "saved"]


def test_a_ledger_replaced_again_and_again_is_told(path, tmp_path):
    def change(before):
        written(tmp_path / "edited", header()).replace(path)
        return deciding("new")(before)

    assert refused(path, change) == "ledger_replaced"
    assert notes(path) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_ledger_that_somebody_else_began_first_is_added_to(links, tmp_path, monkeypatch):
    path = tmp_path / "l.jsonl"
    if not links:  # as on many a stick

        def no_links(*_):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", no_links)

    def change(before):
        if before is None:
            written(path, header(), event(note="theirs"))
        return deciding("ours")(before)

    update(path, change)
    assert notes(path) == ["theirs", "ours"]
    update(tmp_path / "other.jsonl", deciding("first"))
    assert notes(tmp_path / "other.jsonl") == ["first"]
    assert names(tmp_path) == ["l.jsonl", "other.jsonl"]


def test_what_is_no_ledger_is_left_as_it_is(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(b"a letter")
    assert refused(path) == "not_a_ledger"
    assert path.read_bytes() == b"a letter"
    assert names(tmp_path) == ["letter.txt"]

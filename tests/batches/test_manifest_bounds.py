"""Manifests that are small on disk and huge when opened."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import roadalign
from roadalign.batches.rows import MOST_COLUMNS, MOST_ROWS, read_rows
from roadalign.errors import InputError

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MB = 1 << 20
MEMORY_MB = 600
READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_DATA, ({limit}, {limit}))
from roadalign.batches.rows import read_rows
from roadalign.errors import InputError
try:
    print(len(read_rows(Path(sys.argv[1]))))
except InputError as problem:
    print(problem.key)
"""


def cell(name, text):
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


HEAD = row(1, cell("A1", "name"))


def book(path, rows, *, before="", heading="", others=()):
    """Write a workbook whose first sheet is written by hand."""
    plain = openpyxl.Workbook()
    memory = io.BytesIO()
    plain.save(memory)
    sheet = f'{heading}<worksheet xmlns="{SPACE}">{before}<sheetData>{rows}</sheetData></worksheet>'
    with (
        zipfile.ZipFile(memory) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for entry in source.infolist():
            own = entry.filename == "xl/worksheets/sheet1.xml"
            target.writestr(entry.filename, sheet if own else source.read(entry))
        for name, content in others:
            target.writestr(name, content)
    return path


def in_little_memory(path):
    """Read a manifest in a process that may not take much; return what it said."""
    code = READ.replace("{limit}", str(MEMORY_MB * MB))
    kept = {**os.environ, "PYTHONPATH": str(Path(roadalign.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=kept,
    )
    return done.stdout.strip() or done.stderr


def test_a_row_at_the_end_of_the_sheet(tmp_path):
    size = '<dimension ref="A1:XFD1048576"/>'
    path = book(tmp_path / "p.xlsx", HEAD + row(1048576, cell("A1048576", "x")), before=size)
    assert in_little_memory(path) == "1"


def test_a_cell_at_the_end_of_many_rows(tmp_path):
    rows = "".join(row(i, cell(f"XFD{i}", "x")) for i in range(2, 20_000))
    path = book(tmp_path / "p.xlsx", HEAD + rows)
    assert path.stat().st_size < MB
    assert in_little_memory(path) == "manifest_too_large"


def test_a_sheet_that_unpacks_to_much(tmp_path):
    path = book(tmp_path / "p.xlsx", HEAD + row(2, cell("A2", "x" * 200 * MB)))
    assert path.stat().st_size < MB
    assert in_little_memory(path) == "manifest_too_large"


def test_another_part_that_unpacks_to_much(tmp_path):
    path = book(tmp_path / "p.xlsx", HEAD, others=[("xl/media/image1.bmp", b"\0" * 200 * MB)])
    assert in_little_memory(path) == "manifest_too_large"


def test_a_number_of_a_row_that_no_sheet_has(tmp_path):
    path = book(tmp_path / "p.xlsx", HEAD + row(10**12, cell(f"A{10**12}", "x")))
    assert in_little_memory(path) == "manifest_too_large"


@pytest.mark.parametrize(
    "heading",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        f'<!--{" " * 100_000}--><!DOCTYPE x [<!ENTITY a "a">]>',
    ],
)
def test_entities_in_a_sheet(tmp_path, heading):
    path = book(tmp_path / "p.xlsx", HEAD, heading=heading)
    with pytest.raises(InputError) as problem:
        read_rows(path)
    assert problem.value.key == "markup_entities"
    assert "p.xlsx/xl/worksheets/sheet1.xml" in problem.value.where


def read_key(path):
    try:
        return len(read_rows(path))
    except InputError as problem:
        return problem.key


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_as_many_rows_as_may_be(tmp_path, suffix):
    path = tmp_path / f"p{suffix}"

    def write(count):
        if suffix == ".csv":
            path.write_text("name\n" + "x\n" * count, encoding="utf-8")
        else:
            rows = (row(i, cell(f"A{i}", "x")) for i in range(2, count + 2))
            book(path, HEAD + "".join(rows))
        return path

    assert read_key(write(MOST_ROWS)) == MOST_ROWS
    assert read_key(write(MOST_ROWS + 1)) == "manifest_too_large"


def test_as_many_columns_as_may_be(tmp_path):
    path = tmp_path / "p.csv"
    for count, said in ((MOST_COLUMNS, 1), (MOST_COLUMNS + 1, "manifest_too_large")):
        heads = ",".join(f"c{i}" for i in range(count))
        path.write_text(f"{heads}\nx\n", encoding="utf-8")
        assert read_key(path) == said


def test_a_megabyte_of_commas_is_refused_at_once(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("a" + ",a" * MB, encoding="utf-8")
    assert read_key(path) == "manifest_too_large"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_no_file(tmp_path, suffix):
    pipe, device, folder = (tmp_path / f"{name}{suffix}" for name in ("pipe", "device", "folder"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    folder.mkdir()
    assert [read_key(path) for path in (pipe, device, folder)] == ["not_a_file"] * 3
    assert read_key(tmp_path / f"none{suffix}") == "no_such_file"

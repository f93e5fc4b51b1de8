"""Manifests: three formats say the same, every fault is told with its row and column."""

import csv
import tomllib

import openpyxl
import pandas as pd
import pytest

from roadalign.batches.manifest import pairs_of, read_manifest
from roadalign.batches.names import is_safe, settled
from roadalign.batches.template import write_template
from roadalign.errors import InputError, SeveralInputError
from roadalign.standards import table

HEAD = "name,plan_a,plan_b,name_a,boundary,network"
ROW = "金山-平湖,a.shp,b.gpkg:roads;c.gpkg,金山,line.geojson,one.pbf；two.pbf"


def written(folder, text, encoding="utf-8", name="pairs.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def told(pair):
    s = pair.settings
    return pair.name, s.a.plan, s.b.plan, s.a.name, s.boundary.file, s.network.files


SAID = (
    "金山-平湖",
    ["a.shp"],
    ["b.gpkg:roads", "c.gpkg"],
    "金山",
    "line.geojson",
    ["one.pbf", "two.pbf"],
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_in_any_encoding_says_the_same(tmp_path, encoding, delimiter):
    text = f"# a note, with commas\n\n{HEAD}\n{ROW}\n".replace(",", delimiter)
    (pair,) = read_manifest(written(tmp_path, text, encoding), lang="en")
    assert told(pair) == SAID


def test_a_workbook_says_the_same(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEAD.split(","), ROW.split(","), [None], ["# left out", "x"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "pairs.xlsx")
    (pair,) = read_manifest(tmp_path / "pairs.xlsx", lang="en")
    assert told(pair) == SAID


def test_toml_and_rows_in_python_say_the_same(tmp_path):
    text = '[[pair]]\nname = "金山-平湖"\nplan_a = "a.shp"\nplan_b = ["b.gpkg:roads", "c.gpkg"]\n'
    text += 'name_a = "金山"\nboundary = "line.geojson"\nnetwork = "one.pbf;two.pbf"\n'
    (pair,) = read_manifest(written(tmp_path, text, name="pairs.toml"), lang="en")
    assert told(pair) == SAID
    rows = tomllib.loads(text)["pair"]
    assert told(pairs_of(rows, tmp_path, lang="en")[0]) == SAID
    frame = pd.DataFrame(rows).assign(name_b=float("nan")).to_dict("records")
    assert told(pairs_of(frame, tmp_path, lang="en")[0]) == SAID


def test_chinese_heads_are_understood(tmp_path):
    text = "名称,甲方规划,乙方规划,界线\n北段,a.shp,b.shp,line.geojson\n"
    (pair,) = read_manifest(written(tmp_path, text), lang="zh")
    assert (pair.name, pair.settings.boundary.file) == ("北段", "line.geojson")
    assert pair.settings.lang == "zh"


def test_pairs_are_sorted_whatever_the_order_of_rows(tmp_path):
    rows = [f"{name},a,b,A,line,\n" for name in ("c", "a", "b")]
    pairs = read_manifest(written(tmp_path, f"{HEAD}\n" + "".join(rows)), lang="en")
    assert [pair.name for pair in pairs] == ["a", "b", "c"]


def test_every_fault_is_told_with_row_and_column(tmp_path):
    lines = [
        "name,plan_a,plan_b,boundry,boundary,settings",
        "one,a.shp,,x,line.geojson,",  # 2: no plan_b, a column nobody knows
        "../two,a.shp,b.shp,,line.geojson,",  # 3: a path
        "ONE,a.shp,b.shp,,line.geojson,",  # 4: the same folder on some disks
        ",a.shp,b.shp,,line.geojson,",  # 5: no name
        "five,a.shp,b.shp,,line.geojson,nothing.toml",  # 6: no such settings
        "six,a.shp,b.shp,,line.geojson,,much too much",  # 7: a cell beyond the columns
        "seven,a.shp,b.shp,,line.geojson,",
    ]
    path = written(tmp_path, "\n".join(lines))
    with pytest.raises(SeveralInputError) as caught:
        read_manifest(path, lang="en")
    found = {(one.where.removeprefix(f"{path}:"), one.key) for one in caught.value.problems}
    assert found == {
        ("2:boundry", "manifest_column"),
        ("2:plan_b", "manifest_cell"),
        ("3:name", "pair_name"),
        ("4:name", "pair_twice"),
        ("5:name", "manifest_cell"),
        ("6:settings: nothing.toml", "no_such_file"),
        ("7:7", "manifest_column"),
    }
    said = caught.value.render("en")
    assert "7 things are wrong" in said
    assert "nearest: boundary" in said
    assert said.count("→") == 8


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "/etc", "a/b", "a\\b", "C:x", "x.", ".x", "#x", "-x", "~x"),
        *("con", "NUL.txt", "com1", "lpt\N{SUPERSCRIPT TWO}", "a\x00b", "a\nb", "a\tb", "what?"),
        *("a\u202egpj", "a\u200bb", "a\u00a0b", "\ud800", "x" * 121, "界" * 41),
    ],
)
def test_names_that_could_do_harm_are_refused(name):
    assert not is_safe(settled(name))


@pytest.mark.parametrize(
    "name", ["a", "金山-平湖", "a b", "v1.2", "Škofja", "x" * 120, "console", "a#b"]
)
def test_other_names_are_taken(name):
    assert is_safe(settled(name))


def test_settings_of_a_row_are_relative_to_their_own_file(tmp_path):
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / "align.toml").write_text(
        '[a]\nplan = ["roads.shp"]\nname = "said there"\n[boundary]\nfile = "line.geojson"\n'
        '[limits]\ngap_mismatch_m = 7\n[[constraint]]\nfile = "land.gpkg:water"\nkind = "water"\n',
        encoding="utf-8",
    )
    text = "name,plan_b,name_a,settings\nnorth,b.shp,said here,north/align.toml\n"
    (pair,) = read_manifest(written(tmp_path, text), lang="en")
    s = pair.settings
    assert (s.a.plan, s.a.name, s.b.plan) == (["north/roads.shp"], "said here", ["b.shp"])
    assert (s.boundary.file, s.constraint[0].file) == (
        "north/line.geojson",
        "north/land.gpkg:water",
    )
    assert s.limits == {"gap_mismatch_m": 7}


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("pairs.xls", b"x", "manifest_ending"),
        ("pairs.csv", b"name\n\xff\xff\n", "manifest_encoding"),
        ("pairs.csv", b"", "manifest_empty"),
        ("pairs.csv", b"name,plan_a\n", "manifest_empty"),
        ("pairs.csv", b'name\n"open\n', "manifest_unreadable"),
        ("pairs.csv", b"name,name\na,b\n", "manifest_column_twice"),
        ("pairs.xlsx", b"PK\x03\x04 no workbook", "manifest_unreadable"),
        ("pairs.toml", b"pair = 3", "manifest_cell_type"),
        ("pairs.toml", b"[[pairs]]\nname = 'a'", "manifest_column"),
        ("pairs.toml", b"pair = [", "bad_toml"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path, name, content, key):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_manifest(path, lang="en")
    assert caught.value.key == key
    assert caught.value.where.startswith(str(path))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".toml"])
def test_the_template_needs_only_its_example_to_be_let_in(tmp_path, suffix, lang):
    path = tmp_path / f"pairs{suffix}"
    write_template(path, lang=lang)
    with pytest.raises(InputError) as caught:
        read_manifest(path, lang=lang)
    assert caught.value.key == "manifest_empty"
    before = path.read_bytes()
    with pytest.raises(InputError):
        write_template(path, lang=lang)
    assert path.read_bytes() == before
    if suffix == ".csv":
        _let_in(path)
        (pair,) = read_manifest_without_settings(path, lang)
        assert pair.name == "jinshan-pinghu"
        text = path.read_text(encoding="utf-8-sig")
        assert all(
            f"{column}: {entry[lang]}"[:20] in text for column, entry in table("manifest").items()
        )


def _let_in(path):
    text = path.read_text(encoding="utf-8-sig").replace("# jinshan-pinghu", "jinshan-pinghu")
    path.write_text(text, encoding="utf-8")


def read_manifest_without_settings(path, lang):
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    head, example = rows[-2:]
    cells = dict(zip(head, example, strict=True)) | {"settings": ""}
    return pairs_of([cells], path.parent, lang=lang)

"""The summary on the terminal, of a result made by hand."""

import dataclasses
import json

import pandas as pd
import pytest
from rich.cells import cell_len

from roadalign.outputs.terminal import summary_record, summary_text
from roadalign.outputs.terminal_table import LEAST_CUT, table_lines


def many(result, count):
    points = result.docking_points
    (row,) = (k for k, name in enumerate(points["id"]) if name == "DP-000003")
    repeated = points.iloc[[row] * count].reset_index(drop=True)
    repeated["id"] = pd.array([f"DP-{k:06d}" for k in range(count)], dtype="string")
    return dataclasses.replace(result, docking_points=repeated)


ROWS = [
    {"id": "id", "road": "道路", "km": "km", "last": "at the end"},
    {"id": "DP-000001", "road": "叶新公路（A）", "km": "9.50", "last": "[red]one[/red]"},
    {"id": "DP-000002", "road": "caf\u0301 road", "km": "10.25", "last": "two :smile:"},
    {"id": "DP-000003", "road": "", "km": "", "last": ""},
]


def test_a_table_stands_in_columns_whatever_its_letters():
    assert table_lines(ROWS, right={"km"}, longest={}) == [
        "  id         道路              km  at the end",
        "  DP-000001  叶新公路（A）   9.50  [red]one[/red]",
        "  DP-000002  caf\u0301 road       10.25  two :smile:",
        "  DP-000003",
    ]


@pytest.mark.parametrize(
    ("width", "road"),
    [(None, 12), (37, 12), (36, 11), (35, 10), (34, 9), (33, LEAST_CUT), (9, LEAST_CUT)],
)
def test_only_what_may_be_cut_is_cut_and_in_one_line(width, road):
    # Everything else, with its indent and gaps, takes 25.
    rows = [row | {"last": "end"} for row in ROWS]
    rows[1]["road"] = "a road with a long name"
    lines = table_lines(rows, right={"km"}, longest={"road": 12}, width=width)
    assert len(lines) == len(rows)
    assert lines[1] == "  DP-000001  " + "a road with a long name"[: road - 1] + "…   9.50  end"


def test_a_wide_letter_is_not_cut_in_two():
    rows = [{"id": "1", "road": "叶新公路叶新", "last": "|"}, {"id": "2", "road": "9", "last": "|"}]
    lines = table_lines(rows, longest={"road": 8}, width=20)
    assert lines == ["  1  叶新公 …  |", "  2  9         |"]


def test_the_environment_of_the_terminal_changes_nothing(monkeypatch):
    plain = table_lines(ROWS, right={"km"}, longest={"road": 10}, width=200)
    for name, value in {"FORCE_COLOR": "1", "TERM": "dumb", "COLUMNS": "20"}.items():
        monkeypatch.setenv(name, value)
    assert table_lines(ROWS, right={"km"}, longest={"road": 10}, width=200) == plain
    assert "\x1b" not in "".join(plain)


def test_the_head_says_who_how_long_and_how_many(made_result):
    text = summary_text(made_result, lang="en", width=120)
    lines = text.splitlines()
    assert lines[0] == "金山 – 嘉兴, 6.0 km of boundary"
    # one of five is aligned, and one more would be if what it waits for agreed
    assert lines[1] == "Docking rate 20%–40%, through rate 20%"
    verdicts = "aligned 1, mismatched 1, missing 1, ambiguous 1, undetermined 1"
    assert lines[2] == f"5 docking points: {verdicts}"
    told = ("place agrees 75% (compared 100%)", "section agrees 50% (compared 50%)")
    assert lines[3] == ", ".join((*told, "timing agrees 75% (compared 75%)"))
    assert "对接率 20%～40%，贯通率 20%" in summary_text(made_result, lang="zh", width=120)


def test_what_each_side_has_to_supply_is_one_list(made_result):
    lines = summary_text(made_result, lang="zh", width=120).splitlines()
    assert [line for line in lines if "待补充" in line] == [
        "金山：1 处对接点待补充建成年份",
        "嘉兴：1 处对接点待补充机动车道数",
        "嘉兴：1 处对接点待补充等级",
    ]


def test_what_is_left_out_is_said_before_any_rate(made_result):
    aspects = made_result.summary["aspects"]
    timing = aspects["timing"] | {"agrees": 0, "unknown": 0, "left_out": 4}
    summary = made_result.summary | {"aspects": aspects | {"timing": timing}}
    lines = summary_text(
        dataclasses.replace(made_result, summary=summary), lang="en", width=120
    ).splitlines()
    assert lines[1].startswith("Not compared, as the settings say: timing.")
    assert lines[2].startswith("Docking rate")
    assert not any("timing agrees" in line for line in lines)


def test_notes_come_before_the_points_and_the_most_urgent_point_first(made_result):
    text = summary_text(made_result, lang="en", width=120)
    marks = ["I03", "DP-000003", "DP-000002", "DP-000004"]
    assert sorted(marks, key=text.index) == marks
    assert "DP-000001" not in text


def test_a_row_says_what_was_measured(made_result):
    (row,) = (
        line
        for line in summary_text(made_result, lang="en", width=200).splitlines()
        if "DP-000002" in line
    )
    for part in ("2.00", "mismatched", "mismatch", "G320", "35.1", "-8.0", "22.0", "G01,G02"):
        assert part in row.split()


def test_a_side_without_a_road_is_a_dash_and_nothing_is_made_up(made_result):
    (row,) = (
        line
        for line in summary_text(made_result, lang="en", width=200).splitlines()
        if "DP-000003" in line
    )
    assert row.split()[-2:] == ["—", "C01"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 90, 200])
def test_columns_line_up(made_result, lang, width):
    lines = summary_text(made_result, lang=lang, width=width).splitlines()
    rows = [line for line in lines if "DP-" in line]
    verdicts = {
        "en": ("missing", "mismatched", "ambiguous"),
        "zh": ("对侧无道路", "衔接不一致", "对应待核实"),
    }
    starts = {
        cell_len(row[: row.index(word)]) for row, word in zip(rows, verdicts[lang], strict=True)
    }
    assert len(starts) == 1
    rules = {
        cell_len(row[: row.rindex(code)])
        for row, code in zip(rows, ("C01", "G01", "C02"), strict=True)
    }
    assert len(rules) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_of_a_file_steers_the_terminal(made_result, lang):
    hostile = dataclasses.replace(made_result, names=("a\x1b[2J", "b\u202e\n"))
    text = summary_text(hostile, lang=lang, width=120)
    assert all(letter.isprintable() for letter in text.replace("\n", ""))
    assert len([line for line in text.splitlines() if "DP-" in line]) == 3


def test_after_thirty_rows_it_says_how_many_more(made_result):
    exact = summary_text(many(made_result, 30), lang="en", width=120)
    assert "more" not in exact
    text = summary_text(many(made_result, 35), lang="en", width=120)
    assert len([line for line in text.splitlines() if "DP-" in line]) == 30
    assert text.splitlines()[-1].strip() == "… and 5 more, in the files."
    assert "35" in text


def test_nothing_found_is_not_called_aligned(blank_result):
    text = summary_text(blank_result, lang="en", width=100)
    assert "Every docking point is aligned" not in text
    assert "There is no docking point" in text
    assert "Docking rate —" in text
    assert "没有对接点" in summary_text(blank_result, lang="zh", width=100)


def test_a_decision_settles_nothing_and_waiting_is_not_aligned(made_result):
    points = made_result.docking_points
    aligned = dataclasses.replace(made_result, docking_points=points.iloc[[0]])
    assert summary_text(aligned, lang="en", width=99).endswith("Every docking point is aligned.")
    decided = points.assign(decision=pd.array(["agreed"] * len(points), dtype="string"))
    still = dataclasses.replace(made_result, docking_points=decided)
    assert "Open, most urgent first (3):" in summary_text(still, lang="en", width=99)
    waiting = dataclasses.replace(made_result, docking_points=points.iloc[[0, 4]])
    said = summary_text(waiting, lang="en", width=99)
    assert said.endswith("No docking point is open; some wait for data.")


def test_the_record_is_plain(made_result):
    record = summary_record(made_result)
    assert json.loads(json.dumps(record)) == record
    assert record["unresolved"] == ["DP-000002", "DP-000003", "DP-000004"]
    assert record["waiting"] == ["DP-000005"]
    assert (record["program"], record["names"]) == ("roadalign", ["金山", "嘉兴"])
    assert record["summary"]["approaches"] == 9

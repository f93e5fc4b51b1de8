import pandas as pd
import pytest


@pytest.mark.parametrize(
    ("gap_m", "expected", "limit_name"),
    [
        (0.0, "ok", None),
        (10.0, "ok", None),
        (-10.0, "ok", None),
        (10.1, "notice", "gap_notice_m"),
        (-10.1, "notice", "gap_notice_m"),
        (20.0, "notice", "gap_notice_m"),
        (20.1, "mismatch", "gap_mismatch_m"),
        (-20.1, "mismatch", "gap_mismatch_m"),
        (100.0, "mismatch", "gap_mismatch_m"),
        (500.0, "mismatch", "gap_mismatch_m"),
        (501.0, "severe", "gap_severe_m"),
    ],
)
def test_gap(run, gap_m, expected, limit_name):
    found = run(
        "G01", {"a": {"to_boundary_m": 60.0}, "b": {"to_boundary_m": 80.25}, "gap_m": gap_m}
    )
    if expected == "ok":
        assert found.empty
        return
    first = found.iloc[0]
    assert (first["severity"], first["limit_name"]) == (expected, limit_name)
    assert (first["value"], first["unit"]) == (abs(gap_m), "m")
    assert (first["a_value"], first["b_value"]) == ("60", "80.25")
    assert ("overlap" in first["message_en"]) == (gap_m < 0)
    assert ("重叠" in first["message_zh"]) == (gap_m < 0)


@pytest.mark.parametrize(
    ("offset_m", "expected"),
    [
        (5.0, "ok"),
        (-5.0, "ok"),
        (5.1, "notice"),
        (-15.0, "notice"),
        (15.1, "mismatch"),
        (35.0, "mismatch"),
        (-50.0, "mismatch"),
        (50.1, "severe"),
    ],
)
def test_offset(run, offset_m, expected):
    found = run("G02", {"a": {}, "b": {}, "offset_m": offset_m})
    assert list(found["severity"]) == ([] if expected == "ok" else [expected])
    assert list(found["value"]) == ([] if expected == "ok" else [abs(offset_m)])


@pytest.mark.parametrize(
    ("offset_m", "a_m", "b_m", "expected"),
    [
        (32.5, 30.0, 35.0, "mismatch"),  # half of 30 + 35 is 32.5: they touch
        (32.6, 30.0, 35.0, "severe"),
        (-32.6, 30.0, 35.0, "severe"),
        (32.6, 30.0, None, "mismatch"),  # one width is not known
        (9.0, 8.0, 8.0, "severe"),
        (5.0, 4.0, 4.0, "ok"),  # within the accuracy of the drawings
    ],
)
def test_red_lines_that_do_not_overlap_are_severe(run, offset_m, a_m, b_m, expected):
    row = {"a": {"redline_m": a_m}, "b": {"redline_m": b_m}, "offset_m": offset_m}
    found = run("G02", row)
    assert list(found["severity"]) == ([] if expected == "ok" else [expected])
    if expected == "severe":
        assert found["limit"][0] == (a_m + b_m) / 2
        assert pd.isna(found["limit_name"][0])
        assert "do not overlap" in found["message_en"][0]
        assert "不重叠" in found["message_zh"][0]


def test_a_severe_offset_names_its_own_limit_even_where_red_lines_are_apart(run):
    found = run("G02", {"a": {"redline_m": 20.0}, "b": {"redline_m": 20.0}, "offset_m": 60.0})
    assert (found["limit_name"][0], found["limit"][0]) == ("offset_severe_m", 50.0)


@pytest.mark.parametrize(
    ("deflection_deg", "expected"),
    [
        (5.0, "ok"),
        (5.1, "notice"),
        (15.0, "notice"),
        (15.1, "mismatch"),
        (30.0, "mismatch"),
        (30.1, "severe"),
    ],
)
def test_deflection(severity, deflection_deg, expected):
    assert severity("G03", {"a": {}, "b": {}, "deflection_deg": deflection_deg}) == expected


@pytest.mark.parametrize(
    ("deflection_deg", "expected"),
    [(14.5, "ok"), (14.6, "notice"), (24.5, "notice"), (24.6, "mismatch"), (39.6, "severe")],
)
def test_the_limits_of_the_deflection_are_widened_by_its_error(run, deflection_deg, expected):
    """atan(5/30) = 9.5 degrees on one side, none on the other."""
    row = {"a": {}, "b": {}, "deflection_deg": deflection_deg, "deflection_error_deg": 9.5}
    found = run("G03", row)
    assert (found["severity"].iloc[0] if len(found) else "ok") == expected
    if expected == "mismatch":
        assert found["limit"].iloc[0] == pytest.approx(24.5)
        assert found["message_en"].iloc[0].endswith("leaves 9.5° in doubt.")
        assert found["message_zh"].iloc[0].endswith("误差为9.5°。")


@pytest.mark.parametrize(
    ("apart_m", "expected"),
    [
        (None, "ok"),
        (15.0, "ok"),
        (15.1, "notice"),
        (50.0, "notice"),
        (50.1, "mismatch"),
        (900.0, "mismatch"),
    ],
)
def test_overshoot(severity, apart_m, expected):
    row = {"a": {"end": "overshoot"}, "b": {}, "overshoot_contradiction_m": apart_m}
    assert severity("G04", row) == expected


@pytest.mark.parametrize(
    ("a_end", "b_end", "side", "begins"),
    [
        ("overshoot", "touch", "a", "east draws"),
        ("undershoot", "overshoot", "b", "west draws"),
        ("overshoot", "overshoot", None, "Each side draws"),
    ],
)
def test_overshoot_names_who_draws_across(run, a_end, b_end, side, begins):
    row = {"a": {"end": a_end}, "b": {"end": b_end}, "overshoot_contradiction_m": 40.0}
    found = run("G04", row).iloc[0]
    assert (found["side"] == side) if side else pd.isna(found["side"])
    assert found["message_en"].startswith(begins)
    assert (found["a_value"], found["b_value"]) == (a_end, b_end)


@pytest.mark.parametrize("code", ["G01", "G02", "G03", "G04"])
def test_a_pair_that_was_not_measured_is_passed_over(run, code):
    unmeasured = {"gap_m": None, "offset_m": None, "deflection_deg": None}
    assert run(code, {"a": {}, "b": {}} | unmeasured).empty

"""Settings are looked at whole before anything is done: accepted or refused, never anything else."""

import math
import os

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadalign.batches.manifest import read_manifest
from roadalign.errors import InputError
from roadalign.safety.bounds import MOST_DEPTH, shortened
from roadalign.settings import (
    BoundarySettings,
    ConstraintSettings,
    NetworkSettings,
    Settings,
    SideSettings,
    WeightsSettings,
    parse_settings,
    read_toml,
)
from roadalign.standards import table
from warm_processes import align

ROOMS = {
    "a": SideSettings,
    "b": SideSettings,
    "boundary": BoundarySettings,
    "network": NetworkSettings,
    "weights": WeightsSettings,
    "constraint": ConstraintSettings,
}
KEYS = [(key,) for key in Settings.__struct_fields__] + [
    (room, key) for room, kind in ROOMS.items() for key in kind.__struct_fields__
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(st.characters(exclude_categories=[]))
    | st.sampled_from(["\0", "x" * 5000, "a/" * 3000, "b" * 600, "gcj02+", "http://[", "{z}{x}{y}"])
    | st.dates()
    | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5) | st.sampled_from(["by_boundary", "search_m", "severity", "lanes"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def refused(data):
    with pytest.raises(InputError) as problem:
        parse_settings(data, where="align.toml")
    lines = [problem.value.render(lang) for lang in ("en", "zh")]
    assert all(len(line) < 1500 for line in lines)
    return problem.value


def accepted_or_refused(data):
    try:
        found = parse_settings(data, where="align.toml")
    except InputError as problem:
        problem.render("en")
        problem.render("zh")
    else:
        assert isinstance(found, Settings)
        assert all(
            0 <= value <= 1e9 and math.isfinite(value)
            for name in (None, *found.limits.get("by_boundary", {}))
            for value in found.limits_for(name).as_dict().values()
        )


@pytest.mark.parametrize("path", KEYS, ids=".".join)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=VALUES)
def test_any_value_at_any_key(path, value):
    data = {path[-1]: value} if len(path) == 1 else {path[0]: {path[1]: value}}
    if path[0] == "constraint" and len(path) == 2:
        data = {"constraint": [{"file": "x", "kind": "water", path[1]: value}]}
    accepted_or_refused(data)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*table("limits"), "by_boundary"]), VALUES, max_size=4))
def test_any_limits(limits):
    accepted_or_refused({"limits": limits})
    accepted_or_refused({"limits": {"by_boundary": limits}})
    accepted_or_refused({"limits": {"by_boundary": {"the line": limits}}})


@pytest.mark.parametrize("name", table("limits"))
def test_every_limit_is_bounded(name):
    entry = table("limits")[name]
    most = table("units")[entry["unit"]]["most"]
    least = entry.get("least", 0)
    assert least <= entry["value"] <= most
    for value in (least, entry["value"], most):
        assert parse_settings({"limits": {name: value}}, where="x").limits_for(None)[name] == value
    wrong = [
        most * 1.001,
        -0.001,
        math.inf,
        -math.inf,
        math.nan,
        10**400,
        True,
        "20",
        [20],
        {},
        None,
    ]
    for value in wrong + ([least / 2] if least else []):
        assert refused({"limits": {name: value}}).key in {"bad_limit", "setting_number"}


@pytest.mark.parametrize(
    "value", [3, "x", [], 1.5, True, None, {"the line": 3}, {"the line": ["x"]}]
)
def test_a_wrong_shape_under_by_boundary(value):
    assert refused({"limits": {"by_boundary": value}}).key == "bad_setting"


def test_nesting_is_allowed_up_to_a_bound():
    value = 1
    for _ in range(MOST_DEPTH + 1):
        value = [value]
    assert refused({"limits": {"search_m": value}}).key == "setting_deep"
    for _ in range(100_000):
        value = [value]
    assert refused({"limits": {"search_m": value}}).key == "setting_deep"


def test_too_many_values_are_refused():
    assert refused({"only": ["G"] * 300_000}).key == "setting_many"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a = " + "[" * 20_000 + "]" * 20_000, {"setting_deep"}),
        ("a" + ".a" * 20_000 + " = 1", {"setting_deep", "bad_toml"}),
        ("a = " + "9" * 10_000, {"bad_toml"}),
        ("[limits]\nsearch_m = " + "9" * 400, {"setting_number"}),
        ("[limits]\nsearch_m = inf", {"setting_number"}),
        ("[limits]\nsearch_m = nan", {"setting_number"}),
        ("[a]\naccuracy_m = nan", {"setting_number"}),
        ("[a]\naccuracy_m = 1e9", {"setting_range"}),
        ('[a.periods]\n"近期" = 203', {"setting_range"}),
        ('[b.periods]\n"近期" = 2101', {"setting_range"}),
        ('[b.periods]\n" " = 2030', {"bad_setting"}),
        ('[b.periods]\n"近期" = "2030"', {"bad_setting"}),
        ("[network]\nband_km = 0", {"setting_range"}),
        ("[network]\nband_km = 1e6", {"setting_range"}),
        ("[ranking]\nseverity = -1", {"setting_range"}),
        ('since = "a\\u0000b"', {"setting_nul"}),
        (f'[a]\nplan = ["{"x" * 600}"]', {"name_too_long"}),
        (f'ledger = "{"x/" * 3000}"', {"setting_long"}),
        ("[limits]\nby_boundary = 2026-03-01", {"bad_setting"}),
        ("\ud800".encode("utf-8", "surrogatepass"), {"bad_toml"}),
    ],
)
def test_a_file_of_settings_is_refused_with_its_key(text, key, tmp_path):
    path = tmp_path / "align.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as problem:
        parse_settings(read_toml(path), where=str(path))
    assert problem.value.key in key
    assert len(problem.value.render("zh")) < 1000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
@pytest.mark.parametrize("what", ["-c", "batch", "--since", "--ledger"])
@pytest.mark.parametrize("source", ["pipe.toml", "/dev/zero", "x" * 300, "y/" * 1900])
@pytest.mark.process
def test_what_is_no_file_is_refused_before_any_work(what, source, tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    for name in ("a", "b", "line"):
        (tmp_path / f"{name}.gpkg").write_text(name)  # looked into, they would be complained of
    plans = ["check", "a.gpkg", "b.gpkg", "-b", "line.gpkg"]
    words = {"-c": ["check", "-c", source], "batch": ["batch", source]}
    before = sorted(path.name for path in tmp_path.iterdir())
    done = align(*words.get(what, [*plans, what, source]), folder=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "→" in done.stderr
    assert any(line.startswith(source[:50]) for line in done.stderr.splitlines())
    assert "[1/" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "text",
    ["pair = 3", "pair = [3]", "[[pair]]\nname = nan", "[[pair]]\nname = [[[1]]]", "[pair]\nname = 1",
     "pair = " + "[" * 9000 + "]" * 9000, "[[pair]]\nname = " + "9" * 9000,
     '[[pair]]\nname = "x"\nplan_a = "a\\u0000"\nplan_b = "b"\nboundary = "c"',
     '[[pair]]\nname = "x"\nplan_a = {deep = {er = 1}}'],
)  # fmt: skip
def test_a_manifest_of_odd_values_is_refused(text, tmp_path):
    path = tmp_path / "pairs.toml"
    path.write_text(text)
    with pytest.raises(InputError) as problem:
        read_manifest(path, lang="en")
    assert len(problem.value.render("zh")) < 3000


@pytest.mark.parametrize(
    "value",
    [10**5000, -(10**5000), 1e300, math.nan, "x" * 10**6, [[[[[[1]]]]]], "a\x1b[31m"],
    ids=range(7),
)
def test_what_a_message_shows_of_a_value_is_short_and_plain(value):
    said = shortened(value)
    assert len(said) <= 61
    assert said.isprintable()


def test_the_settings_of_before_are_still_accepted():
    data = msgspec.to_builtins(Settings())
    assert parse_settings(data, where="x") == Settings()

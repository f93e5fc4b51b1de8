"""Every broken variant of the good pair: the right result, or an error that helps."""

import pytest

from benchmarks.robustness.pair import TRUTH, good
from benchmarks.robustness.registry import FAMILIES, variants
from benchmarks.robustness.trials import (
    CLEAR,
    RIGHT,
    points_of,
    possible,
    run_call,
    run_process,
    run_variant,
)

ALL = variants()
ENOUGH = 60
AS_PROCESSES = (
    "pipe",
    "shapefile cut in half",
    "gbk without cpg",
    "the same area twice",
    "a bomb that says so",
    "kml with an external entity",
    "control characters as names",
)


def test_the_good_pair_is_what_its_author_says(tmp_path):
    assert points_of(run_call(good(tmp_path))) == TRUTH


def test_there_are_enough_and_each_once():
    names = [(one.family, one.name) for one in ALL]
    assert len(names) >= ENOUGH
    assert len(set(names)) == len(names)
    assert {one.family for one in ALL} == set(FAMILIES)


@pytest.mark.parametrize(
    "variant",
    [pytest.param(one, marks=[pytest.mark.slow] if one.needs else []) for one in ALL],
    ids=[f"{one.family}: {one.name}" for one in ALL],
)
def test_variant(variant, tmp_path):
    if not possible(variant):
        pytest.skip(f"{variant.needs} is not installed")
    outcome = run_variant(variant, tmp_path)
    assert outcome.kind == (CLEAR if variant.errors else RIGHT), outcome.said


@pytest.mark.parametrize("name", AS_PROCESSES)
def test_variant_as_a_process(name, tmp_path):
    (variant,) = (one for one in ALL if one.name == name)
    call = variant.make(tmp_path)
    ran = run_process(call, tmp_path, "--quiet")
    assert "Traceback" not in ran.stderr
    if variant.errors:
        assert ran.returncode == 2
        assert variant.named in ran.stderr
        assert "→" in ran.stderr
        assert not (tmp_path / "align-out").exists()
    else:
        assert (ran.returncode, ran.stderr) == (0, "")
        assert (tmp_path / "align-out" / "report.json").exists()

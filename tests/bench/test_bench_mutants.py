"""The bench of mutants makes faults, puts them in, and knows those that change nothing."""

import tomllib

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("mutmut", reason="mutmut is not installed (the extra bench)")

from benchmarks.mutants.mutants import Mutant, mutants_of
from benchmarks.mutants.planting import module_name, plant
from benchmarks.mutants.trials import HERE, Options, Scored, packages, survivors, table
from benchmarks.places import ROOT
from benchmarks.places import SOURCE as PROGRAM
from roadalign.docking import pairing
from roadalign.rules import judging as _judging
from roadalign.rules.section import s01_class

SOURCE = '''"""Doc 7."""

LIMIT_M = 4.0
NONE = 0


class Ruler:
    @staticmethod
    def near(distance_m: float) -> bool:
        return distance_m < LIMIT_M


def far(distance_m: float) -> bool:
    # a comment before
    return distance_m >= 3
'''


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "some.py"
    path.write_text(SOURCE, encoding="utf-8")
    return mutants_of(path, name="some.py")


def test_constants_are_halved_and_doubled_and_nought_is_one(made):
    changes = {(one.line, one.was, one.now) for one in made if not one.function}
    assert changes == {
        (3, "LIMIT_M = 4.0", "LIMIT_M = 2.0"),
        (3, "LIMIT_M = 4.0", "LIMIT_M = 8.0"),
        (4, "NONE = 0", "NONE = 1"),
    }


def test_comparisons_turn_and_numbers_change_where_they_stand(made):
    changes = {(one.line, one.function, one.now) for one in made if one.function}
    assert (10, "Ruler.near", "return distance_m <= LIMIT_M") in changes
    assert (15, "far", "return distance_m > 3") in changes
    assert (15, "far", "return distance_m >= 4") in changes


def test_a_planted_function_is_the_mutant_for_whoever_holds_it():
    mutant = Mutant(
        "rules/judging.py",
        1,
        "reaches",
        "",
        "",
        "def reaches(difference, limit):\n    return difference > limit\n",
    )
    before = _judging.reaches.__code__
    try:
        plant(mutant)
        assert s01_class.reaches(pd.Series([2.0]), 2.0).tolist() == [False]
    finally:
        _judging.reaches.__code__ = before
    assert s01_class.reaches(pd.Series([2.0]), 2.0).tolist() == [True]


def test_a_planted_constant_is_the_one_that_is_read(monkeypatch):
    monkeypatch.setattr(pairing, "TEMPERATURE", pairing.TEMPERATURE)
    plant(Mutant("docking/pairing.py", 1, "", "", "", "TEMPERATURE = 3.0\n"))
    assert pairing._sure(3.0) == pytest.approx(1 / (1 + np.exp(-1)))


def test_modules_have_dotted_names():
    assert module_name("docking/pairing.py") == "roadalign.docking.pairing"
    assert module_name("docking/__init__.py") == "roadalign.docking"


@pytest.mark.slow  # plants every mutant
def test_what_changes_nothing_is_still_in_the_code():
    """Every entry of the list of equivalents fits a mutant of the code as it stands, and says why."""
    source = PROGRAM
    entries = tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8"))["mutant"]
    keys = {
        module: {one.key for one in mutants_of(source / module, name=module)}
        for module in {entry["module"] for entry in entries}
    }
    for entry in entries:
        key = tuple(entry[name] for name in ("module", "function", "was", "now"))
        assert key in keys[entry["module"]], entry
        assert entry["reason"]


def test_the_packages_name_what_is_there():
    root = ROOT
    for told in packages().values():
        for pattern in told["modules"]:
            assert list((root / "src" / "roadalign").glob(pattern)), pattern
        for test in told["tests"]:
            assert (root / "tests" / test).exists(), test


def test_the_share_is_of_those_tried_and_survivors_are_listed():
    one = Mutant("docking/x.py", 7, "f", "a < b", "a <= b", "")
    found = Scored(
        "docking",
        [(one, "survived"), (one, "killed"), (one, "late"), (one, "unreached")],
        9,
        2,
        5,
        [],
        [],
        [],
    )
    assert found.killed == 2
    assert "50.0 %" in table([found])
    assert survivors([found]).count("docking/x.py:7 f") == 2
    assert Options(1, 1, 1, 1.0, 1.0).match == ""

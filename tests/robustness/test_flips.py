"""A flipped byte in a heading, a count, an offset, a length or an index is never without a word."""

from collections import Counter

import pytest

from benchmarks.robustness.flips import (
    DIED,
    FORMATS,
    REFUSED,
    ROADS,
    SAME,
    SILENT,
    TOLD,
    flipped,
    outcomes,
    read,
    told,
    written,
)
from benchmarks.robustness.pair import line
from roadalign.boundary.read import read_boundary
from roadalign.settings import Settings

SEEDS = 10


@pytest.mark.parametrize("form", FORMATS)
def test_the_roads_are_read_whole_and_without_a_word_as_they_are(form, tmp_path):
    line().to_file(tmp_path / "line.geojson")
    boundary = read_boundary(tmp_path / "line.geojson", settings=Settings())
    plan = read(written(form, tmp_path), boundary)
    assert len(plan.roads) == ROADS
    assert plan.roads["name"].tolist() == [f"road {2 * number}" for number in range(ROADS)] or (
        # Along a curve, as the format orders them.
        form == "fgb"
        and set(plan.roads["name"]) == {f"road {2 * number}" for number in range(ROADS)}
    )
    assert told(plan) == set()


@pytest.mark.parametrize("form", FORMATS)
def test_every_seed_changes_the_file(form, tmp_path):
    clean, other = tmp_path / "clean", tmp_path / "other"
    clean.mkdir()
    other.mkdir()
    source = written(form, clean)
    before = {part.name: part.read_bytes() for part in clean.glob("roads.*")}
    _, said = flipped(form, source, other, seed=1)
    after = {part.name: part.read_bytes() for part in other.glob("roads.*")}
    assert after.keys() == before.keys()
    assert after != before
    assert "→" in said


@pytest.mark.slow  # a storm of processes or bytes
@pytest.mark.parametrize("form", FORMATS)
def test_a_flipped_byte_is_never_without_a_word(form, tmp_path):
    found = list(outcomes(form, tmp_path, seeds=range(SEEDS)))
    wrong = [(seed, kind, said) for seed, kind, said in found if kind in (SILENT, DIED)]
    assert not wrong
    kinds = Counter(kind for _, kind, _ in found)
    assert kinds[SAME] + kinds[TOLD] + kinds[REFUSED] == SEEDS
    # Where everything is the same, nothing was damaged.
    assert kinds[TOLD] + kinds[REFUSED]

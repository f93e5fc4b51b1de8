"""What a source names, and fingerprints of content."""

from __future__ import annotations

import shutil

import pytest

from roadalign.errors import InputError
from roadalign.formats.input_records import fingerprint
from roadalign.formats.sources import find_layers, split_source


def test_a_plus_in_a_file_name_joins_nothing(tmp_path, roads):
    path = tmp_path / "a+b.gpkg"
    roads.to_file(path, layer="x")
    assert split_source(str(path)) == [str(path)]
    assert split_source(f"{path}:x") == [f"{path}:x"]
    assert split_source("a.shp+b.shp") == ["a.shp", "b.shp"]


@pytest.mark.parametrize("spec", ["nowhere.shp", "nowhere.gpkg:x", "", "nowhere.shp+"])
def test_files_that_do_not_exist(spec):
    with pytest.raises(InputError) as problem:
        find_layers(spec)
    assert problem.value.key == "no_such_file"


def test_fingerprint_is_of_the_content(tmp_path, roads):
    one, other = tmp_path / "one.gpkg", tmp_path / "other.gpkg"
    roads.to_file(one, layer="x")
    roads.to_file(one, layer="y")
    shutil.copy(one, other)
    assert fingerprint(one) == fingerprint(str(other))
    assert fingerprint(f"{one}:x") == fingerprint(f"{other}:x")
    assert fingerprint(f"{one}:x") != fingerprint(f"{one}:y")
    assert fingerprint(roads) == fingerprint(roads.copy())
    assert fingerprint(roads) != fingerprint(roads.iloc[:2])


def test_fingerprint_of_a_shapefile_ignores_its_name(tmp_path, roads):
    roads[["geometry"]].to_file(tmp_path / "one.shp")
    for path in list(tmp_path.glob("one.*")):
        shutil.copy(path, path.with_stem("other"))
    assert fingerprint(tmp_path / "one.shp") == fingerprint(tmp_path / "other.shp")
    (layer,) = find_layers(tmp_path / "one.shp")
    assert [file.suffix for file in layer.files] == [".cpg", ".dbf", ".prj", ".shp", ".shx"]

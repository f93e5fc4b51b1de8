"""The area is handed to the reader: what lies elsewhere never becomes a geometry."""

from __future__ import annotations

import pytest
from shapely import box

from roadalign.formats.layers import open_layer, read_layer
from roadalign.formats.sources import find_layers

X, Y = 600_000.0, 3_400_000.0


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.fgb", "a.geojson", "a.parquet", ""])
def test_only_what_touches_the_area_is_read(tmp_path, roads, name):
    plain = roads[["geometry"]].assign(name=["one", "two", "three"])
    source = tmp_path / name if name else plain
    if name == "a.parquet":
        plain.to_parquet(source, write_covering_bbox=True, row_group_size=1)
    elif name:
        plain.to_file(source)
    (found,) = find_layers(source)
    layer = open_layer(found, encoding=None, where="test")
    assert layer.features == 3
    # The second road runs through this square, the first ends 500 m south of it.
    frame = read_layer(layer, fields=["name"], mask=box(X + 2000, Y + 1500, X + 3000, Y + 2500))
    assert frame["name"].tolist() == ["two"]
    assert frame.geometry.iloc[0].length == pytest.approx(2600)
    assert len(read_layer(layer, fields=[])) == 3

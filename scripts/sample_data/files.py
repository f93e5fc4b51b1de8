"""The files of the example: written, and compared with what would be written."""

from __future__ import annotations

import json
import math
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely
from pyproj import Transformer

from sample_data.drawing import WORKING, Line, features
from sample_data.land import write_land
from sample_data.network import is_built, write_network

if TYPE_CHECKING:
    from sample_data.drawing import Entry, Feature

TABLE = Path(__file__).resolve().parents[2] / "data" / "jinshan-jiaxing" / "roads.toml"
ZONED = 4528
SHAPE = "jinshan/jinshan_roads"
WRITTEN = (
    "boundary.geojson",
    "align.toml",
    "expected.toml",
    "jiaxing.gpkg",
    "constraints.gpkg",
    "network.osm",
    "network.osm.pbf",
    *(f"{SHAPE}.{ending}" for ending in ("shp", "shx", "dbf", "prj")),
)
DATE = "2026-01-01T00:00:00.000Z"
SAME_M = 1e-6
FIELDS_A = {
    "name": "道路名称", "ref": "路线编号", "class": "技术等级", "lanes": "车道数",
    "carriageway": "路面宽度", "roadbed": "路基宽度", "redline": "红线宽度", "speed": "设计速度",
    "status": "建设状态", "year": "通车年份", "oneway": "单双向",
}  # fmt: skip
FIELDS_B = {
    "name": "LXMC", "ref": "LXBM", "class": "JSDJ", "lanes": "CDS", "carriageway": "LMKD",
    "roadbed": "LJKD", "redline": "HXKD", "speed": "SJSS", "status": "JSZT", "year": "TCNF",
    "oneway": "DX",
}  # fmt: skip
NUMBERS = ("carriageway", "roadbed", "redline", "speed", "year")
ALIGN_TOML = """\
# Settings of the example; `align check` in this folder reads them.
lang = "zh"
as_of = "2026-03-01"
out = "align-out"
map_note = "示意数据，非法定规划 · Illustrative data, not an official plan"

[a]
name = "金山"
plan = ["jinshan/jinshan_roads.shp"]

[b]
name = "嘉兴"
plan = ["jiaxing.gpkg:ghlw"]

[boundary]
file = "boundary.geojson"
name = "金山-嘉兴"

# The existing roads.
[network]
files = ["network.osm.pbf"]
attribution = "示意路网，非 OpenStreetMap 数据 · Illustrative roads, not OpenStreetMap data"

[[constraint]]
file = "constraints.gpkg:farmland"
kind = "farmland"

[[constraint]]
file = "constraints.gpkg:ecological_red_line"
kind = "ecological_red_line"

[[constraint]]
file = "constraints.gpkg:water"
kind = "water"
"""


def write(folder: Path) -> None:
    """Write all files of the example.

    Parameters
    ----------
    folder
        Where to; made where it is absent. Files of the same names are replaced.

    Raises
    ------
    OSError
        The table of roads cannot be read, or the folder cannot be written.

    """
    line = Line()
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    sides = features(table, line=line)
    (folder / "jinshan").mkdir(parents=True, exist_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": DATE})
    shape = folder / f"{SHAPE}.shp"
    pyogrio.write_dataframe(_frame(sides["a"], FIELDS_A, WORKING), shape, encoding="CP936")
    shape.with_suffix(".cpg").unlink(missing_ok=True)
    _silence(shape.with_suffix(".dbf"))
    (folder / "jiaxing.gpkg").unlink(missing_ok=True)
    pyogrio.write_dataframe(
        _frame(sides["b"], FIELDS_B, ZONED), folder / "jiaxing.gpkg", layer="ghlw"
    )
    write_land(table, line, folder / "constraints.gpkg")
    write_network(table, line, folder)
    coordinates = ", ".join(f"[{x}, {y}]" for x, y in line.degrees.coords)
    (folder / "boundary.geojson").write_text(
        '{"type": "FeatureCollection", "features": [\n{"type": "Feature", "properties": '
        '{"name": "jinshan-jiaxing", "note": "coarse, hand-drawn, illustrative"}, "geometry": '
        f'{{"type": "LineString", "coordinates": [{coordinates}]}}}}\n]}}\n',
        encoding="utf-8",
    )
    (folder / "align.toml").write_text(ALIGN_TOML, encoding="utf-8")
    (folder / "expected.toml").write_text(_expected(table, line), encoding="utf-8")


def differences(folder: Path) -> list[str]:
    """Name the files that are not what would be written.

    A layer whose bytes differ is read: a GeoPackage also records the version of the library that
    wrote it, and the last binary digit of a coordinate depends on the machine.

    Parameters
    ----------
    folder
        The folder to compare. Files beside those of the example are passed over, but for a
        ``.cpg``, which would tell the encoding that is to be found out.

    Returns
    -------
    list
        Names relative to the folder, in a fixed order; empty where all is the same.

    """
    with tempfile.TemporaryDirectory() as made:
        write(Path(made))
        found = [name for name in WRITTEN if not _same(folder / name, Path(made) / name)]
    return found + [name for name in (f"{SHAPE}.cpg",) if (folder / name).exists()]


def _same(kept: Path, made: Path) -> bool:
    """Tell whether a file is what would be written."""
    if not kept.is_file():
        return False
    if kept.read_bytes() == made.read_bytes():
        return True
    if kept.suffix not in {".gpkg", ".shp"}:
        return False
    try:
        if pyogrio.list_layers(kept).tolist() != pyogrio.list_layers(made).tolist():
            return False
        layers = [str(name) for name in pyogrio.list_layers(kept)[:, 0]]
        return all(_same_layer(kept, made, layer) for layer in layers)
    except pyogrio.errors.DataSourceError:
        return False


def _same_layer(kept: Path, made: Path, layer: str) -> bool:
    one, two = (pyogrio.read_dataframe(path, layer=layer) for path in (kept, made))
    alike = one.crs == two.crs and one.drop(columns="geometry").equals(two.drop(columns="geometry"))
    return alike and bool(
        shapely.equals_exact(
            one.geometry.to_numpy(), two.geometry.to_numpy(), tolerance=SAME_M
        ).all()
    )


def _frame(roads: list[Feature], fields: dict[str, str], epsg: int) -> gpd.GeoDataFrame:
    """Return one side's layer."""
    columns = {
        field: [road.get(key, math.nan if key in NUMBERS else None) for road, _ in roads]
        for key, field in fields.items()
    }
    table = gpd.GeoDataFrame(columns, geometry=[shape for _, shape in roads], crs=WORKING)
    return table.to_crs(epsg)


def _silence(dbf: Path) -> None:
    """Take the date and the language out of a .dbf, as careless exports do."""
    data = bytearray(dbf.read_bytes())
    data[1:4] = bytes([126, 1, 1])
    data[29] = 0
    dbf.write_bytes(data)


def _expected(table: Entry, line: Line) -> str:
    """Return what a check must find, from the table alone."""
    to_degrees = Transformer.from_crs(WORKING, 4326, always_xy=True)
    lines = ["# Made from roads.toml by scripts/make_sample_data: what a check must find.", ""]
    for place in table["place"]:
        lon, lat = to_degrees.transform(*line.at(place["km"])[0])
        rules = place.get("expect", {})
        families = {rule[0] for rule, told in rules.items() if told[0] in ("mismatch", "severe")}
        both = "a" in place and "b" in place
        verdict = "missing"
        if both and families & set("GST"):
            verdict = "mismatched"
        elif both:
            verdict = "undetermined" if "missing" in place else "aligned"
        lines += [
            "[[point]]",
            f'shows = "{place["shows"]}"',
            f'a = "{place.get("a", {}).get("name", "")}"',
            f'b = "{place.get("b", {}).get("name", "")}"',
            f"chainage_m = {1000 * place['km']:.1f}",
            f"lon = {lon:.6f}",
            f"lat = {lat:.6f}",
            f'verdict = "{verdict}"',
            f'state = "{_state(place, families)}"',
        ]
        for side, fields in place.get("missing", {}).items():
            lines.append(f"missing.{side} = {json.dumps(fields)}")
        if both:
            lines += [
                f"{name} = {float(place.get(name, 0))}"
                for name in ("gap_m", "offset_m", "deflection_deg")
            ]
        lines += _witnessed(place, table["existing"])
        lines += [f"rules.{rule} = {_told(*told)}" for rule, told in rules.items()]
        lines.append("")
    for road in table["existing"]:
        for rule, told in road.get("expect", {}).items():
            lines += [
                "[[nowhere]]",
                f'shows = "{road["shows"]}"',
                f'name = "{road["tags"]["name"]}"',
                f"chainage_m = {1000 * road['km']:.1f}",
                f"rules.{rule} = {_told(*told)}",
                "",
            ]
    return "\n".join(lines)


def _state(place: Entry, families: set[str]) -> str:
    """Return what a driver finds, from what both sides say of their half in the table."""
    halves = {place[side].get("status") if side in place else "—" for side in ("a", "b")}
    if None in halves:
        return "unknown"
    if halves == {"现状"}:
        if "G" in families:
            return "severed"
        return "bottleneck" if "S" in families else "through"
    if "在建" in halves and "现状" not in halves:
        return "building"
    return "severed" if "现状" in halves else "planned"


def _told(severity: str, *value: float) -> str:
    measured = f", value = {value[0]}" if value else ""
    return f'{{ severity = "{severity}"{measured} }}'


def _witnessed(place: Entry, existing: list[Entry]) -> list[str]:
    """Return what the network must say of a place, where a road of it was drawn there."""
    kinds = {road["km"]: road["kind"] for road in existing}
    kind = "crossing" if is_built(place) else kinds.get(place["km"])
    if kind is None:
        return []
    state = {"crossing": "connected", "facing": "dead_end_both"}[kind]
    stops = [f'barrier = "{place["barrier"]}"'] if "barrier" in place else []
    return [f'network = "{state}"', *stops]

"""Files made to harm: whoever opens them, or whoever opens the results."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import shapely

from benchmarks.robustness.pair import (
    NAME,
    TRUTH,
    Call,
    good,
    properties,
    save,
    shapes,
    side,
    written,
)
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECRET = "the-secret-of-another-file"  # noqa: S105
_LONG = 10_000_000


def _named(folder: Path, names: Sequence[str]) -> Call:
    table = side("a")
    table[NAME] = list(names)
    return good(folder, a=save(table, folder / "a.gpkg"))


def _truth(names: Sequence[str]) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (place, verdict, name, b) for (place, verdict, _, b), name in zip(TRUTH, names, strict=True)
    )


_SCRIPTS = (
    "</script><script>document.title='x'</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>",
)
_FORMULAS = ('=HYPERLINK("http://example.invalid")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3")
_CONTROLS = ("a\x07b", "a\x1b[31mb", "a\u202eb", "a\u2028b")
_FORMATS = ("{0.__class__}", "%s%n%x", "../../../etc/passwd", "a" * 500)


@right(truth=_truth(_SCRIPTS))
def scripts_as_names(folder: Path) -> Call:
    return _named(folder, _SCRIPTS)


@right(truth=_truth(_FORMULAS))
def formulas_as_names(folder: Path) -> Call:
    return _named(folder, _FORMULAS)


@right(truth=_truth(_CONTROLS))
def control_characters_as_names(folder: Path) -> Call:
    return _named(folder, _CONTROLS)


@right(truth=_truth(_FORMATS))
def templates_and_paths_as_names(folder: Path) -> Call:
    return _named(folder, _FORMATS)


@right("I05", truth=_truth(("路" * 999 + "…", *(row[2] for row in TRUTH[1:]))))
def a_name_of_30_megabytes(folder: Path) -> Call:
    return _named(folder, ["路" * _LONG, *(row[2] for row in TRUTH[1:])])


@refused("not_readable", named="a.geojson")
def a_remark_of_10_megabytes(folder: Path) -> Call:
    rows = [row | {"remark": "x" * _LONG} for row in properties(side("a"))[:1]]
    rows += properties(side("a"))[1:]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right("I05")
def lanes_of_a_megabyte_of_digits(folder: Path) -> Call:
    rows = properties(side("a"))
    rows[2]["车道数"] = "9" * 1_000_000
    rows[2]["红线宽度"] = "9" * 1_000_000
    rows[2]["通车年份"] = "9" * 1_000_000
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right("I05")
def lanes_of_a_megabyte_of_numerals(folder: Path) -> Call:
    rows = properties(side("a"))
    rows[2]["车道数"] = "四" * 1_000_000
    rows[2]["红线宽度"] = "约(" * 100_000
    rows[2]["通车年份"] = " " * 1_000_000 + "x"
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


_KML = """<?xml version="1.0" encoding="UTF-8"?>
{doctype}
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{entity}</name>
{placemarks}
{link}
</Document></kml>
"""


def _kml(folder: Path, *, doctype: str = "", entity: str = "", link: str = "") -> Call:
    places = []
    table = side("a").to_crs(4326)
    for name, shape in zip(table[NAME], table.geometry, strict=True):
        drawn = " ".join(f"{x:.9f},{y:.9f},0" for x, y in shape.coords)
        places.append(
            f"<Placemark><name>{name}{entity}</name><LineString><coordinates>{drawn}"
            "</coordinates></LineString></Placemark>"
        )
    path = folder / "a.kml"
    text = _KML.format(doctype=doctype, entity=entity, placemarks="\n".join(places), link=link)
    path.write_text(text, encoding="utf-8")
    return good(folder, a=str(path))


@right(truth=(*TRUTH[:3], (70, "aligned", "兴豪路", "兴豪路")))
def kml(folder: Path) -> Call:
    return _kml(folder)


@refused("markup_entities", named="a.kml")
def kml_with_an_external_entity(folder: Path) -> Call:
    secret = folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    doctype = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{secret}">]>'
    return _kml(folder, doctype=doctype, entity="&x;")


@refused("markup_entities", named="a.kml")
def kml_with_a_billion_laughs(folder: Path) -> Call:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))
    return _kml(folder, doctype=f"<!DOCTYPE kml [{entities}]>", entity="&l9;")


@right(truth=(*TRUTH[:3], (70, "aligned", "兴豪路", "兴豪路")))
def kml_with_a_link_into_the_net(folder: Path) -> Call:
    link = "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"
    return _kml(folder, link=link)


_GML = """<?xml version="1.0" encoding="utf-8"?>
{doctype}
<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml"
 xmlns:xlink="http://www.w3.org/1999/xlink">
{members}
</ogr:FeatureCollection>
"""


def _gml(folder: Path, *, doctype: str = "", entity: str = "", more: str = "") -> Call:
    members = []
    table = side("a")
    for i, shape in enumerate(table.geometry):
        drawn = " ".join(f"{x},{y}" for x, y in shape.coords)
        members.append(
            f'<gml:featureMember><ogr:a fid="a.{i}"><ogr:geometryProperty><gml:LineString '
            f'srsName="EPSG:4549"><gml:coordinates>{drawn}</gml:coordinates></gml:LineString>'
            f"</ogr:geometryProperty><ogr:name>{table[NAME].iloc[i]}{entity}</ogr:name>"
            f"<ogr:lanes>{table['车道数'].iloc[i]}</ogr:lanes></ogr:a></gml:featureMember>"
        )
    path = folder / "a.gml"
    text = _GML.format(doctype=doctype, members="\n".join([*members, more]))
    path.write_text(text, encoding="utf-8")
    return good(folder, a=str(path))


@right()
def gml(folder: Path) -> Call:
    return _gml(folder)


@refused("markup_entities", named="a.gml")
def gml_with_an_external_entity(folder: Path) -> Call:
    secret = folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{secret}">]>'
    return _gml(folder, doctype=doctype, entity="&x;")


@right()
def gml_with_a_link_into_the_net(folder: Path) -> Call:
    more = (
        '<gml:featureMember><ogr:a fid="a.9"><ogr:geometryProperty '
        'xlink:href="http://127.0.0.1:9/x.gml#p"/><ogr:name>x</ogr:name></ogr:a></gml:featureMember>'
    )
    return _gml(folder, more=more)


def _pointing(path: Path, target: str) -> str:
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{target}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    return str(path)


@refused("names_other_files", named="plan.geojson")
def a_file_that_names_another_in_disguise(folder: Path) -> Call:
    call = good(folder)
    return Call(_pointing(folder / "plan.geojson", call.a), call.b, call.boundary)


@refused("names_other_files", named="plan.vrt")
def a_file_that_names_an_address(folder: Path) -> Call:
    return good(folder, a=_pointing(folder / "plan.vrt", "/vsicurl/http://127.0.0.1:9/a.gpkg"))


@refused("names_other_files", named="plan.zip")
def an_archive_that_names_an_address(folder: Path) -> Call:
    _pointing(folder / "plan.gml", "WFS:http://127.0.0.1:9/")
    with zipfile.ZipFile(folder / "plan.zip", "w") as archive:
        archive.write(folder / "plan.gml", "plan.gml")
    return good(folder, a=str(folder / "plan.zip"))


@refused("names_other_files", named="/a.gpkg")
def a_virtual_layer_of_a_file_beside(folder: Path) -> Call:
    call = good(folder)
    return Call(_pointing(folder / "plan.vrt", call.a), call.b, call.boundary)


@refused("address", named="/vsicurl/http://127.0.0.1:9/a.gpkg")
def an_address_of_the_net(folder: Path) -> Call:
    return good(folder, a="/vsicurl/http://127.0.0.1:9/a.gpkg")


@refused("address", named="PG:dbname=x")
def a_database(folder: Path) -> Call:
    return good(folder, a="PG:dbname=x")


@right()
def a_hundred_thousand_short_roads(folder: Path) -> Call:
    table = side("a")
    far = [shapely.LineString([(x, 3_380_000.0), (x + 5, 3_380_010.0)]) for x in range(100_000)]
    more = table.iloc[[0] * len(far)].set_geometry(far, crs=table.crs)
    save(more, folder / "more.gpkg")
    return good(folder, a=save(table, folder / "a.gpkg") + f"+{folder / 'more.gpkg'}")

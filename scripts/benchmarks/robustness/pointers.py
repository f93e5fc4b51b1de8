"""Files that hold no features but say where some are, and files that name a system elsewhere."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

from benchmarks.robustness.pair import Call, good, properties, save, shapes, side, written
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "http://127.0.0.1:9/roads"
"""Where nothing listens; a test puts the address of a listener in its place."""

_PADDING = 1 << 20


def virtual(target: str = f"/vsicurl/{ADDRESS}.gpkg") -> str:
    """Return a virtual layer of GDAL."""
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{target}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )


def algorithm() -> dict[str, Any]:
    """Return a file that has GDAL run one of its own commands."""
    command = f"gdal vector pipeline ! read /vsicurl/{ADDRESS}.geojson ! write streamed"
    return {"type": "gdal_streamed_alg", "command_line": command}


def collection(crs: Any, **more: Any) -> dict[str, Any]:
    """Return side A as GeoJSON with whatever stands for its coordinate system."""
    table = side("a")
    features = [
        {"type": "Feature", "properties": row, "geometry": shape}
        for row, shape in zip(properties(table), shapes(table), strict=True)
    ]
    return {"type": "FeatureCollection", "crs": crs, "features": features, **more}


def _text(folder: Path, name: str, text: str | bytes) -> Call:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return good(folder, a=str(path))


def _json(folder: Path, name: str, content: Any) -> Call:
    return _text(folder, name, json.dumps(content, ensure_ascii=False))


@refused("names_other_files", named=ADDRESS)
def behind_a_mark_and_blanks(folder: Path) -> Call:
    return _text(folder, "a.geojson", "\ufeff \n\t" + virtual())


@refused("names_other_files", named=ADDRESS)
def behind_a_heading_and_a_comment(folder: Path) -> Call:
    heading = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- roads -->\n'
    return _text(folder, "a.gml", heading + virtual())


@refused("names_other_files", named=ADDRESS)
def behind_a_megabyte_of_blanks(folder: Path) -> Call:
    return _text(folder, "a.shp", " " * _PADDING + virtual())


@refused("names_other_files", named=ADDRESS)
def behind_a_megabyte_of_comment(folder: Path) -> Call:
    return _text(folder, "a.kml", f"<!--{'x' * 2 * _PADDING}-->" + virtual())


@refused("names_other_files", named=ADDRESS)
def in_utf_16(folder: Path) -> Call:
    return _text(folder, "a.kml", virtual().encode("utf-16"))


@refused("names_other_files", named=ADDRESS)
def behind_a_word(folder: Path) -> Call:
    return _text(folder, "a.dxf", "roads " + virtual())


@refused("names_other_files", named="b.gpkg")
def under_an_ending_nobody_knows(folder: Path) -> Call:
    return _text(folder, "a.plan", virtual("b.gpkg"))


@refused("names_other_files", named="a/plan.json.bak")
def among_other_files_of_a_folder(folder: Path) -> Call:
    (folder / "a").mkdir()
    save(side("a"), folder / "a" / "a.gpkg")
    (folder / "a" / "plan.json.bak").write_text(json.dumps(algorithm()), encoding="utf-8")
    return good(folder, a=str(folder / "a"))


@refused("names_other_files", named="a.zip/plan.vrt")
def among_other_files_of_an_archive(folder: Path) -> Call:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(save(side("a"), folder / "x.gpkg"), "x.gpkg")
        archive.writestr("plan.vrt", virtual())
    return good(folder, a=str(folder / "a.zip"))


@refused("names_other_files", named="a.kmz/doc.kml")
def in_a_kmz(folder: Path) -> Call:
    with zipfile.ZipFile(folder / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", virtual())
    return good(folder, a=str(folder / "a.kmz"))


@refused("names_other_files", named="a.zip/a.kmz/doc.kml")
def in_a_kmz_in_an_archive(folder: Path) -> Call:
    call = in_a_kmz(folder)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(call.a, "a.kmz")
    return Call(str(folder / "a.zip"), call.b, call.boundary)


@refused("names_other_files", named="vector pipeline")
def a_command_of_gdal(folder: Path) -> Call:
    return _json(folder, "a.json", algorithm())


@refused("names_other_files", named="vector pipeline")
def a_command_of_gdal_behind_other_members(folder: Path) -> Call:
    return _json(folder, "a.geojson", {"pad": " " * 2 * _PADDING, **algorithm()})


@refused("names_other_files", named=ADDRESS)
def a_service_of_features(folder: Path) -> Call:
    return _text(folder, "a.gml", f"<OGRWFSDataSource><URL>{ADDRESS}</URL></OGRWFSDataSource>")


@refused("names_other_files", named=ADDRESS)
def capabilities_of_a_service(folder: Path) -> Call:
    text = f'<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs"><x href="{ADDRESS}"/>'
    return _text(folder, "a.gml", text + "</wfs:WFS_Capabilities>")


@refused("names_other_files", named=ADDRESS)
def a_list_of_tiles(folder: Path) -> Call:
    tiles = {"tilejson": "2.2.0", "name": "x", "tiles": [ADDRESS + "/{z}/{x}/{y}.pbf"]}
    return _json(folder, "a.json", tiles)


@refused("names_other_files", named=ADDRESS)
def the_front_page_of_an_interface(folder: Path) -> Call:
    links = [{"rel": "data", "type": "application/json", "href": ADDRESS}]
    return _json(folder, "a.json", {"title": "roads", "links": links})


@refused("names_other_files", named=ADDRESS)
def a_catalogue(folder: Path) -> Call:
    links = [{"rel": "child", "href": ADDRESS}]
    return _json(folder, "a.json", {"stac_version": "1.0.0", "type": "Catalog", "links": links})


@refused("names_other_files", named=ADDRESS)
def a_layer_of_a_feature_server(folder: Path) -> Call:
    return _json(folder, "a.json", {"currentVersion": 11.1, "layers": [], "url": ADDRESS})


@refused("names_other_files", named=ADDRESS)
def kml_of_links_alone(folder: Path) -> Call:
    link = f"<NetworkLink><Link><href>{ADDRESS}</href></Link></NetworkLink>"
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return _text(folder, "a.kml", f"{kml}{link}</Document></kml>")


@refused("crs_elsewhere", named=ADDRESS)
def system_by_a_link(folder: Path) -> Call:
    crs = {"type": "link", "properties": {"href": ADDRESS, "type": "proj4"}}
    return _json(folder, "a.geojson", collection(crs))


@refused("crs_elsewhere", named=ADDRESS)
def system_by_an_address(folder: Path) -> Call:
    return _json(folder, "a.geojson", collection({"type": "URL", "properties": {"url": ADDRESS}}))


@refused("crs_elsewhere", named=ADDRESS)
def system_by_a_name_that_is_an_address(folder: Path) -> Call:
    return _json(folder, "a.geojson", collection({"type": "name", "properties": {"name": ADDRESS}}))


@refused("crs_elsewhere", named=ADDRESS)
def system_by_a_link_behind_all_features(folder: Path) -> Call:
    content = collection(None, pad="x" * 5 * _PADDING)
    del content["crs"]
    content["crs"] = {"properties": {"href": ADDRESS}, "type": "link"}
    return _json(folder, "a.geojson", content)


@refused("crs_elsewhere", named=ADDRESS)
def system_by_a_link_in_escapes(folder: Path) -> Call:
    crs = {"type": "link", "properties": {"href": ADDRESS}}
    text = json.dumps(collection(crs)).replace('"crs"', '"\\u0063r\\u0073"')
    return _text(folder, "a.geojson", text.replace('"link"', '"l\\u0069nk"'))


@refused("crs_elsewhere", named=ADDRESS)
def system_by_a_link_in_an_archive(folder: Path) -> Call:
    call = system_by_a_link(folder)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(call.a, "a.geojson")
    return Call(str(folder / "a.zip"), call.b, call.boundary)


@refused("crs_elsewhere", named="a.geojson")
def system_by_a_link_behind_a_lax_comment(folder: Path) -> Call:
    crs = {"type": "link", "properties": {"href": ADDRESS}}
    text = json.dumps(collection(crs)).replace('"crs":', '"crs"/* */:')
    return _text(folder, "a.geojson", text)


@right()
def system_by_the_address_of_a_register(folder: Path) -> Call:
    name = "http://www.opengis.net/def/crs/EPSG/0/4549"
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=_rows(), crs=name))


@right()
def a_field_called_crs(folder: Path) -> Call:
    rows = [row | {"crs": "see http://127.0.0.1:9/"} for row in _rows()]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


def _rows() -> list[dict[str, Any]]:
    return properties(side("a"))


@refused("address", named="postgresql+psycopg://")
def a_database_by_its_address(folder: Path) -> Call:
    return good(folder, a="postgresql+psycopg://u@127.0.0.1:9/x")


@refused("address", named="WFS:http")
def a_service_by_its_prefix(folder: Path) -> Call:
    return good(folder, a=f"WFS:{ADDRESS}")


@refused("address", named="http://127.0.0.1:9/roads")
def an_address_beside_a_file(folder: Path) -> Call:
    return good(folder, a=save(side("a"), folder / "a.gpkg") + f"+{ADDRESS}")


@refused("format_unknown", named="a.sqlite")
def a_database_that_is_no_geopackage(folder: Path) -> Call:
    path = save(side("a"), folder / "x.gpkg")
    (folder / "a.sqlite").write_bytes((folder / "x.gpkg").read_bytes())
    return good(folder, a=path.replace("x.gpkg", "a.sqlite"))

"""A commented ``align.toml`` for given layers: what was understood, and what can be set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from roadalign.attributes.field_mapping import map_fields
from roadalign.formats.layers import holds_lines, open_layer
from roadalign.formats.sources import find_layers
from roadalign.georeferencing.crs import crs_name
from roadalign.locales import text
from roadalign.model.tables import ROAD_COLUMNS
from roadalign.settings import DEFAULT_WEIGHTS, NetworkSettings, WeightsSettings
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.formats.layers import Layer

NOT_FIELDS = {"side", "layer", "fid", "admin_class", "status_certainty", "plan_values"}


def settings_template(
    plan_a: str, plan_b: str, *, boundary: str | None, names: tuple[str, str], lang: str
) -> str:
    """Return the text of a settings file for two plans.

    Parameters
    ----------
    plan_a, plan_b
        Sources of the two sides.
    boundary
        Source of the common line, ``None`` to leave it open.
    names
        Names of the two sides.
    lang
        Language of the comments.

    Raises
    ------
    roadalign.errors.InputError
        Where a layer cannot be opened.
    """
    lines = [*_comment(lang, "head"), f"lang = {_quoted(lang)}", 'out = "align-out"']
    lines += [*_comment(lang, "only"), '# only = ["G", "S02"]', *_comment(lang, "map_note")]
    lines += ['# map_note = ""', *_comment(lang, "basemap"), '# basemap = "none"']
    lines += [*_comment(lang, "ledger"), '# ledger = "ledger.jsonl"']
    lines += [*_comment(lang, "since"), '# since = "align-out"', ""]
    for side, plan, name in (("a", plan_a, names[0]), ("b", plan_b, names[1])):
        lines += _side(side, plan, name, lang=lang)
    lines += ["[boundary]", *_comment(lang, "boundary")]
    lines += [f"file = {_quoted(boundary)}" if boundary else '# file = "boundary.geojson"']
    lines += ['# name = "north"', '# crs = "EPSG:4549"', ""]
    lines += [*_comment(lang, "network"), "# [network]", '# files = ["roads.osm.pbf"]']
    lines += [f"# band_km = {NetworkSettings().band_km}", "", *_comment(lang, "weights")]
    lines += [
        "# [weights]",
        '# file = "people.gpkg"',
        f"# field = {_quoted(WeightsSettings().field)}",
    ]
    lines += ["", *_comment(lang, "constraint")]
    lines += [*_comment(lang, "kinds", kinds=", ".join(table("constraints")))]
    lines += ["# [[constraint]]", '# file = "land.gpkg:farmland"', '# kind = "farmland"', ""]
    lines += [*_comment(lang, "ranking"), "# [ranking]"]
    lines += [f"# {part} = {share}" for part, share in DEFAULT_WEIGHTS.items()]
    lines += ["", *_comment(lang, "limits"), "[limits]"]
    for name, limit in table("limits").items():
        lines.append(f"# {name} = {limit['value']}  # {limit[lang]}")
    lines += ["", *_comment(lang, "by_boundary"), "# [limits.by_boundary.north]"]
    lines += ["# offset_mismatch_m = 10.0", ""]
    return "\n".join(lines)


def _side(side: str, plan: str, name: str, *, lang: str) -> list[str]:
    opened = [
        open_layer(found, encoding=None, where=plan, osm_roads=True) for found in find_layers(plan)
    ]
    layers = [layer for layer in opened if holds_lines(layer)]
    lines = [f"[{side}]", f"name = {_quoted(name)}", f"plan = [{_quoted(plan)}]"]
    for layer in layers:
        stated = crs_name(layer.crs) if layer.crs else text(lang, "template", "no_crs")
        values = {"layer": layer.source.layer, "crs": stated, "count": layer.features}
        lines += _comment(lang, "layer", encoding=layer.encoding.name, **values)
    lines += ['# crs = "EPSG:4549"', '# encoding = "gb18030"', "", f"[{side}.fields]"]
    understood: dict[str, str] = {}
    for layer in layers:
        understood |= map_fields(
            layer.fields, stated={}, where=f"[{side}.fields]", cut=layer.source.dbf is not None
        )
    lines += _comment(lang, "fields")
    lines += [f"{column} = {_quoted(field)}" for column, field in understood.items()]
    missing = [name for name in ROAD_COLUMNS if name not in understood and name not in NOT_FIELDS]
    left = sorted(_left(layers, understood))
    lines += _comment(lang, "missing", columns=", ".join(missing) or "—")
    lines += _comment(lang, "left", fields=", ".join(left) or "—")
    lines += ["", *_comment(lang, "values"), f"# [{side}.values.status]"]
    lines += [f'# {_quoted("在册")} = "planned"', "", *_comment(lang, "periods")]
    return [*lines, f"# [{side}.periods]", f"# {_quoted('近期')} = 2030", ""]


def _left(layers: list[Layer], understood: dict[str, str]) -> set[str]:
    return {field for layer in layers for field in layer.fields} - set(understood.values())


def _comment(lang: str, key: str, **values: object) -> list[str]:
    sentence = text(lang, "template", key, **values)
    return ["# " + line.replace("\r", " ") for line in sentence.strip().split("\n")]


def _quoted(value: str) -> str:
    """Return a TOML string; every JSON string is one."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

"""A commented ``align.toml`` for given layers: what was understood, and what can be set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadalign.attributes.field_mapping import map_fields
from roadalign.formats.layers import holds_lines, open_layer
from roadalign.formats.sources import find_layers
from roadalign.georeferencing.crs import crs_name
from roadalign.locales import text
from roadalign.model.columns import expected_columns
from roadalign.settings import DEFAULT_WEIGHTS, NetworkSettings, WeightsSettings
from roadalign.settings.comparison import DECIDING_COLUMNS, NEEDED_COLUMNS
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.formats.layers import Layer


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
    sides = {"a": _Side.opened(plan_a, "a"), "b": _Side.opened(plan_b, "b")}
    lines += _compared(sides, lang=lang)
    for (side, one), plan, name in zip(sides.items(), (plan_a, plan_b), names, strict=True):
        lines += _side(side, one, plan, name, lang=lang)
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


@dataclass(frozen=True)
class _Side:
    """The line layers of one side, and which of their fields hold what."""

    layers: list[Layer]
    understood: dict[str, str]

    @classmethod
    def opened(cls, plan: str, side: str) -> _Side:
        opened = [
            open_layer(found, encoding=None, where=plan, osm_roads=True)
            for found in find_layers(plan)
        ]
        layers = [layer for layer in opened if holds_lines(layer)]
        understood: dict[str, str] = {}
        for layer in layers:
            cut = layer.source.dbf is not None
            understood |= map_fields(layer.fields, stated={}, where=f"[{side}.fields]", cut=cut)
        return cls(layers, understood)

    def carries(self, column: str) -> bool:
        """Return whether a field was found for a column, or what it follows from."""
        return any(one in self.understood for one in (column, *FOLLOWS.get(column, ())))


FOLLOWS = {
    "road_class": ("highway",),
    "status": ("highway",),
    "grade_level": ("bridge", "tunnel"),
}
"""Columns that follow from other fields, too."""


def _compared(sides: dict[str, _Side], *, lang: str) -> list[str]:
    """Return what decides a verdict: proposed are the columns that both plans carry."""
    both = [name for name in DECIDING_COLUMNS if all(one.carries(name) for one in sides.values())]
    return [
        *_comment(lang, "aspects"),
        '# aspects = ["place", "section", "timing"]',
        *_comment(lang, "deciding"),
        f"deciding = {json.dumps(both)}",
        *_comment(lang, "needed"),
        f"# needed = {json.dumps(NEEDED_COLUMNS)}",
        *_comment(lang, "as_of"),
        '# as_of = "2026-11-29"',
        "",
    ]


def _side(side: str, one: _Side, plan: str, name: str, *, lang: str) -> list[str]:
    lines = [f"[{side}]", f"name = {_quoted(name)}", f"plan = [{_quoted(plan)}]"]
    for layer in one.layers:
        stated = crs_name(layer.crs) if layer.crs else text(lang, "template", "no_crs")
        values = {"layer": layer.source.layer, "crs": stated, "count": layer.features}
        lines += _comment(lang, "layer", encoding=layer.encoding.name, **values)
    lines += ['# crs = "EPSG:4549"', '# encoding = "gb18030"']
    lines += [*_comment(lang, "complete"), "# complete = true", "", f"[{side}.fields]"]
    lines += _comment(lang, "fields")
    lines += [f"{column} = {_quoted(field)}" for column, field in one.understood.items()]
    missing = [name_ for name_ in expected_columns() if name_ not in one.understood]
    left = sorted(_left(one.layers, one.understood))
    lines += _comment(lang, "missing", columns=", ".join(missing) or "—")
    lines += _comment(lang, "left", fields=", ".join(left) or "—")
    lines += ["", *_comment(lang, "values"), f"# [{side}.values.status]"]
    lines += [f'# {_quoted("在册")} = "planned"', "", *_comment(lang, "periods")]
    lines += [f"# [{side}.periods]", f"# {_quoted('近期')} = 2030", ""]
    return [*lines, *_defaults(side, one, lang=lang)]


def _defaults(side: str, one: _Side, *, lang: str) -> list[str]:
    """Return what the plan could say once for all its roads, first what its fields lack."""
    proposed = []
    if not one.carries("status"):
        proposed.append('status = "planned"')
    if not one.carries("open_year"):
        proposed.append("horizon = 2035")
    key = "defaults" if proposed else "defaults_none"
    lacking = proposed or ['status = "planned"', "horizon = 2035"]
    return [*_comment(lang, key), f"# [{side}.defaults]", *(f"# {one_}" for one_ in lacking), ""]


def _left(layers: list[Layer], understood: dict[str, str]) -> set[str]:
    return {field for layer in layers for field in layer.fields} - set(understood.values())


def _comment(lang: str, key: str, **values: object) -> list[str]:
    sentence = text(lang, "template", key, **values)
    return ["# " + line.replace("\r", " ") for line in sentence.strip().split("\n")]


def _quoted(value: str) -> str:
    """Return a TOML string; every JSON string is one."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

"""Pages that follow from the tables and types of the program."""

from __future__ import annotations

import json
from pathlib import Path

from roadalign.batches.schemas import SCHEMAS
from roadalign.model.columns import TABLES, Column, columns_of

ROOT = Path(__file__).resolve().parents[1]
HEADINGS = {
    "road": ("Roads of a plan, one row per line part", "规划道路，每个线段一行"),
    "side": (
        "What a docking point says of each side (`a_…`, `b_…`)",
        "对接点中各方的属性（`a_…`、`b_…`）",
    ),
    "docking_point": ("Docking points", "对接点"),
    "approach": ("Approaches", "到界道路"),
    "link": ("Links, proposals and ways around", "端点连线、建议线位与绕行路径"),
    "crossing": ("What a link takes of each kind of area", "端点连线占用的各类区域"),
    "finding": ("Findings", "问题"),
    "network": ("Existing roads", "现状道路"),
    "barrier": ("Barriers on existing roads", "现状道路上的路障"),
    "place": ("Named places", "地名"),
    "area": ("Areas a road may have to cross", "道路可能穿越的区域"),
}


def pages() -> dict[str, str]:
    """Return every generated file, relative to the checkout, with its text."""
    schemas = {
        f"src/roadalign/{name}": json.dumps(made(), ensure_ascii=False, indent=1) + "\n"
        for name, made in SCHEMAS.items()
    }
    return {**schemas, "docs/columns.md": _columns_page()}


def _columns_page() -> str:
    lines = [
        "# Columns 列",
        "",
        "Made from `src/roadalign/standards/columns.toml` by `scripts/make_reference`.",
        "Unknown is `<NA>`, in JSON null.",
        "由 `scripts/make_reference` 生成；不明的值为 `<NA>`，JSON 中为 null。",
    ]
    for table in ("road", "side", *(name for name in TABLES if name != "road")):
        own = columns_of(table)
        of_sides = {f"{side}_{name}" for side in "ab" for name in columns_of("side")}
        shown = {name: one for name, one in own.items() if name not in of_sides}
        if table == "approach":
            shown = {name: one for name, one in shown.items() if name not in columns_of("side")}
        title, title_zh = HEADINGS[table]
        lines += ["", f"## {title} · {title_zh}", "", "| column | type | unit | meaning | 含义 |"]
        lines += ["|---|---|---|---|---|", *(_row(name, one) for name, one in shown.items())]
    return "\n".join(lines) + "\n"


def _row(name: str, column: Column) -> str:
    unit = "" if column.unit in {None, "1"} else column.unit
    meaning = f"**{column.label.en}**: {column.description.en}"
    meaning_zh = f"**{column.label.zh}**：{column.description.zh}"
    if column.spellings:
        read = ", ".join(f"`{one}`" for one in column.spellings)
        meaning += f" Read from {read}."
    return f"| `{name}` | {column.type} | {unit} | {meaning} | {meaning_zh} |"

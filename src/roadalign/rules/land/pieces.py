"""What the rules on land share: the pieces of one rule, summed up per docking point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.model.tables import records
from roadalign.model.words import LinkKind
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.rules.core import Context

Taken = list[dict[str, Any]]


def collect_taken(context: Context, *, rule: str) -> dict[str, Taken]:
    """Return what each docking point's link or proposal crosses of the kinds one rule judges."""
    known = table("constraints")
    found: dict[str, Taken] = {}
    for row in records(context.crossed):
        if known[row["kind"]]["rule"] == rule:
            found.setdefault(row["docking_point"], []).append(row)
    return found


def find_links_over_water(context: Context) -> list[str]:
    """Return the docking points whose link, the straight line between the ends, crosses water."""
    if not len(context.crossed):
        return []
    known = table("constraints")
    water = [kind for kind, one in known.items() if one["rule"] == "L02"]
    least_m = context.limits["water_length_m"]
    own = context.crossed[
        (context.crossed["line"] == str(LinkKind.LINK)) & context.crossed["kind"].isin(water)
    ]
    length_m = own.groupby("docking_point")["length_m"].sum()
    return [str(name) for name in length_m[length_m >= least_m].index]


def list_taken(rows: Taken) -> dict[str, str]:
    """Return a list of what is crossed, and the rules on it, in both languages."""
    known = table("constraints")
    kinds = [(known[row["kind"]], row) for row in rows]
    said_en = (
        f"{kind['name']['en']} ({row['length_m']:.0f} m, {row['area_m2']:.0f} m²)"
        for kind, row in kinds
    )
    said_zh = (
        f"{kind['name']['zh']}（{row['length_m']:.0f}米、{row['area_m2']:.0f}平方米）"
        for kind, row in kinds
    )
    return {
        "list_en": ", ".join(said_en),
        "list_zh": "、".join(said_zh),
        "law_en": " ".join(dict.fromkeys(kind["text"]["en"] for kind, _ in kinds)),
        "law_zh": "".join(dict.fromkeys(kind["text"]["zh"] for kind, _ in kinds)),
    }


def drop_law(message: str, *, lang: str) -> str:
    """Return a message without the sentences on what the law asks, for a headline."""
    for kind in table("constraints").values():
        message = message.replace(kind["text"][lang], "")
    return message.strip()


def make_findings(rows: list[dict[str, Any]], index: list[int]) -> pd.DataFrame:
    """Return findings as a table, with a column ``severity`` even where there is none."""
    return pd.DataFrame(rows, index=index, columns=None if rows else ["severity"])

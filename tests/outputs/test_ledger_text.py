"""What the ledger says on the terminal, of entries made by hand."""

import pytest
from rich.cells import cell_len

from roadalign.outputs.ledger_text import status_text


def entry(decision, km, **fields):
    place = None if km is None else {"chainage_m": 1000 * km, "roads": ["叶新公路", "G320"]}
    blank = dict.fromkeys(("stage", "responsible_a", "responsible_b", "due", "note"))
    return {"decision": decision, "place": place} | blank | fields


ENTRIES = {
    "DP-000002": entry("to_do", 12.5, due="2020-01-01", responsible_a="[red]x[/red]\x1b[2J"),
    "DP-000001": entry("agreed", 1.25, responsible_a="金山区交通委员会综合计划与建设处"),
    "DP-000003": entry("later", None, responsible_a="丙", responsible_b=":smile:\u2028"),
}
KM = (" 1.25", "12.50", "—")
A = ("甲", "金山区交通委员会综合计", "[red]x[/red] [2J", "丙")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_line_a_point_in_columns_along_the_boundary(lang):
    text = status_text(ENTRIES, names=("甲", "[b]"), today="2026-01-01", lang=lang)
    _, head, *rows, late = text.splitlines()
    assert [row.split()[0] for row in rows] == ["DP-000001", "DP-000002", "DP-000003"]
    assert late.startswith("!")
    ends = {cell_len(row[: row.index(km) + len(km)]) for row, km in zip(rows, KM, strict=True)}
    assert len(ends) == 1
    starts = {
        cell_len(line[: line.index(word)]) for line, word in zip((head, *rows), A, strict=True)
    }
    assert len(starts) == 1


def test_texts_are_shown_as_they_are_but_for_what_steers():
    text = status_text(ENTRIES, names=("甲", "[b]"), today="2026-01-01", lang="en")
    assert all(letter.isprintable() for letter in text.replace("\n", ""))
    for part in ("[b]", "[red]x[/red] [2J", ":smile:", "2020-01-01 !", "叶新公路 — G320"):
        assert part in text
    assert "综合计划" not in text

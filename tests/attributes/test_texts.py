"""Texts as people write them: tables of what each means, worked out by hand.

A cell left empty says that the text must not be understood; what cannot be told from the text
alone is not guessed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from roadalign.attributes import values
from roadalign.attributes.status_texts import read_status, year_in_status
from roadalign.attributes.text_columns import NOT_UNDERSTOOD, parse_column, plain
from roadalign.attributes.values import Lanes

TABLES = Path(__file__).parent / "texts"
FEWEST = 200


def rows(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell):
    return int(cell) if cell else None


def of_table(name):
    return pytest.mark.parametrize("row", rows(name), ids=lambda row: row["text"] or "empty")


def said(text, parse):
    """Return what a cell of a layer becomes, `None` where it is not understood or says nothing."""
    found = parse_column(pd.Series([text], dtype=object), parse).values.iloc[0]
    return None if found is NOT_UNDERSTOOD else found


@pytest.mark.parametrize("name", sorted(path.stem for path in TABLES.glob("*.csv")))
def test_a_table_is_large_and_says_nothing_twice(name):
    texts = [row["text"] for row in rows(name)]
    assert len(texts) >= FEWEST
    assert len(texts) == len(set(texts))


@of_table("status")
def test_statuses(row):
    found = said(row["text"], read_status)
    expected = (row["status"], row["certainty"]) if row["status"] else None
    assert found == expected
    opens = year_in_status(plain(row["text"]), periods={})
    assert (opens and opens.year) == number(row["opens"])


@of_table("years")
def test_opening_years(row):
    assert said(row["text"], values.open_year) == number(row["year"])


@of_table("lanes")
def test_lanes(row):
    stated = Lanes(number(row["lanes"]), number(row["later"]), number(row["slow"]))
    assert said(row["text"], values.lanes) == (stated if row["lanes"] else None)


@of_table("routes")
def test_route_codes(row):
    codes = said(row["text"], values.route_codes)
    assert codes == (row["codes"] or None)
    assert (codes and values.admin_of_codes(codes)) == (row["admin"] or None)

"""Ids of docking points without a predecessor."""

import re

from roadalign.ledger.identity import new_ids

HERE, THERE = (121.0123, 30.8754), (121.0579, 30.8448)


def test_an_id_is_short_and_has_no_letters_mistaken_for_digits():
    (name,) = new_ids([HERE], [("jinshan/G320", "jiaxing/G320")])
    assert re.fullmatch(r"DP-[0-9A-HJKMNP-TV-Z]{6}", name)


def test_the_same_place_and_roads_give_the_same_id_whichever_side_is_called_a():
    once = new_ids([HERE], [("jinshan/G320", "jiaxing/S1")])
    assert once == new_ids([HERE], [("jinshan/G320", "jiaxing/S1")])
    assert once == new_ids([HERE], [("jiaxing/S1", "jinshan/G320")])


def test_another_place_or_road_gives_another_id():
    ids = new_ids([HERE, THERE, HERE], [("a/1", "b/1"), ("a/1", "b/1"), ("a/2", "b/1")])
    assert len(set(ids)) == 3


def test_two_points_at_one_place_without_names_are_told_apart_in_order():
    ids = new_ids([HERE, HERE, HERE], [("a", "")] * 3)
    assert len(set(ids)) == 3
    assert ids == new_ids([HERE, HERE, HERE], [("a", "")] * 3)


def test_ten_thousand_points_have_ten_thousand_ids():
    places = [(121 + i / 10_000, 30.5) for i in range(10_000)]
    ids = new_ids(places, [("a", "b")] * len(places))
    assert len(set(ids)) == len(ids)

"""Texts that hold several names of one road."""

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from roadalign.attributes.several import agree, join_texts, most_alike, parts_of


def texts(*values):
    return np.array(values, dtype=object)


def test_names_are_told_apart_by_semicolons_and_strokes_with_blanks():
    assert parts_of("G320;G228") == ("G320", "G228")
    assert parts_of("Rue Haute / Hoogstraat；x") == ("Rue Haute", "Hoogstraat", "x")
    assert parts_of("7/8 Mile Road") == ("7/8 Mile Road",)
    assert parts_of("") == ()


def test_joined_names_stand_once_each_in_their_order():
    assert join_texts(["b", "A;c", "a / d"], between=" / ") == "b / A / c / d"
    assert join_texts([], between=";") == ""


def test_texts_agree_where_one_name_does():
    left = texts("G1", "G1;S2", "G1 / S2", "G1;S2", "", "G1;S2")
    right = texts("G1", "S2", "S3;S2", "S3", "", "")
    assert agree(left, right).tolist() == [True, True, True, False, True, False]


def test_of_several_names_the_most_alike_are_compared():
    def score(left, right):
        return np.asarray(cpdist(left, right, scorer=fuzz.ratio), dtype=float)

    left, right = texts("Main / North", "Main", "a / b", ""), texts("North", "Main", "", "x / y")
    assert most_alike(left, right, score).tolist() == [100.0, 100.0, 0.0, 0.0]

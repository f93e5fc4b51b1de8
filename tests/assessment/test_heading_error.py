"""How well the deflection of a pair is known."""

from types import SimpleNamespace

import pandas as pd
import pytest

from roadalign.assessment.heading_error import deflection_error_deg


def docked(*lengths_m):
    """Docking points, each with the lengths over which its one or two headings are drawn."""
    rows = [
        {"point": k, "side": side, "known_m": known_m}
        for k, sides in enumerate(lengths_m)
        for side, known_m in sides.items()
    ]
    return SimpleNamespace(
        points=pd.DataFrame(index=range(len(lengths_m))), approaches=pd.DataFrame(rows)
    )


def test_the_error_is_that_of_both_headings_together():
    # atan(3/40) = 4.289 and atan(10/30) = 18.435 degrees: together 18.927
    found = deflection_error_deg(docked({"a": 40.0, "b": 30.0}), accuracy_m=(3.0, 10.0))
    assert found.tolist() == pytest.approx([18.927], abs=0.001)
    one = deflection_error_deg(docked({"a": 40.0, "b": 30.0}), accuracy_m=(0.0, 10.0))
    assert one.tolist() == pytest.approx([18.435], abs=0.001)


def test_of_one_side_alone_and_without_an_accuracy_nothing_is_known():
    sides = docked({"b": 30.0}, {"a": 40.0, "b": 30.0})
    assert deflection_error_deg(sides, accuracy_m=(0.0, 10.0)).isna().tolist() == [True, False]
    assert deflection_error_deg(sides, accuracy_m=(0.0, 0.0)).isna().all()
    assert len(deflection_error_deg(docked(), accuracy_m=(1.0, 1.0))) == 0

"""The order of discussion does not hang on the last metre."""

import pandas as pd
import pytest

from roadalign import Result
from roadalign.assessment.priority import priorities

MOST_POINTS = 3.0


@pytest.mark.parametrize("sign", [1, -1])
def test_a_metre_and_a_hundredth_change_no_priority_by_much(
    default_result: Result, sign: int
) -> None:
    points = pd.DataFrame(default_result.docking_points)
    factor = 1 + sign * 0.01
    moved = points.assign(
        link_m=(points["link_m"] + sign).clip(lower=0),
        detour_ratio=(points["detour_ratio"] * factor).clip(lower=1),
        minutes_saved=points["minutes_saved"] * factor,
        confidence=(points["confidence"] * factor).clip(upper=1),
        deflection_deg=points["deflection_deg"] * factor,
    )
    before, after = priorities(points)["priority"], priorities(moved)["priority"]
    assert (after - before).abs().max() <= MOST_POINTS
    for one in points.index:
        below = before < before[one] - 2 * MOST_POINTS
        assert (after[below] < after[one]).all()
    assert before.max() > before.min() + 2 * MOST_POINTS

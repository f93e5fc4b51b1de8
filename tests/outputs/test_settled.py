"""What a ledger decides of a result, and how the terminal says it."""

import dataclasses

import jsonschema
import pytest

from roadalign.errors import InputError
from roadalign.ledger.decisions_applied import decided, decision_counts, ledger_record
from roadalign.ledger.events import new_ledger, refuse_other
from roadalign.ledger.register import decide
from roadalign.model.records import report_schema
from roadalign.outputs.report_json import as_record
from roadalign.outputs.terminal import summary_record, summary_text

SAID = {
    "DP-000001": {"decision": "rejected"},  # aligned anyhow
    "DP-000002": {"decision": "agreed", "responsible_a": "甲局", "responsible_b": "乙局"},
    "DP-000003": {"decision": "to_do", "due": "2027-03-31"},
    "DP-000009": {"decision": "later"},
}


@pytest.fixture
def ledger(request):
    kept = new_ledger("界", getattr(request, "param", ("金山", "嘉兴")))
    for point, fields in SAID.items():
        kept = decide(kept, point, fields, time="2026-03-01T00:00:00Z")
    return kept


def entered(result, ledger):
    """Return a result as a run with this ledger gives it."""
    points = decided(result.docking_points, ledger, names=result.names)
    record = {"file": "l.jsonl", "sha256": "0" * 64}
    record |= ledger_record(points, ledger, names=result.names)
    return dataclasses.replace(
        result,
        docking_points=points,
        run=result.run | {"ledger": record},
        summary=result.summary | decision_counts(points),
    )


def test_decided_points_stay_open_and_are_counted_apart(made_result, ledger):
    result = entered(made_result, ledger)
    decisions = result.docking_points.set_index("id")["decision"]
    assert decisions.dropna().to_dict() == {
        point: said["decision"] for point, said in SAID.items() if point != "DP-000009"
    }
    assert result.unresolved["id"].tolist() == ["DP-000002", "DP-000003", "DP-000004"]
    # of the two that are agreed or rejected, one is open; the other is aligned, but was not agreed
    assert result.summary["open_decided"] == 1
    assert result.summary["agreed_done"] == 0
    assert result.summary["decisions"] == {"agreed": 1, "to_do": 1, "rejected": 1}
    assert [one["id"] for one in result.run["ledger"]["elsewhere"]] == ["DP-000009"]
    assert jsonschema.Draft202012Validator(report_schema()).is_valid(as_record(result))
    assert summary_record(result)["unresolved"] == ["DP-000002", "DP-000003", "DP-000004"]
    # the result given is as it was
    assert made_result.docking_points["decision"].isna().all()
    assert made_result.run["ledger"] is None


@pytest.mark.parametrize("ledger", [("嘉兴", "金山")], indirect=True)
def test_a_ledger_with_the_sides_the_other_way_round_is_read_so(made_result, ledger):
    result = entered(made_result, ledger)
    entries = {one["id"]: one for one in result.run["ledger"]["entries"]}
    assert entries["DP-000002"]["responsible_a"] == "乙局"
    assert entries["DP-000002"]["responsible_b"] == "甲局"


@pytest.mark.parametrize("ledger", [("金山", "嘉善")], indirect=True)
def test_a_ledger_of_other_sides_is_refused(made_result, ledger):
    name, names = made_result.boundary.name, made_result.names
    with pytest.raises(InputError) as refused:
        refuse_other(ledger.header, boundary=name, names=names, where="l.jsonl")
    assert refused.value.key == "other_ledger"


@pytest.mark.parametrize(
    ("lang", "head", "cell"),
    [
        (
            "en",
            "Ledger l.jsonl: agreed 1, to do 1, rejected 1; open and decided: 1, agreed and done: 0",
            "to do",
        ),
        (
            "zh",
            "台账 l.jsonl：已议定 1，待办 1，不予采纳 1；未解决中已有决定 1 处，已议定并办结 0 处",
            "待办",
        ),
    ],
)
def test_the_terminal_says_what_is_decided(made_result, ledger, lang, head, cell):
    result = entered(made_result, ledger)
    lines = summary_text(result, lang=lang, width=120).splitlines()
    at = lines.index(head)
    assert "(DP-000009)" in lines[at + 1].translate(str.maketrans("（）", "()"))
    rows = {line.split()[0]: line for line in lines if line.strip().startswith("DP-")}
    assert list(rows) == ["DP-000003", "DP-000002", "DP-000004"]
    assert rows["DP-000003"].endswith(cell)
    without = summary_text(made_result, lang=lang, width=120)
    assert head not in without
    assert cell not in without

"""Reading children from JSON: what refuses the file, and what is only reported."""

from __future__ import annotations

import json

import pytest

from kangshu.cli.run import run
from kangshu.immunisation.forecast import forecast
from kangshu.immunisation.forecast.reading import read_children
from kangshu.kernel.errors import BadInput, Refusal

CHILD = {"id": "a", "birth_date": "2026-01-31", "sex": "F", "as_of": "2026-11-23"}


def with_(**changes):
    return [{**CHILD, **changes}]


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({}, "$"),
        (["x"], "[0]"),
        (with_(birth_date=None), "[0].birth_date"),
        (with_(birth_date="2026-02-30"), "[0].birth_date"),
        (with_(birth_date="20260131"), "[0].birth_date"),
        (with_(birth_date="0001-01-01"), "[0].birth_date"),
        (with_(as_of="2026-01-30"), "[0].as_of"),
        (with_(sex="X"), "[0].sex"),
        (with_(id=None), "[0].id"),
        (with_(edition="1999"), "[0].edition"),
        (with_(history={}), "[0].history"),
        (with_(states="preterm"), "[0].states"),
        (with_(states=[{"code": "immunoglobulin", "date": "x"}]), "[0].states[0].date"),
        (with_(product_choices={"je": "oral"}), "[0].product_choices.je"),
        (with_(schedule_variant="1-2-3"), "[0].schedule_variant"),
    ],
)
def test_a_child_that_cannot_be_read_is_named(value, where):
    with pytest.raises(Refusal) as refused:
        read_children(value)
    assert refused.value.where == where


def test_every_fault_is_told_at_once():
    with pytest.raises(BadInput) as refused:
        read_children([{"id": 1}, {**CHILD, "sex": None}])
    assert [each.field for each in refused.value.problems] == [
        "[0].birth_date", "[0].as_of", "[0].sex", "[1].sex",
    ]  # fmt: skip


def test_an_odd_recorded_dose_is_reported_and_the_rest_goes_on():
    history = [None, {}, {"vaccine": 5, "date": "2026-02-01"}, {"vaccine": "HepB", "date": "31/01/2026"}]
    history += [{"vaccine": "HepB", "date": "2026-01-31"}]
    answer = forecast(read_children(with_(history=history))[0])
    assert [each.valid for each in answer.history] == [False, False, False, False, True]
    assert answer.doses[0].status == "done"


def test_a_third_dose_written_before_the_second():
    history = [
        {"vaccine": "HepB", "dose": 1, "date": "2026-01-31"},
        {"vaccine": "HepB", "dose": 3, "date": "2026-08-05"},
        {"vaccine": "HepB", "dose": 2, "date": "2026-08-20"},
    ]
    answer = forecast(read_children(with_(history=history))[0])
    assert [each.finding.value for each in answer.history] == ["counted", "out_of_order", "counted"]
    assert "第3剂" in answer.history[1].why.zh


def test_an_unknown_state_is_a_note():
    answer = forecast(read_children(with_(states=["hiv-exposed", "blue eyes"]))[0])
    assert [note.values.get("state") for note in answer.notes if note.values] == ["blue eyes"]
    assert next(dose for dose in answer.doses if dose.vaccine == "BCG").status == "contraindicated"


@pytest.mark.parametrize("name", ["五联", "dtap-ipv/hib", "Pentavalent", "DTaP-IPV-Hib"])
def test_products_are_known_by_their_usual_names(name):
    answer = forecast(read_children(with_(history=[{"vaccine": name, "date": "2026-03-31"}]))[0])
    assert answer.history[0].fills == (("DTaP", 1), ("IPV", 1))


def test_the_command_needs_no_database(tmp_path, capsys):
    file = tmp_path / "children.json"
    file.write_text(json.dumps([CHILD]), encoding="utf-8")
    assert run(["immunisation", "forecast", str(file), "--json"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    first = answer["doses"][0]
    assert {"vaccine", "dose", "status", "earliest", "recommended", "overdue", "why"} <= set(first)
    assert (first["vaccine"], first["dose"], first["status"]) == ("HepB", 1, "overdue")


def test_bad_input_ends_with_two_and_says_where(tmp_path, capsys):
    file = tmp_path / "children.json"
    file.write_text("[{", encoding="utf-8")
    assert run(["immunisation", "forecast", str(file), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "json.invalid"
    assert run(["immunisation", "forecast", str(tmp_path / "none.json"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "file.missing"

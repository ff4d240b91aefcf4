"""Forms and schedules refuse nonsense, saying where."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kangshu.declare import (
    BadDeclaration,
    Capability,
    Check,
    Choice,
    Closing,
    DatedValue,
    DueDates,
    Field,
    FieldType,
    Form,
    Indicator,
    Interval,
    Parameter,
    Range,
    Reason,
    Schedule,
    Section,
    State,
    States,
    StateTransition,
    Step,
    Text,
    Window,
    numbered,
)
from kangshu.declare.answers import NotThisType, plain, typed
from kangshu.declare.expression import answer, performed_on, population, records

T = Text("题", "title")


def field(name: str = "sbp", type: FieldType = FieldType.INTEGER, **more: Any) -> Field:
    return Field(name, T, type, **more)


def form(*fields: Field, **more: Any) -> Form:
    return Form("some.form", 1, T, (Section("main", T, fields or (field(),)),), **more)


CODED = numbered(("甲", "a"), ("乙", "b"))


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        (lambda: field("Blood Pressure"), "lower-case"),
        (lambda: field(type=FieldType.CHOICE), "choices and type"),
        (lambda: field(choices=CODED), "choices and type"),
        (lambda: field(type=FieldType.CHOICE, choices=(Choice("1", T), Choice("1", T))), "given twice"),
        (lambda: field(type=FieldType.CHOICES, choices=CODED, exclusive=frozenset({"9"})), "not its codes"),
        (lambda: field(type=FieldType.COMPUTED), "has an expression"),
        (lambda: field(expression=answer("x") + 1), "only a computed"),
        (lambda: field(type=FieldType.TEXT, hard=Range.of(1, 2)), "a range is for numbers"),
        (lambda: field(measured=True, carried=True), "never carried"),
        (lambda: Range.of(3, 2), "is above"),
        (lambda: Range(), "open at both ends"),
        (lambda: form(field(), field()), "asks twice for sbp"),
        (lambda: form(field("computed", FieldType.COMPUTED, expression=performed_on + 1)), "needs numbers"),
        (lambda: form(field(visible=answer("nothing").equals("1"))), "asks for 'nothing'"),
        (
            lambda: form(field("a", FieldType.CHOICE, choices=CODED), field(visible=answer("a").equals("3"))),
            "has no code '3'",
        ),
        (
            lambda: form(
                field("a", FieldType.CHOICES, choices=CODED), field(visible=answer("a").equals("1"))
            ),
            "use .includes()",
        ),
        (
            lambda: form(
                field("a", FieldType.CHOICE, choices=CODED), field(visible=answer("a").includes("1"))
            ),
            "needs codes",
        ),
        (lambda: form(field(visible=answer("sbp").equals("high"))), "cannot compare integer with text"),
        (lambda: form(checks=(Check("c", answer("sbp") + 1, T),)), "gives integer, where boolean"),
        (lambda: form(checks=(Check("c", answer("sbp") > 1, T, field="gone"),)), "points to no field"),
        (lambda: form(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)), "before its first"),
        (lambda: replace(form(), id="Form"), "dotted"),
        (lambda: replace(form(), version=0), "versions start at 1"),
        (lambda: Section("empty", T, ()), "asks nothing"),
    ],
)
def test_a_form_refuses_nonsense(statement: Any, part: str) -> None:
    with pytest.raises(BadDeclaration) as refusal:
        statement()
    assert part in str(refusal.value)


ONE_WINDOW = Window(Interval(), Interval(months=3))


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        (lambda: Interval(days=-1), "negative"),
        (lambda: DueDates(date(2026, 2, 1), date(2026, 1, 1), date(2026, 3, 1)), "not in order"),
        (lambda: Schedule((Step("a", T, "f.f", ONE_WINDOW), Step("a", T, "f.f", ONE_WINDOW))), "named twice"),
        (lambda: States("gone", (State("a", T),)), "initial state"),
        (lambda: States("a", (State("a", T), State("b", T))), "nothing leads to b"),
        (
            lambda: States("a", (State("a", T),), (StateTransition("a", "b", "event:x.y", T),)),
            "unknown state",
        ),
        (lambda: States("a", (State("a", T),), (StateTransition("a", "a", "sometimes", T),)), "say record"),
        (
            lambda: States("a", (State("a", T),), (StateTransition("a", "a", "event:x.y", T, reason="r"),)),
            "unknown reason",
        ),
        (lambda: Parameter("a.b", T, "", ()), "has no value"),
        (
            lambda: Parameter(
                "a.b",
                T,
                "",
                (DatedValue(date(2026, 1, 1), Decimal(1)), DatedValue(date(2025, 1, 1), Decimal(2))),
            ),
            "order of their days",
        ),
        (lambda: Indicator("a.b", 1, T, "%", numerator=performed_on), "not a condition"),
        (lambda: Indicator("a.b", 1, T, "%", numerator=population() > 3), "belongs into the estimate"),
        (
            lambda: Indicator(
                "a.b", 1, T, "%", records("f.f").exists(), records("f.f").exists(), population()
            ),
            "two denominators",
        ),
    ],
)
def test_other_parts_refuse_nonsense(statement: Any, part: str) -> None:
    with pytest.raises(BadDeclaration) as refusal:
        statement()
    assert part in str(refusal.value)


def capability(**more: Any) -> Capability:
    return Capability("some.capability", 1, T, T, T, forms=(form(),), **more)


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"rows": ("5.1",)}, "no row"),
        ({"schedule": Schedule((Step("a", T, "other.form", ONE_WINDOW),))}, "not among its forms"),
        (
            {
                "schedule": Schedule(
                    (Step("a", T, "some.form", ONE_WINDOW, counts=answer("mode").equals("1")),)
                )
            },
            "asks for 'mode'",
        ),
        (
            {"schedule": Schedule((Step("a", T, "some.form", ONE_WINDOW, appointment="sbp"),))},
            "is no date",
        ),
        ({"closes_on": (Closing("person.died", "death"),)}, "unknown 'death'"),
    ],
)
def test_a_capability_refuses_nonsense(more: dict[str, Any], part: str) -> None:
    with pytest.raises(BadDeclaration) as refusal:
        capability(**more)
    assert part in str(refusal.value)


def test_a_capability_travels_as_json() -> None:
    states = States(
        "a",
        (State("a", T), State("b", T, is_open=False)),
        (StateTransition("a", "b", "event:person.died", T, reason="death"),),
        (Reason("death", T),),
    )
    one = capability(states=states, closes_on=(Closing("person.died", "death"),))
    assert Capability.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_the_hash_is_of_the_content_only() -> None:
    assert form().content_hash() == form().content_hash()
    assert form().content_hash() != form(field(unit="mmHg")).content_hash()
    # A field at its default is not written, so a new optional word of the language changes no old hash.
    assert form().content_hash() == form(field(unit="")).content_hash()


ANSWERED = form(
    field("whole"),
    field("exact", FieldType.DECIMAL),
    field("on", FieldType.DATE),
    field("one", FieldType.CHOICE, choices=CODED),
    field("some", FieldType.CHOICES, choices=CODED),
    field("sure", FieldType.YES_NO),
    field("said", FieldType.TEXT),
)


def test_answers_between_json_and_types() -> None:
    kept = {
        "whole": 5,
        "exact": "65.50",
        "on": "2026-05-12",
        "one": "1",
        "some": ["1", "2"],
        "sure": False,
        "said": "你好",
    }
    values = typed(ANSWERED, kept)
    assert values["exact"] == Decimal("65.50")
    assert values["on"] == date(2026, 5, 12)
    assert values["some"] == ("1", "2")
    assert plain(values) == kept
    assert typed(ANSWERED, {"whole": None, "unknown": 3}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("whole", "5.5"),
        ("whole", True),
        ("exact", "NaN"),
        ("exact", "many"),
        ("on", "12/5/2026"),
        ("sure", "yes"),
        ("some", "1"),
        ("said", 3),
    ],
)
def test_an_answer_of_another_type_is_refused(name: str, value: Any) -> None:
    with pytest.raises(NotThisType, match=name):
        typed(ANSWERED, {name: value})


def test_windows_clamp_to_the_month() -> None:
    dates = Window(Interval(months=2), Interval(months=3)).after(date(2025, 11, 30))
    assert (dates.opens_on, dates.due_on, dates.overdue_on) == (
        date(2026, 1, 30),
        date(2026, 2, 28),
        date(2026, 3, 1),
    )


def test_a_parameter_has_the_value_of_the_day() -> None:
    both = Parameter(
        "a.b",
        T,
        "",
        (DatedValue(date(2011, 1, 1), Decimal(140)), DatedValue(date(2017, 2, 28), Decimal(150))),
    )
    assert both.value_on(date(2017, 2, 27)) == 140
    assert both.value_on(date(2017, 2, 28)) == 150
    assert both.value_on(date(2000, 1, 1)) == 140

"""Expressions: what they refuse, what they give, how they travel."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kangshu.declare import BadDeclaration
from kangshu.declare import expression as e
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate, holds
from kangshu.declare.expression import (
    add_days,
    add_months,
    all_of,
    answer,
    any_of,
    assessment,
    case,
    ceil,
    days_between,
    days_to_next,
    diagnoses,
    greatest,
    is_missing,
    least,
    months_between,
    parameter,
    performed_on,
    period,
    person,
    records,
    when,
    years_between,
)
from kangshu.declare.serial import canonical

FORM = "some.form"
YES, NO, UNKNOWN = e.Literal(True), e.Literal(False), answer("nothing")


def visit(on: date, order: int = 0, **answers: Any) -> EventView:
    return EventView(on, form=FORM, answers=answers, order=order)


def asked(**answers: Any) -> Context:
    return Context(frame=EventView(date(2026, 5, 12), answers=answers), on=date(2026, 5, 12))


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        (lambda: person.sex > 3, "cannot compare text with integer"),
        (lambda: person.birth_date.equals("1960"), "cannot compare date with text"),
        (lambda: person.sex < "2", "no order"),
        (lambda: person.sex + 1, "needs numbers"),
        (lambda: ~performed_on, "needs boolean"),
        (lambda: performed_on & YES, "needs boolean"),
        (lambda: answer("sbp") >= 140.5, "float"),
        (lambda: e.PersonAttribute("shoe_size"), "has no 'shoe_size'"),
        (lambda: e.CaseAttribute("mood"), "has no 'mood'"),
        (lambda: e.PeriodBoundary("middle"), "first and a last day"),
        (lambda: person.age_on(answer("x") >= 1), "needs date"),
        (lambda: when(YES).then(1).otherwise("one"), "all branches must agree"),
        (lambda: records(FORM).where(performed_on), "needs boolean"),
        (lambda: records(FORM).sum(performed_on), "needs numbers"),
        (lambda: diagnoses(), "prefix"),
        (lambda: least(performed_on, 1), "cannot compare"),
        (lambda: performed_on.is_in(1), "cannot compare"),
        (lambda: e.Compare("about", answer("x"), answer("y")), "none of"),
        (lambda: e.All(()), "at least one"),
    ],
)
def test_nonsense_is_refused_with_its_place(statement: Any, part: str) -> None:
    with pytest.raises(BadDeclaration) as refusal:
        statement()
    assert part in str(refusal.value)


def test_an_expression_is_no_truth_value() -> None:
    with pytest.raises(TypeError, match="use &"):
        bool(answer("x") >= 1)
    with pytest.raises(TypeError):
        _ = 1 <= answer("x") <= 2


# ---------------------------------------------------------------- three-valued logic


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (YES & UNKNOWN, None),
        (NO & UNKNOWN, False),
        (YES | UNKNOWN, True),
        (NO | UNKNOWN, None),
        (~UNKNOWN, None),
        (UNKNOWN >= 1, None),
        (is_missing(UNKNOWN), True),
        (UNKNOWN.is_in("1", "2"), None),
        (UNKNOWN.includes("1"), None),
        (answer("x") / 0, None),
        (least(UNKNOWN, 3, 2), 2),
        (greatest(UNKNOWN, UNKNOWN), None),
        (when(UNKNOWN).then(1).otherwise(2), 2),
        (when(NO).then(1).when(YES).then(3).otherwise(2), 3),
        (e.Choose((e.Branch(NO, e.Literal(1)),)), None),
        (ceil(answer("x") / 3), 2),
        ((answer("x") / 3).rounded(1), Decimal("1.3")),
        (e.Literal(Decimal("0.25")).rounded(1), Decimal("0.3")),
        (answer("codes").includes("2"), True),
        (answer("codes").includes_any("7", "8"), False),
        (answer("x").between(4, 4), True),
        (performed_on, date(2026, 5, 12)),
        (add_days(performed_on, 14), date(2026, 5, 26)),
        (add_months(e.Literal(date(2026, 1, 31)), 1), date(2026, 2, 28)),
        (add_months(performed_on, UNKNOWN), None),
        (days_between(performed_on, add_days(performed_on, -3)), -3),
        (months_between(e.Literal(date(2026, 1, 31)), e.Literal(date(2026, 2, 28))), 1),
        (years_between(e.Literal(date(2020, 2, 29)), e.Literal(date(2026, 2, 28))), 6),
    ],
)
def test_value(node: e.Expression, value: Any) -> None:
    assert evaluate(node, asked(x=4, codes=("2", "3"))) == value


def test_age_is_missing_before_birth_and_without_birth_date() -> None:
    age = person.age_on(performed_on)
    frame = EventView(date(2026, 5, 12))
    assert evaluate(age, Context(PersonView(birth_date=date(1961, 5, 13)), frame)) == 64
    assert evaluate(age, Context(PersonView(birth_date=date(1961, 5, 12)), frame)) == 65
    assert evaluate(age, Context(PersonView(birth_date=date(2027, 1, 1)), frame)) is None
    assert evaluate(age, Context(PersonView(), frame)) is None


# ---------------------------------------------------------------- events

YEAR = PersonView(
    case=CaseView(date(2025, 3, 1)),
    records=(
        visit(date(2026, 6, 1), sbp=150),
        visit(date(2026, 1, 10), sbp=130),
        visit(date(2026, 6, 1), order=1, sbp=128),
        EventView(date(2026, 3, 1), form="other.form", answers={"sbp": 200}),
        visit(date(2026, 6, 20)),
    ),
    diagnoses=(EventView(date(2026, 2, 2), code="I10.x00"), EventView(date(2026, 2, 3), code="E11.900")),
)
IN_2026 = Context(YEAR, first=date(2026, 1, 1), last=date(2026, 12, 31))
VISITS = records(FORM)


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (VISITS.count(), 4),
        (VISITS.where(answer("sbp") >= 140).count(), 1),
        (VISITS.where(answer("sbp") < 500).count(), 3),
        (VISITS.first().answer("sbp"), 130),
        (VISITS.last().answer("sbp"), None),
        (VISITS.where(answer("sbp").is_known()).last().answer("sbp"), 128),
        (VISITS.last().performed_on, date(2026, 6, 20)),
        (VISITS.sum(answer("sbp")), 408),
        (records("no.such").last().answer("sbp"), None),
        (records("no.such").exists(), False),
        (VISITS.where(performed_on > period.last).count(), 0),
        (VISITS.where(days_to_next.equals(0)).count(), 1),
        (VISITS.where(days_to_next > 100).count(), 1),
        (VISITS.where(days_to_next.is_missing()).first().performed_on, date(2026, 6, 20)),
        # days_to_next looks at the events before the condition, not after it
        (VISITS.where(answer("sbp") >= 140).where(days_to_next.is_missing()).count(), 1),
        (VISITS.where((answer("sbp") >= 140) & (days_to_next <= 14)).count(), 1),
        (diagnoses("I10", "I11").exists(), True),
        (diagnoses("I1").where(performed_on < period.first).exists(), False),
        (case.opened_on, date(2025, 3, 1)),
        (case.closed_on, None),
        (assessment("class"), None),
    ],
)
def test_events(node: e.Expression, value: Any) -> None:
    assert evaluate(node, IN_2026) == value


class Dated:
    def value(self, id: str, on: date) -> Decimal:
        return Decimal(150 if on >= date(2017, 2, 28) else 140)


def test_parameter_is_of_the_day_asked() -> None:
    by_period = Context(YEAR, last=date(2016, 12, 31), parameters=Dated())
    assert evaluate(parameter("a.b"), by_period) == 140
    of_service = VISITS.last().value(parameter("a.b", performed_on))
    assert evaluate(of_service, by_period) == 150
    in_form = Context(frame=EventView(date(2016, 5, 5)), parameters=Dated(), on=date(2016, 5, 5))
    assert evaluate(parameter("a.b"), in_form) == 140


# ---------------------------------------------------------------- JSON

names = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
numbers = st.one_of(
    st.integers(-1000, 1000), st.decimals(-999, 999, places=2), st.integers(0, 9).map(lambda n: n)
).map(e.Literal)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(e.Literal) | st.sampled_from(
    [performed_on, period.first, period.last, case.opened_on, person.birth_date]
)


def conditions(depth: int) -> st.SearchStrategy[e.Expression]:
    simple = st.one_of(
        st.tuples(names, numbers).map(lambda pair: answer(pair[0]) >= pair[1]),
        st.tuples(days, days).map(lambda pair: pair[0] < pair[1]),
        st.tuples(names, st.lists(st.sampled_from("123"), min_size=1)).map(
            lambda pair: answer(pair[0]).is_in(*pair[1])
        ),
        names.map(lambda name: answer(name).includes("2")),
        names.map(lambda name: is_missing(assessment(name))),
        st.tuples(days, st.integers(-40, 40)).map(lambda pair: add_days(pair[0], pair[1]) <= period.last),
        st.just(person.age_on(performed_on) >= parameter("a.b", performed_on)),
    )
    if depth == 0:
        return simple
    inner = conditions(depth - 1)
    return st.one_of(
        simple,
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: any_of(*parts)),
        inner.map(lambda part: ~part),
        inner.map(lambda part: records(FORM).where(part).exists()),
        inner.map(lambda part: records(FORM).where(part).count() >= ceil(answer("x") / 3)),
        inner.map(lambda part: when(part).then(days_to_next).otherwise(3) <= 14),
        inner.map(lambda part: records(FORM).last().value(part)),
    )


@given(conditions(3))
@settings(max_examples=200, deadline=None)
def test_json_round_trip(node: e.Expression) -> None:
    through = e.Expression.from_json(json.loads(json.dumps(node.to_json())))
    assert through == node
    assert canonical(through.to_json()) == canonical(node.to_json())


@given(conditions(3), st.lists(st.tuples(st.integers(0, 400), st.integers(60, 200)), max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_condition_is_true_false_or_missing(node: e.Expression, past: list[tuple[int, int]]) -> None:
    start = date(2026, 1, 1)
    view = PersonView(
        birth_date=date(1960, 2, 29),
        case=CaseView(start),
        records=tuple(
            visit(start + timedelta(days=day), order, x=value) for order, (day, value) in enumerate(past)
        ),
    )
    context = Context(view, first=start, last=date(2026, 12, 31), parameters=Dated())
    try:
        value = evaluate(node, context)
    except TypeError:  # a random tree may compare answers that no form would give
        return
    assert value in (True, False, None)
    assert holds(node, context) is (value is True)


def test_json_of_unknown_operation_is_refused() -> None:
    with pytest.raises(BadDeclaration, match="unknown operation"):
        e.Expression.from_json({"op": "explode"})
    with pytest.raises(BadDeclaration, match="cannot stand where"):
        e.Expression.from_json({"op": "records", "form": FORM})


def test_literals_keep_their_type() -> None:
    assert e.Literal(1) != e.Literal(True)
    assert e.Literal(1) != e.Literal(Decimal(1))
    for value in (1, True, Decimal("1.50"), date(2026, 1, 1), "1"):
        back = e.Expression.from_json(e.Literal(value).to_json())
        assert isinstance(back, e.Literal)
        assert type(back.value) is type(value)

"""The compiled reading of expressions gives what the plain interpreter gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.declare import registry
from kangshu.declare.evaluate import Context, EventView, PersonView, evaluate
from kangshu.declare.expression import Expression, answer, performed_on, person, when
from kangshu.work.compiled import reader

values = st.none() | st.integers(-5, 200)
frames = st.fixed_dictionaries(
    {
        "a": values,
        "b": values,
        "d": st.none() | st.decimals(-3, 3, places=1),
        "codes": st.none() | st.lists(st.sampled_from(["1", "2", "3"]), unique=True).map(tuple),
        "text": st.none() | st.sampled_from(["1", "2"]),
    }
)
people = st.builds(
    PersonView, sex=st.none() | st.sampled_from(["1", "2"]), birth_date=st.none() | st.dates(date(1900, 1, 1))
)
EXPRESSIONS: list[Expression] = [
    (answer("a") > answer("b")) & (answer("text").equals("1") | ~answer("codes").includes("2")),
    answer("text").is_in("2") | answer("a").is_missing(),
    (answer("a") / (answer("d") * answer("d"))).rounded(1),
    when(answer("a") >= 140)
    .then(answer("a") - answer("b"))
    .when(answer("d") < Decimal("0.5"))
    .then(1)
    .otherwise(0),
    person.sex.equals("2") & (person.age_on(performed_on) <= 55),
    answer("codes").includes_any("1", "3").equals(answer("text").is_known()),
    ~(answer("a") + 1 <= answer("b")) | (answer("d") <= 0),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=range(len(EXPRESSIONS)))
@given(frame=frames, somebody=people, on=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_it_reads_what_the_judge_reads(expression, frame, somebody, on):
    answers = {name: value for name, value in frame.items() if value is not None}
    context = Context(somebody, EventView(on, answers=answers), on=on)
    assert reader(expression)(context) == evaluate(expression, context)


def test_every_condition_of_every_declared_form_can_be_compiled():
    for form in registry.forms():
        context = Context(PersonView(), EventView(date(2026, 1, 1)), on=date(2026, 1, 1))
        for field in form.fields:
            for part in (field.visible, field.required, field.expression):
                if isinstance(part, Expression):
                    assert reader(part)(context) == evaluate(part, context)

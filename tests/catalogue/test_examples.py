"""Every worked example of every capability comes out as it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kangshu.declare import CannotAssess, Example, PersonFacts, Visit, registry
from kangshu.declare.answers import plain, typed


def the_examples() -> list[Any]:
    return [
        pytest.param(example, id=f"{capability.id}:{example.name}")
        for capability in registry.capabilities()
        for example in capability.examples
    ]


def visit_of(example: Example, performed_on: date, answers: dict[str, Any], assessment: Any) -> Visit:
    form = registry.form(example.form, on=performed_on)
    return Visit(performed_on, typed(form, answers), assessment or {})


@pytest.mark.parametrize("example", the_examples())
def test_example_comes_out(example: Example) -> None:
    form = registry.form(example.form, on=example.performed_on)
    rule = registry.rule(form)
    assert rule is not None
    birth = example.person.get("birth_date")
    person = PersonFacts(
        sex=example.person.get("sex", "9"), birth_date=None if birth is None else date.fromisoformat(birth)
    )
    visit = visit_of(example, example.performed_on, dict(example.answers), None)
    earlier = [
        visit_of(
            example, date.fromisoformat(past["performed_on"]), past.get("answers", {}), past.get("assessment")
        )
        for past in example.earlier
    ]
    parameters = registry.NormParameters()
    if example.refused:
        with pytest.raises(CannotAssess) as refusal:
            rule(visit, earlier, person, parameters)
        assert refusal.value.code == example.refused
        return
    values = plain(rule(visit, earlier, person, parameters).values)
    assert {name: values[name] for name in example.expected} == example.expected


def test_names_of_examples_are_unique() -> None:
    for capability in registry.capabilities():
        names = [example.name for example in capability.examples]
        assert len(names) == len(set(names)), capability.id

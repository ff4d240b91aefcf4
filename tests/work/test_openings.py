"""A record opens and closes cases, and makes people known to a programme: from screening to enrolment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.support.people import resident
from tests.work.conftest import HYPERTENSION, NOW, World

from kangshu.declare import registry
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.expression import answer, person
from kangshu.kernel.identifiers import new_id
from kangshu.work import queries
from kangshu.work.actions import record_visit
from kangshu.work.models import Case, Due, DueState
from kangshu.work.openings import as_filter, records_pointing_to

KIND, SCREENING, DIAGNOSIS = (
    "chronic.hypertension_screening",
    "chronic.hypertension.screening",
    "chronic.hypertension.diagnosis",
)


def save(world: World, form: str, on: date, **answers: Any) -> None:
    record_visit(
        form_id=form,
        person=answers.pop("of", world.person).id,
        answers=answers,
        performed_on=on,
        institution=world.county.clinic_a1.id,
        performed_by=world.county.doctor_a.id,
        record_id=new_id(),
        by=world.doctor,
        now=NOW,
    )


def screening_case() -> Case | None:
    return Case.objects.filter(kind=KIND).order_by("-opened_on", "-id").first()


def open_dues() -> dict[str, date]:
    rows = Due.objects.filter(case__kind=KIND, state=DueState.OPEN)
    return dict(rows.values_list("step", "due_on"))


def test_a_normal_pressure_opens_nothing(world: World):
    save(world, SCREENING, date(2026, 5, 1), sbp=118, dbp=76)
    assert screening_case() is None


def test_from_a_suspicion_to_the_list_of_those_to_be_enrolled(world: World):
    save(world, SCREENING, date(2026, 5, 1), sbp=150, dbp=92)
    case = screening_case()
    assert case is not None
    assert (case.state, case.opened_on) == ("suspected", date(2026, 5, 1))
    assert open_dues() == {"recheck": date(2026, 5, 15)}

    save(world, SCREENING, date(2026, 5, 8), sbp=148, dbp=88)
    save(world, SCREENING, date(2026, 5, 15), sbp=146, dbp=86)
    case.refresh_from_db()
    assert case.state == "referred"
    assert open_dues() == {"referral_result": date(2026, 5, 29)}
    assert not queries.is_found(world.person.id, HYPERTENSION)

    save(world, DIAGNOSIS, date(2026, 5, 25), result="1", seen_on="2026-05-22")
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.closing_reason) == ("confirmed", date(2026, 5, 25), "confirmed")
    assert open_dues() == {}
    found = queries.found_not_enrolled(HYPERTENSION).get()
    assert (found.id, found.found_form, found.found_code) == (world.person.id, DIAGNOSIS, None)

    world.enrol(date(2026, 5, 26))
    assert not queries.found_not_enrolled(HYPERTENSION).exists()


def test_who_is_not_raised_any_more_is_let_go(world: World):
    save(world, SCREENING, date(2026, 5, 1), sbp=150, dbp=92)
    save(world, SCREENING, date(2026, 5, 8), sbp=128, dbp=78)
    case = screening_case()
    assert case is not None
    assert (case.state, case.closing_reason) == ("closed", "not_raised")


def test_an_excluded_person_is_closed_with_that_reason(world: World):
    save(world, SCREENING, date(2026, 5, 1), sbp=184, dbp=96)
    case = screening_case()
    assert case is not None
    assert case.state == "referred"
    save(world, DIAGNOSIS, date(2026, 5, 10), result="2", seen_on="2026-05-09")
    case.refresh_from_db()
    assert (case.state, case.closing_reason) == ("closed", "excluded")
    assert not queries.is_found(world.person.id, HYPERTENSION)


def test_nobody_under_35_is_put_into_screening(world: World):
    young = resident(world.county.clinic_a1, "陈小明", sex="1", birth_date=date(2001, 3, 3))
    save(world, SCREENING, date(2026, 5, 1), sbp=150, dbp=92, of=young)
    assert screening_case() is None


def test_who_says_to_be_diagnosed_is_found(world: World):
    save(world, SCREENING, date(2026, 5, 1), sbp=138, dbp=84, known="2")
    assert queries.is_found(world.person.id, HYPERTENSION)


def test_every_declared_opening_can_be_looked_for(db):
    for capability in registry.capabilities():
        list(records_pointing_to(capability)[:1])


def test_what_cannot_be_looked_for_is_refused():
    assert as_filter(answer("result").equals("1") | answer("known").is_in("1", "2"))
    with pytest.raises(BadDeclaration, match="cannot look for records"):
        as_filter(answer("sbp") >= 140)
    with pytest.raises(BadDeclaration, match="cannot look for records"):
        as_filter(person.sex.equals("1"))

"""After a rule changed, the night's plan of everybody is what the next save of each would have planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.support.county import small_county
from tests.support.people import resident
from tests.work.conftest import ANSWERS, FOLLOW_UP, HYPERTENSION, NOW

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.registry import registry as declarations
from kangshu.declare.schedule import Interval
from kangshu.work.bulk import NewCase, NewRecord, load_cases, load_records
from kangshu.work.models import Case, Due, DueState, PlannedBy
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning_anew import people_to_plan, plan_what_changed
from kangshu.work.reconcile import reconcile
from kangshu.work.replanning import forms_of, plan_case
from kangshu.work.subject import find_subject, history_of

pytestmark = pytest.mark.django_db
PRESSURES = ((132, 84), (165, 95), (184, 112), (150, 88))
DAYS = (date(2026, 1, 20), date(2026, 4, 2), date(2026, 4, 14), date(2026, 7, 30))


@pytest.fixture
def patients() -> list[Case]:
    """Seven patients with none to four visits of different pressures; the last case is closed."""
    county = small_county()
    people = [
        resident(county.clinic_a1, f"甲{number}", birth_date=date(1950, 1, 1), serial=number + 50).id
        for number in range(7)
    ]
    with entered_as_system("test") as system:
        cases = [NewCase(HYPERTENSION, person, date(2026, 1, 5)) for person in people[:-1]]
        cases.append(
            NewCase(
                HYPERTENSION, people[-1], date(2026, 1, 5), closed_on=date(2026, 5, 1), closing_reason="moved"
            )
        )
        assert not load_cases(cases, by=system, now=NOW).refused
        visits = [
            NewRecord(
                FOLLOW_UP,
                person,
                {**ANSWERS, "sbp": high, "dbp": low},
                day,
                county.clinic_a1.id,
                confirmed=True,
            )
            for number, person in enumerate(people)
            for (high, low), day in list(zip(PRESSURES, DAYS, strict=True))[: number % 5]
        ]
        assert not load_records(visits, by=system, now=NOW, fire=True).refused
        return list(Case.objects.order_by("id"))


@pytest.fixture
def another_rule(monkeypatch: pytest.MonkeyPatch) -> Capability:
    """Hypertension in its next version, in which a routine visit is due after two months."""
    known = registry.capability(HYPERTENSION)
    first = known.schedule.step("follow_up")
    step = replace(first, repeat=replace(first.repeat, opens=Interval(), due=Interval(months=2)))
    schedule = replace(known.schedule, steps=(step, *known.schedule.steps[1:]))
    changed = replace(known, version=known.version + 1, schedule=schedule)
    index = declarations._index
    found = index.found[HYPERTENSION]
    monkeypatch.setitem(index.found, HYPERTENSION, replace(found, capability=changed))
    return changed


def windows() -> list[tuple[Any, ...]]:
    return list(Due.objects.order_by("id").values_list("id", "step", "due_on", "overdue_on", "state"))


def differing() -> list[Any]:
    """The open cases whose stored windows are not what a save would plan."""
    found = []
    for case in Case.objects.filter(closed_on=None):
        subject = find_subject(case.person_id)
        history = history_of(subject, set(forms_of(registry.capability(case.kind))))
        wanted = plan_case(subject, case, history, LocalParameters())
        if reconcile(list(Due.objects.filter(case=case).order_by("id")), wanted):
            found.append(case)
    return found


def night() -> Any:
    return plan_what_changed(now=NOW)


def test_nothing_is_planned_where_no_rule_changed(patients):
    assert night() is None, "the first night writes down the rules by which everything was planned"
    assert PlannedBy.objects.filter(kind=HYPERTENSION).exists()
    with entered_as_system("test"):
        before = windows()
        assert night() is None
        assert windows() == before


def test_everybody_is_planned_by_the_changed_rule(patients, request):
    assert night() is None
    with entered_as_system("test"):
        closed = [due for due in Due.objects.order_by("id").values() if due["case_id"] == patients[-1].id]
    request.getfixturevalue("another_rule")
    with entered_as_system("test"):
        assert differing()
        looked_at = people_to_plan([HYPERTENSION])
    done = night()
    assert (done.people, looked_at) == (6, 6)
    assert 0 < done.cases[HYPERTENSION] <= 6
    with entered_as_system("test"):
        assert differing() == []
        assert [
            due for due in Due.objects.order_by("id").values() if due["case_id"] == patients[-1].id
        ] == closed
        assert Due.objects.filter(step="follow_up", state=DueState.OPEN).count() == 6
        entry = AuditEntry.objects.get(action="schedule.planned_anew")
        assert entry.detail == {"kind": HYPERTENSION, "cases": done.cases[HYPERTENSION]}
        before = windows()
    assert night() is None, "done once"
    with entered_as_system("test"):
        assert windows() == before

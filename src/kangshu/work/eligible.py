"""Enrolling whoever has become eligible since yesterday: turned 65, moved in with a child under seven.

A capability asks for it with an opening on `person.eligible` that enrols. Nobody emits an event when a
birthday comes, so a nightly job looks; who had a case of the kind before, open or closed, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kangshu.access.scope import entered_as_system
from kangshu.declare import expression as e
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.evaluate import Context, EventView, PersonView, evaluate
from kangshu.kernel.dates import CHINA, add_years
from kangshu.people.models import Person, PersonStatus
from kangshu.work.bulk import Loaded, NewCase, load_cases
from kangshu.work.models import Case
from kangshu.work.moments import ELIGIBLE
from kangshu.work.parameters import LocalParameters

JOB = "nightly enrolment of whoever is eligible"


def enrolling() -> Iterator[Capability]:
    """The capabilities that enrol whoever is eligible."""
    for capability in registry.capabilities():
        if any(opening.event == ELIGIBLE and opening.enrols for opening in capability.opens_on):
            yield capability


def enrol_eligible(*, now: datetime) -> dict[str, Loaded]:
    """Enrol everybody who is eligible and was never enrolled; gives what was done by capability.

    Each capability has a transaction of its own: what one cannot take holds up no other.
    """
    today = now.astimezone(CHINA).date()
    done: dict[str, Loaded] = {}
    for capability in enrolling():
        with entered_as_system(JOB) as system:
            rows = [NewCase(capability.id, person, today) for person in never_enrolled(capability, today)]
            done[capability.id] = load_cases(rows, by=system, now=now)
    return done


def never_enrolled(capability: Capability, today: date) -> list[UUID]:
    """People in the reader's scope whom the age of `eligible` does not rule out and who never had a case of
    the kind. Whether they are eligible is asked of each when the case is opened."""
    people = Person.objects.filter(
        status=PersonStatus.ACTIVE, merged_into=None, birth_date__isnull=False, birth_date__lte=today
    )
    own = Case.objects.filter(kind=capability.id, person=OuterRef("id"))
    of_merged = Case.objects.filter(kind=capability.id, person__merged_into=OuterRef("id"))
    people = _within_ages(people, capability.eligible, today)
    return list(people.exclude(Exists(own)).exclude(Exists(of_merged)).values_list("id", flat=True))


def _within_ages(people: QuerySet[Person], condition: e.Expression | None, today: date) -> QuerySet[Person]:
    """Leave out who is too young or too old by a comparison of the age that must hold; other conditions are
    left to be asked one by one."""
    for part in _must_hold(condition):
        if isinstance(part, e.Compare) and isinstance(part.left, e.AgeOn):
            limit = _number(part.right, today)
            if limit is not None:
                people = people.filter(_born(part.how, limit, today))
    return people


def _must_hold(condition: e.Expression | None) -> Iterator[e.Expression]:
    if isinstance(condition, e.All):
        for part in condition.parts:
            yield from _must_hold(part)
    elif condition is not None:
        yield condition


def _number(part: e.Expression, today: date) -> int | None:
    if not isinstance(part, e.Literal | e.ParameterValue):
        return None
    value = evaluate(
        part, Context(PersonView("0", None, None), EventView(today), parameters=LocalParameters(), on=today)
    )
    return None if value is None else int(value)


def _born(how: str, years: int, today: date) -> Q:
    """Births that can have the age; a day on either side is left for the exact question."""
    if how in ("ge", "gt", "eq"):
        oldest_allowed = add_years(today, -years)
        at_least = Q(birth_date__lte=oldest_allowed)
        return at_least if how != "eq" else at_least & Q(birth_date__gte=add_years(today, -years - 1))
    if how == "lt":
        return Q(birth_date__gte=add_years(today, -years))
    return Q(birth_date__gte=add_years(today, -years - 1)) if how == "le" else Q()

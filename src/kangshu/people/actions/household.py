"""Households: who lives together, and who is the head."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.people import queries
from kangshu.people.models import Household, HouseholdMember, HouseholdRole, Person
from kangshu.people.refusals import PersonNotFound


@transaction.atomic
def form_household(*, head_id: UUID, on: date, number: str = "", by: Actor, now: datetime) -> Household:
    """Make a household at the head's address, with the head in it."""
    check_allowed(by, "edit.resident")
    head = queries.person_for_update(head_id)
    household = Household.objects.create(
        number=number.strip()[:20],
        head=head,
        region_id=head.region_id,
        address=head.address,
        scope_path=head.scope_path,
    )
    _join(household, head, HouseholdRole.HEAD, on, by)
    return household


@transaction.atomic
def join_household(
    *, household_id: UUID, person_id: UUID, role: str, on: date, by: Actor, now: datetime
) -> HouseholdMember:
    """Put a person into a household from that day; they leave the one they were in."""
    check_allowed(by, "edit.resident")
    household = Household.objects.filter(pk=household_id).first()
    if household is None:
        raise PersonNotFound
    return _join(household, queries.person_for_update(person_id), role, on, by)


@transaction.atomic
def leave_household(*, person_id: UUID, on: date, by: Actor, now: datetime) -> None:
    """The person lives there no longer."""
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    _leave(person, on)
    log.write(by=by, action="household.left", about=person, person_id=person.pk, scope_path=person.scope_path)


def _join(household: Household, person: Person, role: str, on: date, by: Actor) -> HouseholdMember:
    current = HouseholdMember.objects.filter(person=person, to_on=None).first()
    if current is not None and current.household_id == household.pk:
        current.role = role
        current.save(update_fields=["role"])
        return current
    _leave(person, on)
    member = HouseholdMember.objects.create(
        household=household, person=person, role=role, from_on=on, scope_path=person.scope_path
    )
    log.write(
        by=by,
        action="household.joined",
        about=household,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"role": str(role)},
    )
    return member


def _leave(person: Person, on: date) -> None:
    for member in HouseholdMember.objects.filter(person=person, to_on=None):
        member.to_on = max(on, member.from_on)
        member.save(update_fields=["to_on"])

"""Death, move, departure, loss and return: what changes whether and by whom a person is cared for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from kangshu.access.roles import check_allowed
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.events import Event, emit
from kangshu.people import occurrences, queries
from kangshu.people.actions.change import keep_change
from kangshu.people.models import Person, PersonStatus, Residence
from kangshu.people.refusals import PersonNotFound, WrongDate, WrongPlace, WrongStatus
from kangshu.places.models import Institution, Region

_NOT_IN_SCOPE = "42501"


@transaction.atomic
def record_death(*, person_id: UUID, on: date, cause: str = "", by: Actor, now: datetime) -> Person:
    """Record a death: the record closes, the residence ends that day, and every programme hears of it."""
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    if person.status == PersonStatus.DEAD:
        raise WrongStatus(
            f"{person.name}已登记为 {person.death_on} 死亡，不能重复登记。",
            f"{person.name} is already recorded as having died on {person.death_on}.",
        )
    _check_day(person, on, now, "death_on")
    before = person.status
    person.status, person.death_on, person.death_cause = PersonStatus.DEAD, on, cause.strip()[:200]
    person.save(update_fields=["status", "death_on", "death_cause"])
    _end_residence(person, on, "died")
    keep_change(
        person, {"status": [before, "dead"], "death_on": [None, str(on)]}, cause, by, now, "person.died"
    )
    emit(Event(occurrences.DIED, person.pk, on, now, {"cause": person.death_cause}), by)
    return person


@transaction.atomic
def record_move(
    *,
    person_id: UUID,
    to_institution: UUID,
    to_region: str,
    address: str = "",
    on: date,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> str:
    """Hand a person to another institution of the county, from the day `on`; returns the new scope path.

    The event is told while the rows are still in the old scope; then every row about the person follows. The
    actor must have the person in scope, not merely by a grant; afterwards they may no longer see them.
    """
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    _refuse_dead(person)
    if person.status == PersonStatus.MOVED:
        raise WrongStatus(
            f"{person.name}已登记为迁出，请先恢复档案。",
            f"{person.name} has moved away. Reactivate the record first.",
        )
    _check_day(person, on, now, "on")
    institution = Institution.objects.filter(pk=to_institution, valid_to=None).first()
    region = Region.objects.filter(pk=to_region, valid_to=None).first()
    if institution is None or region is None:
        raise WrongPlace("institution", "迁入机构或居住地不存在。", "The institution or region is unknown.")
    if institution.pk == person.institution_id and region.pk == person.region_id:
        raise WrongPlace(
            "institution", "居民已经由该机构负责，无需迁转。", "This institution is already responsible."
        )
    old_institution, old_path = person.institution_id, person.scope_path
    _change_residence(person, region, institution, on, reason[:40] or "moved")
    keep_change(
        person,
        {"institution": [str(old_institution), str(institution.pk)], "region": [person.region_id, region.pk]},
        reason,
        by,
        now,
        "person.moved",
    )
    payload = {
        "from_institution_id": old_institution,
        "to_institution_id": institution.pk,
        "from_path": old_path,
        "to_path": institution.path,
        "region": region.pk,
    }
    emit(Event(occurrences.MOVED, person.pk, on, now, payload), by)
    return _follow(person, institution, region, address)


@transaction.atomic
def record_departure(*, person_id: UUID, on: date, whereto: str = "", by: Actor, now: datetime) -> Person:
    """The person has left the county (迁出): the record closes with reason and date, care ends."""
    return _close(person_id, PersonStatus.MOVED, on, whereto, by, now)


@transaction.atomic
def record_loss(*, person_id: UUID, on: date, reason: str = "", by: Actor, now: datetime) -> Person:
    """The person cannot be reached any more (失访). Their residence stays open: they still count as
    resident."""
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    _refuse_dead(person)
    _check_day(person, on, now, "on")
    before, person.status = person.status, PersonStatus.LOST
    person.save(update_fields=["status"])
    keep_change(person, {"status": [before, "lost"]}, reason, by, now, "person.lost")
    return person


@transaction.atomic
def reactivate_person(*, person_id: UUID, on: date, reason: str, by: Actor, now: datetime) -> Person:
    """The person is back, was found, or was closed in error. A death taken back is a correction with a
    reason."""
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    if person.status == PersonStatus.ACTIVE:
        raise WrongStatus(
            f"{person.name}的档案本来就是正常状态。", f"{person.name}'s record is already active."
        )
    was, died_on = person.status, person.death_on
    person.status, person.death_on, person.death_cause = PersonStatus.ACTIVE, None, ""
    person.save(update_fields=["status", "death_on", "death_cause"])
    _resume_residence(person, on, was)
    changes: dict[str, list[str | None]] = {"status": [was, "active"]}
    if died_on:
        changes["death_on"] = [str(died_on), None]
    keep_change(person, changes, reason, by, now, "person.reactivated")
    emit(Event(occurrences.RETURNED, person.pk, on, now, {"was": was}), by)
    return person


def _close(person_id: UUID, status: str, on: date, words: str, by: Actor, now: datetime) -> Person:
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    _refuse_dead(person)
    if person.status == status:
        raise WrongStatus(f"{person.name}已登记为迁出。", f"{person.name} is already recorded as moved away.")
    _check_day(person, on, now, "on")
    before, person.status = person.status, status
    person.save(update_fields=["status"])
    _end_residence(person, on, "left")
    keep_change(person, {"status": [before, status]}, words, by, now, "person.left")
    emit(Event(occurrences.LEFT, person.pk, on, now, {"whereto": words}), by)
    return person


def _follow(person: Person, institution: Institution, region: Region, address: str) -> str:
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    "SELECT people_move_person(%s, %s, %s, %s)",
                    [person.pk, institution.pk, region.pk, address.strip()],
                )
                (new_path,) = cursor.fetchone()
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", "") == _NOT_IN_SCOPE:
                raise PersonNotFound from error
            raise
    return new_path


def _refuse_dead(person: Person) -> None:
    if person.status == PersonStatus.DEAD:
        raise WrongStatus(
            f"{person.name}已于 {person.death_on} 死亡，不能办理。如系误登，请先更正死亡登记。",
            f"{person.name} died on {person.death_on}. If that is an error, correct the death first.",
        )


def _check_day(person: Person, on: date, now: datetime, field: str) -> None:
    if on > now.astimezone(CHINA).date():
        raise WrongDate(field, f"日期 {on} 晚于今天。", f"The day {on} is after today.")
    if person.birth_date and on < person.birth_date:
        raise WrongDate(field, f"日期 {on} 早于出生日期。", f"The day {on} is before the birth date.")


def _end_residence(person: Person, last: date, reason: str) -> None:
    """End the current residence; it has at least its first day."""
    current = Residence.objects.filter(person=person, to_on=None).first()
    if current is not None:
        current.to_on = max(last, current.from_on)
        current.reason = reason
        current.save(update_fields=["to_on", "reason"])


def _change_residence(
    person: Person, region: Region, institution: Institution, on: date, reason: str
) -> None:
    """End the current residence the day before and begin the next. Rows are never deleted (a snapshot would
    not hear of it): a residence that began on that very day is corrected in place."""
    current = Residence.objects.filter(person=person, to_on=None).first()
    if current is not None and current.from_on > on:
        raise WrongDate(
            "on",
            f"迁转日期早于现居住地的开始日期 {current.from_on}。",
            f"The day of the move is before the present residence began ({current.from_on}).",
        )
    if current is not None and current.from_on == on:
        current.region, current.institution, current.reason = region, institution, reason
        current.save(update_fields=["region", "institution", "reason"])
        return
    _end_residence(person, on - timedelta(days=1), "moved")
    Residence.objects.create(
        person=person,
        region=region,
        institution=institution,
        from_on=on,
        reason=reason,
        scope_path=person.scope_path,
    )


def _resume_residence(person: Person, on: date, was: str) -> None:
    last = Residence.objects.filter(person=person).order_by("-from_on").first()
    if last is not None and last.to_on is None:
        return
    if last is not None and (was == PersonStatus.DEAD or last.to_on >= on):
        # An error taken back: as if it had never ended.
        last.to_on, last.reason = None, "corrected"
        last.save(update_fields=["to_on", "reason"])
        return
    Residence.objects.create(
        person=person,
        region_id=person.region_id,
        institution_id=person.institution_id,
        from_on=on,
        reason="returned",
        scope_path=person.scope_path,
    )

"""Giving cases to another doctor or institution, one by one or all that somebody leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.events import Event, emit
from kangshu.kernel.identifiers import new_id
from kangshu.work import moments
from kangshu.work.models import Case, Due, DueState, Transition


def reassign_cases(
    *,
    cases: Iterable[UUID],
    institution: UUID | None = None,
    doctor: UUID | None = None,
    on: date,
    reason: str,
    by: Actor,
    now: datetime,
) -> int:
    """Give open cases another responsible doctor, or institution and doctor. Gives how many were changed.

    With an institution and no doctor, the doctor becomes empty: the new place says who.
    """
    check_allowed(by, "reassign.cases")
    return _reassign(list(cases), institution, doctor, on, reason, by, now)


def hand_over_cases(
    *, staff: UUID, to: UUID | None, on: date, by: Actor, now: datetime, reason: str = ""
) -> int:
    """Give every open case of a member of staff to another (or to nobody yet). Gives how many there were.

    It is asked for by the event that somebody left, whose action has checked the permission.
    """
    cases = list(Case.objects.filter(doctor_id=staff, closed_on=None).values_list("id", flat=True))
    return _reassign(cases, None, to, on, reason or "staff.left", by, now, only_doctor=True)


def move_cases(
    *, cases: Iterable[UUID], institution: UUID, on: date, reason: str, by: Actor, now: datetime
) -> int:
    """Give cases to the institution a person moved to; asked for by the move, which has checked the
    permission.
    """
    return _reassign(list(cases), institution, None, on, reason, by, now)


def _reassign(
    ids: list[UUID],
    institution: UUID | None,
    doctor: UUID | None,
    on: date,
    reason: str,
    by: Actor,
    now: datetime,
    only_doctor: bool = False,
) -> int:
    if not ids:
        return 0
    with transaction.atomic():
        cases = list(
            Case.objects.select_for_update(of=("self",)).filter(id__in=ids, closed_on=None).order_by("id")
        )
        new: dict[str, UUID | None] = {"doctor_id": doctor}
        if institution is not None and not only_doctor:
            new["institution_id"] = institution
        found = [case.id for case in cases]
        Case.objects.filter(id__in=found).update(**new)
        Due.objects.filter(case_id__in=found, state=DueState.OPEN).update(**new)
        Transition.objects.bulk_create([_step(case, on, now, reason, by) for case in cases])
        detail = {"cases": len(found), "doctor": str(doctor or ""), "institution": str(institution or "")}
        for case in cases:
            log.write(
                by=by,
                action="case.reassigned",
                about=case,
                person_id=case.person_id,
                scope_path=case.scope_path,
                compartment=case.compartment,
                reason=reason,
                detail=detail,
            )
        emit(Event(moments.CASE_REASSIGNED, None, on, now, {"case_ids": found, **new}), by)
        return len(found)


def _step(case: Case, on: date, now: datetime, reason: str, by: Actor) -> Transition:
    return Transition(
        id=new_id(),
        case=case,
        from_state=case.state,
        to_state=case.state,
        event="action:reassign",
        on=on,
        at=now,
        by_account=by.account_id,
        reason=reason,
        person_id=case.person_id,
        scope_path=case.scope_path,
        compartment=case.compartment,
    )

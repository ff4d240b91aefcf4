"""Acts on staff: coming, changing place, leaving with a hand-over, so that no patient is left to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Conflict
from kangshu.kernel.permission import check_allowed
from kangshu.kernel.pinyin import sort_key
from kangshu.kernel.text import Text
from kangshu.places.errors import check_open, refuse_field, unknown_place
from kangshu.places.events import STAFF_LEFT, tell
from kangshu.places.models import Institution, Staff, StaffPosting
from kangshu.places.scope import is_within

PERMISSION = "edit.staff"
_DAY = timedelta(days=1)
_DETAILS = ("name", "kind", "licence", "phone")


@transaction.atomic
def employ(
    *,
    name: str,
    kind: str,
    institution: UUID,
    on: date,
    by: Actor,
    licence: str = "",
    phone: str = "",
) -> Staff:
    """A new member of staff from `on`. Raises BadInput."""
    check_allowed(by, PERMISSION)
    place, name = _open(institution, on, by), name.strip()
    _check_details({"name": name, "kind": kind})
    member = Staff.objects.create(
        name=name,
        name_pinyin=sort_key(name),
        kind=kind,
        institution=place,
        licence=licence.strip(),
        phone=phone.strip(),
        from_on=on,
    )
    StaffPosting.objects.create(staff=member, institution=place, from_on=on)
    log.write(by=by, action="staff.employed", about=member, detail={"at": place.name, "on": str(on)})
    return member


@transaction.atomic
def change_staff(*, staff: UUID, details: Mapping[str, str], by: Actor) -> Staff:
    """Correct name, kind, licence or phone."""
    check_allowed(by, PERMISSION)
    member = _locked(staff, by)
    unknown = set(details) - set(_DETAILS)
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not changed here")
    _check_details(details)
    for field, value in details.items():
        setattr(member, field, value.strip())
    member.name_pinyin = sort_key(member.name)
    member.save()
    log.write(by=by, action="staff.changed", about=member, detail={"fields": sorted(details)})
    return member


@transaction.atomic
def post_staff(
    *, staff: UUID, institution: UUID, on: date, hand_over_to: UUID | None = None, by: Actor, now: datetime
) -> Staff:
    """From `on` the member works elsewhere; their cases at the old place pass to `hand_over_to`."""
    check_allowed(by, PERMISSION)
    member, place = _working(staff, by), _open(institution, on, by)
    old_place = member.institution_id
    if old_place == place.id:
        return member
    posting = StaffPosting.objects.filter(staff=member, to_on__isnull=True).first()
    if posting and posting.from_on >= on:
        raise refuse_field(
            "on", "too_early", f"应晚于现岗位起始日 {posting.from_on}。", f"Must be after {posting.from_on}."
        )
    StaffPosting.objects.filter(staff=member, to_on__isnull=True).update(to_on=on - _DAY)
    StaffPosting.objects.create(staff=member, institution=place, from_on=on)
    member.institution = place
    member.save(update_fields=["institution"])
    _tell_left(member, old_place, hand_over_to, on, by, now)
    log.write(by=by, action="staff.posted", about=member, detail={"at": place.name, "on": str(on)})
    return member


@transaction.atomic
def hand_over(
    *, staff_leaving: UUID, to: UUID | None, on: date, reason: str = "", by: Actor, now: datetime
) -> Staff:
    """The member's last working day is `on`; their open cases and tasks go to `to`, or to the institution."""
    check_allowed(by, PERMISSION)
    member = _working(staff_leaving, by)
    if on < member.from_on:
        raise refuse_field("on", "too_early", f"不能早于入职日 {member.from_on}。", "Before they came.", on)
    member.to_on = on
    member.save(update_fields=["to_on"])
    StaffPosting.objects.filter(staff=member, to_on__isnull=True, from_on__lte=on).update(to_on=on)
    StaffPosting.objects.filter(staff=member, to_on__isnull=True).delete()
    _tell_left(member, member.institution_id, to, on, by, now)
    log.write(by=by, action="staff.left", about=member, reason=reason, detail={"on": str(on), "to": str(to)})
    return member


def _tell_left(member: Staff, institution: UUID, to: UUID | None, on: date, by: Actor, now: datetime) -> None:
    if to is not None:
        successor = Staff.objects.filter(id=to, to_on__isnull=True).exclude(id=member.id).first()
        if successor is None:
            raise refuse_field(
                "to", "unknown", "请选择在岗的接替人员。", "Choose somebody who works here.", to
            )
    payload = {"staff_id": member.id, "to_staff_id": to, "institution_id": institution}
    tell(STAFF_LEFT, on=on, at=now, by=by, payload=payload)


def _locked(staff: UUID, by: Actor) -> Staff:
    member = (
        Staff.objects.select_for_update(of=("self",)).select_related("institution").filter(id=staff).first()
    )
    if member is None:
        raise unknown_place(staff)
    _check_reach(by, member.institution)
    return member


def _working(staff: UUID, by: Actor) -> Staff:
    member = _locked(staff, by)
    if member.to_on is not None:
        raise Conflict(
            "staff.already_left",
            Text(f"{member.name}已于 {member.to_on} 离岗。", f"{member.name} left on {member.to_on}."),
        )
    return member


def _open(institution: UUID, on: date, by: Actor) -> Institution:
    place = Institution.objects.filter(id=institution).first()
    if place is None:
        raise unknown_place(institution)
    _check_reach(by, place)
    check_open(place.name, place.valid_from, place.valid_to, on)
    return place


def _check_reach(by: Actor, place: Institution) -> None:
    """A township looks after its own staff; an actor without a place (a job) or at the root, after all."""
    if by.scope_path and not is_within(place.path, by.scope_path):
        raise unknown_place(place.code)


def _check_details(details: Mapping[str, str]) -> None:
    if "name" in details and not details["name"].strip():
        raise refuse_field("name", "missing", "请填写姓名。", "Please give the name.")
    if "kind" in details and details["kind"] not in Staff.Kind.values:
        raise refuse_field("kind", "unknown", "请选择人员类别。", "Please choose the kind.", details["kind"])

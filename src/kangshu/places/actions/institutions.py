"""Acts on institutions. A path is given once; moving an institution rewrites it for all below, and tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Conflict
from kangshu.kernel.permission import check_allowed
from kangshu.kernel.text import Text
from kangshu.places.errors import check_open, refuse_field, unknown_place
from kangshu.places.events import INSTITUTION_CLOSED, INSTITUTION_MERGED, INSTITUTION_MOVED, tell
from kangshu.places.models import Institution, InstitutionChange, Region, Staff, StaffPosting
from kangshu.places.scope import path_range, path_segment, segment_number

PERMISSION = "edit.places"
_DAY = timedelta(days=1)
_DETAILS = ("code", "kind", "region_id", "address", "phone")


@transaction.atomic
def open_institution(
    *,
    code: str,
    name: str,
    kind: str,
    region: str,
    parent: UUID | None,
    on: date,
    by: Actor,
    address: str = "",
    phone: str = "",
) -> Institution:
    """A new institution below `parent`; only the first, the bureau, has none. Raises BadInput."""
    check_allowed(by, PERMISSION)
    code, name = code.strip().upper(), name.strip()
    if not code or not name:
        field = "name" if code else "code"
        raise refuse_field(field, "missing", "请填写机构编码和名称。", "Please give a code and a name.")
    _check_details({"code": code, "kind": kind, "region_id": region}, None)
    above = _locked(parent) if parent else None
    if above is None and Institution.objects.filter(parent__isnull=True).exists():
        raise refuse_field("parent", "missing", "请选择上级机构。", "Please choose the institution above.")
    institution = Institution.objects.create(
        code=code,
        name=name,
        kind=kind,
        region_id=region,
        parent=above,
        path=_next_path(above),
        address=address.strip(),
        phone=phone.strip(),
        valid_from=on,
    )
    log.write(by=by, action="institution.opened", about=institution, detail={"name": name, "on": str(on)})
    return institution


@transaction.atomic
def change_institution(*, institution: UUID, details: Mapping[str, str], by: Actor) -> Institution:
    """Correct facts that have no history of their own: code, kind, region_id, address, phone."""
    check_allowed(by, PERMISSION)
    row = _locked(institution)
    unknown = set(details) - set(_DETAILS)
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not changed here")
    _check_details(details, institution)
    changed = {name: value.strip() for name, value in details.items() if getattr(row, name) != value.strip()}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
        log.write(by=by, action="institution.changed", about=row, detail={"fields": sorted(changed)})
    return row


@transaction.atomic
def rename_institution(*, institution: UUID, name: str, on: date, reason: str = "", by: Actor) -> Institution:
    """The institution bears a new name from `on`; earlier days keep the old one."""
    check_allowed(by, PERMISSION)
    row, name = _open(institution, on), name.strip()
    if not name or name == row.name:
        raise refuse_field("name", "unchanged", "请填写新的名称。", "Please give a new name.", name)
    _record(InstitutionChange.Kind.RENAMED, row, on, reason, old_name=row.name, new_name=name)
    detail = {"from": row.name, "to": name, "on": str(on)}
    row.name = name
    row.save(update_fields=["name"])
    log.write(by=by, action="institution.renamed", about=row, detail=detail)
    return row


@transaction.atomic
def move_institution(
    *, institution: UUID, parent: UUID, on: date, reason: str = "", by: Actor, now: datetime
) -> Institution:
    """Hang an institution, with all below it, under another one. Those above it see other people from now."""
    check_allowed(by, PERMISSION)
    row, above = _open(institution, on), _open(parent, on)
    low, high = path_range(row.path)
    if low <= above.path < high:
        raise refuse_field(
            "parent",
            "circle",
            "不能移到自己或自己的下级机构之下。",
            "An institution cannot be put under itself or one below it.",
        )
    if row.parent_id == above.id:
        return row
    _rehang(row, above, on, reason, by, now)
    log.write(by=by, action="institution.moved", about=row, detail={"under": above.name, "on": str(on)})
    return row


@transaction.atomic
def merge_institutions(
    *, institution: UUID, into: UUID, on: date, reason: str = "", by: Actor, now: datetime
) -> Institution:
    """`institution` ends the day before `on`; all that hangs on it goes to `into`."""
    check_allowed(by, PERMISSION)
    row, kept = _open(institution, on), _open(into, on)
    low, high = path_range(row.path)
    if low <= kept.path < high:
        raise refuse_field(
            "into", "circle", "不能并入自己或自己的下级机构。", "It cannot merge into itself or one below it."
        )
    for child in Institution.objects.filter(parent=row, valid_to__isnull=True):
        _rehang(child, kept, on, reason, by, now)
    for member in Staff.objects.filter(institution=row, to_on__isnull=True):
        _post(member, kept, on)
    _record(InstitutionChange.Kind.MERGED, row, on, reason, other=kept, old_name=row.name, new_name=kept.name)
    _end(row, on)
    payload = {"institution_id": row.id, "into_id": kept.id, "old_path": row.path, "new_path": kept.path}
    tell(INSTITUTION_MERGED, on=on, at=now, by=by, payload=payload)
    log.write(by=by, action="institution.merged", about=row, detail={"into": kept.name, "on": str(on)})
    return kept


@transaction.atomic
def split_institution(
    *, institution: UUID, code: str, name: str, on: date, reason: str = "", by: Actor
) -> Institution:
    """A new institution beside `institution`, split off from it; staff and residents are moved one by one."""
    check_allowed(by, PERMISSION)
    row = _open(institution, on)
    made = open_institution(
        code=code, name=name, kind=row.kind, region=row.region_id, parent=row.parent_id, on=on, by=by
    )
    _record(InstitutionChange.Kind.SPLIT, made, on, reason, other=row)
    return made


@transaction.atomic
def close_institution(
    *, institution: UUID, on: date, reason: str = "", by: Actor, now: datetime
) -> Institution:
    """The institution's last day is the day before `on`. Refused while staff or institutions hang on it."""
    check_allowed(by, PERMISSION)
    row = _open(institution, on)
    staff = Staff.objects.filter(institution=row, to_on__isnull=True).count()
    below = Institution.objects.filter(parent=row, valid_to__isnull=True).count()
    if staff or below:
        raise Conflict(
            "institution.in_use",
            Text(
                f"“{row.name}”还有 {staff} 名在岗人员和 {below} 个下级机构，请先调整，或改用“并入”。",
                f"{row.name} still has {staff} staff and {below} institutions below it. "
                "Move them first, or merge it into another.",
            ),
        )
    _record(InstitutionChange.Kind.CLOSED, row, on, reason)
    _end(row, on)
    tell(INSTITUTION_CLOSED, on=on, at=now, by=by, payload={"institution_id": row.id, "path": row.path})
    log.write(by=by, action="institution.closed", about=row, detail={"on": str(on)})
    return row


def _locked(institution: UUID) -> Institution:
    row = Institution.objects.select_for_update(of=("self",)).filter(id=institution).first()
    if row is None:
        raise unknown_place(institution)
    return row


def _open(institution: UUID, on: date) -> Institution:
    row = _locked(institution)
    check_open(row.name, row.valid_from, row.valid_to, on)
    return row


def _check_details(details: Mapping[str, str], institution: UUID | None) -> None:
    code = details.get("code", "").strip()
    if "code" in details and Institution.objects.filter(code=code).exclude(id=institution).exists():
        raise refuse_field("code", "taken", f"机构编码 {code} 已存在。", f"The code {code} is in use.", code)
    kind = details.get("kind")
    if kind is not None and kind not in Institution.Kind.values:
        raise refuse_field("kind", "unknown", "请选择机构类别。", "Please choose the kind.", kind)
    region = details.get("region_id")
    if region is not None and not Region.objects.filter(code=region, valid_to__isnull=True).exists():
        raise refuse_field("region", "unknown", "请选择现行有效的区划。", "Choose a region in force.", region)


def _next_path(above: Institution | None) -> str:
    """The path after the last child's. Numbers of closed or moved children are not given again."""
    if above is None:
        return path_segment(1)
    used = [
        path
        for pair in InstitutionChange.objects.filter(old_path__startswith=above.path).values_list("old_path")
        for path in pair
    ]
    used += Institution.objects.filter(parent=above).values_list("path", flat=True)
    depth = above.path.count(".") + 1
    numbers = [segment_number(path) for path in used if path.count(".") == depth]
    return above.path + path_segment(max(numbers, default=0) + 1)


def _rehang(row: Institution, above: Institution, on: date, reason: str, by: Actor, now: datetime) -> None:
    """Give `row` and all below it new paths under `above`, and tell those who keep paths on their rows."""
    old_path, new_path = row.path, _next_path(above)
    low, high = path_range(old_path)
    for moved in Institution.objects.filter(path__gte=low, path__lt=high):
        path = new_path + moved.path[len(old_path) :]
        _record(
            InstitutionChange.Kind.MOVED, moved, on, reason, other=above, old_path=moved.path, new_path=path
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE places_institution SET path = %s || substr(path, %s) WHERE path >= %s AND path < %s",
            [new_path, len(old_path) + 1, low, high],
        )
    row.path, row.parent = new_path, above
    row.save(update_fields=["path", "parent"])
    payload = {"institution_id": row.id, "old_path": old_path, "new_path": new_path}
    tell(INSTITUTION_MOVED, on=on, at=now, by=by, payload=payload)


def _post(member: Staff, institution: Institution, on: date) -> None:
    StaffPosting.objects.filter(staff=member, to_on__isnull=True, from_on__lt=on).update(to_on=on - _DAY)
    StaffPosting.objects.filter(staff=member, to_on__isnull=True).delete()  # began on `on` itself
    StaffPosting.objects.create(staff=member, institution=institution, from_on=on)
    member.institution = institution
    member.save(update_fields=["institution"])


def _end(row: Institution, on: date) -> None:
    row.valid_to = max(on - _DAY, row.valid_from)
    row.save(update_fields=["valid_to"])


def _record(
    kind: str,
    row: Institution,
    on: date,
    reason: str,
    *,
    other: Institution | None = None,
    old_name: str = "",
    new_name: str = "",
    old_path: str = "",
    new_path: str = "",
) -> None:
    InstitutionChange.objects.create(
        kind=kind,
        institution=row,
        other=other,
        on=on,
        old_name=old_name,
        new_name=new_name,
        old_path=old_path,
        new_path=new_path,
        reason=reason.strip(),
    )

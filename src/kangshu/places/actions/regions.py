"""Acts on administrative divisions. A code once used keeps its row; changes have a first day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.permission import check_allowed
from kangshu.places.errors import check_open, refuse_field, unknown_place
from kangshu.places.events import REGION_MERGED, REGION_RECODED, tell
from kangshu.places.models import Region, RegionChange

PERMISSION = "edit.places"
_DAY = timedelta(days=1)


@transaction.atomic
def open_region(
    *, code: str, name: str, parent: str | None, urban_rural: str = "", on: date, by: Actor
) -> Region:
    """A new region below `parent` (a code), one level down. Raises BadInput."""
    check_allowed(by, PERMISSION)
    code, name = code.strip(), name.strip()
    if not re.fullmatch(r"[0-9]{12}", code):
        raise refuse_field("code", "format", "区划代码应为 12 位数字。", "A region code has 12 digits.", code)
    if not name:
        raise refuse_field("name", "missing", "请填写名称。", "Please give a name.")
    if Region.objects.filter(code=code).exists():
        raise refuse_field("code", "taken", f"区划代码 {code} 已存在。", f"The code {code} is in use.", code)
    above = _locked(parent) if parent else None
    region = Region.objects.create(
        code=code,
        name=name,
        level=above.level + 1 if above else Region.Level.PROVINCE,
        parent=above,
        urban_rural=urban_rural,
        valid_from=on,
    )
    log.write(by=by, action="region.opened", about=region, detail={"name": name, "on": str(on)})
    return region


@transaction.atomic
def rename_region(*, code: str, name: str, on: date, reason: str = "", by: Actor) -> Region:
    """The region bears a new name from `on`; questions about earlier days still answer the old one."""
    check_allowed(by, PERMISSION)
    region, name = _locked(code), name.strip()
    check_open(region.name, region.valid_from, region.valid_to, on)
    if not name or name == region.name:
        raise refuse_field("name", "unchanged", "请填写新的名称。", "Please give a new name.", name)
    _record(RegionChange.Kind.RENAMED, region, region, on, reason, old_name=region.name, new_name=name)
    old_name, region.name = region.name, name
    region.save(update_fields=["name"])
    log.write(
        by=by, action="region.renamed", about=region, detail={"from": old_name, "to": name, "on": str(on)}
    )
    return region


@transaction.atomic
def merge_regions(
    *, codes: Sequence[str], into: str, on: date, reason: str = "", by: Actor, now: datetime
) -> Region:
    """The regions of `codes` end the day before `on`; `into` continues with their land and their children."""
    check_allowed(by, PERMISSION)
    kept = _locked(into)
    check_open(kept.name, kept.valid_from, kept.valid_to, on)
    ending = [code for code in dict.fromkeys(codes) if code != into]
    if not ending:
        raise refuse_field("codes", "missing", "请选择要并入的区划。", "Choose the regions that merge.")
    for code in ending:
        region = _locked(code)
        check_open(region.name, region.valid_from, region.valid_to, on)
        if region.level != kept.level:
            raise refuse_field(
                "codes", "level", "只能合并同级区划。", "Only regions of one level can merge.", code
            )
        _record(RegionChange.Kind.MERGED, region, kept, on, reason, region.name, kept.name)
        Region.objects.filter(parent=region, valid_to__isnull=True).update(parent=kept)
        _end(region, on)
        payload = {"from_code": code, "to_code": into}
        tell(REGION_MERGED, on=on, at=now, by=by, payload=payload)
        log.write(by=by, action="region.merged", about=region, detail=payload | {"on": str(on)})
    return kept


@transaction.atomic
def split_region(
    *,
    code: str,
    into: Sequence[tuple[str, str]],
    keep: bool = False,
    on: date,
    reason: str = "",
    by: Actor,
) -> list[Region]:
    """Split off new regions (code, name) from `on`. The old one ends unless `keep`.

    Residents stay where they are registered until they are moved: nobody can guess who lives where.
    """
    check_allowed(by, PERMISSION)
    old = _locked(code)
    check_open(old.name, old.valid_from, old.valid_to, on)
    if len(into) + keep < 2:
        raise refuse_field(
            "into", "too_few", "拆分后至少应有两个区划。", "A split leaves at least two regions."
        )
    made = []
    for new_code, name in into:
        region = open_region(
            code=new_code, name=name, parent=old.parent_id, urban_rural=old.urban_rural, on=on, by=by
        )
        _record(RegionChange.Kind.SPLIT, old, region, on, reason, old.name, name)
        made.append(region)
    if not keep:
        _end(old, on)
    log.write(by=by, action="region.split", about=old, detail={"into": [c for c, _ in into], "on": str(on)})
    return made


@transaction.atomic
def recode_region(
    *, code: str, new_code: str, on: date, reason: str = "", by: Actor, now: datetime
) -> Region:
    """The same region under a new code, as after a county became a district; its children follow."""
    check_allowed(by, PERMISSION)
    old = _locked(code)
    check_open(old.name, old.valid_from, old.valid_to, on)
    region = open_region(
        code=new_code, name=old.name, parent=old.parent_id, urban_rural=old.urban_rural, on=on, by=by
    )
    _record(RegionChange.Kind.RECODED, old, region, on, reason, old.name, old.name)
    Region.objects.filter(parent=old, valid_to__isnull=True).update(parent=region)
    _end(old, on)
    payload = {"from_code": code, "to_code": new_code}
    tell(REGION_RECODED, on=on, at=now, by=by, payload=payload)
    log.write(by=by, action="region.recoded", about=region, detail=payload | {"on": str(on)})
    return region


def _locked(code: str) -> Region:
    region = Region.objects.select_for_update(of=("self",)).filter(code=code).first()
    if region is None:
        raise unknown_place(code)
    return region


def _end(region: Region, on: date) -> None:
    region.valid_to = max(on - _DAY, region.valid_from)
    region.save(update_fields=["valid_to"])


def _record(kind: str, old: Region, new: Region, on: date, reason: str, old_name: str, new_name: str) -> None:
    RegionChange.objects.create(
        kind=kind,
        from_region=old,
        to_region=new,
        on=on,
        old_name=old_name,
        new_name=new_name,
        reason=reason.strip(),
    )

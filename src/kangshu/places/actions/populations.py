"""Acts on the numbers and days that other parts count with: population denominators and working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.permission import check_allowed
from kangshu.kernel.text import Text
from kangshu.places.errors import refuse_field, unknown_place
from kangshu.places.models import Population, Region, WorkdayOverride

PERMISSION = "edit.places"


@dataclass(frozen=True)
class Band:
    """`count` people of one sex ("1", "2" or "0" for both) aged `age_from` to `age_to` (None: and older)."""

    sex: str
    age_from: int
    age_to: int | None
    count: int


@transaction.atomic
def set_population(*, region: str, year: int, bands: Sequence[Band], source: str, by: Actor) -> int:
    """Store a region's population of a year as a new version and return its number. Raises BadInput.

    The bands of each sex must follow one another without gap or overlap and end open.
    """
    check_allowed(by, PERMISSION)
    if not Region.objects.select_for_update().filter(code=region).exists():
        raise unknown_place(region)
    problems = _problems(bands)
    if not source.strip():
        problems.append(Problem("source", "missing", Text("请填写数据来源。", "Please say the source.")))
    if problems:
        raise BadInput(problems)
    latest = Population.objects.filter(region=region, year=year).aggregate(latest=Max("version"))["latest"]
    version = (latest or 0) + 1
    Population.objects.bulk_create(
        Population(
            region_id=region,
            year=year,
            version=version,
            sex=band.sex,
            age_from=band.age_from,
            age_to=band.age_to,
            count=band.count,
            source=source.strip(),
        )
        for band in bands
    )
    detail = {"year": year, "version": version, "total": sum(band.count for band in bands)}
    log.write(by=by, action="population.set", about=("places.region", region), detail=detail)
    return version


@transaction.atomic
def set_workday(*, on: date, is_working: bool, source: str, by: Actor) -> WorkdayOverride:
    """Say that the county works, or does not, on a day, and who decided so."""
    check_allowed(by, PERMISSION)
    if not source.strip():
        raise refuse_field("source", "missing", "请填写依据（文件或通知）。", "Please say who decided this.")
    day, _ = WorkdayOverride.objects.update_or_create(
        date=on, defaults={"is_working": is_working, "source": source.strip()}
    )
    detail = {"is_working": is_working}
    log.write(by=by, action="workday.set", about=("places.workdayoverride", str(on)), detail=detail)
    return day


@transaction.atomic
def clear_workday(*, on: date, by: Actor) -> bool:
    """Follow the national calendar again on that day; False when there was nothing to clear."""
    check_allowed(by, PERMISSION)
    cleared, _ = WorkdayOverride.objects.filter(date=on).delete()
    if cleared:
        log.write(by=by, action="workday.cleared", about=("places.workdayoverride", str(on)))
    return bool(cleared)


def _problems(bands: Sequence[Band]) -> list[Problem]:
    problems = []
    sexes = {band.sex for band in bands}
    if sexes not in ({"0"}, {"1", "2"}):
        problems.append(
            Problem(
                "sex", "mixed", Text("应按男、女分别填写，或只填合计。", "Give men and women, or only both.")
            )
        )
    for sex in sorted(sexes):
        following = 0
        for band in sorted((b for b in bands if b.sex == sex), key=lambda b: b.age_from):
            if band.count < 0:
                problems.append(
                    Problem(
                        "count", "negative", Text("人数不能为负。", "A count cannot be negative."), band.count
                    )
                )
            if following is None or band.age_from != following:
                problems.append(
                    Problem(
                        "age_from",
                        "gap",
                        Text("年龄段之间有空缺或重叠。", "The age bands leave a gap or overlap."),
                        band.age_from,
                    )
                )
                break
            following = None if band.age_to is None else band.age_to + 1
        else:
            if following is not None:
                problems.append(
                    Problem("age_to", "closed", Text("最后一段应为“及以上”。", "The last band must be open."))
                )
    return problems

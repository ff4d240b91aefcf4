"""Projects the county promised for a year (民生实事): how far each has come, and its light.

The light compares the share done with the share of the time that has passed between the first and the last
day: green when it keeps up (nine tenths of it or more, or all is done), yellow from six tenths, red below
that, or when the last day has passed and not all is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed, is_allowed
from kangshu.appraisal.models import Project, ProjectMonth, ProjectPhoto
from kangshu.appraisal.packages import is_known, known
from kangshu.appraisal.refusals import ThingNotFound, bad
from kangshu.audit import log
from kangshu.indicators import board
from kangshu.indicators.engine.compute import Question, compute_all, is_possible
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, NotAllowed, Problem
from kangshu.kernel.money import percentage
from kangshu.kernel.periods import year as year_period
from kangshu.kernel.text import Text
from kangshu.people.files import keep_file
from kangshu.places.models import Institution
from kangshu.places.scope import is_within

KEEP, REPORT = "keep.projects", "submit.report"
KEEPS_UP, LAGS = Decimal("0.9"), Decimal("0.6")


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    WHITE = "white"


LIGHTS = {
    Light.GREEN: ("good", Text("绿灯：按进度", "green: on schedule")),
    Light.YELLOW: ("attention", Text("黄灯：略滞后", "yellow: behind")),
    Light.RED: ("bad", Text("红灯：严重滞后", "red: far behind")),
    Light.WHITE: ("quiet", Text("未开始", "not begun")),
}


@dataclass(frozen=True)
class Plan:
    """A project as an officer states it; `indicator` is empty where it is reported."""

    year: int
    title: str
    target: Decimal
    unit: str
    section: str
    responsible: str
    institution: UUID
    begins_on: date
    due_on: date
    indicator: str = ""
    source: str = ""


@dataclass(frozen=True)
class Standing:
    """A project with what is done so far, in its unit; None while nothing was counted or reported. `month` is
    the last month reported, empty for a count."""

    project: Project
    done: Decimal | None
    month: str
    light: Light

    @property
    def completion(self) -> Decimal:
        """Done ÷ target in percent."""
        return percentage(self.done or Decimal(0), self.project.target) or Decimal(0)


def light_of(done: Decimal, target: Decimal, begins_on: date, due_on: date, today: date) -> Light:
    """The light of a project on a day; see the module's words for the rule."""
    if done >= target:
        return Light.GREEN
    if today < begins_on:
        return Light.WHITE
    if today > due_on:
        return Light.RED
    passed = Decimal((today - begins_on).days + 1) / ((due_on - begins_on).days + 1)
    share = done / target / passed
    if share >= KEEPS_UP:
        return Light.GREEN
    return Light.YELLOW if share >= LAGS else Light.RED


def set_project(*, project: UUID | None, plan: Plan, by: Actor, now: datetime) -> Project:
    """A new project, or other facts of one. Raises BadInput, NotAllowed, ThingNotFound."""
    check_allowed(by, KEEP)
    _check(plan, project)
    with transaction.atomic():
        found = Project.objects.select_for_update().filter(pk=project).first() if project else None
        if project and found is None:
            raise ThingNotFound
        made = found or Project(made_by=by.account_id, made_at=now)
        before = {name: str(getattr(made, name)) for name in _NAMES} if found else {}
        for name in _NAMES:
            value = getattr(plan, name)
            setattr(made, name, value.strip() if isinstance(value, str) else value)
        made.institution_id = plan.institution
        made.save()
        changed = {name: [was, str(getattr(made, name))] for name, was in before.items()}
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        log.write(by=by, action="project.set", about=made, detail={"year": made.year, "changed": changed})
    return made


_NAMES = (
    "year", "title", "target", "unit", "section", "responsible", "begins_on", "due_on", "indicator", "source",
)  # fmt: skip


def _check(plan: Plan, project: UUID | None) -> None:
    problems = [
        Problem(name, "required", Text("请填写此项。", "Please fill this in."))
        for name in ("title", "unit", "section", "responsible")
        if not getattr(plan, name).strip()
    ]
    if not (plan.target.is_finite() and plan.target > 0):
        problems.append(Problem("target", "range", Text("目标应大于0。", "A target is above 0.")))
    if plan.due_on <= plan.begins_on:
        message = Text("完成期限应晚于开始日期。", "The last day comes after the first.")
        problems.append(Problem("due_on", "order", message))
    if plan.indicator and not (is_known(plan.indicator) and known(plan.indicator)):
        message = Text("没有这个指标。", "There is no such indicator.")
        problems.append(Problem("indicator", "unknown", message, plan.indicator))
    if not Institution.objects.filter(pk=plan.institution).exists():
        problems.append(Problem("institution", "required", Text("请选择责任单位。", "Choose who does it.")))
    if Project.objects.filter(year=plan.year, title=plan.title.strip()).exclude(pk=project).exists():
        message = Text("本年度已有同名项目。", "The year has a project of this name.")
        problems.append(Problem("title", "twice", message))
    if problems:
        raise BadInput(problems)


def report_month(
    *, project: UUID, month: str, done: Decimal, note: str, by: Actor, now: datetime, today: date
) -> ProjectMonth:
    """What was done since the beginning up to the end of a month; a correction is another report.

    Only the responsible institution and the bureau may. Raises BadInput, NotAllowed, ThingNotFound.
    """
    with transaction.atomic():
        found = _for_reporting(project, by)
        if found.indicator:
            raise bad(
                "done",
                "counted",
                "该项目由指标自动计数，无需上报。",
                "This project is counted, not reported.",
            )
        first, last = f"{found.begins_on:%Y-%m}", min(f"{found.due_on:%Y-%m}", f"{today:%Y-%m}")
        if not first <= month <= last:
            raise bad(
                "month", "range", f"月份应在{first}至{last}之间。", f"A month from {first} to {last}.", month
            )
        if not done.is_finite() or done < 0:
            raise bad("done", "range", "完成数不能为负。", "What is done is not negative.", done)
        made = ProjectMonth.objects.create(
            project=found, month=month, done=done, note=note.strip()[:500], by_account=by.account_id,
            by_name=by.name, at=now,
        )  # fmt: skip
        log.write(by=by, action="project.reported", about=made, detail={"month": month, "done": done})
    return made


def add_photo(*, project: UUID, content: bytes, title: str, by: Actor, now: datetime) -> ProjectPhoto:
    """A photo or paper that shows how far it has come. Raises BadFile, NotAllowed, ThingNotFound."""
    with transaction.atomic():
        found = _for_reporting(project, by)
        kept = keep_file(content)
        made = ProjectPhoto.objects.create(
            project=found, title=title.strip()[:100], content_hash=kept.content_hash,
            media_type=kept.media_type, size=kept.size, by_name=by.name, at=now,
        )  # fmt: skip
        log.write(by=by, action="project.photo", about=made)
    return made


def _for_reporting(project: UUID, by: Actor) -> Project:
    found = Project.objects.select_related("institution").filter(pk=project, ended_at=None).first()
    if found is None:
        raise ThingNotFound
    if not may_report(found, by):
        raise NotAllowed(
            "project.not_yours",
            Text("只有责任单位和卫健局可以上报。", "Only who is responsible and the bureau report on it."),
        )
    return found


def may_report(project: Project, by: Actor) -> bool:
    """Whether the actor's institution is responsible (or stands above it), or the actor keeps projects."""
    if is_allowed(by, KEEP):
        return True
    return (
        is_allowed(by, REPORT) and bool(by.scope_path) and is_within(project.institution.path, by.scope_path)
    )


def standings(year: int, by: Actor, today: date) -> list[Standing]:
    """Every project of a year, what lags most first."""
    rows = list(Project.objects.filter(year=year, ended_at=None).select_related("institution"))
    counted = _counted(rows, year, by)
    found = [_standing(one, counted, today) for one in rows]
    order = [Light.RED, Light.YELLOW, Light.WHITE, Light.GREEN]
    return sorted(found, key=lambda one: (order.index(one.light), one.completion, one.project.title))


def standing_of(project: Project, by: Actor, today: date) -> Standing:
    return _standing(project, _counted([project], project.year, by), today)


def _standing(project: Project, counted: dict[str, Decimal | None], today: date) -> Standing:
    if project.indicator:
        done, month = counted.get(str(project.pk)), ""
    else:
        last = project.months.order_by("-month", "-at", "-id").first()
        done, month = (last.done, last.month) if last else (None, "")
    light = light_of(done or Decimal(0), project.target, project.begins_on, project.due_on, today)
    return Standing(project, done, month, light)


def _counted(rows: list[Project], year: int, by: Actor) -> dict[str, Decimal | None]:
    """What the indicator of each project counts at the institution responsible, from the latest snapshot."""
    asked = [one for one in rows if one.indicator and known(one.indicator)]
    if not asked or not board.has_snapshot():
        return {}
    store, period = board.store_for(by), year_period(year)
    found: dict[str, Decimal | None] = {}
    for one in asked:
        indicator = known(one.indicator)
        if indicator is not None and is_possible(indicator, period, store):
            (result,) = compute_all([indicator], Question(period, within=one.institution.path), store)
            found[str(one.pk)] = result.only.value
    return found

"""Drafting an appraisal: its terms, the institutions appraised, and the lines of its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.appraisal.models import Appraisal, Entry, Line
from kangshu.appraisal.refusals import ThingNotFound, WrongState
from kangshu.appraisal.scoring import Rule, Scale, Source
from kangshu.appraisal.settling import Rest
from kangshu.appraisal.states import State
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.indicator import Direction
from kangshu.declare.registry import UnknownDeclaration
from kangshu.indicators import board
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.places.models import Institution
from kangshu.places.scope import is_within, path_range

RUN = "run.appraisal"
LARGEST_SAMPLE = 200


@dataclass(frozen=True)
class Plan:
    """The terms of an appraisal. Amounts in yuan; `sample_size` is for each institution and sample line."""

    title: str
    period: Period
    pool: Decimal
    advance_percent: Decimal = Decimal(60)
    full_from: Decimal = Decimal(90)
    nothing_under: Decimal = Decimal(60)
    rest: Rest = Rest.SHARED
    deduction: Decimal = Decimal(100)
    sample_size: int = 10
    sign_weight: int = 3
    multiplies: bool = False


@dataclass(frozen=True)
class LinePlan:
    """A line of the sheet as it is planned; the unit and direction of an indicator come from itself."""

    source: Source
    title_zh: str
    weight: Decimal
    rule: Rule = Rule.LINEAR
    floor: Decimal = Decimal(0)
    goal: Decimal = Decimal(100)
    title_en: str = ""
    indicator: str = ""
    forms: tuple[str, ...] = field(default=())


def make_appraisal(*, plan: Plan, by: Actor, now: datetime) -> Appraisal:
    """A draft with the institutions that look after residents and stand directly under the bureau.

    Raises BadInput, NotAllowed.
    """
    check_allowed(by, RUN)
    _check(plan)
    with transaction.atomic():
        made = Appraisal.objects.create(
            period=str(plan.period),
            made_by=by.account_id,
            made_name=by.name,
            made_at=now,
            **_terms(plan),
        )
        root = Institution.objects.filter(path=board.reach_of(by)).first()
        _set_entries(made, _with_residents(root) if root else [])
        log.write(
            by=by, action="appraisal.made", about=made, detail={"period": made.period, "pool": made.pool}
        )
    return made


def change_terms(*, appraisal: UUID, plan: Plan, by: Actor) -> Appraisal:
    """Other terms for a draft. Raises BadInput, NotAllowed, ThingNotFound, WrongState."""
    check_allowed(by, RUN)
    _check(plan)
    with transaction.atomic():
        found = draft(appraisal)
        before = str(found.pool)
        for name, value in (_terms(plan) | {"period": str(plan.period)}).items():
            setattr(found, name, value)
        found.save()
        log.write(by=by, action="appraisal.changed", about=found, detail={"pool": [before, str(plan.pool)]})
    return found


def choose_institutions(*, appraisal: UUID, institutions: Sequence[UUID], by: Actor) -> int:
    """Who is appraised, in place of who was. Raises NotAllowed, ThingNotFound, WrongState."""
    check_allowed(by, RUN)
    with transaction.atomic():
        found = draft(appraisal)
        reach = board.reach_of(by)
        places = list(Institution.objects.filter(pk__in=institutions).order_by("path"))
        if len(places) != len(set(institutions)) or any(not is_within(one.path, reach) for one in places):
            raise ThingNotFound
        _set_entries(found, places)
        log.write(by=by, action="appraisal.institutions", about=found, detail={"number": len(places)})
    return len(places)


def set_sheet(*, appraisal: UUID, lines: Sequence[LinePlan], by: Actor) -> list[Line]:
    """The whole sheet anew. Raises BadInput naming the line, NotAllowed, ThingNotFound, WrongState."""
    check_allowed(by, RUN)
    problems = [problem for number, line in enumerate(lines) for problem in _problems(number, line)]
    if problems:
        raise BadInput(problems)
    with transaction.atomic():
        found = draft(appraisal)
        found.lines.all().delete()
        made = Line.objects.bulk_create(
            [_line(found, number, line) for number, line in enumerate(lines, start=1)]
        )
        log.write(
            by=by,
            action="appraisal.sheet",
            about=found,
            detail={"lines": len(made), "weights": sum((line.weight for line in lines), Decimal(0))},
        )
    return made


def draft(appraisal: UUID) -> Appraisal:
    """The draft, locked. Raises ThingNotFound, WrongState."""
    found = Appraisal.objects.select_for_update().filter(pk=appraisal).first()
    if found is None:
        raise ThingNotFound
    if found.state != State.DRAFT:
        raise WrongState(found.state)
    return found


def scale_of(line: Line) -> Scale:
    return Scale(line.weight, Rule(line.rule), line.goal, line.floor, line.falling)


def _line(appraisal: Appraisal, number: int, plan: LinePlan) -> Line:
    falling, unit = False, "%"
    if plan.source is Source.INDICATOR:
        indicator = registry.indicator(plan.indicator)
        falling, unit = indicator.direction is Direction.DOWN, indicator.unit
    return Line(
        appraisal=appraisal,
        position=number,
        source=plan.source,
        title_zh=plan.title_zh.strip(),
        title_en=plan.title_en.strip(),
        weight=plan.weight,
        rule=plan.rule,
        floor=plan.floor,
        goal=plan.goal,
        falling=falling,
        indicator=plan.indicator if plan.source is Source.INDICATOR else "",
        unit="分" if plan.source is Source.ON_SITE else unit,
        forms=list(plan.forms) if plan.source is Source.SAMPLE else [],
    )


def _problems(number: int, line: LinePlan) -> list[Problem]:
    def problem(field: str, code: str, zh: str, en: str) -> Problem:
        return Problem(f"{field}-{number}", code, Text(f"第{number + 1}项：{zh}", f"Line {number + 1}: {en}"))

    found = []
    if not line.title_zh.strip():
        found.append(problem("title", "required", "请填写名称。", "give it a name."))
    if not 0 < line.weight <= 100:
        found.append(problem("weight", "range", "分值应大于0、不超过100。", "the weight lies over 0 to 100."))
    falling = False
    if line.source is Source.INDICATOR:
        try:
            falling = registry.indicator(line.indicator).direction is Direction.DOWN
        except UnknownDeclaration:
            found.append(problem("indicator", "required", "请选择指标。", "choose an indicator."))
    if line.source is Source.SAMPLE and not line.forms:
        found.append(problem("forms", "required", "请选择抽查的记录。", "choose which records are drawn."))
    scale = Scale(line.weight, line.rule, line.goal, line.floor, falling)
    if line.source is not Source.ON_SITE and not scale.is_sound:
        words = ("目标值应低于起评值。", "the goal lies below the floor.")
        found.append(problem("goal", "order", *(words if falling else _RISING)))
    return found


_RISING = ("目标值应高于起评值。", "the goal lies above the floor.")


def _check(plan: Plan) -> None:
    problems = []
    if not plan.title.strip():
        problems.append(Problem("title", "required", Text("请填写名称。", "Give it a name.")))
    if len(plan.period.months()) not in (6, 12) or not plan.period.is_whole_months:
        message = Text("考核期应为一年或半年。", "An appraisal is of a year or half a year.")
        problems.append(Problem("period", "period", message, str(plan.period)))
    if plan.pool < 0 or plan.deduction < 0:
        problems.append(Problem("pool", "negative", Text("金额不能为负。", "An amount is not negative.")))
    if not 0 <= plan.advance_percent <= 100:
        message = Text("预拨比例应为0至100。", "The part paid in advance is 0 to 100 per cent.")
        problems.append(Problem("advance_percent", "range", message, plan.advance_percent))
    if not 0 <= plan.nothing_under <= plan.full_from <= 100 or plan.full_from <= 0:
        message = Text("全额分数线应高于不予拨付分数线。", "Full money begins above where none is paid.")
        problems.append(Problem("full_from", "order", message))
    if not 0 <= plan.sample_size <= LARGEST_SAMPLE:
        message = Text(f"样本量应为0至{LARGEST_SAMPLE}。", f"A sample has up to {LARGEST_SAMPLE} records.")
        problems.append(Problem("sample_size", "range", message, plan.sample_size))
    if not 1 <= plan.sign_weight <= 20:
        message = Text("有线索记录的抽取权重应为1至20。", "The weight of records with a sign is 1 to 20.")
        problems.append(Problem("sign_weight", "range", message, plan.sign_weight))
    if problems:
        raise BadInput(problems)


def _terms(plan: Plan) -> dict:
    names = (
        "pool", "advance_percent", "full_from", "nothing_under", "deduction", "sample_size", "sign_weight",
        "multiplies",
    )  # fmt: skip
    return {"title": plan.title.strip(), "rest": str(plan.rest)} | {
        name: getattr(plan, name) for name in names
    }


def _set_entries(appraisal: Appraisal, places: Sequence[Institution]) -> None:
    appraisal.entries.all().delete()
    Entry.objects.bulk_create(
        Entry(
            appraisal=appraisal, institution=place, scope_path=place.path, residents=residents_of(place.path)
        )
        for place in places
    )


def _with_residents(root: Institution) -> list[Institution]:
    under = Institution.objects.filter(parent=root, valid_to__isnull=True).order_by("path")
    return [place for place in under if residents_of(place.path)]


def residents_of(path: str) -> int:
    """Residents with a valid record that an institution and those under it look after."""
    low, high = path_range(path)
    return Person.objects.filter(
        scope_path__gte=low, scope_path__lt=high, status="active", merged_into__isnull=True
    ).count()

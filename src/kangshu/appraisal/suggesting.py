"""A sheet to begin with: rates of the year's package, a sample of the visits, what is seen on site."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kangshu.appraisal.drafting import LinePlan
from kangshu.appraisal.models import Appraisal, Package
from kangshu.appraisal.national import GOALS
from kangshu.appraisal.packages import known
from kangshu.appraisal.scoring import Rule, Source
from kangshu.declare.indicator import Direction, Indicator
from kangshu.indicators import board
from kangshu.kernel.actor import Actor
from kangshu.kernel.money import share_out
from kangshu.kernel.periods import parse_period
from kangshu.places.models import Institution
from kangshu.work.models import Record

BY_INDICATOR, BY_SAMPLE, ON_SITE = Decimal(60), Decimal(30), Decimal(10)
FLOOR_SHARE = Decimal("0.7")
MOST_SAMPLED = 3


def suggested_sheet(appraisal: Appraisal, by: Actor) -> list[LinePlan]:
    """60 points by indicators, 30 by the sample, 10 on site; a goal is the county's target of the year, else
    the national one; the floor seven tenths of it. Parts that nothing can fill go to the others."""
    period = parse_period(appraisal.period)
    package = Package.objects.filter(year=period.last.year).first()
    indicators = _rates(package)
    forms = _sampled_forms(appraisal)
    whole = BY_INDICATOR + BY_SAMPLE + ON_SITE
    parts = [BY_INDICATOR if indicators else Decimal(0), BY_SAMPLE if forms else Decimal(0), ON_SITE]
    first, second, third = (part * whole / sum(parts) for part in parts)
    goals = _goals(indicators, period.last, by)
    return [
        *(
            _of_indicator(one, weight, goals[one.id])
            for one, weight in zip(indicators, _split(first, len(indicators)), strict=True)
        ),
        *(
            LinePlan(
                Source.SAMPLE, f"{title[0]}真实性", weight, Rule.LINEAR, Decimal(70), Decimal(95),
                title_en=f"Truth of records: {title[1]}", forms=(form,),
            )
            for (form, title), weight in zip(forms, _split(second, len(forms)), strict=True)
        ),
        LinePlan(
            Source.ON_SITE, "组织管理与资金使用", third.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP),
            Rule.LINEAR, title_en="Organisation and use of funds",
        ),
    ]  # fmt: skip


def _of_indicator(indicator: Indicator, weight: Decimal, goal: Decimal) -> LinePlan:
    falling = indicator.direction is Direction.DOWN
    floor = goal / FLOOR_SHARE if falling else goal * FLOOR_SHARE
    return LinePlan(
        Source.INDICATOR, indicator.title.zh, weight, Rule.LINEAR,
        floor.quantize(Decimal(1), rounding=ROUND_HALF_UP), goal,
        title_en=indicator.title.en, indicator=indicator.id,
    )  # fmt: skip


def _split(points: Decimal, number: int) -> list[Decimal]:
    return share_out(points, [1] * number) if number else []


def _rates(package: Package | None) -> list[Indicator]:
    """The first rate of each service: what it is judged by."""
    items = package.items.all() if package else []
    found = (known(item.rates[0]) for item in items if item.rates)
    return list({one.id: one for one in found if one is not None and one.is_ratio}.values())


def _goals(indicators: list[Indicator], on: date, by: Actor) -> dict[str, Decimal]:
    root = Institution.objects.filter(path=board.reach_of(by)).first()
    targets = board.targets_of([one.id for one in indicators], on, [root.pk]) if root else {}
    return {
        one.id: targets.get((one.id, str(root.pk)) if root else ("", ""), Decimal(GOALS.get(one.id, 80)))
        for one in indicators
    }


def _sampled_forms(appraisal: Appraisal) -> list[tuple[str, tuple[str, str]]]:
    """The forms of which most records were made in the period, leaving confidential ones out."""
    from django.db.models import Count

    from kangshu.declare import registry

    period = parse_period(appraisal.period)
    rows = (
        Record.objects.filter(
            status="current", compartment="", performed_on__range=(period.first, period.last)
        )
        .values("form_id")
        .annotate(number=Count("pk"))
        .order_by("-number", "form_id")[:MOST_SAMPLED]
    )
    titles = [(row["form_id"], registry.form(row["form_id"]).title) for row in rows]
    return [(form, (title.zh, title.en)) for form, title in titles]

"""The figures of a screening cascade: screened, positive, gone on to the next step, lost between two steps,
found (norms K10). Everything is as known on the period's last day, so that a figure never changes afterwards.
"""

from __future__ import annotations

from kangshu.catalogue.cascade import Cascade, CascadeStep, Finding
from kangshu.declare import Direction, Indicator, Interval, Months, Text
from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import (
    Expression,
    add_days,
    add_months,
    any_of,
    greatest,
    performed_on,
    period,
    person,
    records,
)
from kangshu.declare.terms import IN_PERIOD

SCREENED_WORDS = Text("期内接受筛查的人数", "people screened in the period")
POSITIVE_WORDS = Text("其中筛查阳性的人数", "of these, positive")


def figures(
    shape: Cascade,
    *,
    population_of: Expression | None = None,
    group: Expression | None = None,
    group_words: Text | None = None,
    screened_within: Expression | None = None,
    aliases: tuple[str, ...] = (),
    rate_aliases: tuple[str, ...] = (),
    step_aliases: dict[str, tuple[str, ...]] | None = None,
) -> tuple[Indicator, ...]:
    """All figures. The screening rate is of `population_of` (an estimate by place) or of the people of the
    register for whom `group` holds; `screened_within` says which screenings count for it (in the period, if
    nothing is said: a screening of every five years counts for five)."""
    made = [screened(shape, aliases)]
    if population_of is not None or group is not None:
        counted = screened_within if screened_within is not None else IN_PERIOD
        done = records(shape.first.form.id).where(counted).exists()
        made.append(
            _rate(
                shape,
                "screening_rate",
                Text(f"{shape.short.zh}筛查率", f"{shape.short.en}: screening rate"),
                done if group is None else group & done,
                Text("其中已筛查的人数", "of these, screened"),
                rate_aliases,
                denominator=group,
                estimate=population_of,
                denominator_words=group_words,
            )
        )
    if shape.steps[1:]:
        made.append(_positive_rate(shape))
    for step in shape.steps[1:]:
        made += [
            _gone_on(shape, step, (step_aliases or {}).get(step.name, ())),
            _lost(shape, step),
        ]
    for finding in shape.findings:
        made += _found(shape, finding)
    return tuple(made)


def screened(shape: Cascade, aliases: tuple[str, ...]) -> Indicator:
    return count(
        shape,
        "screened",
        Text(f"{shape.short.zh}筛查人数", f"{shape.short.en}: people screened"),
        records(shape.first.form.id).where(IN_PERIOD).exists(),
        SCREENED_WORDS,
        aliases,
    )


def count(
    shape: Cascade, name: str, title: Text, numerator: Expression, words: Text, aliases: tuple[str, ...] = ()
) -> Indicator:
    """A number of people."""
    return Indicator(
        id=f"{shape.prefix}.{name}",
        version=1,
        title=title,
        unit="人",
        numerator=numerator,
        decimals=0,
        months=Months.CUMULATIVE,
        numerator_words=words,
        aliases=aliases,
        source=shape.source,
    )


def share(
    shape: Cascade,
    name: str,
    title: Text,
    numerator: Expression,
    words: Text,
    denominator: Expression,
    denominator_words: Text,
    aliases: tuple[str, ...] = (),
) -> Indicator:
    """A percentage of people, the more the better."""
    return _rate(
        shape,
        name,
        title,
        numerator,
        words,
        aliases,
        denominator=denominator,
        denominator_words=denominator_words,
    )


def _rate(
    shape: Cascade,
    name: str,
    title: Text,
    numerator: Expression,
    words: Text,
    aliases: tuple[str, ...],
    *,
    denominator: Expression | None = None,
    estimate: Expression | None = None,
    denominator_words: Text | None = None,
    scale: int = 100,
    unit: str = "%",
    direction: Direction = Direction.UP,
) -> Indicator:
    return Indicator(
        id=f"{shape.prefix}.{name}",
        version=1,
        title=title,
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        estimate=estimate,
        scale=scale,
        direction=direction,
        numerator_words=words,
        denominator_words=denominator_words,
        aliases=aliases,
        source=shape.source,
    )


def _positive_rate(shape: Cascade) -> Indicator:
    done = records(shape.first.form.id)
    return _rate(
        shape,
        "positive_rate",
        Text(f"{shape.short.zh}初筛阳性率", f"{shape.short.en}: positive at the first step"),
        done.where(IN_PERIOD & shape.positive).exists(),
        POSITIVE_WORDS,
        (),
        denominator=done.where(IN_PERIOD).exists(),
        denominator_words=SCREENED_WORDS,
        direction=Direction.NONE,
    )


def _last_of(step: CascadeStep) -> Expression:
    """The last day on which the step was done, as known at the end of the period."""
    known: Expression = performed_on <= period.last
    if step.again_when is not None and not step.recurs:
        known = known & ~step.again_when
    return records(step.form.id).where(known).last().performed_on


def _gone_on(shape: Cascade, step: CascadeStep, aliases: tuple[str, ...]) -> Indicator:
    """Of those called to a step in the period, those who had it by the period's end."""
    called = [records(before.form.id).where(IN_PERIOD & when) for before, when in shape.leading_to(step.name)]
    days = [events.last().performed_on for events in called]
    return _rate(
        shape,
        f"{step.name}_reached",
        Text(
            f"{shape.short.zh}·应做者{step.title.zh}完成率",
            f"{shape.short.en}: of those called, {step.title.en} done",
        ),
        _last_of(step) >= (days[0] if len(days) == 1 else greatest(*days)),
        Text(f"其中期末前已做{step.title.zh}的人数", f"of these, with {step.title.en} done by the last day"),
        aliases,
        denominator=_any_of([events.exists() for events in called]),
        denominator_words=Text(
            f"期内应做{step.title.zh}的人数", f"people called to {step.title.en} in the period"
        ),
    )


def _lost(shape: Cascade, step: CascadeStep) -> Indicator:
    """Those for whom the time limit of a step ran out in the period without it."""
    start = performed_on if step.by_age is None else person.birth_date
    limit = _after(start, step.by_age or step.within)
    runs_out = limit.between(add_days(period.first, -1), add_days(period.last, -1))
    called = [
        records(before.form.id).where(when & runs_out & (performed_on <= period.last))
        for before, when in shape.leading_to(step.name)
    ]
    days = [events.last().performed_on for events in called]
    last, latest = _last_of(step), days[0] if len(days) == 1 else greatest(*days)
    return count(
        shape,
        f"{step.name}_lost",
        Text(
            f"{shape.short.zh}·逾期未做{step.title.zh}人数",
            f"{shape.short.en}: lost before {step.title.en}",
        ),
        _any_of([events.exists() for events in called]) & (last.is_missing() | (last < latest)),
        Text(
            f"期内期限已过、期末仍未做{step.title.zh}的人数",
            f"people whose time for {step.title.en} ran out in the period without it",
        ),
    )


def _found(shape: Cascade, finding: Finding) -> list[Indicator]:
    """How many were found, and of how many screened."""
    step = shape.step(finding.step)
    found = records(step.form.id).where(IN_PERIOD & finding.when).exists()
    words = Text(
        f"期内检出{finding.title.zh}的人数", f"people found to have {finding.title.en} in the period"
    )
    return [
        count(
            shape,
            f"{finding.name}_found",
            Text(
                f"{shape.short.zh}检出{finding.title.zh}人数", f"{shape.short.en}: {finding.title.en} found"
            ),
            found,
            words,
            finding.aliases,
        ),
        _rate(
            shape,
            f"{finding.name}_detection_rate",
            Text(
                f"{shape.short.zh}{finding.title.zh}检出率",
                f"{shape.short.en}: detection rate of {finding.title.en}",
            ),
            found,
            Text(f"其中检出{finding.title.zh}的人数", f"of these, found to have {finding.title.en}"),
            finding.rate_aliases,
            denominator=records(shape.first.form.id).where(IN_PERIOD).exists(),
            denominator_words=SCREENED_WORDS,
            scale=finding.scale,
            unit=finding.unit,
            direction=Direction.NONE,
        ),
    ]


def _any_of(conditions: list[Expression]) -> Expression:
    return conditions[0] if len(conditions) == 1 else any_of(*conditions)


def _after(day: Expression, interval: Interval) -> Expression:
    """The last day in time."""
    months = interval.years * 12 + interval.months
    days = interval.weeks * 7 + interval.days + -(-interval.hours // 24)
    refuse_unless(not (months and days), "cascade", "a time limit is in months or in days, not in both")
    return add_months(day, months) if months else add_days(day, days)

"""The indicators of child health (norms A4.5, H1).

Rates of children of an age are out of the usual residents of that age, so that whoever was never found counts
too. The newborn rate is out of the births registered here: the population table knows no live births.
"""

from __future__ import annotations

from dataclasses import replace

from kangshu.catalogue.children.health.ages import INFANT, PRESCHOOL, TODDLER
from kangshu.catalogue.children.health.forms import (
    CHECKS,
    FOLLOW_UP,
    INFANT_CHECK,
    NEWBORN_VISIT,
    PRESCHOOL_CHECK,
    TODDLER_CHECK,
)
from kangshu.catalogue.children.health.questions import BELOW, SOURCE
from kangshu.catalogue.children.health.schedule import HIGH_RISK
from kangshu.catalogue.managed import Figures
from kangshu.declare import Direction, Form, Indicator, Text
from kangshu.declare.expression import (
    Expression,
    add_days,
    add_months,
    all_of,
    answer,
    any_of,
    assessment,
    case,
    greatest,
    performed_on,
    period,
    person,
    population,
    records,
)
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_ON_LAST_DAY, NOT_A_MISTAKE, YEAR_FIRST

H1 = "妇幼卫生统计调查制度；norms H1"
FIGURES = Figures(
    prefix="child_health",
    kind="children.health",
    form=NEWBORN_VISIT,
    name=Text("儿童", "Children"),
    patients=Text("儿童", "children"),
    source=SOURCE,
)
FORM_OF = {
    **dict.fromkeys(INFANT, INFANT_CHECK),
    **dict.fromkeys(TODDLER, TODDLER_CHECK),
    **dict.fromkeys(PRESCHOOL, PRESCHOOL_CHECK),
}
UNDER_5 = tuple(str(age) for age in FORM_OF if age < 60)
YOUNG_INFANT = ("1", "3")


def _aged(years: int) -> Expression:
    """Not older than so many full years on the last day."""
    return person.age_on(period.last) <= years


def _seen(form: Form) -> Expression:
    return records(form.id).where(IN_YEAR).exists()


SEEN = any_of(*(_seen(form) for form in (NEWBORN_VISIT, *CHECKS)))

# ---------------------------------------------------------------- systematic management


def _ends(age: int) -> Expression:
    """The last day of the window of norms A4.1."""
    if age == 1:
        return add_days(person.birth_date, 42)
    if age < 12:
        return add_months(person.birth_date, age + 1)
    return add_months(person.birth_date, age + 1 if age <= 36 else age + 12)


def _owed(age: int) -> Expression:
    """The window ends in the year while the child is under management."""
    ends = _ends(age)
    return all_of(
        ends.between(YEAR_FIRST, period.last),
        ends >= case.opened_on,
        case.closed_on.is_missing() | (case.closed_on >= ends),
    )


def _done(age: int) -> Expression:
    """Checked for the age, with weight and length, at whatever day before the period's end."""
    return (
        records(FORM_OF[age].id)
        .where(
            all_of(
                performed_on <= period.last,
                assessment("contact").equals(str(age)),
                answer("weight").is_known(),
                answer("length").is_known(),
            )
        )
        .exists()
    )


def _systematic(years: int) -> Expression:
    """Seen in the year, and checked at every age whose window ended in it."""
    return all_of(
        _aged(years),
        SEEN,
        *(~_owed(age) | _done(age) for age in FORM_OF if age < (years + 1) * 12),
    )


# ---------------------------------------------------------------- the latest of several forms


def _latest(which: Expression, holds: Expression, forms: tuple[Form, ...]) -> Expression:
    """Of the last record of the year that is one of `which`, looking through the forms from that of the
    oldest: whether `holds`. A child goes from one form to the next, never back."""
    found: list[Expression] = []
    none_so_far: list[Expression] = []
    for form in forms:
        those = records(form.id).where(all_of(IN_YEAR, which))
        found.append(all_of(*none_so_far, those.last().value(holds)))
        none_so_far.append(~those.exists())
    return any_of(*found)


def _any(which: Expression, forms: tuple[Form, ...]) -> Expression:
    return any_of(*(records(form.id).where(all_of(IN_YEAR, which)).exists() for form in forms))


BACKWARDS = tuple(reversed(CHECKS))
CHECK_UNDER_5 = assessment("contact").is_in(*UNDER_5)


def _share(
    id: str,
    title: Text,
    which: Expression,
    holds: Expression,
    words: tuple[Text, Text],
    aliases: tuple[str, ...],
    direction: Direction = Direction.DOWN,
    forms: tuple[Form, ...] = BACKWARDS,
) -> Indicator:
    """Of the children with such a check in the year, those whose latest one holds."""
    rate = FIGURES.rate(
        id,
        title,
        _latest(which, holds, forms),
        words[0],
        aliases,
        denominator=_any(which, forms),
        denominator_words=words[1],
    )
    return replace(rate, direction=direction, source=H1)


def _of_weight(id: str, zh: str, en: str, field: str, holds: Expression, *aliases: str) -> Indicator:
    return _share(
        id,
        Text(f"5岁以下儿童{zh}患病率", f"Under-five {en} rate"),
        all_of(CHECK_UNDER_5, assessment(field).is_known()),
        holds,
        (
            Text(f"年内最近一次检查为{zh}的5岁以下儿童数", f"children {en} at the latest check of the year"),
            Text("年内测量的5岁以下儿童数", "children under five measured in the year"),
        ),
        aliases,
    )


# ---------------------------------------------------------------- newborns, high risk

BORN_IN_YEAR = all_of(person.birth_date.between(YEAR_FIRST, period.last), NOT_A_MISTAKE)
BORN_WORDS = Text("年内出生并建档的活产儿数", "registered live births of the year")
IS_HIGH_RISK = any_of(
    *(records(form.id).where(all_of(IN_YEAR, HIGH_RISK)).exists() for form in (NEWBORN_VISIT, *CHECKS))
)
FOUND_IN_YEAR = greatest(
    *(
        records(form.id).where(all_of(IN_YEAR, HIGH_RISK)).last().performed_on
        for form in (NEWBORN_VISIT, *CHECKS)
    )
)
FOLLOWED = records(FOLLOW_UP.id).where(IN_YEAR).last().performed_on >= FOUND_IN_YEAR


def _management(id: str, years: int, zh: str, en: str, *aliases: str) -> Indicator:
    return FIGURES.rate(
        id,
        Text(f"{zh}健康管理率", f"Health management rate of {en}"),
        all_of(_aged(years), SEEN),
        Text(f"年内接受1次及以上随访的{zh}数", f"{en} seen at least once in the year"),
        aliases,
        denominator_words=Text(f"辖区内{zh}数", f"usual residents: {en}"),
        estimate=population(age_to=years),
    )


def _systematic_rate(id: str, years: int, zh: str, en: str, *aliases: str) -> Indicator:
    rate = FIGURES.rate(
        id,
        Text(f"{zh}系统管理率", f"Systematic management rate of {en}"),
        _systematic(years),
        Text(
            f"年内按年龄要求完成全部检查（测体重、身长）的{zh}数",
            f"{en} with every check of their age in the year, weighed and measured",
        ),
        aliases,
        denominator_words=Text(f"辖区内{zh}数", f"usual residents: {en}"),
        estimate=population(age_to=years),
    )
    return replace(rate, source=H1)


def _children(id: str, years: int, zh: str, en: str, *aliases: str) -> Indicator:
    return FIGURES.people(
        id,
        Text(f"{zh}在管人数", f"{en} under management"),
        all_of(_aged(years), MANAGED_ON_LAST_DAY),
        Text(f"期末在管的{zh}数", f"{en} under management on the last day"),
        aliases,
    )


INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "newborn_visit_rate",
        Text("新生儿访视率", "Newborn visit rate"),
        records(NEWBORN_VISIT.id).where(performed_on <= period.last).exists(),
        Text("接受1次及以上访视的新生儿数", "newborns visited at least once"),
        ("新生儿家庭访视率", "新生儿访视管理率"),
        denominator=BORN_IN_YEAR,
        denominator_words=BORN_WORDS,
    ),
    FIGURES.rate(
        "newborn_visit_in_time_rate",
        Text("新生儿出院后1周内访视率", "Newborns visited within a week"),
        records(NEWBORN_VISIT.id)
        .where(all_of(performed_on <= period.last, assessment("in_time").equals("yes")))
        .exists(),
        Text("出院后1周内访视的新生儿数", "newborns visited within seven days after the discharge"),
        ("新生儿及时访视率",),
        denominator=BORN_IN_YEAR,
        denominator_words=BORN_WORDS,
    ),
    _management(
        "management_rate",
        6,
        "0～6岁儿童",
        "children of 0 to 6 years",
        "儿童健康管理率",
        "0-6岁儿童健康管理率",
        "7岁以下儿童健康管理率",
        "7岁以下儿童管理率",
        "7岁以下儿童保健管理率",
        "儿童保健管理率",
    ),
    _management(
        "management_rate_0_3",
        3,
        "0～3岁儿童",
        "children of 0 to 3 years",
        "0-3岁儿童健康管理率",
    ),
    _management(
        "management_rate_under_3",
        2,
        "3岁以下儿童",
        "children under 3 years",
        "0～2岁儿童健康管理率",
        "0-2岁儿童健康管理率",
    ),
    _systematic_rate(
        "systematic_rate_under_3",
        2,
        "3岁以下儿童",
        "children under 3 years",
        "3岁以下系统管理率",
        "0～2岁儿童系统管理率",
        "儿童系统管理率",
    ),
    _systematic_rate(
        "systematic_rate_under_7",
        6,
        "7岁以下儿童",
        "children under 7 years",
        "7岁以下系统管理率",
        "0～6岁儿童系统管理率",
        "0-6岁儿童系统管理率",
    ),
    _children(
        "children_under_7",
        6,
        "7岁以下儿童",
        "Children under 7 years",
        "7岁以下儿童数",
        "0～6岁儿童数",
        "0-6岁儿童管理人数",
    ),
    _children("children_0_3", 3, "0～3岁儿童", "Children of 0 to 3 years", "0—3岁儿童总数", "0-3岁儿童总数"),
    _children("children_under_3", 2, "3岁以下儿童", "Children under 3 years", "3岁以下儿童数"),
    _of_weight(
        "underweight_under_5",
        "低体重",
        "underweight",
        "weight_grade",
        assessment("weight_grade").equals(BELOW),
        "5岁以下儿童低体重率",
        "5岁以下儿童中重度营养不良患病率",
    ),
    _of_weight(
        "stunting_under_5",
        "生长迟缓",
        "stunted",
        "length_grade",
        assessment("length_grade").equals(BELOW),
        "5岁以下儿童生长迟缓率",
    ),
    _of_weight(
        "wasting_under_5",
        "消瘦",
        "wasted",
        "build",
        assessment("build").equals("wasted"),
        "5岁以下儿童消瘦率",
    ),
    _of_weight(
        "overweight_under_5",
        "超重（含肥胖）",
        "overweight or obese",
        "build",
        assessment("build").is_in("overweight", "obese"),
        "5岁以下儿童超重率",
    ),
    _of_weight(
        "obesity_under_5",
        "肥胖",
        "obese",
        "build",
        assessment("build").equals("obese"),
        "5岁以下儿童肥胖率",
    ),
    _share(
        "anaemia_under_5",
        Text("5岁以下儿童贫血患病率", "Under-five anaemia rate"),
        all_of(CHECK_UNDER_5, assessment("anaemia").is_known()),
        assessment("anaemia").differs_from("none"),
        (
            Text(
                "年内最近一次血红蛋白低于110g/L的5岁以下儿童数", "children under 110 g/L at the latest test"
            ),
            Text("年内检测血红蛋白的5岁以下儿童数", "children under five tested in the year"),
        ),
        ("5岁以下贫血患病率", "儿童贫血患病率", "5岁以下儿童贫血率"),
    ),
    _share(
        "exclusive_breastfeeding",
        Text("0～5个月婴儿纯母乳喂养率", "Exclusive breastfeeding at 0 to 5 months"),
        all_of(assessment("contact").is_in(*YOUNG_INFANT), answer("feeding").is_known()),
        answer("feeding").equals("1"),
        (
            Text("过去24小时纯母乳喂养的婴儿数", "infants exclusively breastfed in the last 24 hours"),
            Text("年内调查的0～5个月婴儿数", "infants of 0 to 5 months asked in the year"),
        ),
        ("纯母乳喂养率", "6个月内婴儿纯母乳喂养率", "0-5个月婴儿纯母乳喂养率"),
        Direction.UP,
        (INFANT_CHECK,),
    ),
    FIGURES.people(
        "high_risk_people",
        Text("高危儿人数", "Children at high risk"),
        IS_HIGH_RISK,
        Text("年内转诊或为高危新生儿的儿童数", "children referred, or newborns at high risk, in the year"),
        ("高危儿数",),
    ),
    FIGURES.rate(
        "high_risk_followed_rate",
        Text("高危儿随访率", "Children at high risk followed"),
        FOLLOWED,
        Text("其后已随访的儿童数", "of these, followed since"),
        ("高危儿管理率",),
        denominator=IS_HIGH_RISK,
        denominator_words=Text(
            "年内转诊或为高危新生儿的儿童数", "children referred, or newborns at high risk, in the year"
        ),
    ),
    FIGURES.visits(
        "newborn_visits",
        Text("新生儿访视人次", "Visits to newborns"),
        IN_PERIOD,
        Text("期内访视人次", "visits in the period"),
        unit="人次",
    ),
    *(
        FIGURES.visits(
            f"{form.id.removeprefix('children.')}s",
            Text(f"{zh}检查人次", f"{en}"),
            IN_PERIOD,
            Text("期内检查人次", "checks in the period"),
            unit="人次",
            form=form,
        )
        for form, zh, en in (
            (INFANT_CHECK, "1岁以内儿童", "Checks under 1 year"),
            (TODDLER_CHECK, "1～2岁儿童", "Checks at 12 to 30 months"),
            (PRESCHOOL_CHECK, "3～6岁儿童", "Checks at 3 to 6 years"),
        )
    ),
)

"""The indicators of hypertension (norms A7.4).

Whoever was under management on any day of the year belongs to the denominator (`declare.terms` says
which year); a case closed as a mistake never did.
"""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.chronic.hypertension.forms import FOLLOW_UP
from kangshu.catalogue.chronic.hypertension.schedule import FACE_TO_FACE, FOLLOW_UP_FORM, HEALTH_CHECK_FORM
from kangshu.declare import Counts, Direction, Indicator, Months, Text
from kangshu.declare.expression import (
    Expression,
    add_days,
    add_months,
    all_of,
    answer,
    assessment,
    case,
    ceil,
    days_between,
    days_to_next,
    diagnoses,
    greatest,
    least,
    months_between,
    parameter,
    performed_on,
    period,
    person,
    population,
    records,
    when,
)
from kangshu.declare.terms import (
    DAY_AFTER,
    IN_PERIOD,
    IN_YEAR,
    MANAGED_IN_YEAR,
    MANAGED_ON_LAST_DAY,
    YEAR_FIRST,
    complete,
)

SOURCE = "国家基本公共卫生服务规范（第三版）2017；norms A7.4"
KIND = "chronic.hypertension"
THIRD_EDITION = date(2017, 2, 28)

COMPLETE = complete(FOLLOW_UP)

# Somebody enrolled during the year, or whose case closed in it, owes a visit for every three months
# begun of the full months under management; a whole year makes four.
MANAGED_MONTHS = months_between(
    greatest(case.opened_on, YEAR_FIRST), least(add_days(case.closed_on, 1), DAY_AFTER)
)
VISITS = records(FOLLOW_UP_FORM).where(all_of(IN_YEAR, FACE_TO_FACE, COMPLETE))
ENOUGH_VISITS = VISITS.count() >= ceil(MANAGED_MONTHS / 3)
CHECKED = records(HEALTH_CHECK_FORM).where(IN_YEAR).exists()

# Class 2 to 4 asks for another visit within 14 days. A visit whose 14 days end after the period is
# not judged yet.
NEEDS_SOON = assessment("class").is_in("2", "3", "4")
SOON_MISSED = (
    records(FOLLOW_UP_FORM)
    .where(
        all_of(
            IN_YEAR,
            NEEDS_SOON,
            add_days(performed_on, 14) <= least(period.last, case.closed_on),
            days_to_next.is_missing() | (days_to_next > 14),
        )
    )
    .exists()
)

# The target counts as it was on the day of the visit, for the age on that day.
TARGET_SBP = (
    when(person.age_on(performed_on) >= parameter("hypertension.elder_age", performed_on))
    .then(parameter("hypertension.target_sbp_elder", performed_on))
    .otherwise(parameter("hypertension.target_sbp", performed_on))
)
AT_TARGET = (answer("sbp") < TARGET_SBP) & (
    answer("dbp") < parameter("hypertension.target_dbp", performed_on)
)
LATEST_AT_TARGET = records(FOLLOW_UP_FORM).where(IN_YEAR).last().value(AT_TARGET)

DEADLINE = when(NEEDS_SOON).then(add_days(performed_on, 14)).otherwise(add_months(performed_on, 3))

ESTIMATED_PATIENTS = population(age_from=18) * parameter("hypertension.adult_prevalence") / 100

MANAGED_WORDS = Text("年内已管理的高血压患者人数", "hypertension patients already managed in the year")


def _rate(
    id: str,
    title: Text,
    numerator: Expression,
    numerator_words: Text,
    aliases: tuple[str, ...],
    denominator: Expression | None = MANAGED_IN_YEAR,
    denominator_words: Text = MANAGED_WORDS,
    estimate: Expression | None = None,
) -> Indicator:
    return Indicator(
        id=f"hypertension.{id}",
        version=1,
        title=title,
        unit="%",
        numerator=numerator,
        denominator=denominator,
        estimate=estimate,
        case_kind=KIND,
        direction=Direction.UP,
        numerator_words=numerator_words,
        denominator_words=denominator_words,
        aliases=aliases,
        valid_from=THIRD_EDITION,
        source=SOURCE,
    )


def _of_visits(
    id: str,
    title: Text,
    unit: str,
    numerator: Expression,
    words: Text,
    aliases: tuple[str, ...],
    denominator: Expression | None = None,
    denominator_words: Text | None = None,
) -> Indicator:
    return Indicator(
        id=f"hypertension.{id}",
        version=1,
        title=title,
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        counts=Counts.RECORDS,
        form=FOLLOW_UP_FORM,
        case_kind=KIND,
        decimals=0 if denominator is None else 2,
        months=Months.EACH,
        direction=Direction.NONE if denominator is None else Direction.UP,
        numerator_words=words,
        denominator_words=denominator_words,
        aliases=aliases,
        source=SOURCE,
    )


_ESTIMATE_WORDS = Text(
    "估计患者数：常住成年人口×当地成人患病率", "estimated patients: usual adults × local adult prevalence"
)

INDICATORS = (
    _rate(
        "management_rate",
        Text("高血压患者健康管理率", "Hypertension management rate"),
        MANAGED_IN_YEAR,
        Text("年内已管理的高血压患者人数", "patients managed in the year"),
        ("高血压健康管理率", "高血压管理率", "高血压患者管理率"),
        denominator=None,
        denominator_words=_ESTIMATE_WORDS,
        estimate=ESTIMATED_PATIENTS,
    ),
    _rate(
        "detection_rate",
        Text("高血压患者发现率", "Hypertension detection rate"),
        (
            MANAGED_IN_YEAR
            | diagnoses("I10", "I11", "I12", "I13", "I15").where(performed_on <= period.last).exists()
        )
        & (person.death_on.is_missing() | (person.death_on > period.last)),
        Text("已发现的高血压患者人数", "patients found: managed, or with a diagnosis I10–I15"),
        ("高血压发现率",),
        denominator=None,
        denominator_words=_ESTIMATE_WORDS,
        estimate=ESTIMATED_PATIENTS,
    ),
    _rate(
        "standardised_management_rate",
        Text("高血压患者规范管理率", "Hypertension standardised management rate"),
        all_of(ENOUGH_VISITS, CHECKED, ~SOON_MISSED),
        Text("按照规范要求进行管理的患者人数", "patients managed as the specification requires"),
        (
            "高血压规范管理率",
            "高血压规范化管理率",
            "高血压患者规范化管理率",
            "高血压患者规范健康管理率",
            "高血压患者基层规范管理服务率",
        ),
    ),
    _rate(
        "control_rate",
        Text("管理人群血压控制率", "Blood pressure control rate of managed patients"),
        LATEST_AT_TARGET,
        Text("年内最近一次随访血压达标的患者人数", "patients whose latest pressure in the year is at target"),
        ("高血压控制率", "血压控制率", "高血压患者血压控制率"),
    ),
    Indicator(
        id="hypertension.managed_people",
        version=1,
        title=Text("高血压在管人数", "Hypertension patients under management"),
        unit="人",
        numerator=MANAGED_ON_LAST_DAY,
        case_kind=KIND,
        decimals=0,
        numerator_words=Text("期末仍在管理的患者人数", "patients under management on the last day"),
        aliases=("高血压管理人数", "管理高血压患者", "高血压患者管理人数"),
        source=SOURCE,
    ),
    Indicator(
        id="hypertension.standardised_people",
        version=1,
        title=Text("高血压规范管理人数", "Hypertension patients managed as required"),
        unit="人",
        numerator=all_of(MANAGED_IN_YEAR, ENOUGH_VISITS, CHECKED, ~SOON_MISSED),
        case_kind=KIND,
        decimals=0,
        numerator_words=Text(
            "按照规范要求进行管理的患者人数", "patients managed as the specification requires"
        ),
        aliases=("高血压规范化管理", "高血压规范化管理人数", "规范管理高血压患者"),
        source=SOURCE,
    ),
    _of_visits(
        "follow_ups",
        Text("高血压随访次数", "Hypertension follow-ups"),
        "次",
        IN_PERIOD,
        Text("期内随访次数", "follow-ups in the period"),
        ("高血压随访人次", "高血压患者随访次数"),
    ),
    _of_visits(
        "on_time_rate",
        Text("高血压随访及时率", "Hypertension follow-ups in time"),
        "%",
        days_to_next <= days_between(performed_on, DEADLINE),
        Text("其中已按时随访的次数", "of these, visits made in time"),
        ("高血压随访按时率",),
        denominator=DEADLINE.between(period.first, period.last)
        & (case.closed_on.is_missing() | (case.closed_on > DEADLINE)),
        denominator_words=Text("应在期内进行的下次随访次数", "next visits that fell due in the period"),
    ),
    _of_visits(
        "face_to_face_share",
        Text("高血压面对面随访比例", "Share of face-to-face follow-ups"),
        "%",
        FACE_TO_FACE,
        Text("门诊和家庭随访次数", "follow-ups in the clinic or at home"),
        ("高血压面访率",),
        denominator=IN_PERIOD,
        denominator_words=Text("期内随访次数", "follow-ups in the period"),
    ),
)

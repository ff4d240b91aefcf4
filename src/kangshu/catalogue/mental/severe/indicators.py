"""The indicators of severe mental disorder (norms A9.5).

Registered and confirmed is who has a case in the year.
"""

from __future__ import annotations

from dataclasses import replace

from kangshu.catalogue.managed import CHECKED_IN_YEAR, Figures, enough_visits, missed_soon
from kangshu.catalogue.mental.severe.forms import FOLLOW_UP, SOURCE, SUPPLEMENT
from kangshu.catalogue.mental.severe.schedule import FOLLOW_UP_FORM, SEEN
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import (
    add_days,
    add_months,
    all_of,
    answer,
    assessment,
    performed_on,
    period,
    population,
    records,
    when,
)
from kangshu.declare.terms import IN_YEAR, MANAGED_IN_YEAR, MANAGED_ON_LAST_DAY

FIGURES = Figures(
    prefix="mental_severe",
    kind="mental.severe",
    form=FOLLOW_UP,
    name=Text("严重精神障碍", "Severe mental disorder"),
    patients=Text("严重精神障碍患者", "patients with a severe mental disorder"),
    source=SOURCE,
)

# The yearly check needs consent: whoever refused it is not owed one.
REFUSED_CHECK = (
    records(SUPPLEMENT.id).where(performed_on <= period.last).last().answer("check_consent").equals("0")
)
NEEDS_SOON = assessment("action").is_in("emergency", "adjust")
AS_REQUIRED = all_of(
    enough_visits(FOLLOW_UP, SEEN, 3),
    CHECKED_IN_YEAR | REFUSED_CHECK,
    ~missed_soon(FOLLOW_UP, NEEDS_SOON),
)
LATEST = records(FOLLOW_UP_FORM).where(all_of(IN_YEAR, SEEN)).last()
DEADLINE = (
    when(assessment("action").is_in("emergency", "adjust", "lost"))
    .then(add_days(performed_on, 14))
    .otherwise(
        when(assessment("action").equals("specialist"))
        .then(add_months(performed_on, 1))
        .otherwise(add_months(performed_on, 3))
    )
)

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "standardised_management_rate",
        Text("严重精神障碍患者规范管理率", "Severe mental disorder standardised management rate"),
        AS_REQUIRED,
        Text("年内按照规范要求进行管理的患者人数", "patients managed as the specification requires"),
        (
            "严重精神障碍规范管理率",
            "重性精神疾病规范化管理率",
            "重性精神疾病患者规范管理率",
            "严重精神障碍患者规范化管理率",
            "社区在册居家严重精神障碍患者健康管理率",
        ),
        denominator_words=Text("年内登记在册的确诊患者人数", "registered confirmed patients in the year"),
    ),
    FIGURES.rate(
        "management_rate",
        Text("严重精神障碍在册患者管理率", "Severe mental disorder management rate"),
        records(FOLLOW_UP_FORM).where(all_of(IN_YEAR, SEEN)).exists(),
        Text("年内至少随访到一次的患者人数", "patients followed at least once in the year"),
        ("在册患者管理率", "严重精神障碍患者管理率"),
        denominator_words=Text("年内登记在册的确诊患者人数", "registered confirmed patients in the year"),
    ),
    FIGURES.rate(
        "regular_medication_rate",
        Text("严重精神障碍患者规律服药率", "Severe mental disorder regular medication rate"),
        LATEST.answer("medication_adherence").equals("1"),
        Text("年内最近一次随访时规律服药的患者人数", "patients regular at the latest visit of the year"),
        ("规律服药率", "在册患者规律服药率"),
    ),
    FIGURES.rate(
        "stable_rate",
        Text("严重精神障碍患者稳定率", "Severe mental disorder stable rate"),
        LATEST.assessment("class").equals("3"),
        Text("年内最近一次随访分类为稳定的患者人数", "patients stable at the latest visit of the year"),
        ("病情稳定率", "在册患者稳定率"),
    ),
    FIGURES.rate(
        "face_to_face_rate",
        Text("严重精神障碍患者面访率", "Severe mental disorder face-to-face rate"),
        records(FOLLOW_UP_FORM).where(all_of(IN_YEAR, SEEN, answer("mode").is_in("1", "2"))).exists(),
        Text("年内至少面访一次的患者人数", "patients seen face to face in the year"),
        ("面访率",),
    ),
    replace(
        FIGURES.rate(
            "reported_prevalence",
            Text("严重精神障碍报告患病率", "Severe mental disorder reported prevalence"),
            MANAGED_ON_LAST_DAY,
            Text("期末登记在册的患者人数", "patients registered on the last day"),
            ("报告患病率", "严重精神障碍检出率", "重性精神疾病检出率"),
            denominator_words=Text("常住人口数", "usual residents"),
            estimate=population(),
        ),
        unit="‰",
        scale=1000,
    ),
    FIGURES.managed_people(("严重精神障碍患者管理人数", "在册严重精神障碍患者", "重性精神疾病在管人数")),
    FIGURES.people(
        "high_risk_people",
        Text("危险性3级及以上患者人数", "Patients of risk 3 and more"),
        all_of(
            MANAGED_IN_YEAR,
            records(FOLLOW_UP_FORM).where(all_of(IN_YEAR, answer("risk").is_in("3", "4", "5"))).exists(),
        ),
        Text("年内曾评定为3级及以上的患者人数", "patients graded 3 or more in the year"),
        ("危险性评估3级及以上患者", "高风险患者人数"),
    ),
    FIGURES.rate(
        "high_risk_admitted_rate",
        Text("危险性3级及以上患者住院治疗率", "Patients of risk 3 and more who were admitted"),
        records("mental.severe.emergency").where(all_of(IN_YEAR, answer("result").equals("1"))).exists(),
        Text("其中落实住院治疗的人数", "of these, admitted"),
        denominator=all_of(
            MANAGED_IN_YEAR,
            records(FOLLOW_UP_FORM).where(all_of(IN_YEAR, answer("risk").is_in("3", "4", "5"))).exists(),
        ),
        denominator_words=Text("年内曾评定为3级及以上的患者人数", "patients graded 3 or more in the year"),
    ),
    FIGURES.follow_ups(("精神障碍患者随访人次",)),
    FIGURES.on_time(DEADLINE),
    replace(
        FIGURES.follow_ups(),
        id="mental_severe.emergencies",
        title=Text("严重精神障碍应急处置次数", "Severe mental disorder emergencies"),
        form="mental.severe.emergency",
        numerator_words=Text("期内应急处置次数", "emergencies handled in the period"),
        aliases=("应急处置例次",),
    ),
)

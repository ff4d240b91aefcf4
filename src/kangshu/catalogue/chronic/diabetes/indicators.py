"""The indicators of type 2 diabetes (norms A8), counted as those of hypertension are (A7.4).

A complete visit has a fasting glucose, so four complete visits are the four free tests of the norm.
"""

from __future__ import annotations

from kangshu.catalogue.chronic.diabetes.forms import FOLLOW_UP
from kangshu.catalogue.chronic.diabetes.schedule import FACE_TO_FACE, FOLLOW_UP_FORM
from kangshu.catalogue.managed import CHECKED_IN_YEAR, Figures, enough_visits, missed_soon
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import (
    add_days,
    add_months,
    all_of,
    answer,
    assessment,
    diagnoses,
    parameter,
    performed_on,
    period,
    person,
    population,
    records,
    when,
)
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_IN_YEAR

SOURCE = "国家基本公共卫生服务规范（第三版）2017；norms A8"
FIGURES = Figures(
    prefix="diabetes",
    kind="chronic.diabetes",
    form=FOLLOW_UP,
    name=Text("糖尿病", "Diabetes"),
    patients=Text("2型糖尿病患者", "type 2 diabetes patients"),
    source=SOURCE,
)

NEEDS_SOON = assessment("class").is_in("2", "3", "4")
AS_REQUIRED = all_of(
    enough_visits(FOLLOW_UP, FACE_TO_FACE, 3), CHECKED_IN_YEAR, ~missed_soon(FOLLOW_UP, NEEDS_SOON)
)
# The target counts as it was on the day of the visit.
AT_TARGET = answer("fbg") < parameter("diabetes.target_fbg", performed_on)
LATEST_AT_TARGET = records(FOLLOW_UP_FORM).where(IN_YEAR).last().value(AT_TARGET)
DEADLINE = when(NEEDS_SOON).then(add_days(performed_on, 14)).otherwise(add_months(performed_on, 3))

ESTIMATED_PATIENTS = population(age_from=18) * parameter("diabetes.adult_prevalence") / 100
_ESTIMATE_WORDS = Text(
    "估计患者数：常住成年人口×当地成人患病率", "estimated patients: usual adults × local adult prevalence"
)
_REQUIRED_WORDS = Text("按照规范要求进行管理的患者人数", "patients managed as the specification requires")

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "management_rate",
        Text("2型糖尿病患者健康管理率", "Diabetes management rate"),
        MANAGED_IN_YEAR,
        Text("年内已管理的糖尿病患者人数", "patients managed in the year"),
        ("糖尿病健康管理率", "糖尿病管理率", "糖尿病患者管理率", "糖尿病患者健康管理率"),
        denominator_words=_ESTIMATE_WORDS,
        estimate=ESTIMATED_PATIENTS,
    ),
    FIGURES.rate(
        "detection_rate",
        Text("糖尿病患者发现率", "Diabetes detection rate"),
        (MANAGED_IN_YEAR | diagnoses("E11").where(performed_on <= period.last).exists())
        & (person.death_on.is_missing() | (person.death_on > period.last)),
        Text("已发现的2型糖尿病患者人数", "patients found: managed, or with a diagnosis E11"),
        ("糖尿病发现率",),
        denominator_words=_ESTIMATE_WORDS,
        estimate=ESTIMATED_PATIENTS,
    ),
    FIGURES.rate(
        "standardised_management_rate",
        Text("2型糖尿病患者规范管理率", "Diabetes standardised management rate"),
        AS_REQUIRED,
        _REQUIRED_WORDS,
        (
            "糖尿病规范管理率",
            "糖尿病规范化管理率",
            "糖尿病患者规范管理率",
            "糖尿病患者规范化管理率",
            "糖尿病患者规范健康管理率",
            "糖尿病患者基层规范管理服务率",
            "2型糖尿病患者基层规范管理服务率",
        ),
    ),
    FIGURES.rate(
        "control_rate",
        Text("管理人群血糖控制率", "Glucose control rate of managed patients"),
        LATEST_AT_TARGET,
        Text(
            "年内最近一次随访空腹血糖达标的患者人数",
            "patients whose latest fasting glucose in the year is at target",
        ),
        ("糖尿病控制率", "血糖控制率", "糖尿病患者血糖控制率", "管理人群空腹血糖控制率"),
    ),
    FIGURES.managed_people(("糖尿病管理人数", "管理糖尿病患者", "糖尿病患者管理人数")),
    FIGURES.people(
        "standardised_people",
        Text("糖尿病规范管理人数", "Diabetes patients managed as required"),
        all_of(MANAGED_IN_YEAR, AS_REQUIRED),
        _REQUIRED_WORDS,
        ("糖尿病规范化管理", "糖尿病规范化管理人数", "规范管理糖尿病患者"),
    ),
    FIGURES.follow_ups(("糖尿病随访人次", "糖尿病患者随访次数")),
    FIGURES.on_time(DEADLINE, ("糖尿病随访按时率",)),
    FIGURES.face_to_face(FACE_TO_FACE, ("糖尿病面访率",)),
    FIGURES.visits(
        "glucose_tests",
        Text("糖尿病患者空腹血糖检测次数", "Fasting glucose tests of diabetes patients"),
        all_of(IN_PERIOD, answer("fbg").is_known()),
        Text("期内随访时检测空腹血糖的次数", "follow-ups in the period with a fasting glucose"),
        ("免费空腹血糖检测次数",),
    ),
)

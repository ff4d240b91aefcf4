"""The indicators of elder health management (norms A6.3, M11: both rates).

The denominator is the usual residents of 65 and more from the population table, not those whom somebody
enrolled: whoever was never found counts too.
"""

from __future__ import annotations

from kangshu.catalogue.elderly.health_management.forms import ASSESSMENT, RESULTS_TOLD, SOURCE
from kangshu.catalogue.managed import CHECK_FORM, Figures
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import (
    all_of,
    answer,
    any_of,
    assessment,
    performed_on,
    period,
    person,
    population,
    records,
)
from kangshu.declare.terms import IN_PERIOD, IN_YEAR

FIGURES = Figures(
    prefix="elderly",
    kind="elderly.health_management",
    form=ASSESSMENT,
    name=Text("老年人", "Elders"),
    patients=Text("老年人", "elders"),
    source=SOURCE,
)

IS_ELDER = person.age_on(period.last) >= 65
RESIDENTS = population(age_from=65)
RESIDENTS_WORDS = Text("65岁及以上常住居民数", "usual residents of 65 and more")

BASIC = ("symptoms", "sbp_right", "dbp_right", "height", "weight")
# Every free test of the norm has a result (A6.1).
TESTS = ("hb", "wbc", "plt", "alt", "ast", "tbil", "creatinine", "bun", "fbg", "tc", "tg", "ldl", "hdl")
FINDINGS = ("urine_protein", "urine_sugar", "ecg", "ultrasound_abdomen")
CHECKED = records(CHECK_FORM).where(all_of(IN_YEAR, *(answer(name).is_known() for name in BASIC))).exists()
FULLY_CHECKED = (
    records(CHECK_FORM)
    .where(all_of(IN_YEAR, *(answer(name).is_known() for name in (*BASIC, *TESTS, *FINDINGS))))
    .exists()
)
ASSESSED = records(ASSESSMENT.id).where(IN_YEAR).exists()
TOLD = records(RESULTS_TOLD.id).where(IN_YEAR).exists()

LATEST = records(ASSESSMENT.id).where(performed_on <= period.last).last()

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "management_rate",
        Text("老年人健康管理率", "Elder health management rate"),
        all_of(IS_ELDER, CHECKED),
        Text(
            "年内接受健康管理（完整体检表）的65岁及以上居民数",
            "residents of 65 and more with a complete check form in the year",
        ),
        ("65岁以上老年人健康管理率", "65岁及以上老年人健康管理率", "老年人体检率", "老年人健康体检率"),
        denominator_words=RESIDENTS_WORDS,
        estimate=RESIDENTS,
    ),
    FIGURES.rate(
        "standardised_rate",
        Text("老年人城乡社区规范健康管理服务率", "Elder standardised management rate"),
        all_of(IS_ELDER, FULLY_CHECKED, ASSESSED, TOLD),
        Text(
            "年内完成体检（含全部辅助检查）、自理评估并告知结果的65岁及以上居民数",
            "residents of 65 and more with the check and all its tests, the assessment, and the results told",
        ),
        ("65岁及以上老年人城乡社区规范健康管理服务率", "老年人规范健康管理服务率", "老年人规范健康管理率"),
        denominator_words=RESIDENTS_WORDS,
        estimate=RESIDENTS,
    ),
    FIGURES.people(
        "checked_people",
        Text("老年人健康体检人数", "Elders checked"),
        all_of(IS_ELDER, CHECKED),
        Text("年内完成健康体检的65岁及以上居民数", "residents of 65 and more checked in the year"),
        ("老年人体检人数", "65岁以上老人健康检查人数", "65岁及以上老年人体检人数", "老年人健康管理人数"),
    ),
    FIGURES.managed_people(("老年人在管人数",)),
    FIGURES.people(
        "dependent_people",
        Text("中度及以上失能老年人数", "Elders of moderate dependence or worse"),
        all_of(
            IS_ELDER, any_of(*(LATEST.assessment("outcome").equals(each) for each in ("moderate", "unable")))
        ),
        Text(
            "最近一次评估为中度依赖或不能自理的老年人数",
            "elders whose latest assessment is moderate dependence or unable",
        ),
        ("失能老年人数",),
    ),
    FIGURES.rate(
        "told_rate",
        Text("老年人体检结果告知率", "Elders told their results"),
        TOLD,
        Text("年内已告知结果的人数", "of these, told their results in the year"),
        ("体检结果反馈率",),
        denominator=all_of(IS_ELDER, CHECKED),
        denominator_words=Text(
            "年内完成健康体检的65岁及以上居民数", "residents of 65 and more checked in the year"
        ),
    ),
    FIGURES.visits(
        "assessments",
        Text("老年人自理能力评估人次", "Elder assessments"),
        IN_PERIOD,
        Text("期内评估人次", "assessments in the period"),
        unit="人次",
    ),
    FIGURES.visits(
        "self_care_share",
        Text("老年人生活自理比例", "Share of assessed elders who are able"),
        assessment("outcome").equals("able"),
        Text("其中可自理", "of these, able"),
        denominator=IN_PERIOD,
        denominator_words=Text("期内评估人次", "assessments in the period"),
    ),
)

"""Conditions in words."""

from __future__ import annotations

from datetime import date

import pytest

from kangshu.declare import registry
from kangshu.declare.expression import (
    Expression,
    add_days,
    answer,
    assessment,
    case,
    ceil,
    diagnoses,
    greatest,
    months_between,
    parameter,
    performed_on,
    period,
    person,
    population,
    records,
    when,
)
from kangshu.declare.terms import IN_YEAR, MANAGED_IN_YEAR
from kangshu.declare.wording import text, words

FOLLOW_UP = "chronic.hypertension.follow_up"


@pytest.mark.parametrize(
    ("node", "zh", "en"),
    [
        (
            (answer("sbp") >= 140) | (answer("dbp") >= 90),
            "收缩压 ≥ 140 或 舒张压 ≥ 90",
            "Systolic pressure ≥ 140 or Diastolic pressure ≥ 90",
        ),
        (answer("mode").equals("3"), "随访方式为“电话”", 'Mode is "telephone"'),
        (answer("mode").differs_from("3"), "随访方式不为“电话”", 'Mode is not "telephone"'),
        (answer("mode").is_in("1", "2"), "随访方式为“门诊”、“家庭”之一", 'Mode is one of "clinic", "home"'),
        (answer("symptoms").includes("2"), "症状含“头痛头晕”", 'Symptoms includes "headache or dizziness"'),
        (assessment("class").equals("1"), "随访分类为“控制满意”", 'class is "controlled"'),
        (~answer("sbp").is_missing(), "有收缩压", "Systolic pressure is known"),
        (answer("sbp").is_missing(), "没有收缩压", "Systolic pressure is not known"),
        (person.sex.equals("2"), "性别为女", "sex is female"),
        (person.age_on(performed_on) >= 35, "服务日期的周岁 ≥ 35", "age on the day of service ≥ 35"),
        (answer("sbp").between(130, 139), "收缩压在130至139之间", "Systolic pressure from 130 to 139"),
        (add_days(performed_on, 14), "服务日期后14天", "14 days after day of service"),
        (add_days(performed_on, -1), "服务日期前1天", "1 day before day of service"),
        (
            when(answer("sbp") >= 140).then(2).otherwise(1),
            "若收缩压 ≥ 140则为2，否则为1",
            "2 if Systolic pressure ≥ 140, otherwise 1",
        ),
        (IN_YEAR, "在年度内", "in the year"),
        (MANAGED_IN_YEAR & IN_YEAR, "建档日期 ≤ 期末", "day of enrolment ≤ last day of the period"),
        (
            records(FOLLOW_UP).where(answer("mode").equals("2")).count() >= 4,
            "《高血压患者随访服务记录表》中（随访方式为“家庭”）者的次数 ≥ 4",
            'number of "Hypertension follow-up" records with (Mode is "home") ≥ 4',
        ),
        (
            records(FOLLOW_UP).last().answer("sbp") < 140,
            "最近一次《高血压患者随访服务记录表》的收缩压 < 140",
            'Systolic pressure of the last of "Hypertension follow-up" records < 140',
        ),
        (diagnoses("I10").exists(), "有诊断（I10）", "there are diagnoses (I10)"),
        (
            population(18) * parameter("hypertension.adult_prevalence") / 100,
            "（18岁及以上常住人口数 × 27.5（成人高血压患病率（估计患者数用））） ÷ 100",
            "(usual residents of 18 and more × 27.5 (Adult prevalence, for estimating the patients)) ÷ 100",
        ),
        (
            ceil(months_between(greatest(case.opened_on, period.first), period.last) / 3),
            "（建档日期、期初中较晚或较大者至期末的整月数 ÷ 3）（进位取整）",
            "(full months from the greatest of day of enrolment, first day of the period to last day of the "
            "period ÷ 3) rounded up",
        ),
    ],
)
def test_words(node: Expression, zh: str, en: str) -> None:
    form = registry.form(FOLLOW_UP)
    on = date(2026, 1, 1)
    assert words(node, "zh", form, on=on).startswith(zh)
    assert words(node, "en", form, on=on).startswith(en)


def test_every_declared_condition_can_be_said() -> None:
    for indicator in registry.indicators():
        form = registry.form(indicator.form) if indicator.form else None
        for node in (indicator.numerator, indicator.denominator, indicator.estimate):
            if node is not None:
                said = text(node, form)
                assert said.zh
                assert said.en


def test_a_field_of_no_known_form_is_said_by_its_name() -> None:
    assert words(answer("sbp") >= 140) == "sbp ≥ 140"

"""Figures over several programmes of one person: who is in both, and who got what both owe."""

from __future__ import annotations

from kangshu.catalogue.immunisation.vaccination.indicators import had, reached
from kangshu.declare import Direction, Indicator, IndicatorSet, Text
from kangshu.declare.expression import records
from kangshu.declare.terms import IN_YEAR, enrolled_in, enrolled_in_year

HYPERTENSION, DIABETES = "chronic.hypertension", "chronic.diabetes"
BORN_HERE = records("children.newborn_visit").exists()
"""The county's own home visit after birth is on record."""

BOTH = Indicator(
    id="across.hypertension_and_diabetes",
    version=1,
    title=Text("高血压患者中同时纳入糖尿病管理的比例", "People with hypertension also managed for diabetes"),
    unit="%",
    numerator=enrolled_in(DIABETES),
    denominator=enrolled_in(HYPERTENSION),
    numerator_words=Text("期末同时在管的人数", "managed in both on the last day"),
    denominator_words=Text("期末在管高血压患者数", "managed for hypertension on the last day"),
    aliases=("两病共管率", "高血压合并糖尿病管理率"),
    source="国家基本公共卫生服务规范（第三版）高血压、2型糖尿病患者健康管理",
)
BOTH_CHECKED = Indicator(
    id="across.both_checked",
    version=1,
    title=Text("两病患者年度健康体检率", "People with both diseases checked in the year"),
    unit="%",
    numerator=records("records.health_check").where(IN_YEAR).exists(),
    denominator=enrolled_in_year(HYPERTENSION) & enrolled_in_year(DIABETES),
    direction=Direction.UP,
    numerator_words=Text("年内做过健康体检的人数", "with a health check in the year"),
    denominator_words=Text("年内两病均在管的人数", "managed for both in the year"),
    aliases=("两病患者体检率",),
    source="国家基本公共卫生服务规范（第三版）高血压、2型糖尿病患者健康管理",
)
ELDERS_CONTROLLED = Indicator(
    id="across.elders_in_chronic_care",
    version=1,
    title=Text("在管老年人中纳入慢性病管理的比例", "Elders in care who are managed for a chronic disease"),
    unit="%",
    numerator=enrolled_in(HYPERTENSION) | enrolled_in(DIABETES) | enrolled_in("chronic.copd"),
    denominator=enrolled_in("elderly.health_management"),
    numerator_words=Text("期末纳入任一慢性病管理的人数", "managed for any chronic disease on the last day"),
    denominator_words=Text("期末在管老年人数", "elders in care on the last day"),
    aliases=("老年人慢性病管理比例",),
    source="国家基本公共卫生服务规范（第三版）老年人健康管理",
)
BORN_HERE_AND_VACCINATED = Indicator(
    id="across.born_here_and_vaccinated",
    version=1,
    title=Text("本地出生儿童麻腮风疫苗首剂接种率", "First MMR dose of children born here"),
    unit="%",
    numerator=had("MMR-1"),
    denominator=BORN_HERE & reached(12),
    direction=Direction.UP,
    numerator_words=Text("已接种首剂麻腮风疫苗的人数", "with the first dose of MMR"),
    denominator_words=Text(
        "有新生儿访视记录且年度内满12月龄的儿童数", "visited as newborns here, twelve months old in the year"
    ),
    aliases=("本地出生儿童麻腮风接种率",),
    source="预防接种工作规范；国家基本公共卫生服务规范（第三版）0～6岁儿童健康管理",
)

indicator_set = IndicatorSet(
    id="across.programmes",
    title=Text("跨项目指标", "Across programmes"),
    indicators=(BOTH, BOTH_CHECKED, ELDERS_CONTROLLED, BORN_HERE_AND_VACCINATED),
    tests=("tests/catalogue/test_across.py",),
)

"""Relief for patients with tuberculosis, advanced schistosomiasis and other major infectious diseases."""

from __future__ import annotations

from kangshu.catalogue.benefits.infectious.examples import EXAMPLES
from kangshu.catalogue.benefits.pattern import Kind, benefit
from kangshu.declare import Text
from kangshu.declare.fund import Fund

SOURCE = "重大传染病医疗救治管理办法（县级）"
FUND = "benefits.infectious"

funds = (
    Fund(
        FUND,
        Text("重大传染病医疗救治资金", "Relief for major infectious diseases"),
        Text(
            "重大传染病患者医疗救治，专款专用",
            "Treatment of patients with major infectious diseases, and nothing else",
        ),
    ),
)

capability = benefit(
    id="benefits.infectious",
    title=Text("重大传染病医疗救治", "Relief for infectious disease"),
    purpose=Text(
        "对肺结核、晚期血吸虫病等重大传染病患者给予医疗救治补助，专款专用，按病种设每人每年限额",
        "Help with the cost of treating tuberculosis, advanced schistosomiasis and the like, "
        "with a ceiling by disease",
    ),
    subject=Text("重大传染病患者", "patients with a major infectious disease"),
    fund=FUND,
    kinds=(
        Kind("1", Text("肺结核（含耐药）", "tuberculosis, resistant included"), 5000),
        Kind("2", Text("晚期血吸虫病", "advanced schistosomiasis"), 8000),
        Kind("3", Text("其他重大传染病", "another"), 5000),
    ),
    proof=Text("定点医疗机构诊断证明、费用票据", "diagnosis of the designated hospital, bills"),
    rows=("D7-08",),
    row_note=Text(
        "艾滋病患者的救治在保密专项（benefits.hiv）内办理，同一资金账户",
        "Relief for people with HIV is the confidential service benefits.hiv, from the same fund",
    ),
    examples=EXAMPLES,
    aliases=("重大传染病救治人数", "医疗救治人数"),
    source=SOURCE,
)

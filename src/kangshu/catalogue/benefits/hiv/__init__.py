"""Relief for people with HIV: the same fund as other infectious diseases, in the programme's compartment."""

from __future__ import annotations

from kangshu.catalogue.benefits.infectious import FUND, SOURCE
from kangshu.catalogue.benefits.pattern import Kind, benefit
from kangshu.declare import Text

capability = benefit(
    id="benefits.hiv",
    title=Text("艾滋病医疗救治", "Relief for HIV"),
    purpose=Text(
        "对艾滋病病毒感染者和病人给予医疗救治补助，与重大传染病救治资金同一账户，信息保密",
        "Help with the cost of treating HIV, from the fund for infectious diseases, in confidence",
    ),
    subject=Text("艾滋病病毒感染者和病人", "people with HIV"),
    fund=FUND,
    kinds=(Kind("1", Text("机会性感染治疗及检测", "opportunistic infections and tests"), 5000),),
    proof=Text("定点医疗机构费用票据", "bills of the designated hospital"),
    confidentiality="hiv",
    source=SOURCE,
)

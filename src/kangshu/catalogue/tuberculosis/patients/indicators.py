"""The indicators of TB (norms A10)."""

from __future__ import annotations

from kangshu.catalogue.managed import Figures
from kangshu.catalogue.tuberculosis.patients.forms import FOLLOW_UP, SOURCE
from kangshu.catalogue.tuberculosis.patients.schedule import ENDING_FORM, FIRST_VISIT_FORM
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import (
    all_of,
    answer,
    assessment,
    case,
    parameter,
    performed_on,
    period,
    records,
)
from kangshu.declare.terms import IN_YEAR, NOT_A_MISTAKE, YEAR_FIRST

FIGURES = Figures(
    prefix="tb",
    kind="tuberculosis.patients",
    form=FOLLOW_UP,
    name=Text("肺结核", "TB"),
    patients=Text("肺结核患者", "TB patients"),
    source=SOURCE,
)

NOTIFIED = all_of(case.opened_on.between(YEAR_FIRST, period.last), NOT_A_MISTAKE)
NOTIFIED_WORDS = Text(
    "年内经定点医疗机构确诊并通知基层的患者人数",
    "patients confirmed and notified to the primary unit in the year",
)
SINCE_NOTICE = performed_on.between(case.opened_on, period.last)
VISITED = records(FIRST_VISIT_FORM).where(all_of(SINCE_NOTICE, answer("met").equals("1")))
COMPLETED = records(ENDING_FORM).where(all_of(IN_YEAR, answer("reason").equals("1")))
TAKEN = answer("doses_done") * 100 >= answer("doses_due") * parameter("tb.regular_percent", performed_on)

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "management_rate",
        Text("肺结核患者管理率", "TB management rate"),
        VISITED.exists(),
        Text("其中已管理（完成第一次入户）的患者人数", "of these, managed (first visit made)"),
        ("肺结核患者健康管理率", "肺结核管理率", "结核病患者管理率"),
        denominator=NOTIFIED,
        denominator_words=NOTIFIED_WORDS,
    ),
    FIGURES.rate(
        "first_visit_in_time_rate",
        Text("肺结核患者72小时入户率", "TB first visits within 72 hours"),
        VISITED.where(assessment("in_time").equals("yes")).exists(),
        Text("其中72小时内完成第一次入户的患者人数", "of these, visited within 72 hours"),
        ("首次入户及时率", "72小时内入户随访率"),
        denominator=NOTIFIED,
        denominator_words=NOTIFIED_WORDS,
    ),
    FIGURES.rate(
        "regular_medication_rate",
        Text("肺结核患者规则服药率", "TB regular medication rate"),
        COMPLETED.last().value(TAKEN),
        Text("其中服药率达90%及以上的患者人数", "of these, 90 % of the doses and more taken"),
        ("肺结核规则服药率", "规则服药率"),
        denominator=all_of(NOT_A_MISTAKE, COMPLETED.exists()),
        denominator_words=Text("年内完成疗程的患者人数", "patients who completed treatment in the year"),
    ),
    FIGURES.people(
        "notified_people",
        Text("肺结核患者通知人数", "TB patients notified"),
        NOTIFIED,
        NOTIFIED_WORDS,
        ("发现肺结核病人", "活动性肺结核患者数"),
    ),
    FIGURES.managed_people(("肺结核患者管理人数", "在治肺结核患者")),
    FIGURES.follow_ups(("肺结核患者随访人次",)),
)

"""The figures of HIV care."""

from __future__ import annotations

from kangshu.catalogue.hiv.care.forms import FOLLOW_UP, SOURCE
from kangshu.catalogue.hiv.care.forms import TESTED as TEST
from kangshu.catalogue.hiv.care.schedule import FIRST_FORM, PARTNER_FORM, SEEN, TESTED_FORM, TREATMENT_FORM
from kangshu.catalogue.managed import Figures
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import all_of, answer, assessment, case, performed_on, period, records
from kangshu.declare.terms import IN_YEAR, MANAGED_ON_LAST_DAY, NOT_A_MISTAKE, YEAR_FIRST

FIGURES = Figures(
    prefix="hiv",
    kind="hiv.care",
    form=FOLLOW_UP,
    name=Text("HIV/AIDS", "HIV"),
    patients=Text("HIV感染者和艾滋病病人", "people living with HIV"),
    source=SOURCE,
)
ALIVE = Text("期末存活在管的感染者和病人数", "people living with HIV under care on the last day")
UP_TO_NOW = performed_on <= period.last
TREATED = records(TREATMENT_FORM).where(UP_TO_NOW).last().answer("change").is_in("1", "2", "4")
TESTED = records(TESTED_FORM).where(IN_YEAR)
LOADS = TESTED.where(answer("test").equals("2"))
PARTNERED = records(FIRST_FORM).where(UP_TO_NOW & SEEN).last().answer("partner").equals(True)
PARTNER_KNOWN = (
    records(PARTNER_FORM)
    .where(all_of(IN_YEAR, answer("relation").is_in("1", "2"), answer("result").is_in("1", "2")))
    .exists()
) | records(FOLLOW_UP.id).where(all_of(IN_YEAR, answer("partner_test").is_in("1", "2"))).exists()

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.managed_people(("存活HIV感染者和艾滋病病人数", "在管HIV感染者", "HIV/AIDS管理人数")),
    FIGURES.people(
        "new_people",
        Text("年内新发现HIV感染者和病人数", "People newly found with HIV in the year"),
        all_of(case.opened_on.between(YEAR_FIRST, period.last), NOT_A_MISTAKE),
        Text("年内新建档的感染者和病人数", "people enrolled in the year"),
        ("新报告HIV/AIDS", "新发现HIV感染者"),
    ),
    FIGURES.rate(
        "follow_up_rate",
        Text("HIV感染者和病人随访管理率", "HIV follow-up rate"),
        records(FOLLOW_UP.id).where(IN_YEAR & SEEN).exists(),
        Text("其中年内随访到至少1次的人数", "of these, met at a follow-up in the year"),
        ("艾滋病病人随访率", "HIV/AIDS随访管理率", "随访干预率"),
        denominator=MANAGED_ON_LAST_DAY,
        denominator_words=ALIVE,
    ),
    FIGURES.rate(
        "cd4_rate",
        Text("HIV感染者和病人CD4检测率", "HIV: CD4 tested"),
        TESTED.where(answer("test").equals("1")).exists(),
        Text("其中年内至少检测1次CD4的人数", "of these, CD4 tested in the year"),
        ("CD4检测比例", "CD4检测率"),
        denominator=MANAGED_ON_LAST_DAY,
        denominator_words=ALIVE,
    ),
    FIGURES.rate(
        "treatment_coverage",
        Text("抗病毒治疗覆盖率", "HIV: treatment coverage"),
        TREATED,
        Text("其中正在接受抗病毒治疗的人数", "of these, under treatment"),
        ("艾滋病抗病毒治疗比例", "抗病毒治疗率", "ART覆盖率"),
        denominator=MANAGED_ON_LAST_DAY,
        denominator_words=ALIVE,
    ),
    FIGURES.rate(
        "viral_load_rate",
        Text("治疗者病毒载量检测率", "HIV: viral load tested"),
        LOADS.exists(),
        Text("其中年内检测病毒载量的人数", "of these, viral load tested in the year"),
        ("病毒载量检测比例",),
        denominator=MANAGED_ON_LAST_DAY & TREATED,
        denominator_words=Text("期末正在治疗的人数", "people under treatment on the last day"),
    ),
    FIGURES.rate(
        "suppression_rate",
        Text("治疗者病毒抑制率", "HIV: virus suppressed"),
        LOADS.last().assessment("outcome").equals("suppressed"),
        Text("其中最近一次病毒载量达到抑制的人数", "of these, suppressed at the latest test"),
        ("病毒抑制率", "抗病毒治疗成功率"),
        denominator=all_of(MANAGED_ON_LAST_DAY, TREATED, LOADS.exists()),
        denominator_words=Text(
            "年内检测病毒载量的治疗者人数", "treated people with a viral load in the year"
        ),
    ),
    FIGURES.rate(
        "partner_rate",
        Text("配偶或固定性伴检测率", "HIV: partners tested"),
        PARTNER_KNOWN,
        Text("其中年内配偶或固定性伴已检测的人数", "of these, the partner was tested in the year"),
        ("阳性配偶检测率", "单阳家庭配偶检测率"),
        denominator=MANAGED_ON_LAST_DAY & PARTNERED,
        denominator_words=Text("有配偶或固定性伴的人数", "people with a regular partner"),
    ),
    FIGURES.rate(
        "tb_check_rate",
        Text("HIV感染者和病人结核病筛查率", "HIV: asked for TB"),
        records(FOLLOW_UP.id).where(all_of(IN_YEAR, answer("tb_symptoms").is_known())).exists(),
        Text("其中年内筛查结核可疑症状的人数", "of these, asked for TB symptoms in the year"),
        ("结核病筛查比例",),
        denominator=MANAGED_ON_LAST_DAY,
        denominator_words=ALIVE,
    ),
    FIGURES.follow_ups(("HIV/AIDS随访人次",)),
    FIGURES.visits(
        "failures",
        Text("疑似治疗失败例次", "HIV: failures suspected"),
        performed_on.between(period.first, period.last) & assessment("outcome").equals("failure"),
        Text("期内病毒载量提示疑似失败的次数", "viral loads that suggest failure in the period"),
        form=TEST,
    ),
)

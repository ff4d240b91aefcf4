"""The basic public-health services as the national specification has them: what a year's package begins with.

A bureau changes titles, standards, unit costs and measures on the screen; nothing here is in force by itself.
Sources: 国家基本公共卫生服务规范（第三版，2017）; COPD from 2024; the yearly notices on the subsidy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kangshu.declare.parameter import DatedValue
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Standard:
    """A service: for whom, how often, what is done, what counts it (`quantity`), what says how well
    (`rates`: indicator ids; those a site does not have are left out)."""

    category: Text
    title: Text
    people: Text
    frequency: Text
    standard: Text
    unit: str
    quantity: str = ""
    rates: tuple[str, ...] = ()
    since: int = 2009


#: Government subsidy for each resident and year, in yuan: the least that the yearly notice names. To be
#: compared with the county's own document: the value is editable in each year's package.
SUBSIDY = tuple(
    DatedValue(date(year, 1, 1), Decimal(amount))
    for year, amount in (
        (2009, 15), (2011, 25), (2013, 30), (2014, 35), (2015, 40), (2016, 45), (2017, 50), (2018, 55),
        (2019, 69), (2020, 74), (2021, 79), (2022, 84), (2023, 89), (2024, 94), (2025, 99),
    )
)  # fmt: skip

#: What the yearly notices of 2023 to 2025 aim at, in percent: where the county has set no target of its own,
#: a sheet begins with these.
GOALS = {
    "records.standardised_rate": 64,
    "immunisation.coverage_mmr1": 90,
    "immunisation.coverage_dtap4": 90,
    "immunisation.coverage_polio3": 90,
    "child_health.newborn_visit_rate": 90,
    "child_health.management_rate": 90,
    "child_health.management_rate_0_3": 90,
    "maternal.early_booking_rate": 90,
    "maternal.postpartum_visit_rate": 90,
    "elderly.standardised_rate": 64,
    "hypertension.standardised_management_rate": 64,
    "diabetes.standardised_management_rate": 64,
    "mental_severe.management_rate": 80,
    "tb.management_rate": 90,
    "tcm_elders.management_rate": 74,
    "tcm_children.service_rate": 74,
}


def subsidy_in(year: int) -> Decimal:
    """Yuan for each resident in a year: the latest known at its beginning, the first before that."""
    known = [value.value for value in SUBSIDY if value.from_on <= date(year, 1, 1)]
    return known[-1] if known else SUBSIDY[0].value


def services_in(year: int) -> list[Standard]:
    """What the specification asks for in a year."""
    return [one for one in STANDARDS if one.since <= year]


_RECORDS = Text("居民健康档案管理", "Health records")
_EDUCATION = Text("健康教育", "Health education")
_IMMUNISATION = Text("预防接种", "Immunisation")
_CHILDREN = Text("0～6岁儿童健康管理", "Children of 0 to 6 years")
_MOTHERS = Text("孕产妇健康管理", "Mothers")
_ELDERS = Text("老年人健康管理", "Elders")
_CHRONIC = Text("慢性病患者健康管理", "Chronic diseases")
_MENTAL = Text("严重精神障碍患者管理", "Severe mental disorders")
_TB = Text("肺结核患者健康管理", "Tuberculosis")
_TCM = Text("中医药健康管理", "Chinese medicine")
_REPORTING = Text("传染病及突发公共卫生事件报告和处理", "Infectious diseases and emergencies")
_SUPERVISION = Text("卫生监督协管", "Health supervision assistance")

STANDARDS: tuple[Standard, ...] = (
    Standard(
        _RECORDS,
        Text("建立居民健康档案", "Opening of records"),
        Text("辖区常住居民，含居住半年以上非户籍居民", "usual residents, also those registered elsewhere"),
        Text("一人一档", "one for each person"),
        Text("建立并规范填写，信息真实完整", "opened, complete and true"),
        "份",
        "records.valid_records",
        ("records.creation_rate", "records.standardised_rate"),
    ),
    Standard(
        _RECORDS,
        Text("健康档案向个人开放", "Records open to their own person"),
        Text("已建档居民", "residents with a record"),
        Text("常年", "all year"),
        Text("经本人核实身份后开放查询", "opened after the person has shown who they are"),
        "%",
        "",
        ("records.opening_rate",),
    ),
    Standard(
        _EDUCATION,
        Text("健康知识讲座", "Health lectures"),
        Text("辖区常住居民", "usual residents"),
        Text("乡镇卫生院每月1次，村卫生室每两月1次", "centres monthly, clinics every two months"),
        Text("每次有通知、签到、讲稿、照片和小结", "with notice, attendance, text, photo and summary"),
        "次",
        "workload.lectures",
    ),
    Standard(
        _IMMUNISATION,
        Text("国家免疫规划疫苗接种", "Programme vaccines"),
        Text("0～6岁儿童和其他重点人群", "children of 0 to 6 and other key groups"),
        Text("按免疫程序", "by the schedule"),
        Text("及时建证、预约通知、规范接种和处理异常反应", "booked, called, given and reactions handled"),
        "剂次",
        "immunisation.doses_given",
        ("immunisation.coverage_mmr1", "immunisation.coverage_dtap4", "immunisation.coverage_polio3"),
    ),
    Standard(
        _CHILDREN,
        Text("新生儿家庭访视", "Home visits to newborns"),
        Text("辖区内居住的新生儿", "newborns who live here"),
        Text("出院后1周内1次", "once within a week of leaving hospital"),
        Text("家访并建立手册，异常者转诊", "visit at home, book opened, referral where needed"),
        "人次",
        "child_health.newborn_visits",
        ("child_health.newborn_visit_rate",),
    ),
    Standard(
        _CHILDREN,
        Text("婴幼儿健康管理", "Checks of infants and toddlers"),
        Text("0～36个月儿童", "children of 0 to 36 months"),
        Text("满月、3、6、8、12、18、24、30、36月龄", "at 1, 3, 6, 8, 12, 18, 24, 30 and 36 months"),
        Text("体格检查、生长发育评估、健康指导", "examination, growth and development, advice"),
        "人次",
        "child_health.infant_checks",
        ("child_health.management_rate_0_3",),
    ),
    Standard(
        _CHILDREN,
        Text("学龄前儿童健康管理", "Checks of children of 4 to 6"),
        Text("4～6岁儿童", "children of 4 to 6 years"),
        Text("每年1次", "once a year"),
        Text("体格检查、视力和口腔检查、健康指导", "examination, eyes and teeth, advice"),
        "人次",
        "child_health.preschool_checks",
        ("child_health.management_rate",),
    ),
    Standard(
        _MOTHERS,
        Text("孕期健康管理", "Antenatal care"),
        Text("辖区内居住的孕妇", "pregnant women who live here"),
        Text("孕13周前建册，孕期至少5次", "booked before week 13, at least five contacts"),
        Text("一般检查、风险评估、指导和转诊", "examination, risk, advice and referral"),
        "人次",
        "maternal.antenatal_checks",
        ("maternal.early_booking_rate", "maternal.five_checks_rate"),
    ),
    Standard(
        _MOTHERS,
        Text("产后访视", "Postpartum visits"),
        Text("辖区内居住的产妇", "women after delivery who live here"),
        Text("出院后1周内1次，产后42天1次", "within a week of leaving hospital, and at 42 days"),
        Text("恢复情况、母乳喂养和心理状况", "recovery, breastfeeding and mood"),
        "%",
        "",
        ("maternal.postpartum_visit_rate",),
    ),
    Standard(
        _ELDERS,
        Text("老年人健康体检", "Yearly check of elders"),
        Text("65岁及以上常住居民", "usual residents of 65 and more"),
        Text("每年1次", "once a year"),
        Text("评估、体检、辅助检查、结果告知和指导", "assessment, examination, tests, results told, advice"),
        "人",
        "elderly.checked_people",
        ("elderly.standardised_rate",),
    ),
    Standard(
        _CHRONIC,
        Text("高血压患者随访", "Follow-up of hypertension"),
        Text("35岁及以上原发性高血压患者", "patients of 35 and more"),
        Text("每年至少4次面对面随访", "at least four times a year face to face"),
        Text("测压、评估、分类干预和体检", "pressure, assessment, class, yearly check"),
        "次",
        "hypertension.follow_ups",
        ("hypertension.standardised_management_rate", "hypertension.control_rate"),
    ),
    Standard(
        _CHRONIC,
        Text("2型糖尿病患者随访", "Follow-up of type 2 diabetes"),
        Text("35岁及以上2型糖尿病患者", "patients of 35 and more"),
        Text("每年至少4次面对面随访并测空腹血糖", "at least four times a year with fasting glucose"),
        Text("测血糖、评估、分类干预和体检", "glucose, assessment, class, yearly check"),
        "次",
        "diabetes.follow_ups",
        ("diabetes.standardised_management_rate", "diabetes.control_rate"),
    ),
    Standard(
        _CHRONIC,
        Text("慢阻肺患者随访", "Follow-up of COPD"),
        Text("35岁及以上慢阻肺患者", "patients of 35 and more"),
        Text("每年至少4次", "at least four times a year"),
        Text("症状评估、用药和吸入指导", "symptoms, medicine and inhaling"),
        "次",
        "copd.follow_ups",
        ("copd.standardised_management_rate",),
        since=2024,
    ),
    Standard(
        _MENTAL,
        Text("严重精神障碍患者随访", "Follow-up of severe mental disorders"),
        Text("在家居住的六种严重精神障碍患者", "patients with one of six disorders who live at home"),
        Text("每年至少4次", "at least four times a year"),
        Text("危险性评估、分类干预、体检", "risk, class, yearly check"),
        "次",
        "mental_severe.follow_ups",
        ("mental_severe.management_rate", "mental_severe.stable_rate"),
    ),
    Standard(
        _TB,
        Text("肺结核患者随访", "Follow-up of tuberculosis"),
        Text("确诊的常住肺结核患者", "confirmed patients who live here"),
        Text("72小时内入户，治疗期每月至少1次", "first visit in 72 hours, monthly during treatment"),
        Text("督导服药、随访评估、结案", "observed doses, follow-up, outcome"),
        "次",
        "tb.follow_ups",
        ("tb.management_rate", "tb.regular_medication_rate"),
    ),
    Standard(
        _TCM,
        Text("老年人中医体质辨识", "Constitution of elders"),
        Text("65岁及以上常住居民", "usual residents of 65 and more"),
        Text("每年1次", "once a year"),
        Text("33项问卷、体质判定和保健指导", "33 questions, constitution and advice"),
        "人",
        "tcm_elders.people",
        ("tcm_elders.management_rate",),
    ),
    Standard(
        _TCM,
        Text("儿童中医药健康指导", "Chinese medicine for children"),
        Text("0～36个月儿童", "children of 0 to 36 months"),
        Text("6、12、18、24、30、36月龄", "at 6, 12, 18, 24, 30 and 36 months"),
        Text("饮食起居、摩腹捏脊和穴位按揉", "diet, daily life and massage"),
        "人次",
        "tcm_children.services",
        ("tcm_children.service_rate",),
    ),
    Standard(
        _REPORTING,
        Text("传染病和突发事件报告", "Reports of infectious disease and emergencies"),
        Text("辖区服务人口", "the population served"),
        Text("按法定时限", "within the statutory times"),
        Text("登记、报告、调查和处理", "noted, reported, investigated, handled"),
        "例",
    ),
    Standard(
        _SUPERVISION,
        Text("卫生监督协管巡查", "Patrols of health supervision"),
        Text("辖区单位和居民", "premises and residents"),
        Text("每类场所每年2次", "each kind of premises twice a year"),
        Text("巡查登记，发现线索24小时内报告", "patrols noted, clues reported within 24 hours"),
        "次",
    ),
)

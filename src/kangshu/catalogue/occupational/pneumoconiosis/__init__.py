"""Pneumoconiosis patients: listed, followed yearly, offered rehabilitation."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, words, yes_no
from kangshu.catalogue.judging import part
from kangshu.catalogue.managed import CLOSES_ON, Figures, enrolled_managed_closed
from kangshu.declare import (
    Capability,
    Field,
    FieldType,
    Form,
    Interval,
    Opening,
    Schedule,
    Step,
    Text,
    Window,
    numbered,
)
from kangshu.declare.expression import answer, records
from kangshu.declare.terms import IN_YEAR, MANAGED_IN_YEAR

SOURCE = "职业病防治法第五十八条、第六十条；尘肺病防治攻坚行动方案"
STAGES = numbered(("壹期", "stage I"), ("贰期", "stage II"), ("叁期", "stage III"))

LISTING = Form(
    id="occupational.pneumoconiosis_listing",
    version=1,
    title=Text("尘肺病患者登记", "Pneumoconiosis: listing"),
    sections=(
        part(
            "listing",
            "诊断与工作史",
            "Diagnosis and work",
            one_of(
                "kind",
                "尘肺病种类",
                "Kind",
                numbered(
                    ("矽肺", "silicosis"),
                    ("煤工尘肺", "coal workers'"),
                    ("石棉肺", "asbestosis"),
                    ("电焊工尘肺", "welders'"),
                    ("其他", "other"),
                ),
                required=True,
            ),
            one_of("stage", "诊断期别", "Stage", STAGES, required=True, measured=True),
            Field("diagnosed_on", Text("诊断日期", "Diagnosed on"), FieldType.DATE, required=True),
            words("employer", "接尘时的用人单位", "Employer when exposed", length=80),
            number("exposed_years", "接尘工龄", "Years exposed", "年", (0, 60), measured=False),
            yes_no("insured", "享受工伤保险待遇", "Has work-injury insurance", required=True),
        ),
    ),
    source=SOURCE,
)

FOLLOW_UP = Form(
    id="occupational.pneumoconiosis_follow_up",
    version=1,
    title=Text("尘肺病患者随访", "Pneumoconiosis: follow-up"),
    sections=(
        part(
            "state",
            "病情",
            "State",
            one_of("stage", "目前期别", "Stage now", STAGES, required=True, measured=True),
            one_of(
                "complication",
                "并发症",
                "Complication",
                numbered(
                    ("无", "none"), ("肺结核", "tuberculosis"), ("肺部感染", "infection"), ("其他", "other")
                ),
                required=True,
                carried=False,
            ),
            number("oxygen", "血氧饱和度", "Oxygen saturation", "%", (50, 100)),
        ),
        part(
            "care",
            "救治与康复",
            "Care and rehabilitation",
            yes_no("treated", "近一年接受规范治疗", "Treated in the last year", required=True),
            yes_no(
                "rehabilitated",
                "近一年在康复站（点）接受康复",
                "Trained at a site in the last year",
                required=True,
            ),
            words(
                "site",
                "康复站（点）",
                "Rehabilitation site",
                length=60,
                visible=answer("rehabilitated").equals(True),
            ),
        ),
    ),
    source=SOURCE,
)

SCHEDULE = Schedule(
    (
        Step(
            id="follow_up",
            title=FOLLOW_UP.title,
            form=FOLLOW_UP.id,
            first=Window(Interval(), Interval(months=3)),
            repeat=Window(Interval(months=11), Interval(months=12)),
            source=SOURCE,
        ),
    )
)

FIGURES = Figures(
    prefix="pneumoconiosis",
    kind="occupational.pneumoconiosis",
    form=FOLLOW_UP,
    name=Text("尘肺病", "Pneumoconiosis"),
    patients=Text("尘肺病患者", "pneumoconiosis patients"),
    source=SOURCE,
)
FOLLOWED = records(FOLLOW_UP.id).where(IN_YEAR)
MANAGED_WORDS = Text("年内在册的尘肺病患者人数", "patients on the list in the year")

INDICATORS = (
    FIGURES.managed_people(("尘肺病患者人数", "现存尘肺病患者")),
    FIGURES.rate(
        "follow_up_rate",
        Text("尘肺病患者随访率", "Pneumoconiosis: followed"),
        FOLLOWED.exists(),
        Text("其中年内随访到的人数", "of these, followed in the year"),
        ("尘肺病随访调查率",),
        denominator=MANAGED_IN_YEAR,
        denominator_words=MANAGED_WORDS,
    ),
    FIGURES.rate(
        "rehabilitation_rate",
        Text("尘肺病患者康复服务率", "Pneumoconiosis: rehabilitated"),
        FOLLOWED.last().answer("rehabilitated").equals(True),
        Text("其中年内在康复站（点）接受康复的人数", "of these, trained at a site in the year"),
        ("尘肺病康复率",),
        denominator=MANAGED_IN_YEAR,
        denominator_words=MANAGED_WORDS,
    ),
    FIGURES.follow_ups(("尘肺病随访人次",)),
)

capability = Capability(
    id="occupational.pneumoconiosis",
    version=1,
    title=Text("尘肺病患者管理", "Pneumoconiosis patients"),
    purpose=Text(
        "建立尘肺病患者名册，每年随访病情与并发症，安排到康复站（点）康复",
        "A list of patients, followed yearly for their state and complications, sent to rehabilitation",
    ),
    subject=Text("辖区内的尘肺病患者", "residents with pneumoconiosis"),
    rows=("D7-06",),
    opens_on=(
        Opening(f"record:{LISTING.id}", Text("登记尘肺病患者", "a patient was listed"), enrols=True),
        Opening(
            "diagnosis.recorded",
            Text("就诊记录中有尘肺病诊断而未建档", "diagnosed but not enrolled"),
            diagnoses=("J60", "J61", "J62", "J63", "J64", "J65"),
        ),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(FOLLOW_UP, Text("第一次随访", "first follow-up")),
    forms=(LISTING, FOLLOW_UP),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    screens=("work:due_list", "work:register", "work:record", "indicators:indicator", "fieldwork:logbook"),
    tests=("tests/catalogue/test_pneumoconiosis.py", "tests/catalogue/test_logbooks.py"),
    source=SOURCE,
)
